import { expect, test } from 'vitest'
import { kinds } from '../../src/online-activity/kinds'
import * as paths from '../../src/paths'
import { enterOffice, now, openEntries, type Visit, visit } from './site'

const at = paths.office('demo')
const shown = ({ html }: Visit) => html.split('<tr id="e').length - 1
const link = ({ html }: Visit, rel: 'next' | 'prev') =>
  html.match(new RegExp(`href="([^"]+)" rel="${rel}"`))?.[1]?.replaceAll('&amp;', '&')

/** Every filter of every third type: of one number of entries and the next each type has its turn. */
const combinations = (turn: number) =>
  ['', ...Object.keys(kinds).filter((_, nth) => nth % 3 === turn)].flatMap(type =>
    ['', 'yes', 'no'].flatMap(notes =>
      ['', 'notification', 'pending', 'approved'].flatMap(status =>
        ['', 'none', '1', '2', '3'].map(location => ({ type, notes, status, location })),
      ),
    ),
  )

/** Each filter: its first page, the next one and the way back. Gives what was over the budget. */
async function overBudget(cookie: string, turn: number) {
  const over: string[] = []
  const look = async (path: string) => {
    // Five minutes after the log-in somebody is noted to be there, which is a trip of its own.
    const seen = await visit(path, cookie, { piece: true, now })
    if (seen.status !== 200) over.push(`${path}: ${seen.status}`)
    if (!(seen.read <= 4 * shown(seen) + 100)) over.push(`${path}: ${seen.read} rows read for ${shown(seen)} shown`)
    if (!(seen.trips <= 2)) over.push(`${path}: ${seen.trips} trips`)
    return seen
  }
  for (const filter of combinations(turn)) {
    const next = link(await look(at.onlineActivity(filter)), 'next')
    const third = next && link(await look(next), 'next')
    const previous = third && link(await look(third), 'prev')
    if (previous) await look(previous)
  }
  return over
}

test.each([
  [1_000, 0],
  [100_000, 1],
])(
  'the window reads four rows for each it shows, and a hundred, at %i open entries',
  { timeout: 120_000 },
  async (entries, turn) => {
    const cookie = await enterOffice(`owner-${entries}`)
    await openEntries(entries)
    expect(await overBudget(cookie, turn)).toEqual([])
  },
)

test('so it does for somebody who works at two of three places', { timeout: 120_000 }, async () => {
  const cookie = await enterOffice('two-places', [1, 2])
  await openEntries(100_000)
  expect(await overBudget(cookie, 2)).toEqual([])
})
