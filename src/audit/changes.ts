import { sayMoment } from '../clock'
import { typed } from '../money'

/** One thing that an act changed, in words. */
export interface Change {
  what: string
  before: string
  after: string
}

/**
 * What stood before and what stands now, as a table of what differs. The log keeps both as JSON of whatever shape the act
 * had at hand: fields become words, cents amounts, moments days and times.
 */
export function changesIn(before: string | null, after: string | null, zone: string): Change[] {
  const [was, is] = [before, after].map(text => (text === null ? undefined : (JSON.parse(text) as unknown)))
  if (!isFields(was) && !isFields(is)) {
    return was === undefined && is === undefined
      ? []
      : [{ what: 'Value', before: say('', was, zone), after: say('', is, zone) }]
  }
  const [from, to] = [was, is].map(side => (isFields(side) ? side : side === undefined ? {} : { value: side })) as [
    Fields,
    Fields,
  ]
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter(name => JSON.stringify(from[name]) !== JSON.stringify(to[name]))
    .map(name => ({ what: sayField(name), before: say(name, from[name], zone), after: say(name, to[name], zone) }))
}

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** "dropDate" and "drop_date" as "Drop date"; ids and units are not part of the name. */
function sayField(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.-]+/g, ' ')
    .toLowerCase()
    .replace(/ (cents|ids?)$/, '')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const longest = 300

function say(name: string, value: unknown, zone: string): string {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') {
    if (/cents$/i.test(name)) return typed(value)
    return /(^|_|[a-z])at$/i.test(name) && value > 1e11 ? sayMoment(value, zone) : String(value)
  }
  if (Array.isArray(value)) return cut(value.map(one => say(name, one, zone)).join(', '))
  if (isFields(value))
    return cut(
      Object.entries(value)
        .map(([key, one]) => `${sayField(key)}: ${say(key, one, zone) || 'none'}`)
        .join('; '),
    )
  return cut(String(value))
}

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)
