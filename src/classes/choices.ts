import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { classes, classInstructors, classTerms } from '../schema/classes'
import { levels, terms } from '../schema/programs'
import { staff } from '../schema/staff'
import type { ClassRow } from './classes'
import { type Around, type FilterName, filters, offers } from './finder'

/** What can be chosen in a filter, as a form shows it. */
export interface Choice {
  value: number
  label: string
}

const shown = and(eq(classes.state, 'active'), eq(classes.kind, 'class'), eq(classes.showPortal, 1))

/** Levels, instructors and sessions of the classes that families may look at, for the filters that are offered. */
export function aroundQueries(account: Account) {
  const { db } = account
  const unless = (name: FilterName) => (offers(account, name) ? undefined : sql`0`)
  return [
    db
      .select({ id: sql<number>`${levels.id}`.as('level_id'), name: sql<string>`${levels.name}`.as('level_name') })
      .from(levels)
      .where(and(isNull(levels.retiredAt), unless('level')))
      .orderBy(asc(levels.sort))
      .limit(100),
    db
      .select({
        classId: classInstructors.classId,
        id: sql<number>`${staff.id}`.as('teacher_id'),
        name: sql<string>`coalesce(${staff.displayName}, ${staff.firstName})`.as('teacher_name'),
      })
      .from(classes)
      .innerJoin(classInstructors, eq(classInstructors.classId, classes.id))
      .innerJoin(staff, eq(staff.id, classInstructors.staffId))
      .where(and(shown, unless('teacher')))
      .limit(500),
    db
      .select({
        classId: classTerms.classId,
        id: sql<number>`${terms.id}`.as('term_id'),
        name: sql<string>`${terms.name}`.as('term_name'),
      })
      .from(classes)
      .innerJoin(classTerms, eq(classTerms.classId, classes.id))
      .innerJoin(terms, eq(terms.id, classTerms.termId))
      .where(and(shown, isNull(terms.retiredAt), unless('session')))
      .orderBy(asc(terms.startDate))
      .limit(500),
  ] as const
}

type Named = { id: number; name: string }
type OfClass = Named & { classId: number }

/** What the classes' filters can choose among, and what is known around each class. A choice of one is none. */
export function gathered(
  account: Account,
  rows: ClassRow[],
  [levelRows, teachers, sessions]: [Named[], OfClass[], OfClass[]],
) {
  const around = new Map<number, { teachers: Set<number>; sessions: Set<number> }>()
  const at = (classId: number) => {
    const known = around.get(classId) ?? { teachers: new Set(), sessions: new Set() }
    around.set(classId, known)
    return known
  }
  for (const { classId, id } of teachers) at(classId).teachers.add(id)
  for (const { classId, id } of sessions) at(classId).sessions.add(id)
  const used = new Set(rows.map(({ levelId }) => levelId))
  const distinct = (named: Iterable<[number, string]>): Choice[] =>
    [...new Map(named)].map(([value, label]) => ({ value, label }))
  const all: Partial<Record<FilterName, Choice[]>> = {
    location: distinct(rows.map(({ locationId, locationName }) => [locationId, locationName])),
    program: distinct(rows.map(({ programId, programName }) => [programId, programName])),
    level: levelRows.filter(({ id }) => used.has(id)).map(({ id, name }) => ({ value: id, label: name })),
    teacher: distinct(teachers.map(({ id, name }) => [id, name])).sort((a, b) => a.label.localeCompare(b.label)),
    session: distinct(sessions.map(({ id, name }) => [id, name])),
  }
  const choices: Partial<Record<FilterName, Choice[]>> = {}
  for (const name of filters) {
    const list = all[name]
    if (offers(account, name) && (!list || list.length > 1)) choices[name] = list ?? []
  }
  if (!rows.some(({ gender }) => gender !== 'any')) delete choices.gender
  return { choices, aroundOf: (classId: number): Around | undefined => around.get(classId) }
}
