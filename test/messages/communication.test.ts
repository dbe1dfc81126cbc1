import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { localDriver } from '../../src/messages/local-driver'
import { notify } from '../../src/messages/notices'
import { sendStep } from '../../src/messages/send'
import { contacts } from '../../src/schema/families'
import { type Cast, cast, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'

let one: Cast
let address = ''
let cookie = ''
const bindings = () => clockAt(one.account.now)
const look = async (path: string, who = cookie) => {
  const answer = await ask(path, { cookie: who, bindings: bindings(), headers: { 'Sec-Fetch-Site': 'same-origin' } })
  return { status: answer.status, html: await answer.text() }
}
const tab = () => `/a/demo/families/${one.family.id}/communication`
const record = async () => words((await look(tab())).html)
const reset = (to = address, family = one.family.id, key: string = crypto.randomUUID()) =>
  ask(`/a/demo/families/${family}/address-reset`, { cookie, form: { key, address: to }, bindings: bindings() })

/** A blast to the family alone, as its expansion leaves it. */
async function blast(subject: string, body = 'Hello [[family_first]].') {
  await pick(
    sql`insert into blasts (subject, body, audience, state, origin, expanded_at, who, created_at, updated_at) values (${subject}, ${body}, '{}', 'sending', 'https://gym.test', 0, 'owner', 0, 0) returning id`,
  )
  await pick(
    sql`insert into messages (way, channel, family_id, address, state, key, at, blast_id, due_at) select 'out', 'email', cast(${one.family.id} as integer), '', 'queued', lower(hex(randomblob(16))), cast(${one.account.now} as integer), max(id), 0 from blasts returning id`,
  )
}

const stateOf = async (subject: string) =>
  (
    await pick<{ state: string }>(
      sql`select m.state as state from messages m join blasts b on b.id = m.blast_id where b.subject = ${subject}`,
    )
  )[0]?.state

const send = () => sendStep(one.account, localDriver(one.account))

beforeEach(async () => {
  one = await cast()
  address = `bounce-${crypto.randomUUID()}@example.test`
  cookie = (await employ(one.account, { rights: { 'Office Portal': 2, Families: 2 } })).cookie
  await commit(one.account, [
    one.account.db.insert(contacts).values({
      familyId: one.family.id,
      guardianId: one.guardian.id,
      kind: 'email',
      value: address,
      folded: address,
      isLogin: 1,
      createdAt: one.account.now,
    }),
  ])
})

describe('the communication with a family', () => {
  test('says what came back, stops the next blast, and Reset lets it go again', async () => {
    const subjects = [1, 2, 3].map(nth => `News ${nth} ${one.family.id}`) as [string, string, string]
    await blast(subjects[0])
    await send()
    expect(await stateOf(subjects[0])).toBe('bounced')
    await blast(subjects[1])
    await send()
    expect(await stateOf(subjects[1])).toBe('skipped')
    const page = await record()
    expect(page).toMatch(/Addresses .*Came back Mon, Nov 2, 10:00 am Reset/)
    expect(page).toContain(`${subjects[0]} ${address} Mon, Nov 2, 10:00 am Came back There is no such mailbox.`)
    expect(page).toContain('Left out Mail to the address came back, or was reported as unwanted.')

    expect((await reset()).status).toBe(303)
    expect(await record()).not.toContain('Reset')
    expect(words((await look(`/a/demo/families/${one.family.id}`)).html)).toContain(
      `lets Email Blasts go to ${address} again`,
    )
    await blast(subjects[2])
    await send()
    expect(await stateOf(subjects[2])).toBe('bounced')
  })

  test('shows who unsubscribed, and Reset does not undo that', async () => {
    await pick(sql`update contacts set blast_consent = 'out' where folded = ${address} returning id`)
    await pick(
      sql`insert into suppressions (channel, folded, reason, at) values ('email', ${address}, 'complained', 0) returning folded`,
    )
    expect((await look(tab())).html).toContain('<span class="out">Unsubscribed</span>')
    await reset()
    expect(await record()).toMatch(/Unsubscribed/)
    const subject = `News ${one.family.id}`
    await blast(subject)
    await send()
    expect(await stateOf(subject)).toBe('skipped')
  })

  test('resets only the family’s own addresses, once, by those who have families in full', async () => {
    const other = await cast()
    await pick(
      sql`insert into suppressions (channel, folded, reason, at) values ('email', ${address}, 'bounced', 0) returning folded`,
    )
    expect((await reset(address, other.family.id)).status).toBe(409)
    const suppressed = () => pick(sql`select reason from suppressions where folded = ${address}`)
    expect(await suppressed()).toHaveLength(1)
    const full = cookie
    cookie = (await employ(one.account, { rights: { 'Office Portal': 2, Families: 1 } })).cookie
    expect((await reset()).status).toBe(403)
    expect(await record()).not.toContain('Reset')
    cookie = full
    const key = crypto.randomUUID()
    await Promise.all([reset(address, one.family.id, key), reset(address, one.family.id, key)])
    expect(await suppressed()).toEqual([])
    expect(
      await pick(sql`select id from audit where action = 'reset address' and instr(summary, ${address}) > 0`),
    ).toHaveLength(1)
  })

  test('sends a mail again that was given up, for those who may', async () => {
    await pick(
      sql`insert into messages (way, channel, family_id, address, subject, state, key, data, tries, reason, at) values ('out', 'email', cast(${one.family.id} as integer), ${address}, 'Hello', 'failed', lower(hex(randomblob(16))), '{}', 8, 'no-answer', 0) returning id`,
    )
    expect(await record()).toContain('Not delivered The mail service did not answer.')
    expect(await record()).not.toContain('Send again')
    cookie = (await employ(one.account, { isOwner: true })).cookie
    const { html } = await look(tab())
    const [, id = ''] = html.match(/name="only" value="(\d+)"/) ?? []
    const again = { cookie, form: { key: crypto.randomUUID(), only: id }, bindings: bindings() }
    expect((await ask('/a/demo/undelivered-mail', again)).status).toBe(303)
    expect(await record()).not.toContain('Send again')
  })

  test('has every mail, page by page', async () => {
    await pick(
      sql`insert into messages (way, channel, family_id, address, subject, state, key, at) select 'out', 'email', cast(${one.family.id} as integer), 'a@b.test', 'No. ' || value || '.', 'sent', lower(hex(randomblob(16))), value / 2 from json_each(${JSON.stringify(Array.from({ length: 60 }, (_, nth) => nth + 1))}) where true returning id`,
    )
    const first = (await look(tab())).html
    const next = first.match(/href="([^"]*after=[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = words((await look(next)).html)
    expect(words(first)).toContain('No. 11.')
    expect(words(first)).not.toContain('No. 10.')
    for (const nth of [1, 5, 10]) expect(second).toContain(`No. ${nth}.`)
    expect(second).not.toContain('No. 11.')
  })

  test('opens each mail with what it said: a notice its words, a blast filled in', async () => {
    await commit(one.account, [
      notify(one.account, {
        familyId: one.family.id,
        address: 'ana@example.test',
        template: 'credit-added',
        values: { amount: 'A <b>', reason: 'there & here' },
      }),
    ])
    await blast(`News ${one.family.id}`, 'Dear [[family_first]], **come**.')
    const hrefs = async () => [...new Set([...(await look(tab())).html.matchAll(/\/a\/demo\/mail\/\d+/g)].map(String))]
    const texts = async () => Promise.all((await hrefs()).map(async href => words((await look(href)).html)))
    expect(await texts()).toEqual([
      expect.stringContaining('There is no text'),
      expect.stringContaining('There is no text'),
    ])
    await send()
    const all = (await texts()).join()
    expect(all).toContain('A &lt;b&gt; of credit on your account: there & here.')
    expect(all).toContain('Dear Ana, come.')
    expect(all).toContain('A &lt;b&gt;')
    const [href = ''] = await hrefs()
    const stranger = (await employ(one.account, { rights: { 'Office Portal': 2, 'Email Blasts': 2 } })).cookie
    expect((await look(href, stranger)).status).toBe(403)
    expect((await look('/a/demo/mail/999999')).status).toBe(404)
  })
})
