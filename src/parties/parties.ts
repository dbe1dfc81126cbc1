import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { closeAbout, log } from '../activity/log'
import { audit, type Subject } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { daysBetween, weekday } from '../clock'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found, NotFound } from '../http'
import { postCharge } from '../ledger/charges'
import { takeBack } from '../ledger/voids'
import { notify } from '../messages/notices'
import { money } from '../money'
import { buy } from '../payments/buy'
import { gatewayPayment } from '../payments/finish'
import { sayHow } from '../payments/gateway'
import { meansOf, type PayWith } from '../payments/means'
import { type Attempt, type Intent, intentOf, purchaseOf } from '../payments/purchases'
import { policiesAccepted } from '../policies/gate'
import { charges } from '../schema/charges'
import { families } from '../schema/families'
import { parties, partyLines, partyPackages, partySlots, partyStations } from '../schema/parties'
import { payments } from '../schema/payments'
import { settingsAt } from '../settings'
import { partySlotQuery } from './find'
import { offerFor, type PartyOffer, sayParty, sayTimeOf, type Wish } from './wishes'

interface PartyIntent extends Intent {
  what: 'party'
  offer: PartyOffer
}

/** Longer than anybody waits for a gateway; an attempt that is settled later finds its hold or keeps the money as credit. */
const holdFor = 24 * 3_600_000

/**
 * A family books a party: its time is theirs at once, the Office confirms it. One Parties entry and a charge, due on
 * the day; paid at once, one Payments entry more (OA3, A11).
 * @throws Refusal 'slot-taken' also for the second of two hands, 'policy-open', those of offerFor and of a payment
 */
export async function bookParty(
  account: Account,
  guardian: Guardian,
  wish: Wish & { pay?: PayWith },
  answer: Answer,
): Promise<void> {
  const familyId = guardian.family.id
  const { pay } = wish
  if (pay) {
    const prepare = async () => {
      const offer = await offerFor(account, guardian, wish)
      if (offer.cents <= 0) throw new Refusal('nothing-due')
      const { locationId, cents } = offer
      const on = dayAt(account, locationId)
      const means = await meansOf(account, guardian, pay)
      const intent: PartyIntent = { ...intentOf({ familyId, locationId, on }, means), what: 'party', offer }
      return { cents, intent, holds: taking(account, familyId, offer, 'held') }
    }
    return buy(account, partyPurchase, familyId, prepare, answer)
  }
  const offer = await offerFor(account, guardian, wish)
  const statements = [
    ...taking(account, familyId, offer, 'requested'),
    ...addOnsOf(account, newest(parties), offer),
    ...booked(account, familyId, offer, { partyId: newest(parties), due: offer.onDate }),
  ]
  await commit(account, statements, answer)
}

const dayAt = (account: Account, locationId: number) => todayAt(account, locationId)

const sameTime = ({ stationId, slotId, onDate }: PartyOffer) =>
  sql`${parties.stationId} = ${stationId} and ${parties.slotId} = ${slotId} and ${parties.onDate} = ${onDate}`

/** Takes the time: holds that ran out go first; a unique index stands behind the guard. */
function taking(account: Account, familyId: number, offer: PartyOffer, state: 'held' | 'requested'): Statement[] {
  const { db, now } = account
  const { stationId, slotId, onDate, packageId, studentId, title, guests, notes } = offer
  return [
    must(account, policiesAccepted(familyId, studentId ?? undefined), 'policy-open'),
    db.delete(parties).where(and(sameTime(offer), eq(parties.state, 'held'), lte(parties.expiresAt, now))),
    must(
      account,
      sql`not exists (select 1 from ${parties} where ${sameTime(offer)} and ${parties.state} <> 'cancelled')`,
      'slot-taken',
    ),
    db.insert(parties).values({
      stationId,
      slotId,
      onDate,
      packageId,
      familyId,
      studentId,
      title,
      guests,
      notes,
      state,
      expiresAt: state === 'held' ? now + holdFor : null,
      createdAt: now,
    }),
  ]
}

const addOnsOf = ({ db }: Account, partyId: SQL<number>, { addOns }: PartyOffer) =>
  addOns.map(({ id, quantity, cents }) =>
    db.insert(partyLines).values({ partyId: partyId as unknown as number, addOnId: id, quantity, cents }),
  )

/** The charge, the entry, the audit line and the notice of a party that is there. */
function booked(
  account: Account,
  familyId: number,
  offer: PartyOffer,
  { partyId, due, how }: { partyId: SQL<number>; due: string; how?: string },
): Statement[] {
  const { locationId, studentId, cents, lines, title, onDate, startTime, station, packageName, guests, notes } = offer
  const on = dayAt(account, locationId)
  const what = sayParty(offer)
  const said = { party: () => sayParty(offer), package: packageName, guests: String(guests), amount: money(cents) }
  return [
    ...(cents > 0
      ? [
          ...postCharge(account, { familyId, locationId, kind: 'party', title: `Party: ${title}`, on, due, lines }),
          account.db
            .update(parties)
            .set({ chargeId: newest(charges) as unknown as number })
            .where(sql`${parties.id} = ${partyId}`),
        ]
      : []),
    log(account, {
      kind: 'party',
      status: 'special',
      familyId,
      studentId,
      locationId,
      subject: 'party',
      subjectId: partyId,
      particulars: { title, onDate, startTime, station, packageName, guests, cents, paid: Boolean(how) },
      notes,
    }),
    ...audit(account, 'book party', `booked a party: ${what}, ${money(cents)}`, [
      ['family', familyId],
      ['student', studentId],
      ['party', partyId],
    ]),
    notify(account, {
      familyId,
      ...(how
        ? { template: 'party-paid', values: { ...said, paid_with: () => sayHow(how) } }
        : { template: 'party-requested', values: said }),
    }),
  ]
}

/** The hold that an attempt made, until it is paid or given back. */
const heldBy = ({ familyId, offer }: PartyIntent) =>
  sql`${sameTime(offer)} and ${parties.familyId} = ${familyId} and ${parties.state} = 'held'`

/** How a party that is paid at once ends. */
export const partyPurchase = purchaseOf<PartyIntent>('party', {
  says: ({ offer }) => sayParty(offer),
  paid(account, attempt: Attempt<PartyIntent>) {
    const { cents, intent } = attempt
    const { familyId, locationId, how, offer, on } = intent
    // The hold is the only party there, so its time finds it again after it is a request.
    const partyId = sql<number>`(select ${parties.id} from ${parties} where ${sameTime(offer)} and ${parties.state} = 'requested')`
    const title = `Party: ${offer.title}`
    return [
      must(account, sql`exists (select 1 from ${parties} where ${heldBy(intent)})`, 'hold-lapsed'),
      account.db.update(parties).set({ state: 'requested', expiresAt: null }).where(heldBy(intent)),
      ...addOnsOf(account, partyId, offer),
      ...booked(account, familyId, offer, { partyId, due: on, how }),
      ...gatewayPayment(account, attempt, [{ chargeId: newest(charges), cents }]),
      log(account, {
        kind: 'payment',
        status: 'notification',
        familyId,
        locationId,
        subject: 'payment',
        subjectId: newest(payments),
        particulars: { cents, how, charges: [title], deletedSchedule: false },
      }),
      ...audit(account, 'pay', `paid ${money(cents)} with ${how} for ${title}`, [
        ['family', familyId],
        ['payment', newest(payments)],
      ]),
    ]
  },
  undone: (account, { intent }) => [account.db.delete(parties).where(heldBy(intent))],
})

export type PartyRow = Awaited<ReturnType<typeof partyQuery>>[number]

/** A party with its place and its names. @throws NotFound */
export async function partyById(account: Account, id: number) {
  const [rows] = await read(account, [partyQuery(account).where(eq(parties.id, id))])
  return found(rows)
}

/** Parties with the names that lists and sentences need. */
export function partyQuery({ db }: Account) {
  return db
    .select({
      id: sql<number>`${parties.id}`.as('party_id'),
      familyId: parties.familyId,
      familyName: sql<string>`${families.name}`.as('family_name'),
      title: parties.title,
      guests: parties.guests,
      notes: parties.notes,
      state: parties.state,
      chargeId: parties.chargeId,
      onDate: parties.onDate,
      startTime: partySlots.startTime,
      endTime: partySlots.endTime,
      station: sql<string>`${partyStations.name}`.as('station'),
      locationId: partyStations.locationId,
      packageName: sql<string>`${partyPackages.name}`.as('package'),
      cents: sql<number | null>`(select cents from charges where id = ${parties.chargeId})`.as('cents'),
      openCents: sql<number | null>`(select open_cents from charges where id = ${parties.chargeId})`.as('open_cents'),
    })
    .from(parties)
    .innerJoin(families, eq(families.id, parties.familyId))
    .innerJoin(partySlots, eq(partySlots.id, parties.slotId))
    .innerJoin(partyStations, eq(partyStations.id, parties.stationId))
    .innerJoin(partyPackages, eq(partyPackages.id, parties.packageId))
    .$dynamic()
}

const listedIn = (states: readonly string[]) => sql`(select value from json_each(${JSON.stringify(states)}))`

function mustBe(account: Account, id: number, states: readonly ('requested' | 'confirmed')[]) {
  return must(
    account,
    sql`exists (select 1 from ${parties} where ${parties.id} = ${id} and ${parties.state} in ${listedIn(states)})`,
    'already-handled',
  )
}

const subjectsOf = ({ familyId }: { familyId: number }, id: number): Subject[] => [
  ['family', familyId],
  ['party', id],
]

/** Staff confirm a party that was asked for. @throws NotFound; Refusal 'already-handled' */
export async function confirmParty(account: Account, id: number, answer?: Answer): Promise<void> {
  const party = await partyById(account, id)
  const what = sayParty(party)
  await commit(
    account,
    [
      mustBe(account, id, ['requested']),
      account.db.update(parties).set({ state: 'confirmed' }).where(eq(parties.id, id)),
      ...audit(account, 'confirm party', `confirmed the party ${what}`, subjectsOf(party, id), {
        before: { state: party.state },
        after: { state: 'confirmed' },
      }),
      notify(account, {
        familyId: party.familyId,
        template: 'party-confirmed',
        values: { party: () => sayParty(party) },
      }),
    ],
    answer,
  )
}

/**
 * Staff cancel a party: its time is free at once, and its charge is taken back but for what they keep of it. What was
 * paid beyond that becomes the family's credit.
 * @param keepCents at most the charge
 * @throws NotFound; Refusal 'already-handled', 'amount-out-of-range'
 */
export async function cancelParty(account: Account, id: number, answer?: Answer, keepCents = 0): Promise<void> {
  const party = await partyById(account, id)
  await commit(account, await canceling(account, party, keepCents), answer)
}

/**
 * A family cancels its own party, where the business lets it and early enough. One Parties entry tells it, in place of
 * the one that may still stand there.
 * @throws NotFound; Refusal 'switched-off', 'notice-too-short', 'already-handled'
 */
export async function cancelOwnParty(account: Account, guardian: Guardian, id: number, answer: Answer): Promise<void> {
  const party = await partyById(account, id)
  if (party.familyId !== guardian.family.id) throw new NotFound()
  if (!settingsAt(account, party.locationId)['party.allow_cancel']) throw new Refusal('switched-off')
  if (!mayStillCancel(account, party)) throw new Refusal('notice-too-short')
  const { title, onDate, startTime, station, packageName, guests } = party
  const particulars = {
    title,
    onDate,
    startTime,
    station,
    packageName,
    guests,
    cents: party.cents ?? 0,
    canceled: true,
  }
  await commit(
    account,
    [
      ...(await canceling(account, party, 0)),
      closeAbout(account, 'party', id, 'withdrawn'),
      log(account, {
        kind: 'party',
        status: 'special',
        familyId: party.familyId,
        locationId: party.locationId,
        subject: 'party',
        subjectId: id,
        particulars,
      }),
    ],
    answer,
  )
}

/** Whether the notice that the business wants is still kept. */
export const mayStillCancel = (account: Account, { onDate, locationId }: { onDate: string; locationId: number }) =>
  daysBetween(dayAt(account, locationId), onDate) >= settingsAt(account, locationId)['party.cancel_days']

async function canceling(account: Account, party: PartyRow, keepCents: number): Promise<Statement[]> {
  const what = sayParty(party)
  if (keepCents < 0 || keepCents > (party.cents ?? 0)) throw new Refusal('amount-out-of-range')
  const why = keepCents ? `Canceled; ${money(keepCents)} of it stay.` : 'Canceled.'
  const { statements, creditCents } =
    party.chargeId === null
      ? { statements: [], creditCents: 0 }
      : await takeBack(account, party.chargeId, { cents: keepCents, why })
  return [
    mustBe(account, party.id, ['requested', 'confirmed']),
    account.db.update(parties).set({ state: 'cancelled' }).where(eq(parties.id, party.id)),
    ...statements,
    ...audit(account, 'cancel party', `canceled the party ${what}`, subjectsOf(party, party.id), {
      before: { state: party.state, cents: party.cents },
      after: { state: 'cancelled', keptCents: keepCents, creditCents },
    }),
    notify(account, { familyId: party.familyId, template: 'party-canceled', values: { party: () => sayParty(party) } }),
  ]
}

/**
 * Staff move a party to another time, at the same price. A unique index stands behind the guard.
 * @throws NotFound; Refusal 'already-handled', 'wrong-day', 'slot-past', 'slot-taken'
 */
export async function moveParty(
  account: Account,
  id: number,
  to: { slotId: number; onDate: string },
  answer?: Answer,
): Promise<void> {
  const [party, [rows]] = await Promise.all([
    partyById(account, id),
    read(account, [partySlotQuery(account, eq(partySlots.id, to.slotId))]),
  ])
  const slot = found(rows)
  if (weekday(to.onDate) !== slot.weekday) throw new Refusal('wrong-day')
  if (to.onDate < dayAt(account, slot.locationId)) throw new Refusal('slot-past')
  // A charge is one location's, so a party stays at its own.
  if (slot.locationId !== party.locationId) throw new NotFound()
  const moved = { ...party, onDate: to.onDate, startTime: slot.startTime, station: slot.station }
  const there = sql`${parties.stationId} = ${slot.stationId} and ${parties.slotId} = ${to.slotId} and ${parties.onDate} = ${to.onDate}`
  await commit(
    account,
    [
      mustBe(account, id, ['requested', 'confirmed']),
      account.db.delete(parties).where(and(there, eq(parties.state, 'held'), lte(parties.expiresAt, account.now))),
      must(
        account,
        sql`not exists (select 1 from ${parties} where ${there} and ${parties.state} <> 'cancelled' and ${parties.id} <> ${id})`,
        'slot-taken',
      ),
      account.db
        .update(parties)
        .set({ stationId: slot.stationId, slotId: to.slotId, onDate: to.onDate })
        .where(eq(parties.id, id)),
      ...audit(
        account,
        'move party',
        `moved the party ${sayParty(party)} to ${sayTimeOf(moved)}`,
        subjectsOf(party, id),
        {
          before: { onDate: party.onDate, startTime: party.startTime, station: party.station },
          after: { onDate: moved.onDate, startTime: moved.startTime, station: moved.station },
        },
      ),
      notify(account, {
        familyId: party.familyId,
        template: 'party-moved',
        values: { party: () => sayParty(moved), old_time: () => sayTimeOf(party) },
      }),
    ],
    answer,
  )
}
