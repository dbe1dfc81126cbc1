import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Guardian as GuardianCard } from '../../views/portal/guardians'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { sayPlace } from '../contacts/addresses'
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

const states = {
  none: undefined,
  invited: { word: 'Invite Sent', tone: 'amber' },
  revoked: { word: 'Invite Revoked' },
  limited: { word: 'Can Log In', tone: 'green' },
  full: { word: 'Can Log In', tone: 'green' },
} as const

/**
 * Account Information. What a secondary guardian who has a log-in keeps is not in the page of anybody else, and a
 * secondary sees only their own (MA14).
 */
export function guardianCards(
  slug: string,
  guardian: Guardian,
  people: Rows<typeof guardiansQuery>,
  reach: Rows<typeof contactsQuery>,
  places: Rows<typeof addressesQuery>,
): GuardianCard[] {
  const at = paths.portal(slug)
  const contact = ({ id, value, isLogin, blastConsent, guardianId }: Rows<typeof contactsQuery>[number]) => ({
    text: value,
    note: isLogin ? 'Login' : undefined,
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
  const cards: GuardianCard[] = people.map(({ id, name, role, access }) => {
    const keepsOwn = role === 'secondary' && (access === 'limited' || access === 'full')
    const hidden = id !== guardian.id && (guardian.role === 'secondary' || keepsOwn)
    return {
      id,
      name,
      state: role === 'primary' ? { word: 'Primary', tone: 'blue' } : states[access],
      contacts: hidden ? undefined : contactsFor(id),
      note: hidden ? `${name} looks after these alone.` : undefined,
      actions: [],
    }
  })
  const loose = contactsFor(null)
  const some = loose.addresses.length + loose.emails.length + loose.phones.length > 0
  if (some && guardian.role === 'primary') cards.push({ id: 0, name: 'Unassigned', contacts: loose, actions: [] })
  return cards
}
