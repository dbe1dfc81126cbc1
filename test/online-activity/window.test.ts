import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { kindNames } from '../../src/activity/kind-names'
import { log, type Status } from '../../src/activity/log'
import { commit } from '../../src/database'
import { filterIn, wasOf } from '../../src/online-activity/filter'
import { kinds } from '../../src/online-activity/kinds'
import { page } from '../../src/online-activity/window'
import { locations } from '../../src/schema/locations'
import { asStaff, type Cast, cast, pick } from '../cast'

const day = 86_400_000
let one: Cast
let account: Account
let places: number[]
interface Made {
  id: number
  kind: (typeof kindNames)[number]
  status: Status
  location_id: number | null
  has_notes: number
  created_at: number
  closed_at: number | null
}
let made: Made[]

beforeAll(async () => {
  one = await cast()
  account = asStaff(one.account)
  await commit(
    account,
    ['north', 'south'].map(slug =>
      account.db.insert(locations).values({ slug, name: slug, timeZone: 'America/Chicago', createdAt: 0 }),
    ),
  )
  places = (await pick(sql`select id from locations order by id`)).map(({ id }) => id)
  let seed = 11
  const below = (limit: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % limit
  }
  const entries = Array.from({ length: 900 }, (_, nth) => {
    const kind = kindNames[below(kindNames.length)] ?? 'payment'
    const statuses = kinds[kind].statuses
    const at = { ...account, now: account.now - below(95) * day - below(5) * 1000 - 1 }
    return log(at, {
      kind,
      status: statuses[below(statuses.length)] ?? 'notification',
      familyId: one.family.id,
      locationId: [null, ...places][below(places.length + 1)] ?? null,
      subject: 'test',
      subjectId: nth,
      particulars: {},
      notes: below(3) ? null : 'a note',
    })
  })
  for (let from = 0; from < entries.length; from += 90) await commit(account, entries.slice(from, from + 90))
  await commit(account, [
    account.db
      .update((await import('../../src/schema/activity')).activity)
      .set({ closedAt: account.now, outcome: 'dismissed', closedBy: 'x' })
      .where(sql`id % 5 = 0`),
  ])
  made = await pick<Made>(sql`select * from activity`)
})

/** What the seed says a filter shows, without an index: the truth to compare with. */
function expected(search: Record<string, string>, mine: number[]): number[] {
  const { type, notes, status, location } = { type: '', notes: '', status: '', location: '', ...search }
  return made
    .filter(entry => entry.closed_at === null && entry.created_at > account.now - 90 * day)
    .filter(entry => !type || entry.kind === type)
    .filter(entry => !notes || (notes === 'yes') === (entry.has_notes === 1))
    .filter(entry => !status || entry.status === status)
    .filter(entry =>
      location === 'none' ? entry.location_id === null : location ? entry.location_id === Number(location) : true,
    )
    .filter(entry => !mine.length || entry.location_id === null || mine.includes(entry.location_id))
    .sort((a, b) => b.created_at - a.created_at || b.id - a.id)
    .map(({ id }) => id)
}

const shown = async (search: Record<string, string>, mine: number[] = [], counting = false) =>
  page(account, kinds, filterIn(search, mine.length ? mine : places), mine, counting)

describe('the window shows what the filters say', () => {
  const types = ['', ...kindNames]
  test.each(types)('of type “%s”, with every status, notes and place', async type => {
    for (const notes of ['', 'yes', 'no'])
      for (const status of ['', 'notification', 'pending', 'approved'])
        for (const location of ['', 'none', String(places[0])]) {
          const search = { type, notes, status, location, per: '200' }
          const { rows, total } = await shown(search, [], true)
          const truth = expected(search, [])
          expect(
            rows.map(({ id }) => id),
            JSON.stringify(search),
          ).toEqual(truth.slice(0, 200))
          expect(total, JSON.stringify(search)).toEqual({ count: truth.length, more: false })
        }
  })

  test('a total is exact without counting where the list fits on its page, and never too high where it does not', async () => {
    const truth = expected({}, []).length
    expect((await shown({ per: '200' })).total).toEqual(
      truth > 200 ? { count: 200, more: true } : { count: truth, more: false },
    )
    expect((await shown({ per: '10' })).total).toEqual({ count: 10, more: true })
    expect((await shown({ per: '10' }, [], true)).total).toEqual({ count: truth, more: false })
    expect((await shown({ per: '10', page: '3' })).total, 'a typed page').toEqual({ count: truth, more: false })
  })

  test('to somebody of two places, only those and what has none', async () => {
    const mine = places.slice(0, 2)
    for (const search of [
      {},
      { status: 'pending' },
      { type: 'absence' },
      { notes: 'yes' },
      { type: 'policy', location: 'none' },
    ] as Record<string, string>[]) {
      const { rows } = await shown({ ...search, per: '200' }, mine)
      expect(
        rows.map(({ id }) => id),
        JSON.stringify(search),
      ).toEqual(expected(search, mine).slice(0, 200))
    }
  })

  test('page by page forwards and back, nothing twice and nothing left out', async () => {
    for (const search of [{}, { status: 'notification' }, { type: 'absence', notes: 'no' }] as Record<
      string,
      string
    >[]) {
      const truth = expected(search, [])
      const seen: number[] = []
      let next: Record<string, string> = { ...search, per: '17' }
      for (let nth = 1; ; nth++) {
        const { rows, hasNext, hasPrevious } = await shown(next)
        seen.push(...rows.map(({ id }) => id))
        expect(hasPrevious).toBe(nth > 1)
        const last = rows.at(-1)
        if (!hasNext || !last) break
        next = { ...search, per: '17', page: String(nth + 1), after: `${last.createdAt}-${last.id}` }
      }
      expect(seen).toEqual(truth)
      const middle = made.find(({ id }) => id === truth[40])
      if (!middle) continue
      const back = await shown({ ...search, per: '17', page: '3', before: `${middle.created_at}-${middle.id}` })
      expect(back.rows.map(({ id }) => id)).toEqual(truth.slice(23, 40))
      const typed = await shown({ ...search, per: '10', page: '4' })
      expect(typed.rows.map(({ id }) => id)).toEqual(truth.slice(30, 40))
    }
  })

  test('entries leave at ninety days, exactly', async () => {
    const at = { ...account, now: account.now - 90 * day }
    await commit(account, [
      log(
        { ...at, now: at.now + 1 },
        {
          kind: 'payment',
          status: 'notification',
          familyId: one.family.id,
          subject: 'edge',
          subjectId: 1,
          particulars: {},
        },
      ),
      log(at, {
        kind: 'payment',
        status: 'notification',
        familyId: one.family.id,
        subject: 'edge',
        subjectId: 2,
        particulars: {},
      }),
    ])
    const { rows } = await shown({ type: 'payment', per: '200' })
    expect(rows.filter(({ subject }) => subject === 'edge').map(({ subjectId }) => subjectId)).toEqual([1])
    expect(
      (
        await page({ ...account, now: account.now + 1 }, kinds, filterIn({ type: 'payment', per: '200' }, places), [])
      ).rows.some(({ subject }) => subject === 'edge'),
    ).toBe(false)
  })
})

describe('a filter in the address', () => {
  test('numbers out of range are put right and said', () => {
    expect(filterIn({ per: '0' }, [])).toMatchObject({ per: 1, corrected: 'Items per page begins at 1.' })
    expect(filterIn({ per: '5000' }, [])).toMatchObject({ per: 200, corrected: 'Items per page ends at 200.' })
    expect(filterIn({ per: 'many' }, [])).toMatchObject({
      per: 50,
      corrected: 'Items per page was not a number, so it is 50.',
    })
    expect(filterIn({ page: '-3' }, [])).toMatchObject({ page: 1 })
    expect(filterIn({ page: '99999' }, [])).toMatchObject({ page: 200 })
    expect(filterIn({}, []).corrected).toBeUndefined()
  })

  test('other filters than the form was shown with begin at page 1', () => {
    const was = wasOf(filterIn({}, []))
    expect(filterIn({ page: '7', was, status: 'pending' }, []).page).toBe(1)
    expect(filterIn({ page: '7', was }, []).page).toBe(7)
  })

  test('what does not exist counts as All and is said', () => {
    expect(filterIn({ type: 'nonsense', location: '999' }, [1])).toMatchObject({ type: '', location: '' })
    expect(filterIn({ type: 'nonsense' }, []).corrected).toContain('no such type')
    expect(filterIn({ location: '999' }, [1]).corrected).toContain('not one of yours')
  })
})
