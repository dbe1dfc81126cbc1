import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount } from '../../src/accounts/open'
import { log } from '../../src/activity/log'
import { commit } from '../../src/database'
import type { Env } from '../../src/env'
import { freshLink } from '../../src/guardians/links'
import { rulesOf } from '../../src/retention/rules'
import { dryText } from '../../src/retention/run'
import { registry, settingAsSql, settingOf, settingsFrom } from '../../src/settings'
import { type Cast, cast, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { set } from '../visit'

const minute = 60_000
const day = 86_400_000
const bounded = [
  'staff.session_idle_min',
  'invite.valid_hours',
  'activity.keep_days',
  'audit.keep_days',
  'email.text_keep_months',
  'task.keep_days',
  'task.cancelled_min',
] as const

let one: Cast
let owner: { cookie: string; email: string }
const plainly = () => pick(sql`delete from settings returning name`)

beforeEach(async () => {
  await plainly()
  one = await cast({ now: Date.now() })
  owner = await employ(one.account, { isOwner: true })
})
afterEach(plainly)

const page = async (path: string, knocking = {}) => {
  const answer = await ask(path, { cookie: owner.cookie, ...knocking })
  return { status: answer.status, html: await answer.text() }
}
const save = (typed: Record<string, string>) =>
  page('/a/demo/settings', { form: { key: crypto.randomUUID(), ...typed } })
const stored = async (name: string) =>
  (await pick<{ value: string }>(sql`select value from settings where name = ${name}`)).map(({ value }) =>
    JSON.parse(value),
  )

test('every setting with bounds is one of these, of the business alone, with its default inside', () => {
  const names = Object.keys(registry).filter(name => settingOf(name as keyof typeof registry).within)
  expect(names.sort()).toEqual([...bounded].sort())
  for (const name of bounded) {
    const { within, default: fallback, perLocation } = settingOf(name)
    expect(perLocation).toBeUndefined()
    expect(fallback).toBeGreaterThanOrEqual(within?.[0] ?? Number.NaN)
    expect(fallback).toBeLessThanOrEqual(within?.[1] ?? Number.NaN)
  }
})

test.each(bounded)('%s takes its least and its greatest number and nothing beyond, and says so', async name => {
  const [least, most] = settingOf(name).within ?? [0, 0]
  expect(words((await page('/a/demo/settings')).html)).toContain(`From ${least} to ${most}. Default:`)
  for (const wrong of [least - 1, most + 1, '', 'soon', '60.5', '-60']) {
    const { status, html } = await save({ [name]: String(wrong) })
    expect([wrong, status]).toEqual([wrong, 422])
    expect(words(html)).toContain(`This takes a whole number from ${least} to ${most}.`)
    expect(html).toContain(`name="${name}" value="${wrong}"`)
  }
  expect(await stored(name)).toEqual([])
  for (const right of [most, least]) {
    expect((await save({ [name]: String(right) })).status).toBe(303)
    expect(await stored(name)).toEqual([right])
  }
  expect(
    await pick(sql`select who, before, after from audit where action = 'change setting' order by id desc limit 1`),
  ).toEqual([{ who: owner.email, before: String(most), after: String(least) }])
})

test('as SQL they are what they are in settings, whatever is stored', async () => {
  for (const name of bounded) {
    const [least, most] = settingOf(name).within ?? [0, 0]
    for (const value of [least, most, least - 1, most + 1, least + 0.5, '"60"', 'true', 'null', `"${least}"`]) {
      await plainly()
      await pick(
        sql`insert into settings (name, location_id, value, updated_at, who) values (${name}, 0, ${String(value)}, 0, 'x'), (${name}, 1, ${least}, 0, 'x') returning name`,
      )
      const [row] = await pick<{ n: number }>(sql`select ${settingAsSql(name)} as n`)
      expect([name, value, row?.n]).toEqual([name, value, settingsFrom([{ name, value: String(value) }])[name]])
    }
  }
})

test('they are found by their key, in the batch that knows who asks', async () => {
  const text = `explain query plan select ${(settingAsSql('activity.keep_days') as unknown as { queryChunks: { value: string[] }[] }).queryChunks[0]?.value[0]}`
  const { results } = await (env as unknown as Env).DB.prepare(text).all<{ detail: string }>()
  expect(results.map(({ detail }) => detail).join()).toMatch(/SEARCH settings USING (PRIMARY KEY|INDEX)/)
})

describe('Online Activity', () => {
  /** An entry that came so many days ago. */
  const entry = (days: number) =>
    commit(one.account, [
      log(
        { ...one.account, now: one.account.now - days * day },
        {
          kind: 'enrollment',
          status: 'pending',
          familyId: one.family.id,
          studentId: one.students[0].id,
          locationId: one.locationId,
          subject: 'enrollment',
          subjectId: 1,
          particulars: { className: `of ${days} days`, classId: one.class.id, type: 'active', startDate: '2026-11-09' },
        },
      ),
    ])
  const seen = async () => {
    const { html } = await page('/a/demo/online-activity?per=200')
    const badge = (await page('/a/demo/online-activity/badge', { piece: true })).html
    return {
      rows: [29, 32, 91].filter(days => html.includes(`of ${days} days`)),
      warned: html.includes('Leaves this window in 2 days.'),
      badge: Number(badge.match(/\d+/)?.[0] ?? 0),
    }
  }
  const due = async () => {
    const account = await openAccount(env as unknown as Env, 'demo', one.account.actor, one.account.now)
    if (!account) return
    const { results } = await (env as unknown as Env).DB.prepare(
      dryText(rulesOf(account.settings), account.now, 1000),
    ).all<Record<string, number>>()
    return results[0]
  }

  test('shows entries, and counts them, for as many days as the business chose; so long are they kept', async () => {
    for (const days of [29, 32, 61, 91]) await entry(days)
    // The older ones were decided after two days, or they would wait for ever.
    await pick(
      sql`update activity set outcome = 'approved', closed_by = 'r', closed_at = created_at + ${2 * day} where created_at < ${one.account.now - 60 * day} returning id`,
    )
    const before = await seen()
    expect(before.rows).toEqual([29, 32])
    await set(one.account, 'activity.keep_days', 31)
    const after = await seen()
    expect([after.rows, before.badge - after.badge]).toEqual([[29], 1])
    expect([before.warned, after.warned]).toEqual([false, true])
    expect((await due())?.activity).toBe(2)
    await set(one.account, 'activity.keep_days', 90)
    expect((await due())?.activity).toBe(1)
    await set(one.account, 'activity.keep_days', 365)
    expect((await due())?.activity).toBe(0)
    expect((await seen()).rows).toEqual([29, 32])
    const requests = async () =>
      words((await page('/a/demo/enrollments/requests')).html).match(/Left the window/g)?.length ?? 0
    const left = await requests()
    await set(one.account, 'activity.keep_days', 31)
    expect((await requests()) - left).toBe(1)
  })
})

test('the pages that name a time name the one that holds', async () => {
  const says = async (...sentences: string[]) => {
    const retention = words((await page('/a/demo/settings/retention')).html)
    const help = words((await page('/a/demo/support/online-activity')).html)
    const log = words((await page('/a/demo/support/audit-log')).html)
    const all = [retention, help, log].join(' ')
    for (const sentence of sentences) expect(all).toContain(sentence)
    return retention
  }
  expect(
    await says(
      'until 90 days after its decision',
      'in the window for 90 days',
      'it was before and after, for 2 years.',
    ),
  ).toMatch(/Background Tasks.*60 days.*Cancelled Background Tasks.*10 minutes/)
  for (const [name, value] of Object.entries({
    'activity.keep_days': 45,
    'audit.keep_days': 1000,
    'email.text_keep_months': 13,
    'task.keep_days': 33,
    'task.cancelled_min': 17,
  }))
    await set(one.account, name, value)
  expect(
    await says(
      'until 45 days after its decision',
      'in the window for 45 days',
      'it was before and after, for 1000 days.',
    ),
  ).toMatch(/45 days.*1000 days.*13 months.*13 months.*33 days.*17 minutes/)
  expect((await page('/a/demo/settings/retention')).html).toContain('href="/a/demo/settings#audit.keep_days"')
})

test('retention goes by them, to the millisecond', () => {
  const spans = (stored: Record<string, number>) =>
    new Map(
      rulesOf(settingsFrom(Object.entries(stored).map(([name, value]) => ({ name, value: String(value) })))).map(
        ({ subject, span }) => [subject, span],
      ),
    )
  const usual = spans({})
  expect([usual.get('messages'), usual.get('blast_texts')]).toEqual([730 * day, 730 * day])
  const chosen = spans({
    'activity.keep_days': 45,
    'audit.keep_days': 1000,
    'email.text_keep_months': 12,
    'task.keep_days': 33,
    'task.cancelled_min': 17,
  })
  expect(
    ['activity', 'audit', 'messages', 'blast_texts', 'tasks', 'cancelled_tasks'].map(one => chosen.get(one)),
  ).toEqual([45 * day, 1000 * day, 365 * day, 365 * day, 33 * day, 17 * minute])
  for (const [subject, span] of usual)
    if (!['activity', 'audit', 'messages', 'blast_texts', 'tasks', 'cancelled_tasks'].includes(subject))
      expect([subject, chosen.get(subject)]).toEqual([subject, span])
})

test('the audit log shows its lines for as long as it keeps them', async () => {
  const old = one.account.now - 800 * day
  await pick(
    sql`insert into audit (at, who, made_in, action, summary) values (${old}, 'r', 'office', 'approved', 'approved long ago') returning id`,
  )
  const seen = async () =>
    words((await page('/a/demo/audit-log?q=approved+long+ago')).html).includes('r Office approved')
  const shows = async () => (await page('/a/demo/audit-log?who=r')).html.includes('approved long ago')
  expect([await shows(), await seen()]).toEqual([false, false])
  await set(one.account, 'audit.keep_days', 900)
  expect(await shows()).toBe(true)
})

test('staff are logged out after as many minutes without a request as the business chose', async () => {
  const after = async (minutes: number) => {
    const { cookie } = await employ(one.account, { isOwner: true })
    return (await ask('/a/demo', { cookie, bindings: clockAt(one.account.now + minutes * minute) })).status
  }
  expect([await after(59), await after(61)]).toEqual([200, 303])
  await set(one.account, 'staff.session_idle_min', 10)
  expect([await after(9), await after(11)]).toEqual([200, 303])
  await set(one.account, 'staff.session_idle_min', 180)
  expect([await after(179), await after(181)]).toEqual([200, 303])
  // Their devices are listed by the same time.
  const devices = async (minutes: number) => {
    const { cookie, email } = await employ(one.account, { isOwner: true })
    await pick(
      sql`insert into login_sessions (id, login_id, created_at, seen_at, expires_at) select ${crypto.randomUUID()}, id, 0, ${one.account.now - minutes * minute}, ${9e12} from logins where email = ${email} returning id`,
    )
    return (await page('/a/demo/my-log-in', { cookie })).html.split('/ending').length - 1
  }
  expect(await devices(181)).toBe(0)
  expect(await devices(179)).toBeGreaterThan(0)
})

test('a mailed link opens for as many hours as the business chose, and its mail and pages say so', async () => {
  const link = async (hours: number) => {
    const account = { ...one.account, settings: { ...one.account.settings, 'invite.valid_hours': hours } }
    const [guardian] = await pick(
      sql`insert into guardians (family_id, first_name, last_name, access, created_at) values (${one.family.id}, 'Joe', 'Rivera', 'invited', 0) returning id`,
    )
    const { values, statements } = await freshLink(account, {
      guardianId: guardian?.id ?? 0,
      purpose: 'invitation',
      address: 'joe@example.test',
    })
    await commit(account, statements)
    const [row] = await pick<{ hours: number }>(
      sql`select (expires_at - created_at) / 3600000 as hours from guardian_links where guardian_id = ${guardian?.id}`,
    )
    return [row?.hours, values.valid_hours]
  }
  expect([await link(48), await link(2)]).toEqual([
    [48, '48'],
    [2, '2'],
  ])
  await set(one.account, 'invite.valid_hours', 72)
  for (const path of ['/a/demo/families/new', '/a/demo/staff/new'])
    expect(words((await page(path)).html)).toContain('once, for 72 hours')
  for (const [path, sentence] of [
    ['/a/demo/templates/guardian-invited', 'for 72 hours'],
    ['/a/demo/templates/guardian-invited?language=es', 'durante 72 horas'],
    ['/a/demo/templates/staff-password-link', 'for 72 hours'],
  ] as const)
    expect([path, (await page(path)).html.includes(sentence)]).toEqual([path, true])
})
