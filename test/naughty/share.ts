import { inject } from 'vitest'

export const strings = inject('strings')
/** Of so many strings a field gets one; 1 with NAUGHTY=all. */
export const every = inject('every')

let turn = 0

/** The strings for the next field: with another beginning each time, so that few a field still use them all. */
export function share(): string[] {
  const from = turn++ % every
  return strings.filter((_, nth) => nth % every === from)
}
