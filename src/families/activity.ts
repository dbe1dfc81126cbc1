import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { type About, type EntryRow, type Kind, look } from '../activity/kind'
import { ageOn, daysBetween, sayDate, sayMoment, today } from '../clock'
import type { Results } from '../database'
import { balanceToday } from '../ledger/payments'
import { money } from '../money'
import * as paths from '../paths'
import { families } from '../schema/families'
import { students } from '../schema/students'

const zoneOf = (account: Account) => businessZone(account)

/** "Mia and Leo", "Mia, Leo and Ana". */
const sayNames = (names: string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')

/** Where the family stands, unless it is gone: its entry outlives it. */
const familyOf = ({ slug }: Account, { familyId }: EntryRow) =>
  familyId === null ? undefined : paths.office(slug).family(familyId)

const childOf = ({ slug }: Account, { subjectId }: EntryRow) =>
  subjectId === null ? undefined : paths.office(slug).student(subjectId)

interface NewAccountTold {
  guardian: string
  email: string
  students: string[]
}

/** A family that signed up; its children stand in the same entry. */
export const newAccountKind: Kind = {
  icon: 'families',
  statuses: ['notification'],
  permission: 'Families',
  dismiss: ['notification'],
  sentence(account, entry) {
    const { guardian, students } = entry.particulars as unknown as NewAccountTold
    return {
      what: `${guardian} made an account`,
      whatHref: familyOf(account, entry),
      subs: students.length ? [{ icon: 'students', text: sayNames(students) }] : [],
    }
  },
  details: account =>
    look([], entry => {
      const { guardian, email, students } = entry.particulars as unknown as NewAccountTold
      return {
        facts: [
          { label: 'Guardian', text: guardian, href: familyOf(account, entry) },
          { label: 'Log-in', text: email },
          { label: 'Students', text: sayNames(students) || 'none yet' },
          { label: 'When', text: sayMoment(entry.createdAt, zoneOf(account)) },
        ],
      }
    }),
}

/** A child that a family added to its account. */
export const studentKind: Kind = {
  icon: 'students',
  statuses: ['notification'],
  permission: 'Students',
  dismiss: ['notification'],
  sentence(account, entry) {
    const { name, birthDate } = entry.particulars as { name: string; birthDate: string }
    const age = ageOn(birthDate, today(account.now, zoneOf(account)))
    return {
      what: `New student: ${name}, ${age} years`,
      whatHref: childOf(account, entry),
    }
  },
  details: (account, { subjectId }) =>
    look(
      [
        account.db
          .select({
            first: students.firstName,
            last: students.lastName,
            born: students.birthDate,
            medical: students.medical,
          })
          .from(students)
          .where(eq(students.id, subjectId)),
      ],
      (entry, [[row]]) => {
        if (!row) return { facts: [{ label: 'Student', text: 'It is not there any more.' }] }
        return {
          facts: [
            {
              label: 'Student',
              text: `${row.first} ${row.last}`,
              href: childOf(account, entry),
            },
            { label: 'Birthday', text: row.born ? sayDate(row.born, { year: true }) : 'not told' },
            { label: 'Medical', text: row.medical ?? 'nothing noted' },
          ],
        }
      },
    ),
}

const many = (count: number, one: string, more = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`

/** What deleting a family would destroy, counted now (OA17). */
export function destroyedQuery(account: Account, familyId: number | SQL<number>) {
  const day = today(account.now, zoneOf(account))
  const count = (table: string, where = 'x.family_id') =>
    sql<number>`(select count(*) from ${sql.raw(table)} x where ${sql.raw(where)} = ${familyId})`
  return account.db
    .select({
      students: count('family_students').as('n_students'),
      enrollments: count('enrollments').as('n_enrollments'),
      running:
        sql<number>`(select count(*) from enrollments e where e.family_id = ${familyId} and e.state <> 'cancelled' and e.through_date >= ${day})`.as(
          'n_running',
        ),
      charges: count('charges').as('n_charges'),
      payments: count('payments').as('n_payments'),
      methods:
        sql<number>`(select count(*) from payment_methods m where m.family_id = ${familyId} and m.removed_at is null)`.as(
          'n_methods',
        ),
      answers: count('policy_answers').as('n_answers'),
      balance: balanceToday(familyId, day).as('balance_cents'),
    })
    .from(families)
    .where(eq(families.id, familyId))
}

export function sayDestroyed([row]: Results<[ReturnType<typeof destroyedQuery>]>[0]): string[] {
  if (!row) return []
  return [
    row.students && many(row.students, 'student'),
    row.enrollments && `${many(row.enrollments, 'enrollment')}, ${row.running} of them current or to come`,
    row.charges + row.payments > 0 && `The ledger: ${many(row.charges, 'charge')} and ${many(row.payments, 'payment')}`,
    row.balance > 0 && `An open balance of ${money(row.balance)}`,
    row.balance < 0 && `A credit of ${money(-row.balance)}`,
    row.methods && many(row.methods, 'payment method'),
    row.answers && `${many(row.answers, 'policy answer')}`,
  ].filter(text => typeof text === 'string')
}

const asked = (account: Account, entry: EntryRow) => {
  const zone = zoneOf(account)
  const date = today(entry.createdAt, zone)
  return { date, days: daysBetween(date, today(account.now, zone)) }
}

function deletionDetails(account: Account, { familyId }: About) {
  return look([destroyedQuery(account, familyId)], (entry, [row]) => {
    const { date, days } = asked(account, entry)
    const { guardian } = entry.particulars as { guardian: string }
    return {
      facts: [
        { label: 'Asked by', text: guardian },
        { label: 'Date of the request', text: sayDate(date, { year: true }) },
        { label: 'Days since', text: String(days) },
      ],
      destroys: sayDestroyed(row),
    }
  })
}

/** A family asks to be deleted. It only notifies; suspending is what we advise (OA17). */
export const deletionRequestKind: Kind = {
  icon: 'trash',
  statuses: ['special'],
  permission: 'Families',
  dismiss: ['special'],
  sentence(account, entry) {
    const { date, days } = asked(account, entry)
    const { guardian } = entry.particulars as { guardian: string }
    const since = days === 0 ? 'today' : days === 1 ? '1 day ago' : `${days} days ago`
    return {
      what: `${guardian} asks for the account to be deleted`,
      whatHref: familyOf(account, entry),
      subs: [
        { icon: 'warning', tone: 'amber', text: `Asked on ${sayDate(date)}, ${since}. Nothing is deleted by itself.` },
      ],
    }
  },
  details: deletionDetails,
}
