import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { type Answer, commit, must, Refusal, read, refusalOf, type Statement } from '../database'
import { because } from '../refusals'
import { classes, classInstructors } from '../schema/classes'

const chosenId = z.coerce.number().int().positive().max(1e15)
/** Nothing is no change. */
const unchanged = z.literal('').transform(() => undefined)
const or = <S extends z.ZodType>(field: S) => unchanged.or(field).optional().catch(undefined)
const none = z.literal('none').transform(() => null)
const onOff = or(z.enum(['1', '0']).transform(Number))

/** What Quick Edit can change of several classes at once: what stays empty stays as it is. */
export const quickForm = z.object({
  instructor: or(none.or(chosenId)),
  zone: or(none.or(chosenId)),
  level: or(none.or(chosenId)),
  program: or(chosenId),
  places: unchanged.or(z.coerce.number('Places is a number.').int().min(0).max(999, 'At most 999 places.')).optional(),
  show: onOff,
  openings: onOff,
  registration: onOff,
})

export type QuickEdit = z.output<typeof quickForm>

export const isNothing = (edit: QuickEdit) => Object.values(edit).every(value => value === undefined)

/** So many can be ticked: a page of the list. */
export const mostTicked = 50
/** What one class sends to D1. */
export const statementsEach = 8

/** Who teaches a class, as JSON, in their order. */
export const instructorsOf = (id: SQL) =>
  sql<string>`(select json_group_array(staff_id) from (select i.staff_id from class_instructors i where i.class_id = ${id} order by i.sort, i.staff_id))`

/** Those of the ticked classes that this person may change, by name. */
export function tickedQuery({ db }: Account, person: Staffer, ids: number[]) {
  return db
    .select({
      id: classes.id,
      name: classes.name,
      locationId: classes.locationId,
      zone: classes.zoneId,
      level: classes.levelId,
      program: classes.programId,
      places: classes.maxStudents,
      show: classes.showPortal,
      openings: classes.showOpenings,
      registration: classes.allowRegistration,
      instructors: instructorsOf(sql`${classes.id}`).as('instructors'),
    })
    .from(classes)
    .where(
      and(
        inArray(classes.id, ids.slice(0, mostTicked)),
        eq(classes.kind, 'class'),
        atPlacesOf(person, classes.locationId),
      ),
    )
    .orderBy(classes.sortName, classes.id)
}

export interface QuickReport {
  done: number
  refused: { id: number; name: string; why: string }[]
  /** What did not fit into one request; the same change can go on with them. */
  left: number[]
  /** What was asked, and what the changed classes were before: undoing goes by it. */
  edit?: QuickEdit
  was?: Was[]
  /** This tells of an undoing. */
  undone?: true
}

/** A class before it was changed. */
export interface Was {
  id: number
  name: string
  zone: number | null
  level: number | null
  program: number
  places: number
  show: number
  openings: number
  registration: number
  instructors: string
}

/**
 * Changes several classes in the same way, each in a commit of its own, so that one refusal does not undo the others.
 * What is more than one request may send to D1 is left over and named in the report.
 * @param budget how many statements this request may send
 */
export async function quickEdit(
  account: Account,
  person: Staffer,
  ids: number[],
  edit: QuickEdit,
  budget: number,
  answer: Omit<Answer, 'report'>,
): Promise<void> {
  const [ticked] = await read(account, [tickedQuery(account, person, ids)])
  if (!ticked.length || isNothing(edit)) throw new Refusal('nothing-chosen')
  const was: Was[] = []
  const report: QuickReport = { done: 0, refused: [], left: [], edit, was }
  const quiet = { ...account, form: undefined }
  for (const [nth, { locationId: _, ...before }] of ticked.entries()) {
    const { id, name } = before
    if (nth && budget - account.meter.statements < statementsEach + 4) {
      report.left.push(id)
      continue
    }
    try {
      await commit(quiet, changeOne(quiet, before, edit))
      report.done += 1
      was.push(before)
    } catch (error) {
      report.refused.push({ id, name, why: because(refusalOf(error).code) })
    }
  }
  await commit(account, [], { ...answer, report })
}

function changeOne(account: Account, before: Was, edit: QuickEdit) {
  const { id, name } = before
  const { instructor, zone } = edit
  return [
    ...(zone
      ? [
          must(
            account,
            sql`exists (select 1 from zones z join classes c on c.location_id = z.location_id where c.id = ${id} and z.id = ${zone} and z.retired_at is null)`,
            'zone-elsewhere',
          ),
        ]
      : []),
    ...written(account, id, edit, instructor === undefined ? undefined : taughtBy(edit)),
    ...audit(account, 'quick edit', `changed ${name} by Quick Edit`, [['class', id]], {
      before: only(edit, before),
      after: edit,
    }),
  ]
}

/** The column of what an edit can change; who teaches stands in rows of its own. */
export const columns = {
  zone: 'zoneId',
  level: 'levelId',
  program: 'programId',
  places: 'maxStudents',
  show: 'showPortal',
  openings: 'showOpenings',
  registration: 'allowRegistration',
} as const

export const taughtBy = ({ instructor }: QuickEdit): number[] => (instructor ? [instructor] : [])

/** What writes a class: of the columns what is given, and who teaches it where that is given, in their order. */
export function written(
  { db, now }: Account,
  id: number,
  values: Partial<Record<keyof typeof columns, number | null>>,
  teachers?: number[],
): Statement[] {
  const set = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [column, values[name as keyof typeof columns]]),
  )
  return [
    db
      .update(classes)
      .set({ updatedAt: now, ...set })
      .where(eq(classes.id, id)),
    ...(teachers ? [db.delete(classInstructors).where(eq(classInstructors.classId, id))] : []),
    ...(teachers?.length
      ? [db.insert(classInstructors).values(teachers.map((staffId, sort) => ({ classId: id, staffId, sort })))]
      : []),
  ]
}

/** Of what a class was, what an edit changes. */
export function only(edit: QuickEdit, { instructors, ...was }: Was) {
  const before: Record<string, unknown> = { ...was, instructor: JSON.parse(instructors) }
  return Object.fromEntries(
    Object.entries(edit).flatMap(([name, to]) => (to === undefined ? [] : [[name, before[name]]])),
  )
}
