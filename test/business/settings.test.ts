import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let one: Cast
let cookie = ''
const stored = async (name: string) =>
  (await pick<{ value: string }>(sql`select value from settings where name = ${name}`)).map(({ value }) =>
    JSON.parse(value),
  )
const page = async (bindings: Record<string, unknown> = {}) =>
  (await ask('/a/demo/settings', { cookie, bindings, headers: { 'Sec-Fetch-Site': 'same-origin' } })).text()

/** Saves the settings page as a browser sends it, with some fields typed anew. */
async function save(typed: Record<string, string>) {
  const html = await page()
  const form: Record<string, string> = { key: crypto.randomUUID() }
  for (const [tag, name] of html.matchAll(/<input[^>]* name="([\w.]+)"[^>]*>/g))
    if (name !== 'key' && (!tag.includes('checkbox') || tag.includes('checked')))
      form[name as string] = tag.match(/ value="([^"]*)"/)?.[1] ?? ''
  for (const [, name, options] of html.matchAll(/<select[^>]* name="([\w.]+)"[^>]*>(.*?)<\/select>/g))
    form[name as string] = options?.match(/value="([^"]*)" selected/)?.[1] ?? ''
  const answer = await ask('/a/demo/settings', { cookie, form: { ...form, ...typed } })
  return { status: answer.status, html: await answer.text() }
}

beforeEach(async () => {
  one = await cast({ now: Date.now() })
  await pick(sql`delete from settings returning name`)
  cookie = (await employ(one.account, { rights: { 'Office Portal': 2, Settings: 2 } })).cookie
})

describe('settings', () => {
  test('saved as they are change nothing', async () => {
    expect((await save({})).status).toBe(303)
    expect(await pick(sql`select name as id from settings`)).toEqual([])
  })

  test('that are one of several are chosen, and nothing else is taken', async () => {
    expect((await save({ 'mail.driver': 'resend', 'payments.gateway': 'none' })).status).toBe(303)
    expect(await stored('mail.driver')).toEqual(['resend'])
    expect(await stored('payments.gateway')).toEqual(['none'])
    for (const wrong of ['smtp', '', 'toString', '__proto__', 'Resend']) {
      const { status, html } = await save({ 'mail.driver': wrong })
      expect(status, wrong).toBe(422)
      expect(words(html)).toContain('Choose one of these.')
    }
    expect(await stored('mail.driver')).toEqual(['resend'])
  })

  test('that are none of the choices any more stay in sight and keep nobody from saving the rest', async () => {
    await pick(
      sql`insert into settings (name, location_id, value, updated_at, who) values ('mail.driver', 0, '"pigeon"', 0, 'x') returning name`,
    )
    expect(await page()).toMatch(/<option value="pigeon" selected[^>]*>pigeon/)
    expect((await save({ 'mail.from_name': 'Juniper Gym' })).status).toBe(303)
    expect(await stored('mail.driver')).toEqual(['pigeon'])
    expect(words(await page())).toContain('Mail is not being sent: no E-mail Delivery is chosen.')
  })

  test('for addresses take addresses; Reply-To may be empty', async () => {
    for (const wrong of [
      'nobody',
      'a@b',
      'a b@example.test',
      'Ana <ana@example.test>',
      'a@example.test\r\nBcc: b@example.test',
    ]) {
      const { status, html } = await save({ 'mail.from_address': wrong })
      expect(status, wrong).toBe(422)
      expect(html).toContain(wrong.startsWith('Ana') ? 'Ana &lt;ana@example.test&gt;' : wrong.split('\r')[0])
    }
    expect((await save({ 'mail.reply_to': 'nobody' })).status).toBe(422)
    expect((await save({ 'mail.from_address': '' })).status).toBe(422)
    expect((await save({ 'mail.from_address': 'News@Gym.example', 'mail.reply_to': 'desk@gym.example' })).status).toBe(
      303,
    )
    expect(await stored('mail.from_address')).toEqual(['News@Gym.example'])
    expect((await save({ 'mail.reply_to': '' })).status).toBe(303)
    expect(await stored('mail.reply_to')).toEqual([''])
  })

  test('say when mail waits, and why', async () => {
    expect(words(await page())).not.toContain('Mail is not being sent')
    expect(words(await page({ LOCAL_MAIL: undefined }))).toContain('Mail is not being sent: E-mail Delivery is “Local”')
    await save({ 'mail.driver': 'resend' })
    expect(words(await page())).toContain('Mail is not being sent: this installation has no key of Resend.')
    expect(words(await page({ RESEND_API_KEY: 'secret' }))).not.toContain('Mail is not being sent')
    await save({ 'mail.driver': 'cloudflare' })
    expect(words(await page())).toContain(
      'Mail is not being sent: this installation has no Email Sending of Cloudflare.',
    )
    expect(words(await page({ EMAIL: { send: async () => ({}) } }))).not.toContain('Mail is not being sent')
  })
})

describe('the page of settings', () => {
  test('has every label of the seed at its path, with its default, a sentence and the page that it changes', async () => {
    const html = await page()
    const other = 'SETTINGS > CUSTOMER PORTAL > OTHER SETTINGS'
    for (const [path, label] of [
      [`${other} > CLASS REGISTRATION`, 'Allow Visitors to Request a Makeup Enrollment'],
      [`${other} > CLASS REGISTRATION`, 'Allow Drop Requests'],
      [`${other} > CLASS REGISTRATION`, 'Auto-Approve Drop Requests'],
      [`${other} > FINANCIAL`, 'Require Saved Payment Method Authorized For Recurring Billing'],
      [`${other} > FINANCIAL`, 'Show Full Ledger History, Not Just The Last 30 Day History'],
      [`${other} > PUNCH PASSES`, 'Redeem Punch Passes In The Customer Portal'],
      [`${other} > GENERAL SETTINGS`, 'Show Appointments and allow visitors to register for them'],
      ['SETTINGS > POLICIES', 'Prevent rejection of required student policies on Customer Portal'],
      ['SETTINGS > STAFF PORTAL', 'Staff Portal'],
      ['SETTINGS > CHECK-IN KIOSK', 'Check-In Kiosk'],
      ['SETTINGS > ATTENDANCE', 'Attendance Check-In Mode'],
      ['SETTINGS > FEATURES', 'Appointments'],
      ['SETTINGS > FEATURES', 'Parties'],
    ] as const) {
      const start = html.indexOf(`aria-label="${path.replaceAll('>', '&gt;')}"`)
      const card = html.slice(start, html.indexOf('</section>', start))
      expect(start, path).toBeGreaterThan(0)
      expect(words(card), `${path} > ${label}`).toContain(label)
      expect(words(card)).toMatch(/ Default: (on|off|\S+)/)
    }
    expect(html).toMatch(/SETTINGS &gt; POLICIES<\/h2><a href="\/a\/demo\/policies">Policies/)
  })

  test('keeps what was before and what is now in the audit log', async () => {
    expect((await save({ 'support.contact': 'Call Pat' })).status).toBe(303)
    const [line] = await pick<{ before: string; after: string }>(
      sql`select before, after from audit where action = 'change setting' order by id desc limit 1`,
    )
    expect(line).toEqual({ before: '""', after: '"Call Pat"' })
  })

  test('lets a plan without parties keep what was chosen about them', async () => {
    expect((await save({ 'portal.show_parties': '1' })).status).toBe(303)
    const html = await page()
    const fields = { key: crypto.randomUUID(), 'portal.show_parties': '1' }
    expect(html).toContain('name="feature.parties"')
    await ask('/a/demo/settings', { cookie, form: fields })
    expect(await stored('feature.parties')).toEqual([false])
    expect(await stored('portal.show_parties')).toEqual([true])
  })
})
