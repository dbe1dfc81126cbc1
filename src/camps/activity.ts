import { eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Deed, EntryRow, Kind, Look, Particulars } from '../activity/kind'
import { sayAges } from '../classes/classes'
import { sayDate } from '../clock'
import { must, Refusal, type Results, read } from '../database'
import { enrollmentKind as plain } from '../enrollments/activity'
import { sayType, stillAsked } from '../enrollments/enrollments'
import { postCharge } from '../ledger/charges'
import { money } from '../money'
import * as paths from '../paths'
import { enrollments } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { sayDays } from './camps'
import { daysAreFree } from './fit'
import { campCharge, namesIn } from './place'
import { type Place, placeFrom, placeQueries, priceOf } from './places'
import { sayAnswer } from './questions'

interface Told {
  classId: number
  className: string
  schedule: string
  type: string
  chargedCents: number
  held?: boolean
  camp?: boolean
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

/** The place of an entry. @throws Refusal when it is gone */
async function placeOf(account: Account, { subjectId }: EntryRow): Promise<Place> {
  const place = placeFrom(await read(account, placeQueries(account, subjectId ?? 0)))
  if (!place) throw new Refusal('already-handled')
  return place
}

async function approve(account: Account, entry: EntryRow, choice: Record<string, unknown>): Promise<Deed> {
  const place = await placeOf(account, entry)
  const { enrollment, camp, days } = place
  const { id, familyId, studentId } = enrollment
  const waits = enrollment.type === 'wait'
  const price = priceOf(place)
  const posts = !waits && settingsAt(account, camp.locationId)['fin.post_charges_on_approve'] && price.cents > 0
  const said = sayDays(days)
  const values = { ...namesIn(enrollment, camp, days), start_date: () => sayDate(enrollment.startDate) }
  return {
    statements: [
      stillAsked(account, id),
      ...(!waits && enrollment.seat === 'none' && !choice.overbook
        ? [must(account, daysAreFree(account, { campId: camp.id, days }), 'camp-full')]
        : []),
      // Its days take their seats by a trigger, where the request kept none.
      account.db
        .update(enrollments)

        .set({ state: 'approved', seat: waits ? 'none' : 'days', updatedAt: account.now })
        .where(eq(enrollments.id, id)),
      ...(posts
        ? postCharge(account, campCharge(camp, price, { familyId, enrollmentId: id, days, now: account.now }))
        : []),
    ],
    summary: `approved ${enrollment.studentName}'s ${waits ? 'place on the waitlist of' : 'enrollment in'} ${camp.name} on ${said}${posts ? `, charged ${money(price.cents)}` : ''}`,
    subjects: [
      ['family', familyId],
      ['student', studentId],
      ['class', camp.id],
      ['enrollment', id],
    ],
    change: {
      before: { state: 'requested' },
      after: { state: 'approved', days, chargedCents: posts ? price.cents : 0 },
    },
    notice: waits
      ? { template: 'waitlist-joined', values }
      : posts
        ? { template: 'enrollment-charged', values: { ...values, amount: money(price.cents) } }
        : { template: 'enrollment-approved', values },
  }
}

function say(account: Account, entry: EntryRow, place: Place | undefined): Particulars {
  if (!place) return { facts: [{ label: 'Enrollment', text: 'It is not there any more.' }] }
  const { enrollment, camp, days, answers } = place
  const asks = entry.status === 'pending' && enrollment.state === 'requested'
  // Who waits takes no place, and costs nothing yet.
  const waits = asks && enrollment.type !== 'wait'
  const asked = camp.days.filter(({ date }) => days.includes(date))
  const full = asked.filter(({ places, taken }) => taken >= places)
  const price = waits ? priceOf(place) : undefined
  const posts = settingsAt(account, camp.locationId)['fin.post_charges_on_approve']
  return {
    facts: [
      { label: camp.singular, text: camp.name, href: paths.office(account.slug).camp(camp.id) },
      { label: 'Ages', text: sayAges(camp) },
      { label: 'Type', text: sayType(enrollment.type) },
      ...asked.map(({ date, block, places, taken }) => ({
        label: sayDate(date, { weekday: true }),
        text: `${block}: ${taken} of ${places} places taken${waits && enrollment.seat === 'days' ? ', this request counted' : ''}`,
      })),
      ...answers.map(each => ({ label: each.label, text: sayAnswer(each) })),
    ],
    money: price && [
      { label: posts ? 'Approving charges' : 'To be billed by hand', text: money(price.cents) },
      ...price.lines.flatMap(line => line.steps ?? []).map(text => ({ label: '', text })),
    ],
    full:
      waits && enrollment.seat === 'none' && full.length
        ? `${full.map(({ date, places, taken }) => `${sayDate(date)} is full: ${taken} of ${places} places are taken`).join('. ')}. Approving takes one more.`
        : undefined,
  }
}

/**
 * Enrollments of the window, those in camps among them: the same entry, but a camp's days, seats and price are counted
 * day by day. What is refused goes as any request does, and a trigger gives its days free.
 */
export const enrollmentKind: Kind = {
  ...plain,
  sentence(account, entry) {
    const said = plain.sentence(account, entry)
    if (!told(entry).camp) return said
    const { classId, className, schedule, type } = told(entry)
    const waits = type === 'wait' ? ', WAIT' : ''
    return { ...said, what: `${className}, ${schedule}${waits}`, whatHref: paths.office(account.slug).camp(classId) }
  },
  takesPlaceIn: entry => (told(entry).camp ? undefined : plain.takesPlaceIn?.(entry)),
  details(account, about) {
    const of = plain.details(account, about)
    const mine = placeQueries(account, about.subjectId)
    const asks = [...of.asks, ...mine]
    const sayAll: Look['say'] = (entry, answers) => {
      if (!told(entry).camp) return of.say(entry, answers.slice(0, of.asks.length))
      return say(account, entry, placeFrom(answers.slice(of.asks.length) as unknown as Results<typeof mine>))
    }
    return { asks, say: sayAll }
  },
  approve: (account, entry, choice) =>
    told(entry).camp
      ? approve(account, entry, choice)
      : (plain.approve as NonNullable<Kind['approve']>)(account, entry, choice),
}
