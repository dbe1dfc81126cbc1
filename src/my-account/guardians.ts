import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Guardian as GuardianCard } from '../../views/portal/guardians'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { sayPlace } from '../contacts/addresses'
import { t } from '../language'
import * as paths from '../paths'
import { addresses, contacts, guardians } from '../schema/families'

/** The guardians of a household with everything that reaches them, one row each. */
export function guardiansQuery({ db }: Pick<Account, 'db'>, familyId: number) {
  return db
    .select({
      id: guardians.id,
      name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
      role: guardians.role,
      access: guardians.access,
      mayPay: guardians.mayPay,
      loginId: guardians.loginId,
      inviteUntil: sql<
        number | null
      >`(select max(l.expires_at) from guardian_links l where l.guardian_id = guardians.id and l.purpose = 'invitation' and l.ended_at is null)`.as(
        'invite_until',
      ),
    })
    .from(guardians)
    .where(and(eq(guardians.familyId, familyId), isNull(guardians.removedAt)))
    .orderBy(asc(guardians.role), asc(guardians.id))
}

export function contactsQuery({ db }: Pick<Account, 'db'>, familyId: number) {
  const { id, guardianId, kind, value, isLogin, blastConsent } = contacts
  return db
    .select({ id, guardianId, kind, value, isLogin, blastConsent })
    .from(contacts)
    .where(eq(contacts.familyId, familyId))
    .orderBy(asc(contacts.id))
}

export function addressesQuery({ db }: Pick<Account, 'db'>, familyId: number) {
  const { id, guardianId, line1, line2, city, region, postalCode } = addresses
  return db
    .select({ id, guardianId, line1, line2, city, region, postalCode })
    .from(addresses)
    .where(eq(addresses.familyId, familyId))
    .orderBy(asc(addresses.id))
}

type Rows<Q extends (...args: never[]) => PromiseLike<unknown>> = Awaited<ReturnType<Q>>

const states: Record<string, GuardianCard['state']> = {
  none: undefined,
  invited: { word: 'Invite Sent', tone: 'amber' },
  revoked: { word: 'Invite Revoked' },
  limited: { word: 'Can Log In', tone: 'green' },
  full: { word: 'Can Log In', tone: 'green' },
}

/**
 * Account Information. What a secondary guardian who has a log-in keeps is not in the page of anybody else, and a
 * secondary sees only their own (MA14).
 */
export function guardianCards(
  { slug, now }: Pick<Account, 'slug' | 'now'>,
  guardian: Guardian,
  people: Rows<typeof guardiansQuery>,
  reach: Rows<typeof contactsQuery>,
  places: Rows<typeof addressesQuery>,
): GuardianCard[] {
  const at = paths.portal(slug)
  const contact = ({ id, value, isLogin, blastConsent, guardianId }: Rows<typeof contactsQuery>[number]) => ({
    text: value,
    note: isLogin ? t('Login') : undefined,
    unsubscribed: blastConsent === 'out',
    href: at.contact(id),
    assign: guardianId === null ? { action: at.assignmentOf('contacts', id), key: crypto.randomUUID() } : undefined,
  })
  const contactsFor = (id: number | null) => {
    const own = reach.filter(({ guardianId }) => guardianId === id)
    return {
      addresses: places
        .filter(({ guardianId }) => guardianId === id)
        .map(place => ({
          text: sayPlace(place),
          href: at.address(place.id),
          assign:
            id === null ? { action: at.assignmentOf('addresses', place.id), key: crypto.randomUUID() } : undefined,
        })),
      emails: own.filter(({ kind }) => kind === 'email').map(contact),
      phones: own.filter(({ kind }) => kind === 'phone').map(contact),
    }
  }
  const cards: GuardianCard[] = people.map(person => {
    const { id, name, role, access, mayPay, loginId, inviteUntil } = person
    // Whoever had a log-in goes on looking after their own, also when it is revoked.
    const keepsOwn = role === 'secondary' && (loginId !== null || access === 'limited' || access === 'full')
    const hidden = id !== guardian.id && (guardian.role === 'secondary' || keepsOwn)
    const asked = guardian.role === 'primary' && role === 'secondary'
    const reachable = loginId !== null || reach.some(({ guardianId, kind }) => guardianId === id && kind === 'email')
    const logsIn = access === 'limited' || access === 'full'
    return {
      id,
      name,
      state: role === 'primary' ? { word: 'Primary', tone: 'blue' } : states[access],
      contacts: hidden ? undefined : contactsFor(id),
      note: hidden ? t('{name} looks after these alone.', { name }) : undefined,
      access: asked
        ? {
            key: crypto.randomUUID(),
            note: !reachable
              ? t('Add an e-mail address to invite {name} to log in.', { name })
              : access === 'invited' && (inviteUntil ?? 0) <= now
                ? t('The invitation has run out. Send it again.')
                : undefined,
            acts: [
              ...(reachable && access === 'invited' ? (['Re-Send Invite Email'] as const) : []),
              ...(reachable && !logsIn && access !== 'invited' ? (['Send Invite Email'] as const) : []),
              ...(logsIn ? (['Reset Password'] as const) : []),
              ...(logsIn || access === 'invited' ? (['Revoke'] as const) : []),
            ],
            grants: logsIn ? { key: crypto.randomUUID(), pay: mayPay === 1, full: access === 'full' } : undefined,
          }
        : undefined,
    }
  })
  const loose = contactsFor(null)
  const some = loose.addresses.length + loose.emails.length + loose.phones.length > 0
  if (some && guardian.role === 'primary') cards.push({ id: 0, name: t('Unassigned'), contacts: loose })
  return cards
}
