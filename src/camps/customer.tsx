import * as z from 'zod'
import { DayDropPage } from '../../views/camps/drop'
import type { Errors } from '../../views/ui/form'
import { sayDate } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, type PublicContext, sentenceOf } from '../doors'
import { dropReasonsQuery } from '../enrollments/drops'
import { type Form, isDay, note, numbersIn, parse, typedIn } from '../forms'
import { drawn, found, idIn, leadTo, show } from '../http'
import { t } from '../language'
import { money } from '../money'
import * as paths from '../paths'
import { settingsAt } from '../settings'
import { campPage } from './camp-page'
import { campById, sayDays } from './camps'
import { droppable, familyPlaceFrom, familyPlaceQueries, requestDayDrop, without } from './drops'
import type { Place } from './places'
import { joinCampWaitlist } from './waitlist'
import { typedWish, wishIn } from './wish-form'

/** A family's days of camps beside the cart: waiting for those that are full, giving back others (CP3, CP6). */
export const campsOfFamilyDoor = customerDoor()

campsOfFamilyDoor.post('/camps/:id/waitlist', async c => {
  const campId = idIn(c.req.param('id'))
  const form = c.get('form')
  const account = c.get('account')
  const guardian = c.get('guardian')
  const [rows] = await read(account, [campById(account, campId)])
  const { data, bad } = wishIn(found(rows), guardian.students, form)
  const again = (errors: Errors, status: 409 | 422) =>
    campPage(c as unknown as PublicContext, campId, { ...typedWish(form), waits: true, errors, status })
  if (bad) return again(bad.errors, 422)
  const location = paths.portal(account.slug).account({ done: 'enrolled' })
  try {
    await joinCampWaitlist(account, guardian, data, { location })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'nothing-chosen')
      return again({ day: 'Choose days of this camp.' }, 422)
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

campsOfFamilyDoor.use('/account/camps/*', fullAccess)

const several = z.union([z.string(), z.array(z.string())]).optional()

const dropForm = z.object({
  day: several.transform(days => [days ?? []].flat()).refine(days => days.every(isDay), 'Choose days of this camp.'),
  block: several.transform(numbersIn),
  reason: z
    .string()
    .optional()
    .transform(text => numbersIn(text)[0] ?? null),
  note: note('Note', 1000),
})

campsOfFamilyDoor.get('/account/camps/:id/drop', c => dropPage(c, idIn(c.req.param('id')), {}))

campsOfFamilyDoor.post('/account/camps/:id/drop', async c => {
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const account = c.get('account')
  const { data, bad } = parse(dropForm, form)
  if (bad) return dropPage(c, id, form, bad.errors, 422)
  const { day: days, block: blocks, reason: reasonId, note: notes } = data
  const [reasons] = await read(account, [dropReasonsQuery(account)])
  if (reasonId !== null && !reasons.some(reason => reason.id === reasonId))
    return dropPage(c, id, form, { reason: 'Choose a reason from the list.' }, 422)
  const location = paths.portal(account.slug).account({ done: 'dropped' })
  try {
    await requestDayDrop(account, c.get('guardian'), id, { choice: { days, blocks }, reasonId, notes }, { location })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'nothing-chosen')
      return dropPage(c, id, form, { day: 'Choose days of this camp.' }, 422)
    return dropPage(c, id, form, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

const dropPage = drawn(async (c: CustomerContext, id: number, form: Form, errors?: Errors, status?: 409 | 422) => {
  const account = c.get('account')
  const [reasons, ...found] = await read(account, [dropReasonsQuery(account), ...familyPlaceQueries(account, id)])
  const { place, chargedCents } = familyPlaceFrom(c.get('guardian').family.id, found)
  const rules = settingsAt(account, place.camp.locationId)
  if (!rules['drop.allow']) throw new Refusal('switched-off')
  const automatic = rules['drop.auto']
  const { reason, note: said } = typedIn(form)
  const may = droppable(account, place)
  return show(
    c,
    <DayDropPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      about={[place.enrollment.firstName, place.camp.name, sayDays(place.days, t('to'))].join(', ')}
      enrollment={id}
      choices={choicesOf(place, may, form)}
      money={[
        { label: t('Charged for this place'), value: money(chargedCents) },
        ...fewerOf(place, may).map(({ days, cents }) => ({
          label: days === 1 ? t('With one day left it costs') : t('With {days} days left it costs', { days }),
          value: money(cents),
        })),
      ]}
      reasons={(rules['drop.reasons'] ? reasons : []).map(({ id: value, name: label }) => ({ value, label }))}
      reason={reason}
      note={said ?? ''}
      automatic={automatic}
      terms={
        automatic
          ? 'The days are given up at once. We look at what was paid and get in touch.'
          : 'We look at it and write to you. Until then nothing changes, and you can withdraw it.'
      }
      errors={errors}
    />,
    status ?? 200,
  )
})

/** What can be given back, as the camp is taken; a block only with all its days. */
function choicesOf({ camp, days }: Place, may: string[], form: Form) {
  if (camp.attend === 'whole') return
  const mine = camp.days.filter(({ date }) => days.includes(date))
  if (camp.attend === 'days')
    return mine.map(({ date }) => ({
      name: 'day' as const,
      value: date,
      label: sayDate(date, { weekday: true }),
      may: may.includes(date),
      chosen: [form.day].flat().includes(date),
    }))
  return [...Map.groupBy(mine, ({ blockId }) => blockId)].map(([blockId, block]) => ({
    name: 'block' as const,
    value: blockId,
    label: block[0]?.block ?? '',
    may: block.every(({ date }) => may.includes(date)),
    chosen: numbersIn(form.block).includes(blockId),
  }))
}

/** What fewer days cost, where days are given back one by one: from one less to as few as can be. */
function fewerOf(place: Place, may: string[]) {
  if (place.camp.attend !== 'days') return []
  return may
    .map((_, nth) => without(place, may.slice(0, nth + 1)))
    .filter(({ days }) => days.length)
    .slice(0, 10)
    .map(({ days, cents }) => ({ days: days.length, cents }))
}
