import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type ContactKind, fold, unlessOut } from '../contacts/contacts'
import { type Answer, commit, newest, read, type Statement } from '../database'
import { freshLink } from '../guardians/links'
import { notify } from '../messages/notices'
import { addresses, contacts, families, guardians } from '../schema/families'
import { beginStudent, type NewStudent } from './students'

export interface NewContact {
  kind: ContactKind
  value: string
  /** Home, work, mobile; as staff call it. */
  label: string | null
  /** Email Blasts or texts may come to it. */
  consent: boolean
  /** Whose it is: 0 is the primary guardian, 1 the other one. */
  whose: number
  /** Where the family is written to first; of the e-mail addresses the one to log in with. */
  first: boolean
}

export interface NewFamily {
  /** The primary guardian first, and perhaps another one. */
  guardians: { firstName: string; lastName: string; relationship: string | null }[]
  contacts: NewContact[]
  address: { line1: string; city: string | null; region: string | null; postalCode: string | null } | null
  students: NewStudent[]
  locationId: number
  referralId: number | null
  /** Mails the primary guardian a link to make a log-in with. */
  invites: boolean
}

/** Families that have one of these addresses or numbers already, so that nobody is made twice (FAM-12). */
export async function familiesWith(account: Account, wanted: Pick<NewContact, 'kind' | 'value'>[]) {
  if (!wanted.length) return []
  const asked = JSON.stringify(wanted.map(({ kind, value }) => [kind, fold(kind, value)]))
  const [rows] = await read(account, [
    account.db
      .select({
        id: sql<number>`f.id`.as('family_id'),
        name: sql<string>`f.name`.as('family_name'),
        value: sql<string>`k.value`.as('contact_value'),
      })
      .from(
        sql`json_each(${asked}) w cross join contacts k on k.kind = w.value ->> 0 and k.folded = w.value ->> 1 cross join families f on f.id = k.family_id`,
      )
      .where(sql`f.state in ('open','suspended')`)
      .groupBy(sql`f.id, k.value`)
      .orderBy(sql`f.sort_name, f.id`)
      .limit(10),
  ])
  return rows
}

/**
 * Staff make a family. Nobody can log in to it before they accept the invitation, which may also be mailed later.
 * @param answerOf the form's answer, with the id that this act hands out
 */
export async function addFamily(
  account: Account,
  wish: NewFamily,
  answerOf: (id: SQL<number>) => Answer,
): Promise<void> {
  const { db, now } = account
  const [primary, other] = wish.guardians
  if (!primary) throw new Error('A family has a primary guardian.')
  const familyId = newest(families) as unknown as number
  const email = wish.contacts.find(({ kind, first }) => kind === 'email' && first)?.value
  const link =
    wish.invites && email
      ? await freshLink(account, {
          guardianId: newest(guardians) as unknown as number,
          purpose: 'invitation',
          address: fold('email', email),
        })
      : undefined
  const guardian = (whose: 0 | 1, { firstName, lastName, relationship }: typeof primary): Statement[] => [
    db.insert(guardians).values({
      familyId,
      firstName,
      lastName,
      relationship,
      role: whose ? 'secondary' : 'primary',
      access: link && !whose ? 'invited' : 'none',
      mayPay: whose ? 0 : 1,
      createdAt: now,
    }),
    ...wish.contacts
      .filter(contact => (contact.whose && other ? 1 : 0) === whose)
      .map(({ kind, value, label, consent, first }) => {
        const folded = fold(kind, value)
        return db.insert(contacts).values({
          familyId,
          guardianId: newest(guardians) as unknown as number,
          kind,
          value,
          folded,
          label,
          isPrimary: first ? 1 : 0,
          blastConsent: unlessOut(kind, folded, consent ? 'in' : 'out'),
          consentAt: now,
          createdAt: now,
        })
      }),
  ]
  const name = `${primary.firstName} ${primary.lastName}`
  const children = wish.students.map(({ firstName, lastName }) => `${firstName} ${lastName}`)
  await commit(
    account,
    [
      db.insert(families).values({
        name: primary.lastName,
        sortName: `${primary.lastName}, ${primary.firstName}`.toLowerCase(),
        locationId: wish.locationId,
        referralSourceId: wish.referralId,
        publicCode: crypto.randomUUID(),
        createdAt: now,
        updatedAt: now,
      }),
      // The primary guardian comes last and is the newest, whom the link is for.
      ...(other ? guardian(1, other) : []),
      ...guardian(0, primary),
      ...(wish.address
        ? [
            db.insert(addresses).values({
              familyId,
              guardianId: newest(guardians) as unknown as number,
              ...wish.address,
              createdAt: now,
            }),
          ]
        : []),
      ...wish.students.flatMap(student => beginStudent(account, newest(families), student)),
      ...audit(
        account,
        'add family',
        `added the family of ${name}${children.length ? ` with ${children.join(', ')}` : ''}`,
        [['family', newest(families)]],
        {
          after: {
            guardians: wish.guardians.map(({ firstName, lastName }) => `${firstName} ${lastName}`),
            contacts: wish.contacts.map(({ value }) => value),
            students: children,
          },
        },
      ),
      ...(link && email
        ? [
            ...link.statements,
            ...audit(account, 'invite guardian', `invited ${name} at ${email}`, [['family', newest(families)]]),
            notify(account, {
              familyId: newest(families),
              address: fold('email', email),
              template: 'guardian-invited',
              values: { guardian_name: account.business, invited_name: name, ...link.values },
            }),
          ]
        : []),
    ],
    answerOf(newest(families)),
  )
}
