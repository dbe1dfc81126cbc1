import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { openAccount } from '../../src/accounts/open'
import { commit } from '../../src/database'
import type { Env } from '../../src/env'
import { workOnAll } from '../../src/jobs'
import { localDriver } from '../../src/messages/local-driver'
import { contacts } from '../../src/schema/families'
import { suppressions } from '../../src/schema/messages'
import { type Cast, cast, later, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'

const hour = 3_600_000

let one: Cast
let writer: { email: string; cookie: string }
let people: { id: number; name: string; address: string }[]

/** A family that can be written to. */
async function reachable() {
  const { account, family, guardian } = await cast()
  const address = `${crypto.randomUUID()}@example.test`
  await commit(account, [
    account.db.insert(contacts).values({
      familyId: family.id,
      guardianId: guardian.id,
      kind: 'email',
      value: address,
      folded: address,
      isLogin: 1,
      blastConsent: 'in',
      createdAt: account.now,
    }),
  ])
  return { id: family.id, name: family.name, address }
}

beforeEach(async () => {
  one = await cast()
  writer = await employ(one.account, { rights: { 'Office Portal': 2, Families: 2, 'Email Blasts': 2 } })
  people = await Promise.all([reachable(), reachable(), reachable()])
})

const bindings = () => clockAt(one.account.now)
const key = () => crypto.randomUUID()
const press = (path: string, form: Record<string, string>) =>
  ask(path, { cookie: writer.cookie, form: { key: key(), ...form }, bindings: bindings() })
const look = async (path: string) =>
  words(await (await ask(path, { cookie: writer.cookie, bindings: bindings() })).text())

/** The queue's work in bounded turns until nothing is left, as if nothing else were to do. */
async function work(account: Account = one.account) {
  const fresh = (await openAccount(env as unknown as Env, 'demo', account.actor, account.now)) as Account
  await workOnAll(fresh, localDriver(fresh), () => 2000)
}

const mails = (subject: string) =>
  pick<{ recipient: string; mail: string }>(
    sql`select recipient, mail from local_mail where json_extract(mail, '$.subject') = ${subject} order by recipient`,
  )

const families = () => people.map(({ id }) => id).join()
const written = (act: string, more: Record<string, string> = {}) => ({
  families: families(),
  subject: `News ${one.family.id}`,
  body: 'Hello [[family_first]].',
  act,
  ...more,
})
const subject = () => `News ${one.family.id}`
const idOf = (answer: Response) => Number(answer.headers.get('location')?.match(/email-blast\/(\d+)/)?.[1])

describe('an Email Blast', () => {
  test('goes once to each family of the selection, filled in, with the way out in its headers', async () => {
    const answer = await press('/a/demo/email-blast', written('send'))
    expect(answer.status).toBe(303)
    await work()
    await work()
    const got = await mails(subject())
    expect(got.map(({ recipient }) => recipient)).toEqual(people.map(({ address }) => address).sort())
    const mail = JSON.parse(got[0]?.mail ?? '{}')
    expect(mail.text).toContain('Hello Ana.')
    expect(mail.headers['List-Unsubscribe']).toMatch(
      /^<https:\/\/cartwheel\.example\/p\/demo\/unsubscribe\/[0-9a-f]{32}>$/,
    )
    expect(mail.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(await look(`/a/demo/email-blast/${idOf(answer)}`)).toContain('3 of 3 done.')
    expect(await pick(sql`select state as id from blasts where subject = ${subject()}`)).toEqual([{ id: 'sent' }])
    expect(await pick(sql`select state as id, done, total from tasks where title like ${`%${subject()}%`}`)).toEqual([
      { id: 'done', done: 3, total: 3 },
    ])
    expect(await pick(sql`select who as id from audit where summary = ${`sent “${subject()}”`}`)).toEqual([
      { id: writer.email },
    ])
  })

  test('sent twice with one key is one blast', async () => {
    const form = { key: key(), ...written('send') }
    const both = await Promise.all([press('/a/demo/email-blast', form), press('/a/demo/email-blast', form)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(both[0]?.headers.get('location')).toBe(both[1]?.headers.get('location'))
    await work()
    expect(await mails(subject())).toHaveLength(3)
  })

  test('leaves out who opted out after it was sent and before it went', async () => {
    await press('/a/demo/email-blast', written('send'))
    await commit(one.account, [
      one.account.db
        .update(contacts)
        .set({ blastConsent: 'out' })
        .where(eq(contacts.familyId, people[0]?.id ?? 0)),
    ])
    await work()
    expect(await mails(subject())).toHaveLength(2)
    expect(
      await pick(
        sql`select m.state as id, m.reason from messages m join blasts b on b.id = m.blast_id where b.subject = ${subject()} and m.family_id = ${people[0]?.id}`,
      ),
    ).toEqual([{ id: 'skipped', reason: 'opted-out' }])
  })

  test('tells beforehand who is left out and why', async () => {
    await commit(one.account, [
      one.account.db
        .update(contacts)
        .set({ blastConsent: 'out' })
        .where(eq(contacts.familyId, people[0]?.id ?? 0)),
      one.account.db.insert(suppressions).values({
        channel: 'email',
        folded: people[1]?.address ?? '',
        reason: 'bounced',
        at: one.account.now,
      }),
    ])
    const page = await look(`/a/demo/email-blast?families=${families()},${one.family.id}`)
    expect(page).toContain('Send now to 1 family')
    expect(page).toContain('1: Unsubscribed.')
    expect(page).toContain('1: Mail to the address came back')
    expect(page).toContain('1: No e-mail address.')
  })

  test('is not kept with a variable that nobody knows, and says which was meant', async () => {
    const answer = await press('/a/demo/email-blast', written('send', { body: 'Hello [[famly_first]].' }))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(words(page)).toContain('There is no variable [[famly_first]]. Perhaps [[family_first]]?')
    expect(page).toContain('Hello [[famly_first]].')
    expect(await pick(sql`select id from blasts where subject = ${subject()}`)).toEqual([])
  })

  test('waits for its time, can be changed and called off until then, and not after', async () => {
    const when = { date: '2026-12-24', time: '09:30' }
    const id = idOf(await press('/a/demo/email-blast', written('schedule', when)))
    // Half past nine in Chicago.
    expect(await pick(sql`select send_at as id from blasts where id = ${id}`)).toEqual([
      { id: Date.parse('2026-12-24T15:30:00Z') },
    ])
    const list = await look('/a/demo/scheduled-emails')
    expect(list).toContain(subject())
    expect(list).toContain('Dec 24, 9:30 am')
    expect(list).toContain('Kim Desk')
    await work()
    expect(await mails(subject())).toHaveLength(0)
    const changed = await press(`/a/demo/email-blast/${id}`, written('save', { version: '1', body: 'Changed.' }))
    expect(changed.status).toBe(303)
    const late = await press(`/a/demo/email-blast/${id}`, written('save', { version: '1', body: 'Too late.' }))
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('Too late.')
    const due = { ...one.account, now: Date.parse('2026-12-24T15:31:00Z') }
    await work(due)
    await work(due)
    const got = await mails(subject())
    expect(got).toHaveLength(3)
    expect(JSON.parse(got[0]?.mail ?? '{}').text).toContain('Changed.')
    expect((await press(`/a/demo/email-blast/${id}/cancellation`, {})).status).toBe(409)
  })

  test('is said to be of whoever scheduled it, also where somebody else had begun it', async () => {
    const id = idOf(await press('/a/demo/email-blast', written('save')))
    const author = writer.email
    writer = await employ(one.account, { rights: { 'Office Portal': 2, Families: 2, 'Email Blasts': 2 } })
    const when = { date: '2026-12-24', time: '09:30', version: '1' }
    expect((await press(`/a/demo/email-blast/${id}`, written('schedule', when))).status).toBe(303)
    const [row] = await pick<{ who: string; email: string }>(
      sql`select b.who, l.email from blasts b join staff s on s.id = b.staff_id join logins l on l.id = s.login_id where b.id = ${id}`,
    )
    expect(row).toEqual({ who: writer.email, email: writer.email })
    expect(writer.email).not.toBe(author)
  })

  test('that was called off never goes', async () => {
    const id = idOf(await press('/a/demo/email-blast', written('schedule', { date: '2026-12-24', time: '09:30' })))
    expect((await press(`/a/demo/email-blast/${id}/cancellation`, {})).status).toBe(303)
    await work({ ...one.account, now: Date.parse('2026-12-25T00:00:00Z') })
    expect(await mails(subject())).toHaveLength(0)
  })

  test('in a moment that has passed is not scheduled', async () => {
    const answer = await press('/a/demo/email-blast', written('schedule', { date: '2020-01-01', time: '09:30' }))
    expect(answer.status).toBe(422)
    expect(words(await answer.text())).toContain('That moment has passed.')
  })

  test.each([
    ['1', 4],
    ['', 3],
  ])('to a list asked anew (live “%s”) reaches who came meanwhile or not', async (live, expected) => {
    const prefix = `zz${crypto.randomUUID().slice(0, 6)}`
    for (const { id } of people)
      await pick(sql`update families set sort_name = ${`${prefix} ${id}`} where id = ${id} returning id`)
    const id = idOf(
      await press('/a/demo/email-blast', {
        list: 'families',
        q: prefix,
        status: '',
        subject: subject(),
        body: 'Hello.',
        live,
        date: '2026-12-24',
        time: '09:30',
        act: 'schedule',
      }),
    )
    const newcomer = await reachable()
    await pick(sql`update families set sort_name = ${`${prefix} new`} where id = ${newcomer.id} returning id`)
    expect(await look(`/a/demo/email-blast/${id}`)).toContain('By now 1 more and 0 fewer.')
    await work({ ...one.account, now: Date.parse('2026-12-24T15:31:00Z') })
    expect(await mails(subject())).toHaveLength(expected)
  })

  test('goes to its author alone as a test, as one family would get it', async () => {
    const answer = await press('/a/demo/email-blast', written('test', { preview: String(people[1]?.id) }))
    expect(answer.status).toBe(303)
    await work()
    const [mail, ...more] = await mails(`Test: ${subject()}`)
    expect(more).toEqual([])
    expect(mail?.recipient).toBe(writer.email)
    expect(JSON.parse(mail?.mail ?? '{}').text).toContain('Hello Ana.')
    expect(await mails(subject())).toHaveLength(0)
  })

  test('is for those who may write them', async () => {
    const reader = await employ(one.account, { rights: { 'Office Portal': 2, Families: 2, 'Email Blasts': 1 } })
    const nobody = await employ(one.account, { rights: { 'Office Portal': 2, Families: 2 } })
    const form = { key: key(), ...written('send') }
    for (const { cookie } of [reader, nobody]) {
      expect((await ask('/a/demo/email-blast', { cookie, form, bindings: bindings() })).status).toBe(403)
      expect((await ask('/a/demo/email-blast?families=1', { cookie, bindings: bindings() })).status).toBe(403)
    }
    const id = idOf(await press('/a/demo/email-blast', written('send')))
    expect((await ask(`/a/demo/email-blast/${id}`, { cookie: reader.cookie, bindings: bindings() })).status).toBe(200)
    expect((await ask(`/a/demo/email-blast/${id}`, { cookie: nobody.cookie, bindings: bindings() })).status).toBe(403)
    expect((await ask('/a/demo/scheduled-emails', { cookie: nobody.cookie, bindings: bindings() })).status).toBe(200)
  })
})

describe('behind the page', () => {
  test('many consumers at once, on few statements each, still send each family one mail', async () => {
    await press('/a/demo/email-blast', written('send'))
    for (let turn = 0; turn < 6; turn++)
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          const fresh = (await openAccount(
            env as unknown as Env,
            'demo',
            one.account.actor,
            one.account.now,
          )) as Account
          await workOnAll(fresh, localDriver(fresh), () => 40 - fresh.meter.statements)
        }),
      )
    expect(await mails(subject())).toHaveLength(3)
    expect(await pick(sql`select state as id from blasts where subject = ${subject()}`)).toEqual([{ id: 'sent' }])
  })

  test('a consumer killed after any of its commits is followed by one that ends the work', async () => {
    for (let survives = 1; survives <= 6; survives++) {
      const title = `Killed after ${survives} ${one.family.id}`
      await press('/a/demo/email-blast', written('send', { subject: title }))
      const fresh = (await openAccount(env as unknown as Env, 'demo', one.account.actor, one.account.now)) as Account
      let commits = 0
      const dying: Account = {
        ...fresh,
        metered: async statements => {
          const results = await fresh.metered(statements)
          if (results.some(({ meta }) => meta.rows_written > 0) && ++commits >= survives) throw new Error('killed')
          return results
        },
      }
      await workOnAll(dying, localDriver(fresh), () => 2000).catch(() => {})
      await work(later(one.account, hour))
      expect([survives, await mails(title)]).toEqual([survives, expect.objectContaining({ length: 3 })])
    }
  })
})
