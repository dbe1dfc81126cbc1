import { type BlockWish, type CampTerms, createCamp, createCampType, createPricing } from '../../src/camps/setup'
import { asStaff, type Cast } from '../cast'

export interface CampMade {
  id: number
  name: string
  typeId: number
  scheduleId: number
  /** The title of its type. */
  plural: string
}

/** Four days of a winter camp, $60 the day, three for $150, a sibling $50 the day; eight places. */
export async function winterCamp(
  c: Pick<Cast, 'account' | 'locationId' | 'programId'>,
  more: Partial<CampTerms> & { block?: Partial<BlockWish>; deposit?: number } = {},
): Promise<CampMade> {
  const staff = asStaff(c.account)
  const nth = crypto.randomUUID().slice(0, 8)
  const { block, deposit, ...terms } = more
  const plural = `Winter Camps ${nth}`
  const typeId = await createCampType(staff, { singular: `Winter Camp ${nth}`, plural })
  const scheduleId = await createPricing(staff, {
    name: `Days ${nth}`,
    depositKind: deposit === undefined ? 'none' : 'cents',
    deposit: deposit ?? 0,
    cells: [
      { blocks: 1, nth: 1, cents: 6000 },
      { blocks: 1, nth: 2, cents: 5000 },
      { blocks: 3, nth: 1, cents: 15000 },
    ],
  })
  const name = `Snow ${nth}`
  const id = await createCamp(
    staff,
    {
      name,
      description: 'Bring a coat.',
      typeId,
      scheduleId,
      places: 8,
      minAge: null,
      maxAge: null,
      gender: 'any',
      registrationFrom: null,
      registrationTo: null,
      attend: 'days',
      dueAtSignup: 'full',
      autoApprove: false,
      allowWaitlist: false,
      showPortal: true,
      locationId: c.locationId,
      programId: c.programId,
      ...terms,
    },
    {
      name: 'Week 1',
      places: null,
      start: '09:00',
      end: '15:00',
      days: ['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'],
      ...block,
    },
  )
  return { id, name, typeId, scheduleId, plural }
}
