import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { anniversaryPrograms } from '../schema/anniversaries'
import { blackoutDates, programBlackouts } from '../schema/blackouts'
import { classes } from '../schema/classes'
import { discountCells } from '../schema/discounts'
import { programs } from '../schema/programs'
import { promoScopes } from '../schema/promos'
import type { Values } from './field'
import type { Beside } from './noun'

const list = (values: Values, name: string) => JSON.stringify(values[name] ?? [])

/** The blackout schedules of a program. */
export const blackoutsOf: Beside = {
  name: 'blackouts',
  state:
    '(select json_group_array(b.schedule_id) from (select schedule_id from program_blackouts where program_id = t.id order by schedule_id) b)',
  write: ({ db }, id, values) => [
    db.delete(programBlackouts).where(eq(programBlackouts.programId, id)),
    db.insert(programBlackouts).select(sql`select ${id}, value from json_each(${list(values, 'blackouts')})`),
  ],
}

/** The programs of a blackout schedule: the same rows from their other end. */
export const programsOf: Beside = {
  name: 'programs',
  state:
    '(select json_group_array(b.program_id) from (select program_id from program_blackouts where schedule_id = t.id order by program_id) b)',
  write: ({ db }, id, values) => [
    db.delete(programBlackouts).where(eq(programBlackouts.scheduleId, id)),
    db.insert(programBlackouts).select(sql`select value, ${id} from json_each(${list(values, 'programs')})`),
  ],
}

/** The days of a blackout schedule, with what they are. */
export const datesOf: Beside = {
  name: 'dates',
  state:
    '(select json_group_array(json_array(d.on_date, d.label)) from (select on_date, label from blackout_dates where schedule_id = t.id order by on_date) d)',
  write: ({ db }, id, values) => [
    db.delete(blackoutDates).where(eq(blackoutDates.scheduleId, id)),
    db
      .insert(blackoutDates)
      .select(
        sql`select ${id}, json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(${list(values, 'dates')})`,
      ),
  ],
}

/** The programs that a promo code is good for; what it may name besides is left alone. */
export const scopesOf: Beside = {
  name: 'programs',
  state:
    "(select json_group_array(s.subject_id) from (select subject_id from promo_scopes where promo_code_id = t.id and subject = 'program' order by subject_id) s)",
  write: ({ db }, id, values) => [
    db.delete(promoScopes).where(sql`${eq(promoScopes.promoCodeId, id)} and subject = 'program'`),
    db.insert(promoScopes).select(sql`select ${id}, 'program', value from json_each(${list(values, 'programs')})`),
  ],
}

/** The programs whose enrollments make an anniversary fee due. */
export const duePrograms: Beside = {
  name: 'programs',
  state:
    '(select json_group_array(p.program_id) from (select program_id from anniversary_programs where fee_id = t.id order by program_id) p)',
  write: ({ db }, id, values) => [
    db.delete(anniversaryPrograms).where(eq(anniversaryPrograms.feeId, id)),
    db.insert(anniversaryPrograms).select(sql`select ${id}, value from json_each(${list(values, 'programs')})`),
  ],
}

/** The boxes of a discount schedule. */
export const cellsOf: Beside = {
  name: 'cells',
  state:
    '(select json_group_array(json_array(c.nth_class, c.nth_student, c.amount)) from (select nth_class, nth_student, amount from discount_cells where schedule_id = t.id order by nth_class, nth_student) c)',
  write: ({ db }, id, values) => [
    db.delete(discountCells).where(eq(discountCells.scheduleId, id)),
    db
      .insert(discountCells)
      .select(
        sql`select ${id}, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') from json_each(${list(values, 'cells')})`,
      ),
  ],
}

/** Writes the days of all blackout schedules in use to their programs, where classes read them. */
export function followClosures({ db }: Account): Statement[] {
  const days = sql`select distinct d.on_date, s.effect from program_blackouts p join blackout_schedules s on s.id = p.schedule_id and s.retired_at is null join blackout_dates d on d.schedule_id = s.id where p.program_id = programs.id order by d.on_date, s.effect`
  const closures = sql`(select json_group_array(json_array(c.on_date, c.effect)) from (${days}) c)` as unknown as string
  return [db.update(programs).set({ closures }).where(sql`true`)]
}

/** A class that bills by session begins and ends with its sessions. */
export function followTerms({ db }: Account, termId: number | null): Statement[] {
  if (termId === null) return []
  const those = sql`bill_dates = 'session' and id in (select class_id from class_terms where term_id = ${termId})`
  const span = (what: 'min(t.start_date)' | 'max(t.end_date)') =>
    sql`(select ${sql.raw(what)} from class_terms c join terms t on t.id = c.term_id where c.class_id = classes.id)` as unknown as string
  return [
    db
      .update(classes)
      .set({ startDate: span('min(t.start_date)'), endDate: span('max(t.end_date)') })
      .where(those),
  ]
}
