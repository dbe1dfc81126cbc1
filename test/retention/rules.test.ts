import { beforeEach, describe, expect, test } from 'vitest'
import { rulesOf } from '../../src/retention/rules'
import { dryText, lookText, stepText } from '../../src/retention/run'
import { settingsFrom } from '../../src/settings'
import { count, day, entry, freshBusiness, line, now, retain, rows, site, write } from './rows'

beforeEach(freshBusiness)

const rules = rulesOf(settingsFrom([]))
const minute = 60_000
const session = (at: number) =>
  `insert into login_sessions (id, login_id, created_at, seen_at, expires_at) values ('s${at}', 1, 0, 0, ${at})`
const task = (at: number, state: string) =>
  `insert into tasks (kind, title, who, state, input, created_at, finished_at) values ('x', 'x', 'x', '${state}', '{}', 0, ${at})`
const file = (at: number, state: string) =>
  `insert into imports (kind, file_name, digest, state, lines, who, created_at) values ('households', 'f', '${at}', '${state}', 1, 'x', ${at})`

const blast = (at: number, state: string) =>
  `insert into blasts (subject, body, audience, state, origin, who, created_at, updated_at) values ('Hello', 'There.', '{}', '${state}', '', 'x', ${at}, ${at})`

/** Each rule with a row of its table, made at a moment, and the last moment at which that row stays. */
const edges: Record<string, { insert: (at: number) => string[]; stays: number; kept?: string }> = {
  activity: { insert: at => [entry({ at })], stays: now - 90 * day + 1 },
  audit: { insert: at => [line(at)], stays: now - 730 * day },
  messages: {
    insert: at => [
      `insert into messages (way, channel, family_id, address, subject, body, state, at) values ('out', 'email', 1, 'a@b.test', 'Hello', 'There.', 'sent', ${at})`,
    ],
    stays: now - 730 * day,
    kept: 'body is not null and subject is not null',
  },
  blast_texts: {
    insert: at => [
      blast(at, 'sent'),
      "insert into blast_files (blast_id, name, type, bytes) select max(id), 'f', 'text/plain', x'00' from blasts",
    ],
    stays: now - 730 * day,
    kept: "body <> '' and exists (select 1 from blast_files)",
  },
  drafts: { insert: at => [blast(at, 'draft')], stays: now - 60 * day },
  local_mail: {
    insert: at => [`insert into local_mail (key, recipient, mail, at) values ('k${at}', 'a@b.test', '{}', ${at})`],
    stays: now - 30 * day,
  },
  tasks: { insert: at => [task(at, 'done')], stays: now - 60 * day },
  cancelled_tasks: { insert: at => [task(at, 'cancelled')], stays: now - 10 * minute },
  holds: {
    insert: at => [
      `insert into carts (token_hash, made_in, expires_at, cap_at, created_at) values ('c${at}', 'portal', ${at}, ${at}, 0)`,
      `insert into cart_items (cart_id, kind, created_at) select max(id), 'product', 0 from carts`,
    ],
    stays: now - day + 1,
    kept: "state = 'open'",
  },
  carts: {
    insert: at => [
      `insert into carts (token_hash, made_in, state, expires_at, cap_at, created_at) values ('c${at}', 'portal', 'submitted', ${at}, ${at}, ${at})`,
      `insert into cart_items (cart_id, kind, created_at) select max(id), 'product', 0 from carts`,
    ],
    stays: now - 60 * day,
    kept: 'exists (select 1 from cart_items)',
  },
  sessions: { insert: at => [session(at)], stays: now - day },
  attempts: {
    insert: at => [`insert into login_attempts (door, email, last_at) values ('staff', 'a${at}', ${at})`],
    stays: now - day,
  },
  links: {
    insert: at => [
      "insert into guardians (family_id, first_name, last_name, created_at) values (1, 'Joe', 'Rivera', 0)",
      `insert into guardian_links (guardian_id, purpose, token_hash, address, created_at, expires_at) select max(id), 'invitation', 'h${at}', 'a@b.test', 0, ${at} from guardians`,
    ],
    stays: now - 7 * day,
  },
  invitations: {
    insert: at => [
      "insert into services (id, name, minutes) values (1, 'Lesson', 30)",
      "insert into programs (id, name) values (1, 'Gymnastics')",
      "insert into staff (id, first_name, last_name, sort_name, created_at, updated_at) values (1, 'Sam', 'Coach', 'Coach', 0, 0)",
      'insert into appointments (id, service_id, staff_id, location_id, program_id, created_at) values (1, 1, 1, 1, 1, 0)',
      "insert into appointment_slots (id, appointment_id, staff_id, on_date, start_time, end_time, starts_at, ends_at, max_students) values (1, 1, 1, '2026-11-09', '15:00', '15:30', 1, 2, 2)",
      "insert into bookings (id, slot_id, place, family_id, state, created_at) values (1, 1, 1, 1, 'booked', 0)",
      `insert into booking_invitations (booking_id, slot_id, family_id, guardian, address, token_hash, created_at, expires_at) values (1, 1, 1, 'Ana', 'a@b.test', 'h${at}', 0, ${at})`,
    ],
    stays: now - 7 * day,
  },
  staff_links: {
    insert: at => [
      "insert into staff (first_name, last_name, sort_name, created_at, updated_at) values ('Kim', 'Desk', 'desk kim', 0, 0)",
      `insert into staff_links (staff_id, purpose, token_hash, address, created_at, expires_at) select max(id), 'invitation', 'h${at}', 'a@b.test', 0, ${at} from staff`,
    ],
    stays: now - 7 * day,
  },
  codes: {
    insert: at => [
      `insert into login_sessions (id, login_id, created_at, seen_at, expires_at) values ('c${at}', 1, 0, 0, 9e12)`,
      `insert into login_codes (session_id, code_hash, expires_at) values ('c${at}', 'h', ${at})`,
    ],
    stays: now - day,
  },
  answers: {
    insert: at => [`insert into answers (key, path, who, status, at) values ('k${at}', '/', 'x', 303, ${at})`],
    stays: now - 2 * day,
  },
  inbox: { insert: at => [`insert into inbox (key, at) values ('k${at}', ${at})`], stays: now - 14 * day },
  import_rows: {
    insert: at => [
      file(at, 'published').replace("'households'", `'k${at}'`),
      "insert into import_rows (import_id, line, data) select max(id), 2, '{}' from imports",
    ],
    stays: now - 7 * day,
  },
  imports: { insert: at => [file(at, 'checked')], stays: now - 7 * day },
  merges: {
    insert: at => [
      `insert into family_merges (family_id, names, who, made_at, undo_until) values (1, '[]', 'r', ${at}, ${at})`,
      "insert into family_merge_rows (merge_id, thing, row_id, from_id) select max(id), 'notes', 1, 2 from family_merges",
    ],
    stays: now - 30 * day,
  },
  runs: {
    insert: at => [
      `insert into retention_runs (subject, before_at, started_at, finished_at) values ('x', 0, ${at}, ${at})`,
    ],
    stays: now - 90 * day,
  },
}

test('every rule has its edge here', () => {
  expect(Object.keys(edges)).toEqual(rules.map(({ subject }) => subject))
})

test.each(rules)('$label: $kept, to the millisecond', async ({ subject, table }) => {
  const { insert, stays, kept = subject === 'runs' ? "subject = 'x'" : '1' } = edges[subject] as (typeof edges)[string]
  await write(...insert(stays))
  await retain()
  expect(await count(table, kept)).toBe(1)
  await retain(now + 1)
  expect(await count(table, kept)).toBe(0)
})

describe('Online Activity', () => {
  test('a request that still waits stays, however old, and so does an open deletion request', async () => {
    await write(
      entry({ at: now - 400 * day, kind: 'enrollment', status: 'pending' }),
      entry({ at: now - 400 * day, kind: 'deletion_request', status: 'special' }),
      entry({ at: now - 91 * day, kind: 'online_order', status: 'special' }),
    )
    await retain()
    expect(await rows('select kind from activity order by kind')).toEqual([
      { kind: 'deletion_request' },
      { kind: 'enrollment' },
    ])
    expect(await rows('select entries from waiting')).toEqual([{ entries: 1 }])
  })

  test('a request decided within its ninety days goes with them; one decided later, ninety days after', async () => {
    const asked = { kind: 'enrollment', status: 'pending', outcome: 'approved' }
    await write(
      entry({ ...asked, at: now - 90 * day, closedAt: now - day }),
      entry({ ...asked, at: now - 300 * day, closedAt: now - 90 * day + 1 }),
      entry({ ...asked, at: now - 301 * day, closedAt: now - 90 * day }),
    )
    await retain()
    expect(await rows('select closed_at from activity')).toEqual([{ closed_at: now - 90 * day + 1 }])
    await retain(now + 1)
    expect(await count('activity')).toBe(0)
  })

  test('its notes go with it, its line in the audit log stays', async () => {
    await write(
      entry({ at: now - 91 * day }),
      "insert into activity_notes (activity_id, body, at) values (1, 'A note', 0)",
      line(now - 91 * day),
    )
    await retain()
    expect([await count('activity'), await count('activity_notes'), await count('audit')]).toEqual([0, 0, 1])
  })
})

describe('the audit log', () => {
  test('goes only by retention, with the subjects of its lines, and only after two years', async () => {
    await write(
      line(now - 730 * day - 1),
      "insert into audit_subjects (subject, subject_id, audit_id) values ('family', 1, 1)",
      line(now - 730 * day),
    )
    const refusal = 'audit-append-only'
    await expect(write('delete from audit where id = 1')).rejects.toThrow(refusal)
    // A run that asks for less, and one that changes its mind, are no permit.
    const run = (before: number, at: number) =>
      `insert into retention_runs (subject, before_at, started_at) values ('audit', ${before}, ${at})`
    await expect(write(run(now - 730 * day + 1, now))).rejects.toThrow(refusal)
    await write(run(now - 730 * day, now))
    await expect(write(`update retention_runs set before_at = ${now}`)).rejects.toThrow(refusal)
    await expect(write('delete from audit where id = 2')).rejects.toThrow(refusal)
    await retain()
    expect(await rows('select id from audit')).toEqual([{ id: 2 }])
    expect(await count('audit_subjects')).toBe(0)
    await expect(write('delete from audit')).rejects.toThrow(refusal)
  })
})

test('an e-mail without its text still says to whom, when and how it went', async () => {
  await write(...(edges.messages?.insert(now - 731 * day) ?? []))
  await retain()
  expect(await rows('select family_id, address, state, at, subject, body from messages')).toEqual([
    { family_id: 1, address: 'a@b.test', state: 'sent', at: now - 731 * day, subject: null, body: null },
  ])
})

test('a hold that ran out a day ago frees its things and keeps its cart; one that is paid or being paid stays', async () => {
  await write(
    ...(edges.holds?.insert(now - day - 1) ?? []),
    ...(edges.holds?.insert(now - day - 2) ?? []),
    ...(edges.holds?.insert(now - day - 3) ?? []),
    `update carts set created_at = ${now - day}`,
    "update carts set state = 'submitted' where id = 2",
    "update carts set state = 'paying' where id = 3",
  )
  await retain()
  expect(await rows('select state from carts order by id')).toEqual([
    { state: 'expired' },
    { state: 'submitted' },
    { state: 'paying' },
  ])
  expect(await rows('select cart_id from cart_items')).toEqual([{ cart_id: 2 }, { cart_id: 3 }])
})

test('a charge outlives the task that made it', async () => {
  await write(
    task(now - 61 * day, 'done'),
    "insert into charges (family_id, location_id, kind, title, charge_on, due_on, task_id, created_at, who) values (1, 1, 'class', 'Tuition', '2026-01-01', '2026-01-01', 1, 0, 'x')",
  )
  await retain()
  expect(await rows('select task_id from charges')).toEqual([{ task_id: null }])
  expect(await count('tasks')).toBe(0)
})

test('every search is by an index: nothing that stays is looked at again and again', async () => {
  const statements = [lookText(rules, now), dryText(rules, now, 1000), ...rules.flatMap(rule => stepText(rule, now))]
  const plan = async (text: string) => {
    const { results } = await site.DB.prepare(`explain query plan ${text}`).all<{ detail: string }>()
    return results.map(({ detail }) => ({ text, detail }))
  }
  const plans = (await Promise.all(statements.map(plan))).flat()
  expect(plans.filter(({ detail }) => /^SEARCH/.test(detail)).length).toBeGreaterThan(rules.length * 5)
  // What a search found and is read back has brackets around it.
  expect(plans.filter(({ detail }) => /^SCAN (?!\(|CONSTANT)/.test(detail))).toEqual([])
})
