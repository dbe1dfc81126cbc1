import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Account, system } from '../../src/accounts/account'
import { openAccount } from '../../src/accounts/open'
import type { Env } from '../../src/env'
import { consume } from '../../src/jobs'
import { now, pick } from '../cast'
import { clockAt } from '../knock'
import { atDesk, type Desk } from '../staff/desk'

let owner: Desk
let watcher: Desk
const bindings = env as unknown as Env

beforeAll(async () => {
  const account = (await openAccount(bindings, 'demo', system, now)) as Account
  owner = await atDesk(account, { isOwner: true })
  watcher = await atDesk(account, { rights: { 'Office Portal': 1, Settings: 1 } })
})

const setting = async (name: string) =>
  (await pick<{ value: string }>(sql`select value from settings where name = ${name}`))[0]?.value

describe('the first steps', () => {
  const business = { business: 'Little Gym', location: 'Main Street', zone: 'America/Toronto', currency: 'cad' }

  test('begin with a business that has no location yet', async () => {
    const page = await owner.get('/first-steps')
    expect(page.text).toContain('2 of 5 done')
    const wrong = await owner.post('/first-steps/business/keeping', { ...business, zone: 'Mars', currency: 'XYZ' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('This is no time zone')
    expect(wrong.text).toContain('This is no currency')
    expect(wrong.text).toContain('value="Little Gym"')
    const done = await owner.post('/first-steps/business/keeping', business)
    expect(done.location).toBe('/a/demo/first-steps?done=business')
    expect(await pick(sql`select name, time_zone, currency from locations`)).toEqual([
      { name: 'Main Street', time_zone: 'America/Toronto', currency: 'CAD' },
    ])
    expect(await setting('business.name')).toBe('"Little Gym"')
    expect((await owner.get('/first-steps')).text).toContain('3 of 5 done')
    await owner.post('/first-steps/business/keeping', { ...business, location: 'High Street' })
    expect(await pick(sql`select name from locations`)).toEqual([{ name: 'High Street' }])
    const actions = (await pick<{ action: string }>(sql`select action from audit order by id`)).map(one => one.action)
    expect(actions.slice(-3)).toEqual(['change setting', 'open location', 'change location'])
  })

  test('are put off and taken up again', async () => {
    await owner.post('/first-steps/branding/skip', {})
    expect(await setting('opening.later')).toBe('"branding"')
    expect((await owner.get('/first-steps')).text).toContain('Take up again: Its look')
    await owner.post('/first-steps/branding/skip', {})
    expect(await setting('opening.later')).toBe('""')
  })

  test('keep who delivers and who takes payments, and try both', async () => {
    const form = { driver: 'local', from: 'hello@gym.example', reply: '' }
    expect((await owner.post('/first-steps/mail/keeping', { ...form, from: 'nobody' })).status).toBe(422)
    expect((await owner.post('/first-steps/mail/keeping', form)).status).toBe(303)
    expect(await setting('mail.from_address')).toBe('"hello@gym.example"')
    expect((await owner.post('/first-steps/mail/test', {})).location).toBe('/a/demo/first-steps?done=test-mail')
    expect(await pick(sql`select template from messages`)).toEqual([{ template: 'mail-test' }])
    expect((await owner.post('/first-steps/payments/test', {})).location).toContain('done=test-payments')
    await owner.post('/first-steps/payments/keeping', { gateway: 'stripe' })
    const refused = await owner.post('/first-steps/payments/test', {})
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('no key of Stripe')
    expect((await owner.post('/first-steps/payments/keeping', { gateway: 'gold' })).status).toBe(422)
  })

  test('are seen by whoever sees the settings, taken by whoever changes them, and are five', async () => {
    expect((await watcher.get('/first-steps')).status).toBe(200)
    expect((await watcher.post('/first-steps/branding/skip', {})).status).toBe(403)
    for (const path of ['/first-steps/nothing/skip', '/first-steps/class/keeping', '/first-steps/class/test'])
      expect((await owner.post(path, {})).status, path).toBe(404)
  })
})

describe('the health check', () => {
  const line = async (name: string) =>
    (await owner.get('/settings/health')).text.split('<tr>').find(row => row.includes(`<b>${name}</b>`)) ?? ''
  const queue = (body: object, queued = 'cartwheel-jobs') =>
    consume(
      {
        queue: queued,
        messages: [{ body, attempts: 1, ack() {}, retry() {} }],
        ackAll() {},
      } as unknown as MessageBatch,
      { ...bindings, ...clockAt(now) },
    )

  test('says that the clock has not run, and then when it ran and how long its message took', async () => {
    expect(await line('Clock')).toContain('It has not run yet.')
    await queue({ account: 'demo', sweep: true, at: now - 3_600_000 })
    expect(await line('Clock')).toContain('Act now')
    await queue({ account: 'demo', sweep: true, at: now })
    expect(await line('Clock')).toContain('Good')
    expect(await line('Queue')).toContain('took 0 seconds')
  })

  test('counts what the queue gave up', async () => {
    await queue({ account: 'demo' }, 'cartwheel-jobs-dlq')
    await queue({ account: 'demo' }, 'cartwheel-jobs-dlq')
    expect(await line('Queue')).toContain('It gave up 2 messages')
    expect(await line('Queue')).toContain('Act now')
  })

  test('knows the newest migration, the size, and that this is a laptop', async () => {
    expect(await line('Database')).toContain('up to date')
    expect(await line('Size')).toMatch(/\d\.\d MB of 10240 MB/)
    expect(await line('Laptop')).toContain('test gateway')
    expect(await line('Address')).toContain('Look at it')
  })
})
