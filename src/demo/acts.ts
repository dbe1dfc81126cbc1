import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { bookAppointment, cancelBooking } from '../appointments/bookings'
import { reschedule } from '../appointments/moves'
import { bookable } from '../appointments/slots'
import type { Guardian } from '../auth/guardian'
import type { ClassRow } from '../classes/classes'
import { addDays, nextWeekday, today } from '../clock'
import { read } from '../database'
import { runningEnrollments, tellAbsence } from '../enrollments/absences'
import { requestDrop } from '../enrollments/drops'
import { enroll } from '../enrollments/enroll'
import { requestTransfer } from '../enrollments/transfers'
import { misfits } from '../enrollments/wishes'
import { askForDeletion } from '../families/deletion'
import { addStudent } from '../families/students'
import { bookParty } from '../parties/parties'
import { methodsOf, setRecurring, storeMethod } from '../payments/methods'
import { payCharges } from '../payments/pay'
import { bookings } from '../schema/appointments'
import { buyGift } from '../shop/gifts'
import { orderOnline } from '../shop/orders'
import { boys, type Dice, remarks } from './names'

const answer = { location: '/' }
const card = { token: 'tok_ok_4242' }

/** A family on a day of the demo business, with what it needs to act. */
export interface Scene {
  account: Account
  guardian: Guardian
  luck: Dice
  classes: ClassRow[]
}

const dayOf = ({ account }: Scene) => today(account.now, 'America/Chicago')
const noteOf = ({ luck }: Scene) => (luck.chance(0.3) ? luck.of(remarks) : null)
const childOf = ({ luck, guardian }: Scene) => luck.of(guardian.students)

async function classOf(scene: Scene, childId: number) {
  const running = await runningEnrollments(
    scene.account,
    scene.guardian.family.id,
    childId,
    dayOf(scene),
    addDays(dayOf(scene), 20),
  )
  return running.length ? scene.luck.of(running) : undefined
}

const newestBooking = async ({ account, guardian }: Scene) => {
  const mine = and(eq(bookings.familyId, guardian.family.id), inArray(bookings.state, ['booked', 'requested']))
  const [[row]] = await read(account, [
    account.db.select({ id: bookings.id }).from(bookings).where(mine).orderBy(desc(bookings.id)).limit(1),
  ])
  return row?.id
}

async function freeSlot({ account, luck }: Scene) {
  const [slots] = await read(account, [bookable(account, account.now, account.now + 30 * 86_400_000)])
  return slots.length ? luck.of(slots) : undefined
}

/** What families do, each by its verb: all seventeen types of the window come from these. */
export const acts = {
  async enroll(scene: Scene) {
    const { account, guardian, luck, classes } = scene
    const child = childOf(scene)
    const fitting = classes.filter(row => misfits(account, row, child, addDays(dayOf(scene), 3)).length === 0)
    if (!fitting.length) return
    const startDate = addDays(dayOf(scene), 1 + luck.below(10))
    await enroll(
      account,
      guardian,
      {
        studentId: child.id,
        classId: luck.of(fitting).id,
        type: luck.chance(0.12) ? 'trial' : 'active',
        startDate,
        notes: noteOf(scene),
      },
      answer,
    )
  },
  async absence(scene: Scene) {
    const { account, guardian, luck } = scene
    const from = addDays(dayOf(scene), 1 + luck.below(6))
    await tellAbsence(
      account,
      guardian,
      childOf(scene).id,
      { way: 'by_date', from, to: addDays(from, 6), notes: noteOf(scene) },
      answer,
    )
  },
  async transfer(scene: Scene) {
    const { account, guardian, luck, classes } = scene
    const child = childOf(scene)
    const mine = await classOf(scene, child.id)
    const onDate = addDays(dayOf(scene), 7)
    const others = classes.filter(
      row =>
        row.id !== mine?.row.id &&
        row.programId === mine?.row.programId &&
        misfits(account, row, child, onDate).length === 0,
    )
    if (mine && others.length)
      await requestTransfer(
        account,
        guardian,
        mine.enrollment.id,
        { classId: luck.of(others).id, onDate, notes: noteOf(scene) },
        answer,
      )
  },
  async drop(scene: Scene) {
    const { account, guardian, luck } = scene
    const mine = await classOf(scene, childOf(scene).id)
    if (mine)
      await requestDrop(
        account,
        guardian,
        mine.enrollment.id,
        { onDate: addDays(dayOf(scene), 20), reasonId: 1 + luck.below(5), notes: noteOf(scene) },
        answer,
      )
  },
  pay: ({ account, guardian }: Scene) => payCharges(account, guardian, { amount: 'all', ...card }, answer),
  store: ({ account, guardian }: Scene) =>
    storeMethod(account, guardian, { token: 'tok_ok_5454', makeDefault: true, recurring: true }, answer),
  async optOut({ account, guardian }: Scene) {
    const [methods] = await read(account, [methodsOf(account, guardian.family.id)])
    const recurring = methods.find(method => method.recurring)
    if (recurring) await setRecurring(account, guardian, recurring.id, false, answer)
  },
  async student({ account, guardian, luck }: Scene) {
    await addStudent(
      account,
      guardian,
      { firstName: luck.of(boys), lastName: guardian.family.name, birthDate: '2022-05-14', gender: 'male' },
      answer,
    )
  },
  async book(scene: Scene) {
    const slot = await freeSlot(scene)
    if (slot)
      await bookAppointment(
        scene.account,
        scene.guardian,
        { slotId: slot.id, studentId: childOf(scene).id, notes: noteOf(scene) },
        answer,
      )
  },
  async reschedule(scene: Scene) {
    const [slot, bookingId] = [await freeSlot(scene), await newestBooking(scene)]
    if (slot && bookingId) await reschedule(scene.account, scene.guardian, { bookingId, slotId: slot.id }, answer)
  },
  async cancel(scene: Scene) {
    const bookingId = await newestBooking(scene)
    if (bookingId) await cancelBooking(scene.account, scene.guardian, bookingId, answer)
  },
  party: (scene: Scene) =>
    bookParty(
      scene.account,
      scene.guardian,
      {
        slotId: 1,
        onDate: nextWeekday(addDays(dayOf(scene), 14 + 7 * scene.luck.below(6)), 6),
        packageId: 1,
        title: `${childOf(scene).firstName}’s birthday`,
        guests: 10,
      },
      answer,
    ),
  gift: ({ account, guardian }: Scene) =>
    buyGift(
      account,
      guardian,
      { cents: 5000, locationId: guardian.family.locationId, receiver: 'Grandmother', ...card },
      answer,
    ),
  order: ({ account, guardian, luck }: Scene) =>
    orderOnline(
      account,
      guardian,
      {
        locationId: 1,
        items: [
          { variantId: 1 + luck.below(2), quantity: 1 + luck.below(2) },
          { variantId: 3, quantity: 1 },
        ],
        ...card,
      },
      answer,
    ),
  deletion: ({ account, guardian }: Scene) =>
    askForDeletion(account, guardian, { password: 'demo-password', notes: 'We moved away.' }, answer),
}

export type Act = keyof typeof acts

/** What a family does when it comes by: the more often named, the more often done. */
export const usual: Act[] = [
  ...Array<Act>(6).fill('enroll'),
  ...Array<Act>(4).fill('absence'),
  ...Array<Act>(5).fill('pay'),
  'transfer',
  'drop',
  'store',
  'order',
  'book',
  'student',
]

/** One of each, on the last days, so that the window has all there is; some are followed by a change of mind. */
export const oneOfEach: Act[] = [
  'enroll',
  'absence',
  'pay',
  'store',
  'transfer',
  'order',
  'book',
  'drop',
  'gift',
  'party',
  'student',
  'enroll',
  'book',
  'pay',
  'enroll',
  'order',
  'transfer',
  'deletion',
  'enroll',
  'absence',
]
export const followUps: Partial<Record<number, Act>> = { 3: 'optOut', 6: 'reschedule', 12: 'cancel' }
