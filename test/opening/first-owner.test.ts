import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Account, system } from '../../src/accounts/account'
import { openAccount } from '../../src/accounts/open'
import { newLinkToken } from '../../src/auth/link-token'
import { hashToken } from '../../src/auth/sessions'
import { commit } from '../../src/database'
import type { Env } from '../../src/env'
import { settings } from '../../src/schema/settings'
import { staff } from '../../src/schema/staff'
import { now, pick } from '../cast'
import { Visitor } from '../visit'

let account: Account

beforeAll(async () => {
  account = (await openAccount(env as unknown as Env, 'demo', system)) as Account
})

const typed = { first: 'Kit', last: 'Vale', email: 'kit@example.test', password: 'a sentence of my own' }

/** What a deployment leaves in the database. */
async function printed(until = now + 3_600_000): Promise<string> {
  const token = newLinkToken()
  const value = JSON.stringify({ hash: await hashToken(token), until })
  const row = { name: 'opening.link', locationId: 0, value, updatedAt: 0, who: 'deploy' }
  await commit(account, [
    account.db
      .insert(settings)
      .values(row)
      .onConflictDoUpdate({ target: [settings.name, settings.locationId], set: row }),
  ])
  return `/a/demo/first-owner/${token}`
}

const owners = () => pick<{ n: number }>(sql`select count(*) as n from ${staff} where is_owner = 1`)

describe('the link that a deployment prints', () => {
  test('asks again for what is missing, and keeps what was typed', async () => {
    const link = await printed()
    const visitor = new Visitor()
    expect((await visitor.get(link)).text).toContain('Become the owner')
    const answer = await visitor.post(link, { ...typed, email: 'nobody', password: 'password' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('value="Kit"')
    expect(answer.text).toContain('Too many people use this password.')
    expect(answer.text).not.toContain('value="password"')
    expect((await owners())[0]?.n).toBe(0)
  })

  test('that is old, replaced or invented opens nothing', async () => {
    const replaced = await printed()
    await printed()
    const old = await printed(now - 1)
    for (const link of [replaced, old, `/a/demo/first-owner/${newLinkToken()}`, '/a/demo/first-owner/x']) {
      expect((await new Visitor().get(link)).text).toContain('does not open any more')
      expect((await new Visitor().post(link, typed)).status).toBe(409)
    }
    expect((await owners())[0]?.n).toBe(0)
  })

  test('makes one of two who open it at once the owner, logged in, with the audit log to tell', async () => {
    const link = await printed()
    const two = [new Visitor(), new Visitor()]
    const answers = await Promise.all(
      two.map((visitor, nth) => visitor.post(link, { ...typed, email: `kit-${nth}@example.test` })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    const first = answers.findIndex(({ status }) => status === 303)
    expect(answers[first]?.location).toBe('/a/demo/first-steps')
    expect((await owners())[0]?.n).toBe(1)
    const page = await two[first]?.get('/a/demo/first-steps')
    expect(page?.status).toBe(200)
    expect((await two[1 - first]?.get('/a/demo/first-steps'))?.status).toBe(303)
    expect((await new Visitor().get(link)).text).toContain('does not open any more')
    expect(await pick(sql`select value from settings where name = 'opening.link'`)).toEqual([])
    const [line] = await pick<{ who: string }>(sql`select who from audit where action = 'hire'`)
    expect(line?.who).toBe(`kit-${first}@example.test`)
  })
})
