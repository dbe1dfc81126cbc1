import { formats, type ImportKind } from './kinds'
import type { StagedLine } from './lines'

/** What was counted of a file: by name of a table, what it would make; and after publishing, what it made. */
export interface Summary {
  accepted: number
  refused: number
  makes: Record<string, number>
  made?: Record<string, number>
}

/** Row writes a day on the free plan of Workers (D1 limits, November 2026): with an index entry counted like a row. */
export const freeWritesADay = 100_000

/** Counts what the lines would make of an empty business. */
export function summarize(kind: ImportKind, lines: StagedLine[]): Summary {
  const makes: Record<string, number> = Object.fromEntries(Object.keys(formats[kind].makes).map(name => [name, 0]))
  const add = (name: string, count = 1) => {
    makes[name] = (makes[name] ?? 0) + count
  }
  let refused = 0
  for (const { data, refused: why } of lines) {
    if (why !== null) refused += 1
    else count(data, add)
  }
  return { accepted: lines.length - refused, refused, makes }
}

function count(data: StagedLine['data'], add: (name: string, count?: number) => void) {
  if (data.newPlace) add('locations')
  if (data.newSection) add('programs')
  if (data.makes === 'class' || data.newCourse) add('classes')
  if (data.makes === 'class') add('timeslots', (data.days as number[]).length)
  if (data.makes === 'meeting') add('meetings')
  if (data.makes === 'guardian') add('guardians')
  if (data.role === 'primary') add('families')
  if (data.line1) add('addresses')
  if (data.email) {
    add('logins')
    add('contacts')
  }
  if (data.makes === 'student') {
    add('students')
    add('family_students', (data.families as string[]).length)
  }
}

/** Rows and index entries that publishing writes at most: less when some of it is here already. */
export function writesOf(kind: ImportKind, { makes }: Summary): number {
  return Object.entries(formats[kind].makes).reduce((sum, [name, { writes }]) => sum + writes * (makes[name] ?? 0), 0)
}
