import { and, eq, inArray, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { type Answer, commit, must, Refusal, read, refusalOf } from '../database'
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
const statementsEach = 8

/** Those of the ticked classes that this person may change, by name. */
export function tickedQuery({ db }: Account, person: Staffer, ids: number[]) {
  return db
    .select({ id: classes.id, name: classes.name, locationId: classes.locationId })
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
  const report: QuickReport = { done: 0, refused: [], left: [] }
  const quiet = { ...account, form: undefined }
  for (const [nth, { id, name }] of ticked.entries()) {
    if (nth && budget - account.meter.statements < statementsEach + 4) {
      report.left.push(id)
      continue
    }
    try {
      await commit(quiet, changeOne(quiet, id, name, edit))
      report.done += 1
    } catch (error) {
      report.refused.push({ id, name, why: because(refusalOf(error).code) })
    }
  }
  await commit(account, [], { ...answer, report })
}

function changeOne(account: Account, id: number, name: string, edit: QuickEdit) {
  const { db, now } = account
  const { instructor, zone, level, program, places, show, openings, registration } = edit
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
    db
      .update(classes)
      .set({
        updatedAt: now,
        zoneId: zone,
        levelId: level,
        programId: program,
        maxStudents: places,
        showPortal: show,
        showOpenings: openings,
        allowRegistration: registration,
      })
      .where(eq(classes.id, id)),
    ...(instructor === undefined
      ? []
      : [
          db.delete(classInstructors).where(eq(classInstructors.classId, id)),
          ...(instructor ? [db.insert(classInstructors).values({ classId: id, staffId: instructor })] : []),
        ]),
    ...audit(account, 'quick edit', `changed ${name} by Quick Edit`, [['class', id]], { after: edit }),
  ]
}
