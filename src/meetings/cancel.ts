import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { addDays, instant, sayDate, sayTime, today } from '../clock'
import { type Answer, commit, must, Refusal, type Statement } from '../database'
import { followAbsences } from '../makeups/issue'
import { notifyAll } from '../messages/notices'
import { meetings } from '../schema/classes'
import { settingsAt } from '../settings'

/** One class at one time of a day. */
export interface Meeting {
  classId: number
  name: string
  onDate: string
  start: string
  end: string
  timeZone: string
}

export interface Cancellation {
  reason: string
  /** Mail to the families. */
  tell: boolean
  /** Makeup tokens, as the settings give them for an excused absence. */
  tokens: boolean
}

/** Whether a canceled meeting can bring makeup tokens at any location: where it can, its rules say. */
export const bringsTokens = (account: Account) =>
  account.locations.some(({ id }) => {
    const rules = settingsAt(account, id)
    return rules['token.enabled'] && rules['token.on_excused']
  })

const endOf = ({ onDate, start, end, timeZone }: Meeting) =>
  instant(end > start ? onDate : addDays(onDate, 1), end, timeZone)

/** The meetings of an act as rows `j`, whose `key` is their number. */
const each = (those: Meeting[]) =>
  sql`json_each(${JSON.stringify(
    those.map(one => [
      one.classId,
      one.onDate,
      one.start,
      one.end,
      instant(one.onDate, one.start, one.timeZone),
      endOf(one),
    ]),
  )}) j`

const isOne = sql.raw(
  'meetings.class_id = j.value ->> 0 and meetings.on_date = j.value ->> 1 and meetings.start_time = j.value ->> 2',
)

/** The rows that stand for these meetings, made where there are none yet: nothing else points at a day of a class. */
export const withRows = ({ db }: Account, those: Meeting[]): Statement =>
  db
    .insert(meetings)
    .select(
      sql`select null, j.value ->> 0, null, null, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, null, null, null, 'planned', null, null, null, 1, 0 from ${each(those)} where true`,
    )
    .onConflictDoNothing()

/** Who is in the classes on their days, as rows `nth, enrollment_id, family_id, on_date`. */
const expected = (those: Meeting[]) =>
  sql`select j.key as nth, e.id as enrollment_id, e.family_id, j.value ->> 1 as on_date from ${each(those)} join enrollments e on e.class_id = j.value ->> 0 and e.through_date >= j.value ->> 1 and e.start_date <= j.value ->> 1 and e.state = 'approved' and e.state <> 'cancelled' and e.type <> 'wait'`

const days = (those: Meeting[]) => sql`select enrollment_id, on_date from (${expected(those)})`
const told = (those: Meeting[]) => sql`select distinct nth, family_id from (${expected(those)})`
const sayDay = ({ onDate, start }: Meeting) => `${sayDate(onDate, { weekday: true })}, ${sayTime(start)}`

/** So many classes are named by one line of the audit log: a statement has a hundred values. */
const aLine = 20

const lines = (account: Account, those: Meeting[], action: string, summary: string, after: unknown) =>
  Array.from({ length: Math.ceil(those.length / aLine) }, (_, nth) =>
    those.slice(nth * aLine, (nth + 1) * aLine),
  ).flatMap(part =>
    audit(
      account,
      action,
      `${summary} ${part.map(one => `${one.name} on ${sayDay(one)}`).join('; ')}`,
      part.map(({ classId }) => ['class', classId] as [string, number]),
      { after },
    ),
  )

/**
 * Classes do not take place, one or all of a day, as one act: schedules and feeds show it, nobody can book those days,
 * and families hear of it where that is wished. Enrollments for just that day stay as they are and nothing is credited
 * by itself, because a cancellation does not change proration (A5). What brings tokens brings them by the rule of
 * excused absences, to makeups also.
 * @throws Refusal 'meeting-canceled', 'meeting-taken', 'nothing-chosen'
 */
export async function cancelMeetings(
  account: Account,
  those: Meeting[],
  { reason, tell, tokens }: Cancellation,
  answer: Answer,
): Promise<void> {
  if (!those.length) throw new Refusal('nothing-chosen')
  const gives = tokens && bringsTokens(account) ? 1 : 0
  const none = (condition: string) =>
    sql`not exists (select 1 from ${each(those)} join meetings on ${isOne} where ${sql.raw(condition)})`
  await commit(
    account,
    [
      withRows(account, those),
      must(account, none("meetings.state <> 'planned'"), 'meeting-canceled'),
      must(account, none('meetings.taken_at is not null'), 'meeting-taken'),
      account.db
        .update(meetings)
        .set({ state: 'cancelled', cancelReason: reason, givesTokens: gives })
        .where(sql`id in (select meetings.id from ${each(those)} join meetings on ${isOne})`),
      ...(gives ? followAbsences(account, days(those)) : []),
      ...(tell
        ? [
            notifyAll(
              account,
              those.map(one => ({
                template: 'class-canceled' as const,
                values: { class_name: one.name, class_day: () => sayDay(one), reason },
              })),
              told(those),
            ),
          ]
        : []),
      ...lines(account, those, 'cancel class', 'canceled', { reason, told: tell, tokens: gives === 1 }),
    ],
    answer,
  )
}

/**
 * A canceled class takes place after all: tokens that nobody used are gone again, and whoever enrolled for that day is
 * in it still.
 * @throws Refusal 'meeting-over' after the day, 'already-handled' when it is not canceled
 */
export async function bringBack(account: Account, one: Meeting, tell: boolean, answer: Answer): Promise<void> {
  if (one.onDate < today(account.now, one.timeZone)) throw new Refusal('meeting-over')
  const those = [one]
  const here = sql`class_id = ${one.classId} and on_date = ${one.onDate} and start_time = ${one.start}`
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from meetings where ${here} and state = 'cancelled')`, 'already-handled'),
      account.db.update(meetings).set({ state: 'planned', cancelReason: null, givesTokens: 0 }).where(here),
      ...followAbsences(account, days(those)),
      ...(tell
        ? [
            notifyAll(
              account,
              [
                {
                  template: 'class-held-after-all',
                  values: { class_name: one.name, class_day: () => sayDay(one) },
                },
              ],
              told(those),
            ),
          ]
        : []),
      ...lines(account, those, 'bring back class', 'brought back', { told: tell }),
    ],
    answer,
  )
}

/**
 * Somebody else leads a class on a day, or nobody else after all.
 * @throws Refusal 'meeting-canceled', 'changed-meanwhile' for somebody who is not on the staff any more
 */
export async function substitute(
  account: Account,
  one: Meeting,
  who: { id: number; name: string } | undefined,
  answer: Answer,
): Promise<void> {
  const here = sql`class_id = ${one.classId} and on_date = ${one.onDate} and start_time = ${one.start}`
  await commit(
    account,
    [
      withRows(account, [one]),
      must(account, sql`exists (select 1 from meetings where ${here} and state = 'planned')`, 'meeting-canceled'),
      ...(who
        ? [must(account, sql`exists (select 1 from staff where id = ${who.id} and active = 1)`, 'changed-meanwhile')]
        : []),
      account.db
        .update(meetings)
        .set({ substituteId: who?.id ?? null })
        .where(here),
      ...audit(
        account,
        'substitute',
        who
          ? `${who.name} stands in at ${one.name} on ${sayDay(one)}`
          : `nobody stands in at ${one.name} on ${sayDay(one)} any more`,
        [
          ['class', one.classId],
          ['staff', who?.id],
        ],
        { after: { substitute: who?.name ?? null } },
      ),
    ],
    answer,
  )
}
