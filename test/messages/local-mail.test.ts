import { sql } from 'drizzle-orm'
import PostalMime from 'postal-mime'
import { beforeEach, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { localDriver } from '../../src/messages/local-driver'
import { sendStep } from '../../src/messages/send'
import { type Cast, cast, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { plainMail } from '../mail'

let one: Cast
let cookie = ''
const bindings = () => clockAt(one.account.now)
const look = (path: string, more: Record<string, unknown> = {}) =>
  ask(path, { cookie, bindings: { ...bindings(), ...more } })

/** Sends a mail to an address and gives its number in the local outbox. */
async function arrive(address: string, subject = 'Hello', text = 'There.') {
  await commit(one.account, [plainMail(one.account, { familyId: one.family.id, address, subject, text })])
  await sendStep(one.account, localDriver(one.account))
  const [row] = await pick(sql`select id from local_mail where recipient = ${address}`)
  return row?.id ?? 0
}

const someone = (start = 'ana') => `${start}-${crypto.randomUUID()}@example.test`

beforeEach(async () => {
  one = await cast()
  cookie = (await employ(one.account, { rights: { 'Office Portal': 2, Settings: 1 } })).cookie
})

describe('the local outbox', () => {
  test('lists what was handed over, newest first, and finds a recipient', async () => {
    const [first, second] = [someone(), someone()]
    await arrive(first, 'An older one')
    await arrive(second, 'A newer one')
    const all = words(await (await look('/a/demo/local-mail')).text())
    expect(all.indexOf('A newer one')).toBeGreaterThan(0)
    expect(all.indexOf('A newer one')).toBeLessThan(all.indexOf('An older one'))
    const found = words(await (await look(`/a/demo/local-mail?to=${first.toUpperCase()}`)).text())
    expect(found).toContain('An older one')
    expect(found).not.toContain('A newer one')
  })

  test('pages by fifty', async () => {
    const to = someone('many')
    await pick(
      sql`insert into local_mail (key, recipient, mail, at) select ${to} || value, ${to}, json_object('subject', 'Number ' || value || '.'), 0 from json_each(${JSON.stringify(Array.from({ length: 60 }, (_, at) => at + 1))}) returning id`,
    )
    const first = await (await look(`/a/demo/local-mail?to=${to}`)).text()
    expect(first).toContain('Number 11.')
    expect(first).not.toContain('Number 10.')
    const next = first.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(await (await look(next)).text()).toContain('Number 10.')
  })

  test('shows one with its headers and text, its HTML under a policy of its own, and as a file', async () => {
    const to = someone()
    const id = await arrive(to, 'Hello <b>', 'Come in: the door is open.')
    const page = words(await (await look(`/a/demo/local-mail/${id}`)).text())
    for (const part of [to, 'Auto-Submitted', 'auto-generated', 'the door is open']) expect(page).toContain(part)

    const html = await look(`/a/demo/local-mail/${id}/page`)
    const policy = html.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; .*sandbox allow-popups/)
    expect(policy).not.toMatch(/script|unsafe/)
    expect(html.headers.get('X-Content-Type-Options')).toBe('nosniff')
    const text = await html.text()
    const sheet = new TextEncoder().encode(text.match(/<style>(.*?)<\/style>/)?.[1])
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', sheet)).toBase64()
    expect(policy).toContain(`'sha256-${hash}'`)

    const file = await look(`/a/demo/local-mail/${id}/mail.eml`)
    expect(file.headers.get('Content-Type')).toBe('message/rfc822')
    const mail = await PostalMime.parse(await file.arrayBuffer())
    expect(mail).toMatchObject({ subject: 'Hello <b>', to: [{ address: to }] })
    expect(mail.html?.trim().replaceAll('\r\n', '\n')).toBe(text.trim())
  })

  test('is on a laptop only, and for those who see the settings', async () => {
    const id = await arrive(someone())
    const paths = ['', `/${id}`, `/${id}/page`, `/${id}/mail.eml`]
    for (const path of paths) {
      expect((await look(`/a/demo/local-mail${path}`)).status).toBe(200)
      expect((await look(`/a/demo/local-mail${path}`, { LOCAL_MAIL: undefined })).status).toBe(404)
    }
    expect(await (await look('/a/demo/background-tasks')).text()).toContain('/a/demo/local-mail')
    expect(await (await look('/a/demo/background-tasks', { LOCAL_MAIL: undefined })).text()).not.toContain('local-mail')
    cookie = (await employ(one.account, { rights: { 'Office Portal': 2, Families: 2 } })).cookie
    for (const path of paths) expect((await look(`/a/demo/local-mail${path}`)).status).toBe(403)
    expect(await (await look('/a/demo/background-tasks')).text()).not.toContain('local-mail')
  })

  test.each([
    ['bounce', 'bounced', 'There is no such mailbox.'],
    ['Complain', 'complained', null],
    ['ana', 'sent', null],
  ])('an address that begins with %s is %s', async (start, state, reason) => {
    const to = someone(start)
    await arrive(to)
    expect(await pick(sql`select state, reason from messages where address = ${to}`)).toEqual([{ state, reason }])
    const ended = await pick(sql`select reason from suppressions where folded = ${to.toLowerCase()}`)
    expect(ended).toEqual(state === 'sent' ? [] : [{ reason: state }])
  })
})
