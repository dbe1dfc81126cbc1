import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { endSessionsOf } from '../auth/sessions'
import { type Answer, commit, must, Refusal, type Statement } from '../database'
import { notify } from '../messages/notices'
import { logins } from '../schema/logins'
import { passkeys } from '../schema/passkeys'
import { endLinks, freshLink } from './links'
import { mustStand, type Person } from './people'
import { mustReach } from './reach'

interface Invited {
  id: number | SQL<number>
  name: string
  loginId: number | null
  /** What it logs in with now. */
  was?: string
  address: string
}

/** What mails somebody a link that makes a log-in of an address, with a password that only they choose. Refuses with 'log-in-taken', 'wait'. */
export async function invitation(
  account: Account,
  actor: Staffer,
  { id, name, loginId, was, address }: Invited,
): Promise<Statement[]> {
  const same = was === address
  const link = await freshLink(account, { staffId: id, purpose: same ? 'password' : 'invitation', address })
  const values = { staff_name: name, by_name: actor.name }
  return [
    must(
      account,
      sql`not exists (select 1 from logins l where l.door = 'staff' and l.email = ${address} and l.id is not ${loginId})`,
      'log-in-taken',
    ),
    ...link.statements,
    ...audit(
      account,
      same ? 'reset password' : 'invite staff',
      same ? `had a link to a new password mailed to ${name}` : `invited ${name} at ${address}`,
      [['staff', id]],
      same ? {} : { before: { logIn: was ?? null }, after: { logIn: address } },
    ),
    same
      ? notify(account, {
          familyId: null,
          address,
          template: 'staff-password-link',
          values: { staff_name: name, ...link.values },
        })
      : notify(account, {
          familyId: null,
          address,
          template: 'staff-invited',
          values: { ...values, ...link.values },
        }),
    // Whoever is about to lose the log-in hears of it while it still opens.
    ...(was && !same
      ? [
          notify(account, {
            familyId: null,
            address: was,
            template: 'staff-address-asked',
            values: { ...values, new_address: address },
          }),
        ]
      : []),
  ]
}

/**
 * Mails somebody the link to their log-in: the first one, one to another address, which is theirs once it was opened,
 * or one to a new password. Those before end.
 * @throws Refusal 'out-of-reach', 'staff-gone', 'log-in-taken', 'wait', 'changed-meanwhile'
 */
export async function invite(
  account: Account,
  actor: Staffer,
  person: Person,
  address: string,
  answer: Answer,
): Promise<void> {
  mustReach(actor, person)
  if (!person.active) throw new Refusal('staff-gone')
  const { id, name, login } = person
  const invited = { id, name, loginId: login?.id ?? null, was: login?.email, address }
  await commit(account, [mustStand(account, person), ...(await invitation(account, actor, invited))], answer)
}

/** Takes back what was mailed. @throws Refusal 'out-of-reach', 'already-handled', 'changed-meanwhile' */
export async function revokeLink(account: Account, actor: Staffer, person: Person, answer: Answer): Promise<void> {
  mustReach(actor, person)
  const { id, name, link } = person
  if (!link) throw new Refusal('already-handled')
  await commit(
    account,
    [
      mustStand(account, person),
      endLinks(account, id),
      ...audit(account, 'revoke link', `took back the link that was mailed to ${name}`, [['staff', id]], {
        before: { address: link.address },
      }),
    ],
    answer,
  )
}

/** What somebody else may end of a log-in, for whoever lost a device or a mailbox. */
export const ends = {
  'log-out': {
    action: 'end session',
    said: 'logged out every device of',
    told: 'logged out every device of yours',
  },
  'second-step-removal': {
    action: 'change second step',
    said: 'removed the second step of',
    told: 'removed your second step and logged out every device',
  },
  'passkey-removal': {
    action: 'remove passkey',
    said: 'removed all passkeys of',
    told: 'removed your passkeys and logged out every device',
  },
} as const

/**
 * Ends somebody's sessions, second step or passkeys, and tells them by mail. Whoever takes a way in also ends the
 * sessions, because who holds the lost device may be in.
 * @throws Refusal 'out-of-reach', 'already-handled' where there is nothing to end, 'changed-meanwhile'
 */
export async function endOf(
  account: Account,
  actor: Staffer,
  person: Person,
  which: keyof typeof ends,
  answer: Answer,
): Promise<void> {
  mustReach(actor, person)
  const { id, name, login } = person
  const there = {
    'log-out': login?.sessions,
    'second-step-removal': login?.secondStep,
    'passkey-removal': login?.passkeys,
  }
  if (!login || !there[which]) throw new Refusal('already-handled')
  const { db } = account
  const { action, said, told } = ends[which]
  await commit(
    account,
    [
      mustStand(account, person),
      ...(which === 'second-step-removal'
        ? [db.update(logins).set({ secondFactor: null, secondFactorAt: null }).where(eq(logins.id, login.id))]
        : []),
      ...(which === 'passkey-removal' ? [db.delete(passkeys).where(eq(passkeys.loginId, login.id))] : []),
      endSessionsOf(account, login.id),
      ...audit(account, action, `${said} ${name}`, [['staff', id]], {
        before: { sessions: login.sessions, secondStep: login.secondStep, passkeys: login.passkeys },
      }),
      notify(account, {
        familyId: null,
        address: login.email,
        template: 'staff-log-in-ended',
        values: { staff_name: name, by_name: actor.name, change: told },
      }),
    ],
    answer,
  )
}
