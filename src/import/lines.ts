/** A line of a file as it would be imported, or why it would not. */
export interface StagedLine {
  /** The line of the file. */
  line: number
  /** What publishing makes of it (`makes` in one word, `title` and `detail` for people), or what stood there. */
  data: { title: string; detail?: string; makes?: string; [name: string]: unknown }
  refused: string | null
}

/** What a format may know of the business while it reads: nothing else decides about a line. */
export interface Reading {
  /** The time zone of an imported place; a new one gets the zone that was chosen for the file. */
  zoneOf(slug: string): string
}

/** A line that cannot be used; the sentence says why. Thrown inside a format's reader, it ends that line alone. */
export class Unusable extends Error {}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** A value that has to be there, as one line of text. @throws Unusable */
export function text(values: Record<string, string>, column: string, label: string, max = 120): string {
  const value = optional(values, column, label, max)
  if (!value) throw new Unusable(`${label} is missing.`)
  return value
}

/** A value that may be empty: null then. @throws Unusable */
export function optional(values: Record<string, string>, column: string, label: string, max = 120): string | null {
  const value = values[column]?.trim() ?? ''
  if (value.length > max) throw new Unusable(`${label} is longer than ${max} characters.`)
  if (/[\r\n]/.test(value) || unprintable.test(value) || !value.isWellFormed())
    throw new Unusable(`${label} has a character that cannot be used.`)
  return value || null
}

/** An id of the file: short and without blanks, because rows are known by it for ever. @throws Unusable */
export function fileId(values: Record<string, string>, column: string, label: string): string {
  const value = text(values, column, label, 64)
  if (!/^[\w.-]+$/.test(value)) throw new Unusable(`${label} “${value}” is not an id.`)
  return value
}

/** A whole number within its bounds; 'None' and nothing are null. @throws Unusable */
export function whole(values: Record<string, string>, column: string, label: string, max: number): number | null {
  const value = values[column]?.trim() ?? ''
  if (value === '' || value === 'None') return null
  if (!/^\d{1,5}(\.0)?$/.test(value) || Number(value) > max)
    throw new Unusable(`${label} “${value.slice(0, 40)}” is not a number from 0 to ${max}.`)
  return Number(value)
}

/** 'HH:MM' out of two columns. @throws Unusable */
export function time(values: Record<string, string>, hour: string, minute: string, label: string): string {
  const h = whole(values, hour, `${label} hour`, 23)
  const m = whole(values, minute, `${label} minute`, 59)
  if (h === null || m === null) throw new Unusable(`${label} time is missing.`)
  return `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`
}

/** Months as the ISO duration a class keeps: 42 is 'P3Y6M', 18 is 'P1Y6M', 36 is 'P3Y'. No lower bound is no duration. */
export function monthsToAge(months: number | null): string | null {
  if (months === null) return null
  const years = Math.floor(months / 12)
  const rest = months % 12
  return `P${years || !rest ? `${years}Y` : ''}${rest ? `${rest}M` : ''}`
}

/** How a name sorts: folded, so that capitals do not come first. */
export const sortName = (...parts: string[]) => parts.join(' ').toLowerCase()

/** A line that was refused, with what stood there so that people find it. */
export function refuse(line: number, values: Record<string, string> | undefined, why: string): StagedLine {
  const shown = Object.values(values ?? {})
    .filter(Boolean)
    .slice(0, 6)
    .join(', ')
  return { line, data: { title: shown.slice(0, 160).toWellFormed() || 'Unreadable line' }, refused: why }
}

/** The sentence for a line whose columns do not match the header. */
export const wrongColumns = (columns: number) =>
  `The line has ${columns} ${columns === 1 ? 'column' : 'columns'}, which is not what the header has.`
