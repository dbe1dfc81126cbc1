import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { addDays, instant, isDate, weekday } from '../clock'
import { type Answer, commit, must, mustBeThere, newest, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { campBlocks, camps, campTypes, classes, meetings, pricingCells, pricingSchedules } from '../schema/classes'
import { locations } from '../schema/locations'
import { programs, zones } from '../schema/programs'
import { type Cell, campById } from './camps'

/** Charge category 7 is Camps (migration 0014). */
const campCategory = 7

/** Adds a kind of camp with its own title, "Summer Camp" and "Summer Camps"; an event is one too (CP1). @returns its id */
export async function createCampType(
  account: Account,
  wish: { singular: string; plural: string },
  answer?: Answer,
): Promise<number> {
  const row = account.db.insert(campTypes).values(wish).returning({ id: campTypes.id })
  const told = audit(account, 'camp type', `created the camp type ${wish.singular}`, [['camp_type', newest(campTypes)]])
  return made(account, [mustBeNew(account, wish.singular)], row, told, answer)
}

/** Changes a camp type, or takes it out of use; its camps stay. @throws Refusal 'name-taken' */
export async function changeCampType(
  account: Account,
  id: number,
  change: { singular: string; plural: string; retired: boolean },
  answer?: Answer,
): Promise<void> {
  const { retired, ...words } = change
  const [rows] = await read(account, [account.db.select().from(campTypes).where(eq(campTypes.id, id))])
  const before = found(rows)
  await commit(
    account,
    [
      mustBeNew(account, words.singular, id),
      account.db
        .update(campTypes)
        .set({ ...words, retiredAt: retired ? (before.retiredAt ?? account.now) : null })
        .where(eq(campTypes.id, id)),
      ...audit(account, 'camp type', `changed the camp type ${words.singular}`, [['camp_type', id]], {
        before: { singular: before.singular, plural: before.plural, retired: before.retiredAt !== null },
        after: change,
      }),
    ],
    answer,
  )
}

const mustBeNew = (account: Account, singular: string, id = 0) =>
  must(
    account,
    sql`not exists (select 1 from ${campTypes} where ${campTypes.singular} = ${singular} and ${campTypes.id} <> ${id})`,
    'name-taken',
  )

export interface ScheduleWish {
  name: string
  depositKind: 'none' | 'cents' | 'percent'
  /** Cents, or whole percent. */
  deposit: number
  /** The first of them is one block for the first child. */
  cells: Cell[]
}

/** Adds prices: rows are blocks or days, columns the children of a family (A8). @returns its id */
export async function createPricing(
  account: Account,
  { cells, ...wish }: ScheduleWish,
  answer?: Answer,
): Promise<number> {
  const row = account.db
    .insert(pricingSchedules)
    .values({ ...wish, use: 'camp' })
    .returning({ id: pricingSchedules.id })
  const told = [
    ...cellsOf(account, newest(pricingSchedules) as unknown as number, cells),
    ...audit(
      account,
      'pricing schedule',
      `created the pricing schedule ${wish.name}`,
      [['pricing_schedule', newest(pricingSchedules)]],
      { after: { ...wish, cells } },
    ),
  ]
  return made(account, [], row, told, answer)
}

/** Changes prices for everything that is asked for from now on, or takes them out of use. @throws NotFound */
export async function changePricing(
  account: Account,
  id: number,
  { cells, retired, ...wish }: ScheduleWish & { retired: boolean },
  answer?: Answer,
): Promise<void> {
  const [rows, old] = await read(account, [
    account.db
      .select()
      .from(pricingSchedules)
      .where(and(eq(pricingSchedules.id, id), eq(pricingSchedules.use, 'camp'))),
    account.db
      .select({ blocks: pricingCells.blocks, nth: pricingCells.nthStudent, cents: pricingCells.cents })
      .from(pricingCells)
      .where(eq(pricingCells.scheduleId, id)),
  ])
  const before = found(rows)
  await commit(
    account,
    [
      account.db
        .update(pricingSchedules)
        .set({ ...wish, retiredAt: retired ? (before.retiredAt ?? account.now) : null })
        .where(eq(pricingSchedules.id, id)),
      account.db.delete(pricingCells).where(eq(pricingCells.scheduleId, id)),
      ...cellsOf(account, id, cells),
      ...audit(account, 'pricing schedule', `changed the pricing schedule ${wish.name}`, [['pricing_schedule', id]], {
        before: { name: before.name, depositKind: before.depositKind, deposit: before.deposit, cells: old },
        after: { ...wish, cells, retired },
      }),
    ],
    answer,
  )
}

const cellsOf = ({ db }: Account, scheduleId: number, cells: Cell[]): Statement[] =>
  cells.length
    ? [
        db
          .insert(pricingCells)
          .values(cells.map(({ blocks, nth, cents }) => ({ scheduleId, blocks, nthStudent: nth, cents }))),
      ]
    : []

/** What staff say of a camp. */
export interface CampTerms {
  name: string
  description: string | null
  typeId: number
  scheduleId: number
  places: number
  /** ISO durations, "P6Y". */
  minAge: string | null
  maxAge: string | null
  gender: 'male' | 'female' | 'any'
  /** Moments. */
  registrationFrom: number | null
  registrationTo: number | null
  attend: 'whole' | 'blocks' | 'days'
  dueAtSignup: 'none' | 'deposit' | 'full'
  autoApprove: boolean
  /** Families may wait for days that are full. */
  allowWaitlist: boolean
  showPortal: boolean
}

/** A row of days with one name, each at the same time. */
export interface BlockWish {
  name: string
  /** Its own number of places, where it has fewer than the camp. */
  places: number | null
  start: string
  end: string
  days: string[]
}

/** So many days are added at once. */
export const mostDays = 100

/** The days from one to another that fall on some weekdays; none named means all of them. */
export function daysFrom(from: string, to: string, weekdays: readonly number[]): string[] {
  // What is no day is said beside its own field.
  if (!isDate(from) || !isDate(to)) return []
  const days: string[] = []
  for (let day = from; day <= to && days.length <= mostDays; day = addDays(day, 1))
    if (!weekdays.length || weekdays.includes(weekday(day))) days.push(day)
  return days
}

const zoneIsAt = (account: Account, zoneId: number, locationId: number) =>
  must(
    account,
    sql`exists (select 1 from ${zones} where ${zones.id} = ${zoneId} and ${zones.locationId} = ${locationId})`,
    'zone-elsewhere',
  )

const columnsOf = (terms: CampTerms) => ({
  row: {
    name: terms.name,
    sortName: terms.name.toLowerCase(),
    description: terms.description,
    maxStudents: terms.places,
    minAge: terms.minAge,
    maxAge: terms.maxAge,
    gender: terms.gender,
    registrationFrom: terms.registrationFrom,
    registrationTo: terms.registrationTo,
    showPortal: terms.showPortal ? 1 : 0,
  },
  camp: {
    campTypeId: terms.typeId,
    pricingScheduleId: terms.scheduleId,
    attend: terms.attend,
    dueAtSignup: terms.dueAtSignup,
    autoApprove: terms.autoApprove ? 1 : 0,
    allowWaitlist: terms.allowWaitlist ? 1 : 0,
  },
})

/**
 * Makes a camp with its first block: a class of the kind 'camp', so that seats, window and records are the same (A8).
 * @throws Refusal 'zone-elsewhere' where the zone is not at the camp's location
 * @returns its id
 */
export async function createCamp(
  account: Account,
  wish: CampTerms & { locationId: number; programId: number; zoneId?: number | null },
  block: BlockWish,
  answer?: Answer,
): Promise<number> {
  const { db, now } = account
  const { locationId, programId, zoneId, ...terms } = wish
  const { row, camp } = columnsOf(terms)
  const classId = newest(classes) as unknown as number
  const zone = zoneOf(account, locationId)
  return made(
    account,
    [
      mustBeThere(account, campTypes, terms.typeId),
      mustBeThere(account, pricingSchedules, terms.scheduleId),
      mustBeThere(account, locations, locationId),
      mustBeThere(account, programs, programId),
      ...(zoneId ? [zoneIsAt(account, zoneId, locationId)] : []),
    ],
    db
      .insert(classes)
      .values({
        ...row,
        kind: 'camp',
        billDates: 'camp',
        locationId,
        programId,
        zoneId: zoneId ?? null,
        startDate: block.days[0] ?? null,
        endDate: block.days.at(-1) ?? null,
        createdAt: now,
        updatedAt: now,
      })
      .returning({ id: classes.id }),
    [
      db.insert(camps).values({ ...camp, classId, chargeCategoryId: campCategory }),
      db.insert(campBlocks).values({ classId, name: block.name, maxStudents: block.places }),
      ...meetingsOf(account, classId, newest(campBlocks) as unknown as number, block, zone),
      ...audit(account, 'camp', `created the camp ${terms.name}`, [['class', newest(classes)]], {
        after: { ...wish, block },
      }),
    ],
    answer,
  )
}

const zoneOf = ({ locations: places }: Account, locationId: number) =>
  places.find(({ id }) => id === locationId)?.timeZone ?? 'UTC'

/** Each day of a block as a meeting, in one statement however many they are. */
function meetingsOf({ db }: Account, classId: number, blockId: number, block: BlockWish, zone: string): Statement[] {
  const { start, end, days } = block
  const rows = days.map(day => ({
    day,
    from: instant(day, start, zone),
    to: instant(day, end, zone),
  }))
  return [
    db
      .insert(meetings)
      .select(
        sql`select null, ${classId}, null, ${blockId}, value ->> 'day', ${start}, ${end}, value ->> 'from', value ->> 'to', null, null, null, 'planned', null, null, null, 1, 0 from json_each(${JSON.stringify(rows)})`,
      ),
  ]
}

/** Changes a camp for whoever asks from now on; what is enrolled stays as it is. @throws NotFound */
export async function changeCamp(
  account: Account,
  id: number,
  change: CampTerms & { active: boolean },
  answer?: Answer,
): Promise<void> {
  const { active, ...terms } = change
  const [rows] = await read(account, [campById(account, id)])
  const { days: _, cells: __, ...before } = found(rows)
  const { row, camp } = columnsOf(terms)
  await commit(
    account,
    [
      mustBeThere(account, campTypes, terms.typeId),
      mustBeThere(account, pricingSchedules, terms.scheduleId),
      account.db
        .update(classes)
        .set({ ...row, state: active ? 'active' : 'inactive', updatedAt: account.now })
        .where(eq(classes.id, id)),
      account.db.update(camps).set(camp).where(eq(camps.classId, id)),
      ...audit(account, 'camp', `changed the camp ${terms.name}`, [['class', id]], { before, after: change }),
    ],
    answer,
  )
}

/**
 * Adds days to a camp: a new block, or further days of the block that has this name, so that one may have varied dates.
 * @throws NotFound; Refusal 'camp-day-taken' when the camp meets on one of them already
 */
export async function addBlock(account: Account, campId: number, block: BlockWish, answer?: Answer): Promise<void> {
  if (!block.days.length) throw new Refusal('nothing-chosen')
  const { db } = account
  const [rows, blocks] = await read(account, [
    campById(account, campId),
    db.select().from(campBlocks).where(eq(campBlocks.classId, campId)),
  ])
  const camp = found(rows)
  const known = blocks.find(({ name }) => name.toLowerCase() === block.name.toLowerCase())
  const blockId = known?.id ?? (newest(campBlocks) as unknown as number)
  await commit(
    account,
    [
      must(
        account,
        sql`not exists (select 1 from meetings m join json_each(${JSON.stringify(block.days)}) d on d.value = m.on_date where m.class_id = ${campId})`,
        'camp-day-taken',
      ),
      known
        ? db.update(campBlocks).set({ maxStudents: block.places }).where(eq(campBlocks.id, known.id))
        : db.insert(campBlocks).values({
            classId: campId,
            name: block.name,
            sort: blocks.length,
            maxStudents: block.places,
          }),
      ...meetingsOf(account, campId, blockId, block, camp.timeZone),
      spanOf(account, campId),
      ...audit(account, 'camp', `added ${block.days.length} days to ${camp.name}`, [['class', campId]], {
        after: block,
      }),
    ],
    answer,
  )
}

/**
 * Takes a block and its days out of a camp.
 * @throws NotFound; Refusal 'camp-block-used' while somebody has a day of it, 'camp-last-block' for the only one
 */
export async function removeBlock(account: Account, campId: number, blockId: number, answer?: Answer): Promise<void> {
  const { db } = account
  const [rows, blocks] = await read(account, [
    campById(account, campId),
    db
      .select()
      .from(campBlocks)
      .where(and(eq(campBlocks.id, blockId), eq(campBlocks.classId, campId))),
  ])
  const camp = found(rows)
  const block = found(blocks)
  const days = sql`select m.on_date from meetings m where m.camp_block_id = ${blockId}`
  await commit(
    account,
    [
      must(
        account,
        sql`not exists (select 1 from enrollment_days d where d.block_id = ${blockId}) and not exists (select 1 from seats s where s.class_id = ${campId} and s.from_date in (${days}) and (s.expires_at is null or s.expires_at > ${account.now})) and not exists (select 1 from attendance a join meetings m on m.id = a.meeting_id where m.camp_block_id = ${blockId})`,
        'camp-block-used',
      ),
      must(
        account,
        sql`exists (select 1 from ${campBlocks} b where b.class_id = ${campId} and b.id <> ${blockId})`,
        'camp-last-block',
      ),
      db.delete(meetings).where(eq(meetings.campBlockId, blockId)),
      db.delete(campBlocks).where(eq(campBlocks.id, blockId)),
      spanOf(account, campId),
      ...audit(account, 'camp', `took ${block.name} out of ${camp.name}`, [['class', campId]], {
        before: { block: block.name, days: camp.days.filter(day => day.blockId === blockId).map(({ date }) => date) },
      }),
    ],
    answer,
  )
}

/** The first and the last day of a camp are those of its days. */
const spanOf = ({ db, now }: Account, campId: number): Statement =>
  db
    .update(classes)
    .set({
      startDate: sql`(select min(m.on_date) from meetings m where m.class_id = ${campId})` as unknown as string,
      endDate: sql`(select max(m.on_date) from meetings m where m.class_id = ${campId})` as unknown as string,
      updatedAt: now,
    })
    .where(eq(classes.id, campId))

async function made(
  account: Account,
  guards: Statement[],
  row: Statement,
  rest: Statement[],
  answer?: Answer,
): Promise<number> {
  const results = (await commit(account, [...guards, row, ...rest], answer)) as { id: number }[][]
  return results[guards.length]?.[0]?.id ?? 0
}
