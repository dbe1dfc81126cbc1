import type { Account } from '../accounts/account'
import { addQuestion } from '../camps/question-setup'
import { createCamp, createCampType, createPricing, daysFrom } from '../camps/setup'
import { addDays, nextWeekday, today } from '../clock'
import { createProduct } from '../passes/setup'

/** Camps, an event and punch passes, some weeks ahead of the day on which the demo is made. */
export async function setUpCamps(account: Account): Promise<void> {
  const day = today(account.now, 'America/Chicago')
  const camps = await createCampType(account, { singular: 'Break Camp', plural: 'Break Camps' })
  const events = await createCampType(account, { singular: 'Event', plural: 'Events' })
  const byDay = await createPricing(account, {
    name: 'Camp days',
    depositKind: 'cents',
    deposit: 5000,
    cells: [
      { blocks: 1, nth: 1, cents: 6500 },
      { blocks: 1, nth: 2, cents: 5500 },
      { blocks: 5, nth: 1, cents: 27_500 },
    ],
  })
  const evening = await createPricing(account, {
    name: 'Evening',
    depositKind: 'none',
    deposit: 0,
    cells: [{ blocks: 1, nth: 1, cents: 2500 }],
  })
  const common = {
    minAge: 'P5Y',
    maxAge: 'P12Y',
    gender: 'any' as const,
    registrationFrom: null,
    registrationTo: null,
    allowWaitlist: true,
    showPortal: true,
    locationId: 1,
    programId: 1,
  }
  const monday = nextWeekday(addDays(day, 21), 1)
  const games = await createCamp(
    account,
    {
      ...common,
      name: 'Gym and Games',
      description: 'Mornings on the apparatus, afternoons outside. Bring lunch and a bottle of water.',
      typeId: camps,
      scheduleId: byDay,
      places: 16,
      attend: 'days',
      dueAtSignup: 'deposit',
      autoApprove: false,
    },
    { name: 'Week 1', places: null, start: '09:00', end: '15:00', days: daysFrom(monday, addDays(monday, 4), []) },
  )
  const asked = { choices: [], feeCents: 0, required: false }
  await addQuestion(account, games, { ...asked, label: 'Lunch from us', kind: 'yes_no', feeCents: 1200, sort: 1 })
  await addQuestion(account, games, {
    ...asked,
    label: 'Camp T-shirt',
    kind: 'choice',
    choices: [
      { label: 'None', cents: 0 },
      { label: 'Small', cents: 1500 },
      { label: 'Large', cents: 1500 },
    ],
    sort: 2,
  })
  await createCamp(
    account,
    {
      ...common,
      name: 'Parents Night Out',
      description: 'Pizza, games and a film, while parents have an evening to themselves.',
      typeId: events,
      scheduleId: evening,
      places: 20,
      attend: 'whole',
      dueAtSignup: 'full',
      autoApprove: true,
    },
    { name: 'Evening', places: null, start: '18:00', end: '21:00', days: [nextWeekday(addDays(day, 14), 5)] },
  )
  const pass = { description: null, holder: 'family' as const, validDays: 180, programs: [], showPortal: true }
  await createProduct(account, { ...pass, title: 'Ten days', cents: 20_000, punches: 10 })
  await createProduct(account, { ...pass, title: 'Five days', holder: 'student', cents: 11_000, punches: 5 })
  await createProduct(account, { ...pass, title: 'Five lessons', cents: 19_000, punches: 5, uses: 'appointments' })
}
