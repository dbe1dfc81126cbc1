import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { kindLabels } from '../activity/kind-names'
import { familyFees } from '../anniversaries/family'
import { feesQuery } from '../anniversaries/fees'
import { level, type Staffer } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { read } from '../database'
import { found } from '../http'
import { balanceToday } from '../ledger/payments'
import { activity } from '../schema/activity'
import { audit, auditSubjects } from '../schema/audit'
import { chargeLines, charges, priceTraces } from '../schema/charges'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { addresses, contacts, families, guardians } from '../schema/families'
import { payments } from '../schema/payments'
import { familyStudents, students } from '../schema/students'
import { keywordsQuery } from '../setup/keywords'
import { lastMergeQuery } from './merges'

/**
 * Everything the family's page shows, in one trip; requests only of the person's places, and of nobody's who may not
 * look at Online Activity.
 * @throws NotFound
 */
export async function familyRecord(account: Account, person: Staffer, id: number) {
  const day = todayAt(account)
  const { db } = account
  const mayLook = level(person, 'Manage Online Activity') > 0
  const here = atPlacesOf(person, activity.locationId)
  const [family, people, children, lines, owed, paid, requests, log, tags, fees, reached, places, [merge]] = await read(
    account,
    [
      db
        .select({
          id: families.id,
          name: families.name,
          state: families.state,
          into: sql`(select json_object('id', m.id, 'name', m.name) from families m where m.id = families.merged_into)`
            .mapWith((text: string | null) => (text ? (JSON.parse(text) as { id: number; name: string }) : null))
            .as('merged_family'),
          note: families.suspendedNote,
          createdAt: families.createdAt,
          locationId: families.locationId,
          cents: balanceToday(id, day).as('cents'),
        })
        .from(families)
        .where(eq(families.id, id)),
      db
        .select({
          id: sql<number>`${guardians.id}`.as('guardian_id'),
          access: guardians.access,
          name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
          role: guardians.role,
          relationship: guardians.relationship,
          loginId: guardians.loginId,
        })
        .from(guardians)
        .where(and(eq(guardians.familyId, id), isNull(guardians.removedAt)))
        .orderBy(asc(guardians.role), asc(guardians.id)),
      db
        .select({
          id: students.id,
          firstName: students.firstName,
          lastName: students.lastName,
          birthDate: students.birthDate,
        })
        .from(familyStudents)
        .innerJoin(students, eq(students.id, familyStudents.studentId))
        .where(and(eq(familyStudents.familyId, id), eq(students.state, 'open')))
        .orderBy(asc(students.birthDate)),
      db
        .select({
          id: enrollments.id,
          studentId: enrollments.studentId,
          classId: enrollments.classId,
          className: classes.name,
          type: enrollments.type,
          state: enrollments.state,
          startDate: enrollments.startDate,
          dropDate: enrollments.dropDate,
        })
        .from(enrollments)
        .innerJoin(classes, eq(classes.id, enrollments.classId))
        .where(
          and(
            eq(enrollments.familyId, id),
            sql`${enrollments.throughDate} >= ${day}`,
            sql`${enrollments.state} <> 'cancelled'`,
          ),
        ),
      db
        .select({
          id: charges.id,
          title: charges.title,
          due: charges.dueOn,
          cents: charges.cents,
          open: charges.openCents,
          steps:
            sql<string>`(select json_group_array(j.value) from ${chargeLines} l join ${priceTraces} t on t.line_id = l.id, json_each(t.steps) j where l.charge_id = charges.id)`.as(
              'steps',
            ),
        })
        .from(charges)
        .where(eq(charges.familyId, id))
        .orderBy(desc(charges.chargeOn), desc(charges.id))
        .limit(20),
      db
        .select({ on: payments.paidOn, type: payments.type, cents: payments.cents, reference: payments.reference })
        .from(payments)
        .where(eq(payments.familyId, id))
        .orderBy(desc(payments.paidOn), desc(payments.id))
        .limit(20),
      db
        .select({ id: activity.id, kind: activity.kind, at: activity.createdAt })
        .from(activity)
        .where(
          and(
            eq(activity.familyId, id),
            isNull(activity.closedAt),
            eq(activity.status, 'pending'),
            mayLook ? here && or(isNull(activity.locationId), here) : sql`0`,
          ),
        )
        .orderBy(desc(activity.createdAt))
        .limit(50),
      db
        .select({ at: audit.at, who: audit.who, summary: audit.summary })
        .from(auditSubjects)
        .innerJoin(audit, eq(audit.id, auditSubjects.auditId))
        .where(and(eq(auditSubjects.subject, 'family'), eq(auditSubjects.subjectId, id)))
        .orderBy(desc(auditSubjects.auditId))
        .limit(30),
      keywordsQuery(account, id),
      feesQuery(account, id),
      contactsQuery(account, id),
      placesQuery(account, id),
      lastMergeQuery(account, id),
    ],
  )
  return {
    family: found(family),
    people,
    children,
    lines,
    owed,
    paid,
    requests: mayLook ? requests.map(one => ({ ...one, label: kindLabels[one.kind] })) : undefined,
    log,
    keywords: tags,
    fees: familyFees(fees, children),
    contacts: reached,
    places,
    merge,
  }
}

/** What belongs to a guardian who left the household stays in the books alone. */
const ofSomebodyHere = (whose: string) =>
  sql`not exists (select 1 from guardians r where r.id = ${sql.raw(whose)} and r.removed_at is not null)`

const contactsQuery = ({ db }: Account, familyId: number) =>
  db
    .select({
      id: sql<number>`${contacts.id}`.as('contact_id'),
      guardianId: contacts.guardianId,
      kind: contacts.kind,
      value: contacts.value,
      label: contacts.label,
      isLogin: contacts.isLogin,
      isPrimary: contacts.isPrimary,
      consent: contacts.blastConsent,
    })
    .from(contacts)
    .where(and(eq(contacts.familyId, familyId), ofSomebodyHere('contacts.guardian_id')))
    .orderBy(asc(contacts.kind), desc(contacts.isLogin), desc(contacts.isPrimary), asc(contacts.id))
    .limit(200)

const placesQuery = ({ db }: Account, familyId: number) => {
  const { guardianId, line1, line2, city, region, postalCode } = addresses
  return db
    .select({ id: sql<number>`${addresses.id}`.as('place_id'), guardianId, line1, line2, city, region, postalCode })
    .from(addresses)
    .where(and(eq(addresses.familyId, familyId), ofSomebodyHere('addresses.guardian_id')))
    .orderBy(asc(addresses.id))
    .limit(100)
}
