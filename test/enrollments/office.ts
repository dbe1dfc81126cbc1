import { sql } from 'drizzle-orm'
import { createClass } from '../../src/classes/create'
import { commit } from '../../src/database'
import type { Beginning } from '../../src/enrollments/enroll'
import { startEnrollment } from '../../src/enrollments/enroll'
import { postPayment } from '../../src/ledger/payments'
import { asStaff, type Cast, now, pick, todayThere } from '../cast'
import { ask, clockAt, employ } from '../knock'

/** The Office of a cast: pages and forms as its owner, or somebody else, sees and sends them. */
export async function officeOf(c: Cast) {
  const bindings = clockAt(now)
  const { cookie: owner } = await employ(c.account, { isOwner: true })
  const send = async (path: string, form: Record<string, string | string[]> | undefined, cookie: string) => {
    const answer = await ask(`/a/demo${path}`, {
      cookie,
      bindings,
      form: form && { key: crypto.randomUUID(), ...form },
    })
    return { status: answer.status, location: answer.headers.get('Location') ?? '', html: await answer.text() }
  }
  return {
    get: (path: string, cookie = owner) => send(path, undefined, cookie),
    post: (path: string, form: Record<string, string | string[]> = {}, cookie = owner) => send(path, form, cookie),
  }
}

/** The fields of a page's form, as a browser would send them back. */
export function fieldsOf(html: string, name: string): Record<string, string> {
  const form = html.match(new RegExp(`<form[^>]*aria-label="${name}".*?</form>`, 's'))?.[0] ?? ''
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const attribute = (of: string) => tag.match(new RegExp(`\\b${of}="([^"]*)"`))?.[1]
    const field = attribute('name')
    if (!field || (attribute('type') === 'checkbox' && !/\bchecked/.test(tag))) continue
    fields[field] = (attribute('value') ?? '').replaceAll('&amp;', '&')
  }
  return fields
}

/** Enrolls somebody of a cast, past all rules. */
export const begin = (c: Cast, more: Partial<Beginning> = {}) =>
  commit(asStaff(c.account), [
    startEnrollment(asStaff(c.account), {
      studentId: c.students[0].id,
      familyId: c.family.id,
      classId: c.class.id,
      type: 'active',
      state: 'approved',
      startDate: '2026-09-07',
      takesSeat: true,
      by: 'staff',
      ...more,
    }),
  ])

/** Another class of the same place and program, on Thursdays. */
export async function otherClass(c: Cast, more: { maxStudents?: number; tuitionCents?: number } = {}) {
  const name = `Thursdays ${crypto.randomUUID().slice(0, 8)}`
  await commit(
    asStaff(c.account),
    createClass(asStaff(c.account), {
      name,
      locationId: c.locationId,
      programId: c.programId,
      maxStudents: 8,
      slots: [{ weekday: 4, start: '17:00', end: '18:00' }],
      tuitionCents: 10000,
      ...more,
    }),
  )
  const [row] = await pick(sql`select id from classes where name = ${name}`)
  return { id: row?.id ?? 0, name }
}

export interface EnrollmentLine {
  id: number
  type: string
  state: string
  start_date: string
  drop_date: string | null
  class_id: number
  student_id: number
  from_enrollment_id: number | null
  notes: string | null
  override_cents: number | null
  drop_reason_id: number | null
}

export const enrollmentsOf = (c: Cast) =>
  pick<EnrollmentLine>(sql`select * from enrollments where family_id = ${c.family.id} order by id`)

export const chargesOf = (c: Cast) =>
  pick<{ title: string; cents: number; open_cents: number }>(
    sql`select title, cents, open_cents from charges where family_id = ${c.family.id} order by id`,
  )

export const creditOf = async (c: Cast) =>
  (
    await pick<{ cents: number }>(
      sql`select coalesce(sum(cents), 0) as cents from payments where family_id = ${c.family.id} and type = 'house'`,
    )
  )[0]?.cents

export const lastAudit = async (c: Cast) =>
  (
    await pick<{ summary: string; after: string | null }>(
      sql`select summary, after from audit where id in (select audit_id from audit_subjects where subject = 'family' and subject_id = ${c.family.id}) order by id desc limit 1`,
    )
  )[0] ?? { summary: '', after: null }

/** Pays so much of what a family owes, in cash. */
export async function settle(c: Cast, cents: number) {
  const account = asStaff(c.account)
  const [charge] = await pick(sql`select id from charges where family_id = ${c.family.id} and open_cents >= ${cents}`)
  await commit(
    account,
    postPayment(account, {
      familyId: c.family.id,
      locationId: c.locationId,
      type: 'cash',
      cents,
      on: todayThere,
      allocations: [{ chargeId: charge?.id ?? 0, cents }],
    }),
  )
}

/** What of a family's payments and credits pays nothing yet, in cents. */
export const unspent = async (c: Cast) =>
  (
    await pick<{ cents: number }>(
      sql`select coalesce(sum(open_cents), 0) as cents from payments where family_id = ${c.family.id}`,
    )
  )[0]?.cents
