import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { localDriver } from '../../src/messages/local-driver'
import type { Driver, Handed } from '../../src/messages/mail'
import { sendStep } from '../../src/messages/send'
import { contacts } from '../../src/schema/families'
import { type Cast, cast, later, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { plainMail } from '../mail'

let one: Cast
let cookie = ''
let address = ''
const bindings = () => clockAt(one.account.now)
const look = async (path = '/a/demo/undelivered-mail', more: Record<string, unknown> = {}) =>
  words(await (await ask(path, { cookie, bindings: { ...bindings(), ...more } })).text())
const again = (form: Record<string, string | string[]>, who = cookie) =>
  ask('/a/demo/undelivered-mail', { cookie: who, form: { key: crypto.randomUUID(), ...form }, bindings: bindings() })

/** A service that refuses for good. */
const refusing: Driver = {
  name: 'resend',
  knowsKeys: true,
  atOnce: 100,
  send: async mails => mails.map((): Handed => ({ state: 'failed', reason: 'refused' })),
}

/** A mail that was given up, by its number. */
async function givenUp(subject: string, to = address) {
  await commit(one.account, [plainMail(one.account, { familyId: one.family.id, address: to, subject, text: 'There.' })])
  await sendStep(one.account, refusing)
  const [row] = await pick(
    sql`select id from messages where state = 'failed' and subject = ${subject} order by id desc limit 1`,
  )
  return String(row?.id)
}

/** A blast to some families that is on its way, with its task, as its expansion leaves it. */
async function blast(families: number[]) {
  const subject = `News ${crypto.randomUUID()}`
  await pick(
    sql`insert into tasks (kind, title, who, state, input, created_at) values ('blast', ${subject}, 'owner', 'running', '{}', 0) returning id`,
  )
  const [row] = await pick(
    sql`insert into blasts (subject, body, audience, state, origin, expanded_at, who, task_id, created_at, updated_at) select ${subject}, 'Hello.', '{}', 'sending', 'https://gym.test', 0, 'owner', max(id), 0, 0 from tasks returning id`,
  )
  const id = row?.id ?? 0
  for (const family of families)
    await pick(
      sql`insert into messages (way, channel, family_id, address, state, key, at, blast_id, due_at) values ('out', 'email', cast(${family} as integer), '', 'queued', lower(hex(randomblob(16))), cast(${one.account.now} as integer), cast(${id} as integer), 0) returning id`,
    )
  const how = async () => {
    const [progress] = await pick<{ blast: string; task: string; done: number; total: number; failures: number }>(
      sql`select b.state as blast, t.state as task, t.done as done, t.total as total, t.failures as failures from blasts b join tasks t on t.id = b.task_id where b.id = ${id}`,
    )
    return progress
  }
  const mails = () =>
    pick<{ id: number; state: string; address: string }>(
      sql`select id, state, address from messages where blast_id = ${id} order by id`,
    )
  return { id, subject, how, mails }
}

const state = async (id: string) =>
  (await pick<{ state: string; tries: number }>(sql`select state, tries from messages where id = ${Number(id)}`))[0]

async function reachable() {
  const made = await cast()
  const to = `${crypto.randomUUID()}@example.test`
  await commit(made.account, [
    made.account.db.insert(contacts).values({
      familyId: made.family.id,
      guardianId: made.guardian.id,
      kind: 'email',
      value: to,
      folded: to,
      isLogin: 1,
      createdAt: made.account.now,
    }),
  ])
  return { ...made, address: to }
}

beforeEach(async () => {
  one = await cast()
  address = `${crypto.randomUUID()}@example.test`
  cookie = (await employ(one.account, { rights: { 'Office Portal': 2, Settings: 2, Families: 1 } })).cookie
  await pick(sql`update messages set state = 'skipped' where state in ('failed', 'queued') returning id`)
})

describe('undelivered mail', () => {
  test('is listed with why and for whom, counted where Background Tasks are, and goes again', async () => {
    const [first, second] = [await givenUp('One'), await givenUp('Two')]
    const page = await look()
    expect(page).toContain(`Two ${one.family.name} ${address} The mail service refused it. 1 Mon, Nov 2, 10:00 am`)
    expect(await look('/a/demo/background-tasks')).toContain('Undelivered Mail: 2')

    expect((await again({ only: first, mail: [first, second] })).status).toBe(303)
    expect(await state(first)).toEqual({ state: 'queued', tries: 0 })
    expect(await state(second)).toEqual({ state: 'failed', tries: 1 })
    await sendStep(one.account, localDriver(one.account))
    expect(
      await pick(sql`select json_extract(mail, '$.subject') as said from local_mail where recipient = ${address}`),
    ).toEqual([{ said: 'One' }])
    expect(
      await pick(
        sql`select a.summary as said from audit a join audit_subjects s on s.audit_id = a.id where a.action = 'send mail again' and s.subject = 'family' and s.subject_id = ${one.family.id}`,
      ),
    ).toEqual([{ said: 'sent an e-mail again that was not delivered' }])
  })

  test('goes again once, however often it is asked, and all that was ticked', async () => {
    const ids = [await givenUp('One'), await givenUp('Two'), await givenUp('Three')]
    const key = crypto.randomUUID()
    const answers = await Promise.all([again({ mail: ids, key }), again({ mail: ids, key })])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    for (const id of ids) expect(await state(id)).toEqual({ state: 'queued', tries: 0 })
    await sendStep(one.account, localDriver(one.account))
    expect((await again({ mail: ids })).status).toBe(409)
    for (const id of ids) expect((await state(id))?.state).toBe('sent')
    expect((await again({})).status).toBe(409)
    expect(await pick(sql`select id from local_mail where recipient = ${address}`)).toHaveLength(3)
  })

  test('of a blast that was over opens it again, counts right, and asks anew who wants it', async () => {
    const families = [await reachable(), await reachable(), await reachable()]
    const news = await blast(families.map(({ family }) => family.id))
    await sendStep(one.account, refusing)
    expect(await news.how()).toEqual({ blast: 'sent', task: 'done', done: 3, total: 3, failures: 3 })
    const [first, second] = await news.mails()
    await pick(sql`update contacts set blast_consent = 'out' where folded = ${families[1]?.address} returning id`)
    await again({ mail: [String(first?.id), String(second?.id)] })
    expect(await news.how()).toEqual({ blast: 'sending', task: 'running', done: 1, total: 3, failures: 1 })
    await sendStep(later(one.account, 1), localDriver(one.account))
    expect(await news.how()).toEqual({ blast: 'sent', task: 'done', done: 3, total: 3, failures: 1 })
    expect((await news.mails()).map(mail => mail.state)).toEqual(['sent', 'skipped', 'failed'])
    const recipients = await pick(sql`select recipient from local_mail where mail ->> '$.subject' = ${news.subject}`)
    expect(recipients).toEqual([{ recipient: families[0]?.address }])
  })

  test('belongs to those with the settings, and to writers of blasts only where it is one', async () => {
    const notice = await givenUp('Only a notice')
    const news = await blast([(await reachable()).family.id])
    await sendStep(one.account, refusing)
    const mail = String((await news.mails())[0]?.id)
    const writer = (await employ(one.account, { rights: { 'Office Portal': 2, 'Email Blasts': 2 } })).cookie
    const viewer = (await employ(one.account, { rights: { 'Office Portal': 2, Settings: 1 } })).cookie
    const nobody = (await employ(one.account, { rights: { 'Office Portal': 2, Families: 2 } })).cookie
    expect((await again({ only: notice }, writer)).status).toBe(409)
    expect((await again({ only: notice }, viewer)).status).toBe(403)
    expect((await state(notice))?.state).toBe('failed')
    expect((await again({ only: mail }, writer)).status).toBe(303)
    cookie = writer
    expect(await look()).not.toContain('Only a notice')
    cookie = viewer
    expect(await look()).toContain('Only a notice')
    expect(await look()).not.toContain('Send again')
    cookie = nobody
    expect(await look()).toContain('permission')
    expect(await look('/a/demo/background-tasks')).not.toContain('Undelivered')
  })

  test('says why nothing goes out at all, where that is so', async () => {
    expect(await look()).not.toContain('Mail is not being sent')
    expect(await look(undefined, { LOCAL_MAIL: undefined })).toContain(
      'Mail is not being sent: E-mail Delivery is “Local”',
    )
  })

  test('is shown fifty at a time', async () => {
    await pick(
      sql`insert into messages (way, channel, address, data, state, reason, key, at) select 'out', 'email', 'x@example.test', json_object('subject', 'Number ' || value || '.'), 'failed', 'refused', lower(hex(randomblob(16))), 1000 + value / 2 from json_each(${JSON.stringify(Array.from({ length: 60 }, (_, at) => at + 1))}) returning id`,
    )
    const html = await (await ask('/a/demo/undelivered-mail', { cookie, bindings: bindings() })).text()
    expect(html).toContain('Number 11.')
    expect(html).not.toContain('Number 10.')
    const next = html.match(/href="([^"]+)" rel="next"/)?.[1] ?? ''
    expect(await look(next)).toMatch(/Number 10\. .*Number 1\. /)
  })
})
