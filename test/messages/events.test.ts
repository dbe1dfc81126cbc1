import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app'
import { commit } from '../../src/database'
import type { Env } from '../../src/env'
import { liftSuppression } from '../../src/messages/events'
import { contacts } from '../../src/schema/families'
import { messages } from '../../src/schema/messages'
import { asStaff, type Cast, cast, pick } from '../cast'
import { ask, origin } from '../knock'

const secret = `whsec_${btoa('a secret of the mail service')}`

let one: Cast
let key = ''
let address = ''

beforeEach(async () => {
  one = await cast()
  key = crypto.randomUUID()
  address = `${crypto.randomUUID()}@example.test`
  const { db, now } = one.account
  await commit(one.account, [
    db
      .insert(contacts)
      .values({ familyId: one.family.id, kind: 'email', value: address, folded: address, createdAt: now }),
    db.insert(messages).values({
      way: 'out',
      channel: 'email',
      familyId: one.family.id,
      address,
      state: 'sent',
      key,
      providerId: `re-${key}`,
      at: now,
    }),
  ])
})

async function sign(id: string, at: number, body: string, with_ = secret) {
  const bytes = Uint8Array.from(atob(with_.slice(6)), sign => sign.charCodeAt(0))
  const hmac = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', hmac, new TextEncoder().encode(`${id}.${at}.${body}`))
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`
}

interface Told {
  id?: string
  at?: number
  signature?: string
  bindings?: Partial<Env>
}

/** The mail service tells something, signed as it signs. */
async function tell(type: string, data: Record<string, unknown> = {}, told: Told = {}) {
  const { id = crypto.randomUUID(), at = Math.floor(Date.now() / 1000) } = told
  const body = JSON.stringify({ type, data: { email_id: `re-${key}`, ...data } })
  const headers = {
    'svix-id': id,
    'svix-timestamp': String(at),
    'svix-signature': told.signature ?? (await sign(id, at, body)),
    'content-type': 'application/json',
  }
  const bindings = { ...(env as unknown as Env), RESEND_WEBHOOK_SECRET: secret, ...told.bindings }
  return app.request(`${origin}/hooks/demo/resend`, { method: 'POST', body, headers }, bindings)
}

const state = async () => (await pick(sql`select state as id from messages where key = ${key}`))[0]?.id
const suppressed = () => pick(sql`select reason as id from suppressions where folded = ${address}`)
const hard = { bounce: { type: 'Permanent', message: 'No such mailbox.' } }

describe('what the mail service tells', () => {
  test('is taken in any order, once, and the worse stays', async () => {
    expect((await tell('email.bounced', hard)).status).toBe(204)
    expect((await tell('email.delivered')).status).toBe(204)
    expect(await state()).toBe('bounced')
    await tell('email.complained')
    await tell('email.bounced', hard)
    expect(await state()).toBe('complained')
    expect(await suppressed()).toEqual([{ id: 'complained' }])
  })

  test('twice under one id counts once', async () => {
    const id = crypto.randomUUID()
    await tell('email.bounced', hard, { id })
    await tell('email.bounced', hard, { id })
    expect(
      await pick(sql`select id from audit where action = 'mail bounced' and instr(summary, ${address}) > 0`),
    ).toHaveLength(1)
  })

  test('of a full mailbox ends nothing', async () => {
    await tell('email.bounced', { bounce: { type: 'Transient', message: 'Mailbox full.' } })
    expect(await state()).toBe('bounced')
    expect(await suppressed()).toEqual([])
  })

  test('is known by the key that came along, before the service’s own id is', async () => {
    await pick(sql`update messages set provider_id = null where key = ${key} returning id`)
    await tell('email.delivered', { tags: { key } })
    expect(await state()).toBe('delivered')
  })

  test('comes again while the mail is still being handed over', async () => {
    await pick(sql`update messages set state = 'sending' where key = ${key} returning id`)
    expect((await tell('email.delivered')).status).toBe(503)
    expect(await state()).toBe('sending')
  })

  test('of mail that is not ours, or in words that are not known, is let go', async () => {
    expect((await tell('email.delivered', { email_id: 'nobody' })).status).toBe(204)
    expect((await tell('email.opened')).status).toBe(204)
    expect(await state()).toBe('sent')
  })

  test.each([
    ['a wrong signature', { signature: 'v1,AAAA' }],
    ['no signature', { signature: '' }],
    ['an old one', { at: Math.floor(Date.now() / 1000) - 400 }],
  ])('with %s is told nothing', async (_, told) => {
    const answer = await tell('email.bounced', hard, told)
    expect([answer.status, await answer.text()]).toEqual([401, ''])
    expect(await state()).toBe('sent')
  })

  test('has no address where the service is not set up', async () => {
    expect((await tell('email.bounced', hard, { bindings: { RESEND_WEBHOOK_SECRET: undefined } })).status).toBe(404)
    expect((await ask('/hooks/demo/resend')).status).toBe(404)
  })

  test('is lifted by staff, for the family’s own address only', async () => {
    await tell('email.bounced', hard)
    const staff = asStaff(one.account)
    const other = await cast()
    await expect(commit(staff, liftSuppression(staff, other.family.id, address))).rejects.toThrow('changed-meanwhile')
    expect(await suppressed()).toHaveLength(1)
    await commit(staff, liftSuppression(staff, one.family.id, address))
    expect(await suppressed()).toEqual([])
  })
})
