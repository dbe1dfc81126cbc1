import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app'
import { commit } from '../../src/database'
import type { Driver } from '../../src/messages/mail'
import { sendStep } from '../../src/messages/send'
import { contacts } from '../../src/schema/families'
import { messages } from '../../src/schema/messages'
import { settings } from '../../src/schema/settings'
import { type Cast, cast, pick } from '../cast'
import { ask, words } from '../knock'
import { migrateAll } from '../setup'

let one: Cast
let address = ''
let key = ''

beforeAll(migrateAll)

beforeEach(async () => {
  one = await cast()
  const other = await cast()
  address = `${crypto.randomUUID()}@example.test`
  key = crypto.randomUUID()
  const { db, now } = one.account
  const contact = {
    kind: 'email' as const,
    value: address,
    folded: address,
    blastConsent: 'in' as const,
    createdAt: now,
  }
  await commit(one.account, [
    // The same address in two households: one reader, one wish.
    db.insert(contacts).values({ ...contact, familyId: one.family.id }),
    db.insert(contacts).values({ ...contact, familyId: other.family.id }),
    db
      .insert(messages)
      .values({ way: 'out', channel: 'email', familyId: one.family.id, address, state: 'sent', key, at: now }),
  ])
})

const path = (of = key) => `/p/demo/unsubscribe/${of}`
const consents = async () =>
  (await pick(sql`select blast_consent as id from contacts where folded = ${address}`)).map(({ id }) => id)
const oneClick = { 'List-Unsubscribe': 'One-Click' }
/** As a mail program asks: no cookie, no origin, nothing of ours. */
const asMailProgram = { headers: { Origin: '', 'Sec-Fetch-Site': 'none' } }

describe('the way out of a mail', () => {
  test('changes nothing when it is opened, and names the address in part', async () => {
    const page = await (await ask(path())).text()
    expect(words(page)).toContain(`${address[0]}…@example.test gets e-mails`)
    expect(page).not.toContain(address)
    expect(await consents()).toEqual(['in', 'in'])
  })

  test('takes one click of a mail program, for everybody who has the address, once', async () => {
    for (const time of ['first', 'second']) {
      const answer = await ask(path(), { form: oneClick, ...asMailProgram })
      expect([time, answer.status]).toEqual([time, 200])
    }
    expect(await consents()).toEqual(['out', 'out'])
    expect(await pick(sql`select who as id, made_in from audit where action = 'opt out' and who = ${address}`)).toEqual(
      [{ id: address, made_in: 'customer_portal' }],
    )
  })

  test('takes it as a form in parts too, from another site and without a cookie', async () => {
    const body = new FormData()
    body.set('List-Unsubscribe', 'One-Click')
    const headers = { Origin: 'https://mail.example', 'Sec-Fetch-Site': 'cross-site' }
    const answer = await app.request(`https://cartwheel.example${path()}`, { method: 'POST', body, headers }, env)
    expect([answer.status, answer.headers.get('Location')]).toEqual([200, null])
    expect(await consents()).toEqual(['out', 'out'])
  })

  test('is heeded by a blast that already waits to be sent', async () => {
    const { account, family } = one
    await pick(
      sql`insert into blasts (subject, body, audience, state, origin, expanded_at, who, created_at, updated_at) values ('News', 'We open at nine.', '{}', 'sending', 'https://cartwheel.example', 0, 'test', 0, 0) returning id`,
    )
    await pick(
      sql`insert into messages (way, channel, family_id, address, state, key, due_at, blast_id, at) values ('out', 'email', ${family.id}, '', 'queued', ${crypto.randomUUID()}, 0, (select max(id) from blasts), 0) returning id`,
    )
    await ask(path(), { form: oneClick, ...asMailProgram })
    const handed: string[] = []
    const driver: Driver = {
      name: 'local',
      knowsKeys: true,
      atOnce: 100,
      send: async mails => {
        handed.push(...mails.map(({ to }) => to.address))
        return mails.map(() => ({ state: 'sent', providerId: null }))
      },
    }
    await sendStep(account, driver)
    expect(handed).not.toContain(address)
    expect(
      await pick(sql`select state as id, reason from messages where family_id = ${family.id} and blast_id is not null`),
    ).toEqual([{ id: 'skipped', reason: 'opted-out' }])
  })

  test('is not taken by an empty post', async () => {
    expect((await ask(path(), { form: {}, ...asMailProgram })).status).toBe(422)
    expect(await consents()).toEqual(['in', 'in'])
  })

  test('can be gone back', async () => {
    await ask(path(), { form: oneClick })
    expect(words(await (await ask(path(), { form: { again: '1' } })).text())).toContain('sends its news')
    expect(await consents()).toEqual(['in', 'in'])
  })

  test('looks alike for a key that no mail has, and changes nothing', async () => {
    const answer = await ask(path('0123456789abcdef'), { form: oneClick })
    expect([answer.status, words(await answer.text())]).toEqual([200, expect.stringContaining('sends no more news')])
    expect(await consents()).toEqual(['in', 'in'])
    // A key is worth nothing with another business.
    await ask(`/p/sunrise/unsubscribe/${key}`, { form: oneClick })
    expect(await consents()).toEqual(['in', 'in'])
  })

  test('stays open while the portal is off, and is not kept by anybody', async () => {
    const off = { name: 'portal.enabled', value: 'false', updatedAt: 0, who: 'test' }
    await commit(one.account, [one.account.db.insert(settings).values(off)])
    const answer = await ask(path(), { form: oneClick, ...asMailProgram })
    await pick(sql`delete from settings where name = 'portal.enabled' returning name as id`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Cache-Control')).toContain('no-store')
    expect(answer.headers.get('Referrer-Policy')).toBe('same-origin')
    expect(await consents()).toEqual(['out', 'out'])
  })
})
