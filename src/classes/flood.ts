/**
 * How many class lists were served in the last minute, business by business (CP12). It is counted in this isolate's
 * memory: what is protected is the database behind it, and a counter in that database would be part of the flood.
 */

const second = 1000
const minute = 60

interface Served {
  /** Lists served in each of the last sixty seconds; the second `n` stands at n % 60. */
  seconds: number[]
  latest: number
  /** The setting as the last list that was served knew it; 0 is no limit. */
  most: number
}

const served = new Map<string, Served>()

/** Empties the seconds that have gone by; a clock that was set back begins anew. */
function upTo(one: Served, now: number): Served {
  const at = Math.floor(now / second)
  if (at < one.latest || at - one.latest >= minute) one.seconds.fill(0)
  else for (let gone = one.latest + 1; gone <= at; gone++) one.seconds[gone % minute] = 0
  one.latest = at
  return one
}

/**
 * Counts a list that is served.
 * @param most how many a minute may bring; 0 sets no limit
 */
export function countSearch(slug: string, now: number, most: number): void {
  const one = upTo(served.get(slug) ?? { seconds: Array(minute).fill(0), latest: Math.floor(now / second), most }, now)
  one.most = most
  one.seconds[one.latest % minute] = (one.seconds[one.latest % minute] ?? 0) + 1
  served.set(slug, one)
}

/**
 * Whether the last minute has brought as many searches as it may. Those that were turned away do not count, or a crowd
 * that looks again every thirty seconds would keep everybody out for ever.
 */
export function isFlooded(slug: string, now: number): boolean {
  const one = served.get(slug)
  if (!one?.most) return false
  return upTo(one, now).seconds.reduce((sum, count) => sum + count, 0) >= one.most
}
