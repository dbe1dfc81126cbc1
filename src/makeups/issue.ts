import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { today } from '../clock'
import type { Statement } from '../database'
import { makeupTokens } from '../schema/makeups'
import { isOnAnywhere, ruleAt } from '../settings'

/** Whether the class of `e` was canceled on the day `d.on_date` in a way that makes up for it. */
const isMadeUpFor =
  "exists (select 1 from meetings c where c.class_id = e.class_id and c.on_date = d.on_date and c.state = 'cancelled' and c.gives_tokens = 1)"

/**
 * What an enrollment `e` was on a day `d.on_date`: a mark of the coach says more than what was told beforehand, and a
 * class that did not take place excuses everybody.
 */
const missed = sql.raw(
  `coalesce((select case when t.mark <> 'absent' then 'none' when t.excused = 1 then 'excused' else 'absent' end from attendance t join meetings m on m.id = t.meeting_id where t.enrollment_id = e.id and m.on_date = d.on_date order by t.mark <> 'absent' limit 1), (select case when a.excused = 1 then 'excused' else 'absent' end from absences a where a.enrollment_id = e.id and a.on_date = d.on_date and a.state = 'approved'), case when ${isMadeUpFor} then 'excused' else 'none' end)`,
)

/** Days of enrollments as rows `enrollment_id, on_date`, from `[[12, "2026-11-30"], …]`. */
export const daysIn = (days: [enrollmentId: number, onDate: string][]): SQL =>
  sql`select json_extract(j.value, '$[0]') as enrollment_id, json_extract(j.value, '$[1]') as on_date from json_each(${JSON.stringify(days)}) j`

/**
 * Tokens follow what happened, in the batch in which it is written: whoever missed a class has one, as its location's settings say,
 * and it goes again when the absence is reversed and nobody has used it (A6). A token has the place and program of the
 * class that was missed; a makeup that is missed brings no further one, but one that was canceled does.
 * @param days a query of `enrollment_id, on_date`, answered after the absences or marks of this batch
 */
export function followAbsences(account: Account, days: SQL): Statement[] {
  const { db, now, actor } = account
  if (!isOnAnywhere(account, 'token.enabled')) return []
  const rule = (say: Parameters<typeof ruleAt>[2]) => ruleAt(account, sql`k.location_id`, say)
  const kinds = rule(rules =>
    JSON.stringify([rules['token.on_absent'] && 'absent', rules['token.on_excused'] && 'excused'].filter(Boolean)),
  )
  const deserves = sql`${missed} in (select value from json_each(${kinds}))`
  const on = rule(rules => (rules['token.enabled'] ? 1 : 0))
  const from = sql`(${days}) d join enrollments e on e.id = d.enrollment_id join classes k on k.id = e.class_id and ${on}`
  const stays = rule(rules => `+${rules['token.expiry_days']} days`)
  const expires = sql`case when ${stays} = '+0 days' then '9999-12-31' else date(d.on_date, ${stays}) end`
  const day = today(now, businessZone(account))
  return [
    db
      .update(makeupTokens)
      .set({ revokedAt: now })
      .where(
        sql`used_by is null and revoked_at is null and (enrollment_id, missed_on) in (select e.id, d.on_date from ${from} where not ${deserves})`,
      ),
    db
      .insert(makeupTokens)
      .select(
        sql`select null, student_id, family_id, location_id, program_id, id, on_date, ${actor.name}, cast(${now} as integer), expires, null, null, null from (select e.student_id, e.family_id, k.location_id, k.program_id, e.id, d.on_date, ${expires} as expires, ${rule(rules => rules['token.max_open'])} as most, row_number() over (partition by e.student_id order by d.on_date) as nth, (select count(*) from makeup_tokens o where o.student_id = e.student_id and o.used_by is null and o.revoked_at is null and o.expires_on >= ${day}) as open from ${from} where (e.type = 'active' or (e.type = 'makeup' and ${sql.raw(isMadeUpFor)})) and ${deserves} and not exists (select 1 from makeup_tokens o where o.enrollment_id = e.id and o.missed_on = d.on_date and o.revoked_at is null)) where open + nth <= most`,
      ),
  ]
}
