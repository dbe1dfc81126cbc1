import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { locations } from '../schema/locations'
import { makeupTokens } from '../schema/makeups'
import { programs } from '../schema/programs'

/** The day of a token that does not run out. */
export const never = '9999-12-31'

/** A student's tokens with the names that pages need, soonest to expire first; taken back ones are not among them. */
export function tokensQuery({ db }: Pick<Account, 'db'>, which: SQL) {
  return db
    .select({
      id: makeupTokens.id,
      studentId: makeupTokens.studentId,
      familyId: makeupTokens.familyId,
      locationId: makeupTokens.locationId,
      locationName: sql<string>`${locations.name}`.as('location_name'),
      programId: makeupTokens.programId,
      programName: sql<string | null>`${programs.name}`.as('program_name'),
      programRetired: sql<number | null>`${programs.retiredAt}`.as('program_retired'),
      missedOn: makeupTokens.missedOn,
      missedClass: sql<
        string | null
      >`(select k.name from enrollments e join classes k on k.id = e.class_id where e.id = ${makeupTokens.enrollmentId})`.as(
        'missed_class',
      ),
      issuedBy: makeupTokens.issuedBy,
      issuedAt: makeupTokens.issuedAt,
      expiresOn: makeupTokens.expiresOn,
      comment: makeupTokens.comment,
      usedBy: makeupTokens.usedBy,
      usedOn: sql<string | null>`${enrollments.startDate}`.as('used_on'),
      usedState: sql<'requested' | 'approved' | null>`${enrollments.state}`.as('used_state'),
      usedClass: sql<string | null>`${classes.name}`.as('used_class'),
      usedClassId: sql<number | null>`${classes.id}`.as('used_class_id'),
    })
    .from(makeupTokens)
    .innerJoin(locations, eq(locations.id, makeupTokens.locationId))
    .leftJoin(programs, eq(programs.id, makeupTokens.programId))
    .leftJoin(enrollments, eq(enrollments.id, makeupTokens.usedBy))
    .leftJoin(classes, eq(classes.id, enrollments.classId))
    .where(and(which, isNull(makeupTokens.revokedAt)))
    .orderBy(asc(makeupTokens.expiresOn), asc(makeupTokens.id))
    .limit(300)
}

/** The tokens of a child that this household may use. */
export const tokensOf = (account: Account, familyId: number, studentId: number) =>
  tokensQuery(account, and(eq(makeupTokens.studentId, studentId), eq(makeupTokens.familyId, familyId)) as SQL)

export type Token = Awaited<ReturnType<typeof tokensQuery>>[number]

/** How a token stands on a day: pending until the makeup is held, spent from then on (A6). */
export function standing({ usedBy, usedOn, expiresOn }: Token, day: string) {
  if (usedBy !== null) return usedOn !== null && usedOn < day ? ('spent' as const) : ('pending' as const)
  return expiresOn < day ? ('expired' as const) : ('available' as const)
}

/** A program that is gone cannot be made up for; staff give the token another one. */
export const usable = ({ programId, programRetired }: Token) => programId !== null && programRetired === null

/** The five groups of the portal, for the location that is looked at. */
export function groupsOf(tokens: Token[], day: string, locationId: number) {
  const those = (wanted: ReturnType<typeof standing>) => tokens.filter(token => standing(token, day) === wanted)
  const available = those('available')
  return {
    here: available.filter(token => token.locationId === locationId),
    elsewhere: available.filter(token => token.locationId !== locationId),
    pending: those('pending'),
    expired: those('expired'),
    spent: those('spent'),
  }
}
