import { asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { sayDate, sayTime } from '../clock'
import { must, type Statement } from '../database'
import { passes, passProducts } from '../schema/passes'
import { usableBy } from './passes'

/** What a punch is to pay for. */
export interface Spending {
  familyId: number | SQL
  /** Anybody of the family, where none is named. */
  studentId?: number
  use: 'classes' | 'appointments'
  programId: number | SQL
  /** Of an appointment. */
  serviceId?: number | SQL
  /** The day that is paid for, and the day on which that happens. */
  onDate: string | SQL
  day: string
}

const isAmong = (value: number | SQL, list: 'programs' | 'services') => {
  const named = sql`coalesce(${passProducts.allowed} -> ${list}, '[]')`
  return sql`(json_array_length(${named}) = 0 or ${value} in (select value from json_each(${named})))`
}

/** True of a pass, beside its product, that is good for this (A7). */
function isGoodFor({ familyId, studentId, use, programId, serviceId, onDate }: Spending): SQL {
  const whose = studentId === undefined ? sql`${passes.familyId} = ${familyId}` : usableBy(familyId, studentId)
  const service = serviceId === undefined ? sql`` : sql` and ${isAmong(serviceId, 'services')}`
  return sql`${whose} and ${passes.suspendedAt} is null and ${passes.expiresOn} >= ${onDate} and coalesce(${passProducts.allowed} ->> 'uses', 'classes') in (${use}, 'both') and ${isAmong(programId, 'programs')}${service}`
}

/** The same of one that has a punch left. */
const canPay = (what: Spending): SQL =>
  sql`${isGoodFor(what)} and ${passes.used} < ${passes.punches} and ${passes.activeOn} <= ${what.day}`

const mustBe = (account: Account, passId: number, good: SQL): Statement =>
  must(
    account,
    sql`exists (select 1 from ${passes} join ${passProducts} on ${passProducts.id} = ${passes.productId} where ${passes.id} = ${passId} and ${good})`,
    'pass-gone',
  )

/** Guards that a pass has a punch left and is good for this. Counted in the batch: of two hands on the last punch one gets it. */
export const mustHavePunch = (account: Account, passId: number, what: Spending) => mustBe(account, passId, canPay(what))

/** Guards that a pass is good for what a punch of it is to pay from now on instead of something else. */
export const mustStayGood = (account: Account, passId: number, what: Spending) =>
  mustBe(account, passId, isGoodFor(what))

/** The passes of a family that can pay for this, the one that runs out first before the others. */
export const passesThatPay = ({ db }: Account, what: Spending) =>
  db
    .select({
      id: sql<number>`${passes.id}`.as('paying_pass'),
      title: sql<string>`${passProducts.title}`.as('paying_title'),
      studentId: sql<number | null>`${passes.studentId}`.as('paying_student'),
      left: sql<number>`${passes.punches} - ${passes.used}`.as('paying_left'),
    })
    .from(passes)
    .innerJoin(passProducts, eq(passProducts.id, passes.productId))
    .where(canPay(what))
    .orderBy(asc(passes.expiresOn), asc(passes.id))
    .limit(20)

export type PayingPass = Awaited<ReturnType<typeof passesThatPay>>[number]

/** What passes were spent on, the last days first: days of classes, and appointments. @param which the ids of the passes */
export const spentQuery = ({ db }: Pick<Account, 'db'>, which: SQL) =>
  db
    .select({
      passId: sql<number>`x.pass_id`.as('spent_pass'),
      onDate: sql<string>`x.on_date`.as('spent_on'),
      /** None for a day of a class. */
      startTime: sql<string | null>`x.start_time`.as('spent_at'),
      what: sql<string>`x.what`.as('spent_what'),
      student: sql<string | null>`x.student`.as('spent_student'),
      waits: sql`x.state = 'requested'`.mapWith(Boolean).as('spent_waits'),
    })
    .from(
      sql`(select p.pass_id, e.start_date as on_date, null as start_time, k.name as what, c.first_name as student, e.state from punches p join enrollments e on e.id = p.enrollment_id join classes k on k.id = e.class_id join students c on c.id = e.student_id where p.pass_id in ${which}
      union all select p.pass_id, s.on_date, s.start_time, v.name, c.first_name, b.state from booking_punches p join bookings b on b.id = p.booking_id join appointment_slots s on s.id = b.slot_id join appointments a on a.id = s.appointment_id join services v on v.id = a.service_id left join students c on c.id = b.student_id where p.pass_id in ${which}) x`,
    )
    .orderBy(sql`x.on_date desc, x.start_time desc`)
    .limit(500)

type Spent = Awaited<ReturnType<typeof spentQuery>>[number]

/** What a punch was spent on, as it is read: when, what, for whom, and whether that is only asked for. */
export const saySpent = ({ onDate, startTime, what, student, waits }: Spent) => ({
  when: [sayDate(onDate, { year: true }), startTime && sayTime(startTime)].filter(Boolean).join(', '),
  what,
  student: student ?? '',
  waits,
})
