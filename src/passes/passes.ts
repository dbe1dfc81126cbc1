import { asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { passes, passProducts } from '../schema/passes'

/** The day of a pass that does not run out. */
export const never = '9999-12-31'

/** What a pass is good for. */
export type Uses = 'classes' | 'appointments' | 'both'

/** What a pass is for: programs, and services of appointments; all where none is named. */
export interface Allowed {
  programs: number[]
  uses: Uses
  services: number[]
}

const allowedIn = (text: unknown): Allowed => ({
  programs: [],
  uses: 'classes',
  services: [],
  ...(JSON.parse(String(text)) as Partial<Allowed>),
})

/** What is kept of it: only what is a limit, and more than classes. */
export const keptOf = ({ programs, uses, services }: Allowed): string =>
  JSON.stringify({
    ...(programs.length ? { programs } : {}),
    ...(uses === 'classes' ? {} : { uses }),
    ...(services.length && uses !== 'classes' ? { services } : {}),
  })

/** What is sold: a number of punches, for a family or one of its students (A7). */
export function productsQuery({ db }: Pick<Account, 'db'>, narrow?: SQL) {
  return db
    .select({
      id: passProducts.id,
      title: passProducts.title,
      description: passProducts.description,
      holder: passProducts.holder,
      cents: passProducts.cents,
      punches: passProducts.punches,
      validDays: passProducts.validDays,
      allowed: sql<Allowed>`${passProducts.allowed}`.mapWith(allowedIn).as('allowed_for'),
      showPortal: passProducts.showPortal,
      retiredAt: passProducts.retiredAt,
    })
    .from(passProducts)
    .where(narrow)
    .orderBy(asc(passProducts.title), asc(passProducts.id))
    .limit(100)
}

export type PassProduct = Awaited<ReturnType<typeof productsQuery>>[number]

/** What families may buy now. */
export const forSale = sql`${passProducts.showPortal} = 1 and ${passProducts.retiredAt} is null`

/** Passes that were sold, newest first, with what was paid for them. */
export function passesQuery({ db }: Pick<Account, 'db'>, narrow: SQL | undefined, limit = 100) {
  return db
    .select({
      id: passes.id,
      productId: passes.productId,
      title: sql<string>`${passProducts.title}`.as('pass_title'),
      allowed: sql<Allowed>`${passProducts.allowed}`.mapWith(allowedIn).as('allowed_for'),
      familyId: passes.familyId,
      family: sql<string>`(select f.name from families f where f.id = ${passes.familyId})`.as('family_name'),
      studentId: passes.studentId,
      student: sql<
        string | null
      >`(select s.first_name || ' ' || s.last_name from students s where s.id = ${passes.studentId})`.as(
        'student_name',
      ),
      punches: passes.punches,
      used: passes.used,
      boughtOn: passes.boughtOn,
      activeOn: passes.activeOn,
      expiresOn: passes.expiresOn,
      suspendedAt: passes.suspendedAt,
      paidCents:
        sql<number>`coalesce((select c.cents - c.open_cents from charges c where c.id = ${passes.chargeId}), 0)`.as(
          'paid_cents',
        ),
    })
    .from(passes)
    .innerJoin(passProducts, eq(passProducts.id, passes.productId))
    .where(narrow)
    .orderBy(desc(passes.id))
    .limit(limit)
}

export type Pass = Awaited<ReturnType<typeof passesQuery>>[number]

/** How a pass stands on a day; a suspended one counts as inactive (A7). */
export function standingOf(
  pass: Pick<Pass, 'punches' | 'used' | 'expiresOn' | 'activeOn' | 'suspendedAt'>,
  day: string,
) {
  if (pass.suspendedAt !== null) return 'suspended'
  if (pass.expiresOn < day) return 'expired'
  return pass.used >= pass.punches ? 'used up' : 'active'
}

/** The passes that a student can use: its own, and those of the family. */
export const usableBy = (familyId: number | SQL, studentId: number) =>
  sql`${passes.familyId} = ${familyId} and (${passes.studentId} = ${studentId} or ${passes.studentId} is null)`

/** Passes that count as active on a day, or those that do not. */
export const thatAre = (status: 'active' | 'inactive', day: string) => {
  const active = sql`(${passes.suspendedAt} is null and ${passes.expiresOn} >= ${day} and ${passes.used} < ${passes.punches})`
  return status === 'active' ? active : sql`not ${active}`
}
