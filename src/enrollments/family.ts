import { and, asc, eq, gte, ne, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { type Closure, type Slot, slotsFrom } from '../classes/timetable'
import { t } from '../language'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { locations } from '../schema/locations'

/** An enrollment as its family reads it, with what is asked about it. */
export interface FamilyEnrollment {
  id: number
  studentId: number
  classId: number
  className: string
  levelId: number | null
  locationId: number
  locationName: string
  timeZone: string
  slots: Slot[]
  classStart: string | null
  classEnd: string | null
  closures: Closure[]
  teachers: string | null
  /** The chosen days of a camp, in order; nothing for a class. */
  campDays: string[] | null
  type: 'active' | 'trial' | 'makeup' | 'single_day' | 'wait'
  state: 'requested' | 'approved' | 'cancelled'
  startDate: string
  dropDate: string | null
  createdAt: number
  /** Which place on the waitlist it has, from 1; in a camp among those who wait for one of its days. */
  position: number | null
  dropAsked: number
  transferAsked: number
}

/** The family's enrollments that are not cancelled, by student and time; the caller narrows by day. */
export function familyEnrollments(
  account: Pick<Account, 'db' | 'now' | 'locations'>,
  familyId: number | SQL,
  narrow?: SQL,
) {
  const day = todayAt(account)
  return account.db
    .select({
      id: enrollments.id,
      studentId: enrollments.studentId,
      classId: enrollments.classId,
      className: sql<string>`${classes.name}`.as('class_name'),
      levelId: classes.levelId,
      locationId: classes.locationId,
      locationName: sql<string>`${locations.name}`.as('location_name'),
      timeZone: locations.timeZone,
      slots: slotsFrom(day, sql`${enrollments.classId}`).as('class_slots'),
      classStart: sql<string | null>`${classes.startDate}`.as('class_start'),
      classEnd: sql<string | null>`${classes.endDate}`.as('class_end'),
      closures: sql`(select p.closures from programs p where p.id = ${classes.programId})`
        .mapWith(text => JSON.parse(text) as Closure[])
        .as('class_closures'),
      teachers: sql<
        string | null
      >`(select group_concat(coalesce(p.display_name, p.first_name), ' and ') from class_instructors i join staff p on p.id = i.staff_id where i.class_id = ${enrollments.classId})`.as(
        'class_teachers',
      ),
      campDays:
        sql`case when ${classes.kind} = 'camp' then (select json_group_array(x.on_date) from enrollment_days x where x.enrollment_id = ${enrollments.id}) end`
          .mapWith(text => JSON.parse(text) as string[])
          .as('camp_days'),
      type: enrollments.type,
      state: enrollments.state,
      startDate: sql<string>`${enrollments.startDate}`.as('enrolled_from'),
      dropDate: enrollments.dropDate,
      createdAt: sql<number>`${enrollments.createdAt}`.as('asked_at'),
      position: sql<
        number | null
      >`case when ${enrollments.type} = 'wait' and ${enrollments.state} = 'approved' then (select count(*) from enrollments w where w.class_id = ${enrollments.classId} and w.type = 'wait' and w.state = 'approved' and (w.drop_date is null or exists (select 1 from enrollment_days x join enrollment_days y on y.on_date = x.on_date where x.enrollment_id = w.id and y.enrollment_id = ${enrollments.id})) and (w.created_at, w.id) <= (${enrollments.createdAt}, ${enrollments.id})) end`.as(
        'wait_position',
      ),
      dropAsked:
        sql<number>`exists (select 1 from drop_requests r where r.enrollment_id = ${enrollments.id} and r.state = 'requested')`.as(
          'drop_asked',
        ),
      transferAsked:
        sql<number>`exists (select 1 from transfers r where r.source_id = ${enrollments.id} and r.state in ('requested','approved'))`.as(
          'transfer_asked',
        ),
    })
    .from(enrollments)
    .innerJoin(classes, eq(classes.id, enrollments.classId))
    .innerJoin(locations, eq(locations.id, classes.locationId))
    .where(and(eq(enrollments.familyId, familyId as number), ne(enrollments.state, 'cancelled'), narrow))
    .orderBy(asc(enrollments.studentId), asc(enrollments.startDate), asc(enrollments.id))
    .$dynamic()
}

/** Those that run or are still to come on a day. */
export const notOver = (day: string) => gte(enrollments.throughDate, day)

/** "Enrolled", "Pending", "Waitlist": how a family's place stands, in a word. */
export function sayStanding({ type, state, startDate, dropDate }: FamilyEnrollment, day: string) {
  if (state === 'requested') return { word: t('Pending'), tone: 'red' as const }
  if (type === 'wait') return { word: t('Waitlist') }
  if (dropDate && dropDate < day) return { word: t('Ended') }
  if (startDate > day && type === 'active') return { word: t('Coming'), tone: 'blue' as const }
  const words = { active: t('Active'), trial: t('Trial'), makeup: t('Makeup'), single_day: t('Single day') }
  return { word: words[type], tone: 'green' as const }
}
