import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { windowFloor } from '../../src/activity/pending'
import type { Env } from '../../src/env'
import { settingsFrom } from '../../src/settings'
import { enterOffice, now, openEntries, visit } from '../budgets/site'
import { pick } from '../cast'

const { DB } = env as unknown as Env
const waits = sql`closed_at is null and status = 'pending' and created_at > ${windowFloor({ now, settings: settingsFrom([]) })}`
const badge = async (cookie: string) =>
  Number((await visit('/a/demo/online-activity/badge', cookie)).html.match(/\d+/)?.[0] ?? 0)

test('the badge counts what waits, whatever happens to the entries, and only in the places of who looks', async () => {
  const owner = await enterOffice('owner')
  const coach = await enterOffice('coach', [1])
  await openEntries(400)
  const change = (text: string) => DB.prepare(text).run()
  // So few are left that the badge says a figure.
  await change("update activity set closed_at = created_at, outcome = 'denied' where id > 200")
  await change("update activity set location_id = 2 where id % 5 = 0 and status = 'pending'")
  await change("update activity set status = 'approved' where id % 7 = 0")
  await change("update activity set created_at = 1 where id % 11 = 0 and status = 'pending'")
  await change('delete from activity where id % 13 = 0')
  await change(
    "update activity set closed_at = null, outcome = null where id between 201 and 210 and status = 'pending'",
  )
  await change('update activity set location_id = null where location_id = 3')
  const [all] = await pick<{ n: number }>(sql`select count(*) as n from activity where ${waits}`)
  const [here] = await pick<{ n: number }>(
    sql`select count(*) as n from activity where ${waits} and (location_id is null or location_id = 1)`,
  )
  expect([all?.n, here?.n].every(n => n && n < 100)).toBe(true)
  expect(here?.n).toBeLessThan(all?.n ?? 0)
  expect([await badge(owner), await badge(coach)]).toEqual([all?.n, here?.n])
})
