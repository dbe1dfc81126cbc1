import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addDays } from '../../src/clock'
import { commit } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { postPayment } from '../../src/ledger/payments'
import { type Cast, cast, pick, todayThere } from '../cast'
import { words } from '../knock'
import { loggedIn, set } from '../visit'

const at = '/p/demo/account'

const charge = (c: Cast, title: string, on: string, cents: number, locationId = c.locationId) =>
  commit(
    c.account,
    postCharge(c.account, {
      familyId: c.family.id,
      locationId,
      kind: 'other',
      title,
      on,
      due: on,
      lines: [{ kind: 'other', cents, categoryId: 6, programId: c.programId }],
    }),
  )
const pay = (c: Cast, cents: number, on: string, locationId = c.locationId) =>
  commit(
    c.account,
    postPayment(c.account, {
      familyId: c.family.id,
      locationId,
      type: 'cash',
      cents,
      on,
      reference: `Cash of ${on}`,
      allocations: [],
    }),
  )
const elsewhere = async () =>
  (
    await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${crypto.randomUUID()}, 'Harbor Pool', 'America/Chicago', 0) returning id`,
    )
  )[0]?.id ?? 0

test('a statement says what is outstanding today at the location, and asks for no dates', async () => {
  const c = await cast()
  const harbor = await elsewhere()
  await charge(c, 'Old leotard', '2024-01-05', 5000)
  await charge(c, 'Swim cap', todayThere, 700, harbor)
  await charge(c, 'Next month', addDays(todayThere, 20), 9900)
  const ana = await loggedIn(c)
  const page = words((await ana.get(at)).text)
  expect(page).toContain('Generate Statement for This Location')
  const here = words((await ana.get(`${at}/statement?location=${c.locationId}&from=2026-11-01&to=2026-11-02`)).text)
  expect([here.includes('Old leotard'), here.includes('Swim cap'), here.includes('Next month')]).toEqual([
    true,
    false,
    false,
  ])
  expect(here).toContain('Outstanding: $50.00')
  const there = words((await ana.get(`${at}/statement?location=${harbor}`)).text)
  expect([there.includes('Swim cap'), there.includes('Outstanding: $7.00'), there.includes('Harbor Pool')]).toEqual([
    true,
    true,
    true,
  ])
})

test('a ledger has the dates that are chosen; without the setting the past thirty days, whatever the address says', async () => {
  const c = await cast()
  await charge(c, 'First of all', '2024-01-05', 5000)
  await charge(c, 'Lately', addDays(todayThere, -10), 2000)
  await pay(c, 1500, addDays(todayThere, -5))
  const ana = await loggedIn(c)
  const asked = `${at}/ledger?location=${c.locationId}&from=2024-01-01&to=${todayThere}`
  const all = words((await ana.get(asked)).text)
  expect(all).toMatch(
    /Balance before: \$0\.00.*First of all.*Lately.*\$70\.00.*Cash of.*\$15\.00.*Balance after: \$55\.00/,
  )
  const bad = await ana.get(`${at}/ledger?from=soon`)
  expect([bad.status, bad.text.includes('First day is not a date')]).toEqual([422, true])
  expect((await ana.get(`${at}/ledger?from=2026-11-02&to=2026-11-01`)).text).toContain(
    'The last day is before the first.',
  )
  await set(c.account, 'fin.show_full_ledger', false)
  const page = await ana.get(asked)
  const lately = words(page.text)
  expect([lately.includes('First of all'), lately.includes('Lately'), page.text.includes('name="from"')]).toEqual([
    false,
    true,
    false,
  ])
  expect(lately).toContain('Balance before: $50.00')
  await set(c.account, 'fin.show_full_ledger', true)
})

test('each is switched off by itself, also by its address, and the limited view has neither', async () => {
  const c = await cast()
  const ana = await loggedIn(c)
  for (const [name, path, label] of [
    ['fin.allow_statement', 'statement', 'Generate Statement'],
    ['fin.allow_ledger', 'ledger', 'Generate Ledger'],
  ] as const) {
    await set(c.account, name, false)
    expect((await ana.get(at)).text).not.toContain(label)
    expect((await ana.get(`${at}/${path}`)).status).toBe(404)
    await set(c.account, name, true)
    expect((await ana.get(`${at}/${path}`)).status).toBe(200)
  }
  await pick(sql`update guardians set role = 'secondary', access = 'limited' where id = ${c.guardian.id}`)
  for (const path of ['statement', 'ledger']) expect((await ana.get(`${at}/${path}`)).status).toBe(409)
})

test('the history is complete: page after page to its first line, each line once, by kind', async () => {
  const c = await cast()
  for (let nth = 0; nth < 47; nth++) await charge(c, `Charge ${nth}.`, addDays('2025-01-01', nth % 9), 100 + nth)
  await pay(c, 300, '2025-02-01')
  const ana = await loggedIn(c)
  const seen: string[] = []
  let path = `${at}?transactions=charges`
  let pages = 0
  for (; path; pages++) {
    const { text } = await ana.get(path)
    seen.push(...[...text.matchAll(/Charge (\d+)\./g)].map(([, nth]) => nth as string))
    expect(text).not.toContain('Cash of')
    path = text.match(/href="([^"]*behind=[^"#]*)[^"]*"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
  }
  expect([pages, seen.length, new Set(seen).size]).toEqual([3, 47, 47])
  expect((await ana.get(`${at}?transactions=payments`)).text).toContain('Cash of')
  expect((await ana.get(`${at}?behind=nonsense`)).status).toBe(200)
})
