import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Guardian, mustBePrimary } from '../auth/guardian'
import { endSessionsOf, lookingAt } from '../auth/sessions'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { t } from '../language'
import { notify, type Wish } from '../messages/notices'
import { contacts, guardians } from '../schema/families'
import { endLinks, freshLink } from './links'

type Access = 'none' | 'invited' | 'revoked' | 'limited' | 'full'

/** A guardian, and where to write to: the log-in address, or else the first one. */
interface Person {
  id: number
  name: string
  role: Guardian['role']
  access: Access
  mayPay: number
  loginId: number | null
  address: string | null
}

/** @throws NotFound also for the primary, whose access is nobody's to give */
async function secondaryOf(account: Account, familyId: number, id: number): Promise<Person> {
  const person = await personOf(account, familyId, id)
  return found(person.role === 'secondary' ? [person] : [])
}

async function personOf(account: Account, familyId: number, id: number): Promise<Person> {
  const [people, addresses] = await read(account, [
    account.db
      .select({
        id: guardians.id,
        name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
        role: guardians.role,
        access: guardians.access,
        mayPay: guardians.mayPay,
        loginId: guardians.loginId,
      })
      .from(guardians)
      .where(and(eq(guardians.id, id), eq(guardians.familyId, familyId), isNull(guardians.removedAt))),
    account.db
      .select({ value: contacts.folded })
      .from(contacts)
      .where(and(eq(contacts.guardianId, id), eq(contacts.kind, 'email')))
      .orderBy(desc(contacts.isLogin), desc(contacts.isPrimary), asc(contacts.id))
      .limit(1),
  ])
  return { ...found(people), address: addresses[0]?.value ?? null }
}

/** The access is still as it was read; of two acts at once the second looks again. */
const mustStand = (account: Account, { id, access, mayPay }: Person): Statement =>
  must(
    account,
    sql`exists (select 1 from guardians g where g.id = ${id} and g.access = ${access} and g.may_pay = ${mayPay} and g.removed_at is null)`,
    'changed-meanwhile',
  )

/** What a family is told, once at the primary's address and once at the guardian's whom it is about (MA14). */
function tellBoth(account: Account, familyId: number, address: string | null, wish: Wish): Statement[] {
  const notice = { ...wish, familyId }
  return [notify(account, notice), ...(address ? [notify(account, { ...notice, address })] : [])]
}

/**
 * Send Invite Email and Re-Send Invite Email: a link to the guardian's address, the ones before end (MA14).
 * @throws Refusal 'primary-only', 'no-address', 'own-log-in', 'already-handled' for who can log in, 'wait'
 */
export async function invite(account: Account, guardian: Guardian, id: number, answer: Answer): Promise<void> {
  mustBePrimary(guardian)
  const familyId = guardian.family.id
  const secondary = await secondaryOf(account, familyId, id)
  const { access, address, name } = secondary
  if (access === 'limited' || access === 'full') throw new Refusal('already-handled')
  if (!address) throw new Refusal('no-address')
  const link = await freshLink(account, { guardianId: id, purpose: 'invitation', address })
  const values = { guardian_name: guardian.name, invited_name: name }
  await commit(
    account,
    [
      mustStand(account, secondary),
      must(
        account,
        sql`not exists (select 1 from guardians g join logins x on x.id = g.login_id where g.family_id = ${familyId} and g.id <> ${id} and g.removed_at is null and x.email = ${address})`,
        'own-log-in',
      ),
      ...link.statements,
      account.db.update(guardians).set({ access: 'invited', mayPay: 0 }).where(eq(guardians.id, id)),
      ...audit(account, 'invite guardian', `invited ${name} at ${address}`, [['family', familyId]], {
        before: { access },
        after: { access: 'invited' },
      }),
      notify(account, {
        familyId,
        address,
        template: 'guardian-invited',
        values: { ...values, ...link.values },
      }),
      notify(account, {
        familyId,
        template: 'invitation-sent',
        values: { ...values, invited_address: address, valid_hours: link.values.valid_hours },
      }),
    ],
    answer,
  )
}

/**
 * Access ends, in this household: mailed links open nothing, sessions that may look at it end. Contacts stay the
 * guardian's own.
 * @throws Refusal 'primary-only', 'already-handled' for who has none
 */
export async function revoke(account: Account, guardian: Guardian, id: number, answer: Answer): Promise<void> {
  mustBePrimary(guardian)
  const familyId = guardian.family.id
  await takeAccess(account, { familyId, by: guardian.name }, await secondaryOf(account, familyId, id), answer)
}

/**
 * The same by staff, who never give access (A24). Of a primary guardian only an invitation that waits is taken back.
 * @throws Refusal 'already-handled' for who has none
 */
export const revokeByStaff = async (account: Account, familyId: number, id: number, answer: Answer) =>
  takeAccess(account, { familyId, by: account.business }, await personOf(account, familyId, id), answer)

/** @param by who did it, as both are told */
async function takeAccess(
  account: Account,
  { familyId, by }: { familyId: number; by: string },
  person: Person,
  answer: Answer,
): Promise<void> {
  const { id, role, access, name, loginId, address } = person
  if (access === 'none' || access === 'revoked') throw new Refusal('already-handled')
  if (role === 'primary' && access !== 'invited') throw new Refusal('already-handled')
  const { db } = account
  await commit(
    account,
    [
      mustStand(account, person),
      endLinks(account, id),
      db.update(guardians).set({ access: 'revoked', mayPay: 0, feedToken: null }).where(eq(guardians.id, id)),
      ...(loginId === null ? [] : [endSessionsOf(account, loginId, lookingAt(familyId))]),
      ...audit(account, 'revoke guardian', `revoked the access of ${name}`, [['family', familyId]], {
        before: { access },
        after: { access: 'revoked' },
      }),
      ...tellBoth(account, familyId, role === 'primary' ? null : address, {
        template: 'access-revoked',
        values: { guardian_name: by, invited_name: name },
      }),
    ],
    answer,
  )
}

/**
 * Reset Password: a link to the guardian's log-in address. Whoever asks for it sees neither link nor password.
 * @throws Refusal 'primary-only', 'already-handled' for who cannot log in, 'wait'
 */
export async function mailPasswordLink(
  account: Account,
  guardian: Guardian,
  id: number,
  answer: Answer,
): Promise<void> {
  mustBePrimary(guardian)
  const familyId = guardian.family.id
  await mailLink(account, { familyId, by: guardian.name }, await secondaryOf(account, familyId, id), answer)
}

/** The same by staff, also for the primary. @throws Refusal 'already-handled' for who cannot log in, 'wait' */
export const mailPasswordByStaff = async (account: Account, familyId: number, id: number, answer: Answer) =>
  mailLink(account, { familyId, by: account.business, byStaff: true }, await personOf(account, familyId, id), answer)

async function mailLink(
  account: Account,
  { familyId, by, byStaff }: { familyId: number; by: string; byStaff?: boolean },
  person: Person,
  answer: Answer,
): Promise<void> {
  const { id, access, address, name, role } = person
  if ((access !== 'limited' && access !== 'full') || !address) throw new Refusal('already-handled')
  const link = await freshLink(account, { guardianId: id, purpose: 'password', address })
  const values = { guardian_name: by, invited_name: name }
  await commit(
    account,
    [
      mustStand(account, person),
      ...link.statements,
      ...audit(account, 'reset password', `had a link to a new password mailed to ${name}`, [['family', familyId]]),
      notify(account, {
        familyId,
        address,
        // Staff send it because the guardian asked for it.
        ...(byStaff
          ? { template: 'password-forgotten' as const, values: { invited_name: name, ...link.values } }
          : { template: 'password-link' as const, values: { ...values, ...link.values } }),
      }),
      ...(role === 'primary' ? [] : [notify(account, { familyId, template: 'password-link-sent', values })]),
    ],
    answer,
  )
}

export interface Grants {
  pay: boolean
  full: boolean
}

/** "may make payments, with the full ledger" */
const sayGrants = ({ pay, full }: Grants) =>
  `${pay ? t('may make payments') : t('may not make payments')}, ${full ? t('with the full ledger') : t('with a limited view')}`

/**
 * What a guardian who can log in may do: both off until the primary gives them (A24).
 * @throws Refusal 'primary-only', 'already-handled' for who cannot log in
 */
export async function grant(
  account: Account,
  guardian: Guardian,
  id: number,
  grants: Grants,
  answer: Answer,
): Promise<void> {
  mustBePrimary(guardian)
  const familyId = guardian.family.id
  const secondary = await secondaryOf(account, familyId, id)
  const { access, mayPay, name, address } = secondary
  if (access !== 'limited' && access !== 'full') throw new Refusal('already-handled')
  const before = { pay: mayPay === 1, full: access === 'full' }
  const { pay, full } = grants
  await commit(
    account,
    [
      mustStand(account, secondary),
      account.db
        .update(guardians)
        .set({ access: full ? 'full' : 'limited', mayPay: pay ? 1 : 0 })
        .where(eq(guardians.id, id)),
      ...audit(account, 'change access', `${name} ${sayGrants(grants)}`, [['family', familyId]], {
        before,
        after: grants,
      }),
      ...tellBoth(account, familyId, address, {
        template: 'access-changed',
        values: { guardian_name: guardian.name, invited_name: name, change: () => sayGrants(grants) },
      }),
    ],
    answer,
  )
}
