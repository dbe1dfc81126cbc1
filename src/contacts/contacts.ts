import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { consent } from '../messages/consent'
import { notify } from '../messages/notices'
import { contacts } from '../schema/families'
import { type Hand, looksAfter, mustKeep, takersFor } from './keepers'

export type ContactKind = 'email' | 'phone'

/** How many of a kind one guardian keeps: nobody has more, and a form cannot fill the table. */
const most = 10

/** How a value is found again: addresses without case, numbers by their digits. */
export const fold = (kind: ContactKind, value: string) =>
  kind === 'email' ? value.toLowerCase() : value.replace(/\D/g, '')

const medium = { email: 'Email Blasts', phone: 'SMS/Text' } as const

/** All that a form changes of a contact, as text, for telling later whether somebody changed it. */
export const contactState = (c: SQL) =>
  sql`json_object('value', ${c}.value, 'type', ${c}.label, 'blasts', ${c}.blast_consent, 'primary', ${c}.is_primary, 'guardian', ${c}.guardian_id)`

/**
 * A contact that this guardian may change, and what the mail system told of it ('bounced', 'complained').
 * @throws NotFound when it is not theirs to change
 */
export async function contactOf(account: Account, guardian: Hand, id: number) {
  const { guardianId, kind, value, isLogin, blastConsent, label, isPrimary } = contacts
  const [rows] = await read(account, [
    account.db
      .select({
        id: contacts.id,
        guardianId,
        kind,
        value,
        isLogin,
        blastConsent,
        label,
        isPrimary,
        family: sql<string>`(select f.name from families f where f.id = contacts.family_id)`.as('family_name'),
        takers: takersFor(guardian),
        was: sql<string>`${contactState(sql`contacts`)}`.as('contact_state'),
        guardian: sql<
          string | null
        >`(select g.first_name || ' ' || g.last_name from guardians g where g.id = contacts.guardian_id)`.as(
          'guardian_name',
        ),
        returned: sql<
          'bounced' | 'complained' | null
        >`(select x.reason from suppressions x where x.channel = case contacts.kind when 'email' then 'email' else 'sms' end and x.folded = contacts.folded)`.as(
          'returned',
        ),
      })
      .from(contacts)
      .where(
        and(
          eq(contacts.id, id),
          eq(contacts.familyId, guardian.family.id),
          looksAfter(guardian, sql`contacts.guardian_id`),
        ),
      ),
  ])
  return found(rows)
}

export type Contact = Awaited<ReturnType<typeof contactOf>>

/** The contact is still as it was read, and still this guardian's to change. */
function mustStand(account: Account, guardian: Hand, { id, value }: Contact): Statement {
  return must(
    account,
    sql`exists (select 1 from contacts c where c.id = ${id} and c.family_id = ${guardian.family.id} and c.value = ${value} and ${looksAfter(guardian, sql`c.guardian_id`)})`,
    'changed-meanwhile',
  )
}

/** What is said of a value that is new here: whoever unsubscribed from it anywhere stays unsubscribed. */
export const unlessOut = (kind: ContactKind, folded: string, wish: SQL | string) =>
  sql`case when exists (select 1 from contacts x where x.kind = ${kind} and x.folded = ${folded} and x.blast_consent = 'out') then 'out' else ${wish} end` as unknown as 'in'

/** No guardian has the same twice. */
export const mustBeNew = (account: Account, guardian: Hand, kind: ContactKind, folded: string, whose: SQL, but = 0) =>
  must(
    account,
    sql`not exists (select 1 from contacts c where c.family_id = ${guardian.family.id} and c.guardian_id is ${whose} and c.kind = ${kind} and c.folded = ${folded} and c.id <> ${but})`,
    'contact-known',
  )

/** None of the household's addresses, or numbers, is the first one any more. */
export const noneFirst = ({ db }: Account, familyId: number, kind: ContactKind): Statement =>
  db
    .update(contacts)
    .set({ isPrimary: 0 })
    .where(and(eq(contacts.familyId, familyId), eq(contacts.kind, kind), eq(contacts.isPrimary, 1)))

export interface NewContactWish {
  kind: ContactKind
  value: string
  /** Email Blasts or texts may come to it. */
  consent: boolean
  /** Home, work, mobile; as staff call it. */
  label?: string | null
  /** Where the family is written to first. */
  first?: boolean
}

/**
 * Add Email, Add Phone (MA13).
 * @throws Refusal 'contact-known', 'contacts-enough', 'changed-meanwhile'
 */
export async function addContact(
  account: Account,
  guardian: Hand,
  keeper: { id: number; name: string },
  { kind, value, consent, label, first }: NewContactWish,
  answer: Answer,
): Promise<void> {
  const folded = fold(kind, value)
  const familyId = guardian.family.id
  await commit(
    account,
    [
      mustKeep(account, guardian, keeper.id),
      mustBeNew(account, guardian, kind, folded, sql`${keeper.id}`),
      must(
        account,
        sql`(select count(*) from contacts c where c.guardian_id = ${keeper.id} and c.kind = ${kind}) < ${most}`,
        'contacts-enough',
      ),
      ...(first ? [noneFirst(account, familyId, kind)] : []),
      account.db.insert(contacts).values({
        familyId,
        guardianId: keeper.id,
        isPrimary: first ? 1 : 0,
        kind,
        value,
        folded,
        label,
        blastConsent: unlessOut(kind, folded, consent ? 'in' : 'out'),
        consentAt: account.now,
        createdAt: account.now,
      }),
      ...audit(account, `add ${kind}`, `added ${value} to ${keeper.name}`, [['family', familyId]], {
        after: { value },
      }),
    ],
    answer,
  )
}

/**
 * Another value for a contact that nobody logs in with. Its wish about blasts goes along.
 * @throws Refusal 'log-in-address', 'contact-known', 'changed-meanwhile'
 */
export async function editContact(
  account: Account,
  guardian: Hand,
  contact: Contact,
  value: string,
  answer: Answer,
): Promise<void> {
  if (contact.isLogin) throw new Refusal('log-in-address')
  const { id, kind } = contact
  const folded = fold(kind, value)
  const same = folded === fold(kind, contact.value)
  await commit(
    account,
    [
      mustStand(account, guardian, contact),
      mustBeLoose(account, contact),
      mustBeNew(account, guardian, kind, folded, sql`${contact.guardianId}`, id),
      account.db
        .update(contacts)
        .set({
          value,
          folded,
          ...(same ? {} : { verifiedAt: null, blastConsent: unlessOut(kind, folded, sql`blast_consent`) }),
        })
        .where(eq(contacts.id, id)),
      ...audit(account, `edit ${kind}`, `changed ${contact.value} to ${value}`, [['family', guardian.family.id]], {
        before: { value: contact.value },
        after: { value },
      }),
    ],
    answer,
  )
}

const mustBeLoose = (account: Account, { id }: Contact) =>
  must(account, sql`exists (select 1 from contacts c where c.id = ${id} and c.is_login = 0)`, 'log-in-address')

/** A contact goes. @throws Refusal 'log-in-address', 'changed-meanwhile' */
export async function deleteContact(account: Account, guardian: Hand, contact: Contact, answer: Answer): Promise<void> {
  await commit(
    account,
    [
      mustStand(account, guardian, contact),
      mustBeLoose(account, contact),
      account.db.delete(contacts).where(eq(contacts.id, contact.id)),
      ...audit(account, `delete ${contact.kind}`, `deleted ${contact.value}`, [['family', guardian.family.id]], {
        before: { value: contact.value },
      }),
    ],
    answer,
  )
}

/**
 * In or out of Email Blasts or texts. Who logs in with an address reads it, so that one speaks for every household that
 * has it; for any other contact only this household is spoken for. What the mail system told stays as it is.
 * @throws Refusal 'changed-meanwhile'
 */
export async function sayConsent(
  account: Account,
  guardian: Hand,
  contact: Contact,
  to: 'in' | 'out',
  answer: Answer,
): Promise<void> {
  const { kind, value, isLogin } = contact
  const stands = mustStand(account, guardian, contact)
  const familyId = guardian.family.id
  const told = isLogin
    ? [
        notify(account, {
          familyId,
          address: value,
          template: to === 'in' ? 'blasts-resumed' : 'blasts-stopped',
          values: { guardian_name: guardian.name },
        }),
      ]
    : []
  if (isLogin && contact.guardianId === guardian.id)
    return consent(account, value, to, { with: [stands, ...told], answer })
  const its = and(
    eq(contacts.familyId, familyId),
    eq(contacts.kind, kind),
    eq(contacts.folded, fold(kind, value)),
    looksAfter(guardian, sql`contacts.guardian_id`),
  )
  await commit(
    account,
    [
      stands,
      account.db.update(contacts).set({ blastConsent: to, consentAt: account.now }).where(its),
      ...audit(
        account,
        to === 'out' ? 'opt out' : 'opt in',
        `${to === 'out' ? 'unsubscribed' : 'subscribed'} ${value} ${to === 'out' ? 'from' : 'to'} ${medium[kind]}`,
        [['family', familyId]],
        { before: { consent: contact.blastConsent }, after: { consent: to } },
      ),
      ...told,
    ],
    answer,
  )
}
