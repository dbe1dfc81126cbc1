import type { Account } from '../accounts/account'
import { createAppointment, createService, openSlots } from '../appointments/setup'
import { createClass } from '../classes/create'
import { addDays, nextWeekday, today } from '../clock'
import { commit, type Statement } from '../database'
import { attachToProgram, createSchedule, deleteSchedule } from '../ledger/discounts'
import { createAddOn, createPackage, createPartySlot, createStation } from '../parties/setup'
import { createPolicy } from '../policies/policies'
import { openLocation } from '../programs/programs'
import { settings } from '../schema/settings'
import type { Values } from '../setup/field'
import { nounOf } from '../setup/nouns'
import { beginThing } from '../setup/things'
import { createProduct, createVariant, receiveStock } from '../shop/products'
import { addEvent, addLevel, addSkill, addTree, attachTree } from '../skills/set-up'
import { beginGroup } from '../staff/groups'
import { hire } from '../staff/staff'
import { setUpAppointments } from './appointments'
import { setUpCamps } from './camps'

/** Classes of a program: name, ages, price, places. */
const offers: [program: number, name: string, minAge: string, maxAge: string, cents: number, places: number][] = [
  [1, 'Mini Movers', 'P2Y', 'P3Y', 7600, 8],
  [1, 'Beginner Gymnastics 1', 'P4Y', 'P6Y', 9200, 8],
  [1, 'Beginner Gymnastics 2', 'P5Y', 'P8Y', 9200, 8],
  [1, 'Gymnastics 1', 'P7Y', 'P10Y', 9800, 10],
  [1, 'Gymnastics 2', 'P9Y', 'P14Y', 10400, 10],
  [1, 'Ninja Kids', 'P6Y', 'P11Y', 9200, 12],
  [2, 'Parent and Tot Swim', 'P1Y', 'P2Y', 6800, 10],
  [2, 'Learn to Swim 1', 'P3Y', 'P5Y', 10800, 4],
  [2, 'Learn to Swim 2', 'P4Y', 'P7Y', 10800, 4],
  [2, 'Learn to Swim 3', 'P6Y', 'P10Y', 10800, 6],
  [3, 'Creative Dance', 'P3Y', 'P5Y', 7200, 10],
  [3, 'Ballet 1', 'P5Y', 'P9Y', 8400, 12],
]

const times = ['09:30', '10:15', '15:30', '16:15', '17:00', '17:45']

/** Later by so many minutes on the same day. */
const plus = (time: string, minutes: number) => {
  const sum = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes
  return `${String(Math.floor(sum / 60)).padStart(2, '0')}:${String(sum % 60).padStart(2, '0')}`
}

const levelColours = ['green', 'blue', 'violet']

/** The days around New Year that come next. */
function holidays(day: string) {
  const year = Number(day.slice(0, 4))
  return [
    [`${year}-12-24`, 'Christmas Eve'],
    [`${year}-12-25`, 'Christmas'],
    [`${year}-12-31`, 'New Year\u2019s Eve'],
    [`${year + 1}-01-01`, 'New Year'],
  ]
}

/** Opens the business: places, people who work there, programs, classes, policies, reasons. */
export async function setUp(account: Account, passwordHash: string, small: boolean): Promise<void> {
  const { db, now, slug } = account
  const zone = 'America/Chicago'
  const begin = (path: string, values: Values) => {
    const noun = nounOf(path)
    return noun ? beginThing(account, noun, values) : []
  }
  const rooms: [string, string][] = small
    ? [['main', 'Main Street']]
    : [
        ['eastside', 'Eastside Gym'],
        ['harbor', 'Harbor Pool'],
        ['northgate', 'Northgate Studio'],
      ]
  const statements: Statement[] = [
    db.insert(settings).values({
      name: 'business.name',
      value: JSON.stringify(small ? 'Sunrise Gym' : 'Juniper Gym & Swim'),
      updatedAt: now,
      who: 'demo',
    }),
    ...[
      'portal.show_parties',
      'shop.enabled',
      'gift.enabled',
      'gift.guests',
      'party.allow_cancel',
      'pass.portal_redeem',
    ].map(name => db.insert(settings).values({ name, value: 'true', updatedAt: now, who: 'demo' })),
    ...rooms.flatMap(([name, label], sort) => openLocation(account, { slug: name, name: label, timeZone: zone, sort })),
    ...beginGroup(account, {
      name: 'Front Desk',
      isAdmin: false,
      rights: {
        'Office Portal': 2,
        'Welcome Page': 2,
        Dashboard: 2,
        'Manage Online Activity': 1,
        Families: 1,
        Students: 1,
        Classes: 1,
        Enrollments: 1,
      },
    }),
    ...beginGroup(account, { name: 'Coaches', isAdmin: false, rights: { 'Staff Portal': 2 } }),
    ...hire(account, { firstName: 'Ana', lastName: 'Reyes', email: `owner@${slug}.test`, passwordHash, isOwner: true }),
    ...hire(account, {
      firstName: 'Bo',
      lastName: 'Larsen',
      email: `desk@${slug}.test`,
      passwordHash,
      groups: ['Front Desk'],
    }),
    ...hire(account, {
      firstName: 'Bianca',
      lastName: 'Moretti',
      email: `coach@${slug}.test`,
      passwordHash,
      groups: ['Coaches'],
    }),
    ...['Gymnastics', 'Swimming', 'Dance'].flatMap(name => begin('programs', { name })),
    ...['Too far', 'Another activity', 'Moving away', 'Health', 'Other'].flatMap((name, sort) =>
      begin('drop-reasons', { name, sort, showCustomers: 1 }),
    ),
    // For trying out the cart.
    ...begin('promo-codes', { code: 'WELCOME10', kind: 'percent', amount: 10, oncePerFamily: 1 }),
    ...['A friend', 'Search', 'Walked by', 'School'].flatMap((name, sort) => begin('referral-sources', { name, sort })),
    ...['Beginner', 'Intermediate', 'Advanced'].flatMap((name, sort) =>
      begin('levels', { name, sort, colour: levelColours[sort] ?? null }),
    ),
    ...begin('keywords', { name: 'Team', colour: 'violet', givesPriority: 1 }),
    ...begin('blackout-dates', {
      name: 'Winter holidays',
      effect: 'both',
      dates: holidays(today(now, zone)),
      programs: [3],
    }),
  ]
  await commit(account, statements)
  for (const [nth, [program, name, minAge, maxAge, cents, places]] of offers.entries()) {
    const locationId = small ? 1 : program
    // Five times a week for each of the twelve: sixty classes.
    const made = Array.from({ length: small ? 1 : 5 }, (_, round) => {
      const start = times[(nth + round * 2) % times.length] as string
      return createClass(account, {
        name,
        description: null,
        locationId,
        programId: program,
        maxStudents: places,
        minAge,
        maxAge,
        slots: [{ weekday: 1 + ((nth + round) % 6), start, end: plus(start, 45) }],
        tuitionCents: cents,
        instructorIds: round < 2 ? [3] : [],
      })
    })
    await commit(account, made.flat())
  }
  await createPolicy(account, null, {
    kind: 'family',
    name: 'House rules',
    body: 'Shoes off on the mats. Children under eight are brought to the door. Tell us when somebody is ill.',
    required: true,
    showWeb: true,
    active: true,
  })
  await createPolicy(account, null, {
    kind: 'student',
    name: 'Photo and video',
    body: 'We may take pictures in class for our own pages. Names are never shown.',
    required: false,
    showWeb: true,
    active: true,
  })
  await createPolicy(account, null, {
    kind: 'student',
    name: 'Liability waiver',
    body: 'Gymnastics, swimming and dance carry risks that care makes small and cannot remove.',
    required: true,
    showWeb: true,
    active: true,
  })
  // Families meet it once they book an appointment.
  if (!small)
    await createPolicy(account, null, {
      kind: 'appointment',
      name: 'Appointment policy',
      body: 'Come five minutes early. Whoever cannot come cancels a day before, so that somebody else can have the time.',
      required: true,
      showWeb: true,
      active: true,
    })
  await setUpShop(account, small)
  if (!small)
    await setUpAppointments(
      account,
      holidays(today(now, zone)).map(([day = '']) => day),
    )
  await setUpSkills(account)
  await setUpCamps(account)
}

/** What is sold and booked beside classes: private lessons, parties, goods, a discount for siblings. */
async function setUpShop(account: Account, small: boolean) {
  const siblings = await createSchedule(account, {
    name: 'Siblings 2026',
    countClasses: 'one',
    countStudents: 'total',
    unit: 'percent',
    cells: [
      { nthClass: 1, nthStudent: 1, amount: 0 },
      { nthClass: 1, nthStudent: 2, amount: 10 },
    ],
  })
  await attachToProgram(account, 2, siblings)
  const summer = await createSchedule(account, {
    name: 'Summer 2026',
    countClasses: 'one',
    countStudents: 'one',
    unit: 'percent',
    cells: [{ nthClass: 1, nthStudent: 1, amount: 5 }],
  })
  await attachToProgram(account, 3, summer)
  // Deleted and still attached: its payments say so in the window until somebody removes it.
  await deleteSchedule(account, summer)
  const service = await createService(account, {
    name: 'Private lesson',
    description: 'One child, one coach, and what the child wants to learn.',
    minutes: 45,
  })
  const lesson = await createAppointment(account, {
    serviceId: service,
    staffId: 3,
    locationId: 1,
    programId: 1,
    cents: 5500,
  })
  const monday = nextWeekday(addDays(today(account.now, 'UTC'), 3), 1)
  await openSlots(
    account,
    lesson,
    Array.from({ length: 20 }, (_, nth) => ({
      onDate: addDays(monday, nth + 2 * Math.floor(nth / 5)),
      startTime: nth % 2 ? '13:00' : '14:00',
      endTime: nth % 2 ? '13:45' : '14:45',
    })),
  )
  const station = await createStation(account, { locationId: 1, name: 'Party room', leadHours: 48 })
  await createPartySlot(account, { stationId: station, weekday: 6, startTime: '13:00', endTime: '15:00' })
  await createPackage(account, { name: 'Ninja party', programId: 1, cents: 24_000, guests: 12, extraGuestCents: 1500 })
  await createAddOn(account, { name: 'Pizza', cents: 1800, maxQuantity: 10 })
  await createAddOn(account, { name: 'Face painting', cents: 7500, maxQuantity: 1 })
  const leotard = await createProduct(account, { title: 'Leotard', category: 'Clothes', programId: 1 })
  const bag = await createProduct(account, { title: 'Grip bag', category: 'Gear', programId: 1 })
  const goods = [
    await createVariant(account, { productId: leotard, name: 'Size S', cents: 2900, tracksStock: true }),
    await createVariant(account, { productId: leotard, name: 'Size M', cents: 2900, tracksStock: true }),
    await createVariant(account, { productId: bag, name: 'Blue', cents: 1350, tracksStock: true }),
  ]
  for (const variantId of goods) await receiveStock(account, { variantId, locationId: 1, quantity: small ? 20 : 200 })
}

/** What gymnasts learn, level by level. */
const gymnastics: [level: string, events: [event: string, skills: string[]][]][] = [
  [
    'Bronze',
    [
      ['Floor', ['Forward roll', 'Cartwheel']],
      ['Beam', ['Walk forward', 'Jump off and land']],
    ],
  ],
  ['Silver', [['Floor', ['Handstand', 'Bridge']]]],
]

/** The tree by which the gymnasts are evaluated. */
async function setUpSkills(account: Account) {
  const answer = { location: '/' }
  const treeId = 1
  let levelId = 0
  let eventId = 0
  await addTree(account, 'Gymnastics', answer)
  for (const [name, events] of gymnastics) {
    levelId += 1
    await addLevel(account, treeId, { name, code: name.slice(0, 1), description: null }, answer)
    for (const [event, skills] of events) {
      eventId += 1
      await addEvent(account, { treeId, levelId, name: event }, answer)
      for (const skill of skills) await addSkill(account, { treeId, eventId, name: skill }, answer)
    }
  }
  await attachTree(account, treeId, [1], answer)
}
