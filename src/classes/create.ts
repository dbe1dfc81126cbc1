import type { SQL } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { newest, type Statement } from '../database'
import { classes, classInstructors, classTuitions, timeslots } from '../schema/classes'
import type { Slot } from './classes'

type Ref = number | SQL<number>

export interface NewClass {
  name: string
  description?: string | null
  locationId: Ref
  programId: Ref
  maxStudents: number
  /** ISO durations, "P3Y6M". */
  minAge?: string | null
  maxAge?: string | null
  gender?: 'male' | 'female' | 'any'
  /** A session's first and last day; none for a class that goes on. */
  startDate?: string | null
  endDate?: string | null
  slots: Slot[]
  tuitionCents?: number
  tuitionUnit?: 'flat' | 'timeslot'
  billingScheduleId?: Ref
  discountScheduleId?: Ref | null
  instructorIds?: Ref[]
}

/** Makes a class with its weekly times, tuition and instructors. Inside the batch its id is newest(classes). */
export function createClass(account: Account, made: NewClass): Statement[] {
  const { db, now } = account
  const classId = newest(classes) as unknown as number
  const { slots, tuitionCents, tuitionUnit, billingScheduleId, instructorIds, ...row } = made
  return [
    db.insert(classes).values({
      ...row,
      sortName: made.name.toLowerCase(),
      locationId: made.locationId as number,
      programId: made.programId as number,
      discountScheduleId: (made.discountScheduleId ?? null) as number | null,
      billDates: made.endDate ? 'session' : 'monthly',
      createdAt: now,
      updatedAt: now,
    }),
    ...slots.map(({ weekday, start, end }) =>
      db.insert(timeslots).values({
        classId,
        weekday,
        startTime: start,
        endTime: end,
      }),
    ),
    ...(tuitionCents === undefined
      ? []
      : [
          db.insert(classTuitions).values({
            classId,
            billingScheduleId: (billingScheduleId ?? 1) as number,
            cents: tuitionCents,
            unit: tuitionUnit ?? 'flat',
            isDefault: 1,
          }),
        ]),
    ...(instructorIds ?? []).map(staffId =>
      db.insert(classInstructors).values({ classId, staffId: staffId as number }),
    ),
    ...audit(account, 'create class', `created the class ${made.name}`, [['class', newest(classes)]]),
  ]
}
