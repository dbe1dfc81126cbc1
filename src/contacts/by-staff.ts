import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { endSessionsOf } from '../auth/sessions'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { contacts, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { type Contact, contactState, fold, mustBeNew, noneFirst, unlessOut } from './contacts'
import type { Hand } from './keepers'
import { moveLogIn } from './log-in-address'

/** A contact as the form of staff has it. */
export interface ContactWish {
  value: string
  /** Home, work, mobile. */
  label: string | null
  /** Email Blasts or texts may come to it. */
  consent: boolean
  /** Where the family is written to first. */
  primary: boolean
}

/**
 * Staff change a contact whole: what it is, its type, whether blasts may come, and that it is the first one (A3). A
 * log-in address takes the log-in along: its sessions end, and the new address proves itself at the next log-in.
 * @param was its state as the form knew it: of two editors the second is refused and sees both
 * @throws Refusal 'changed-meanwhile', 'contact-known', 'email-taken'
 */
export async function saveContact(
  account: Account,
  hand: Hand,
  contact: Contact,
  { value, label, consent, primary }: ContactWish,
  was: string,
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  const { id, kind, guardianId, blastConsent } = contact
  const folded = fold(kind, value)
  const familyId = hand.family.id
  const other = folded !== fold(kind, contact.value)
  // Who never said anything about blasts has still said nothing.
  const said = (blastConsent !== 'out') === consent ? undefined : consent ? ('in' as const) : ('out' as const)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from contacts c where c.id = ${id} and c.family_id = ${familyId} and ${contactState(sql`c`)} = ${was})`,
        'changed-meanwhile',
      ),
      mustBeNew(account, hand, kind, folded, sql`${guardianId}`, id),
      ...(contact.isLogin && other ? await logInMoves(account, hand, contact, folded) : []),
      ...(primary && !contact.isPrimary ? [noneFirst(account, familyId, kind)] : []),
      db
        .update(contacts)
        .set({
          value,
          folded,
          label,
          ...(primary ? { isPrimary: 1 } : {}),
          ...(other ? { verifiedAt: null } : {}),
          ...(said
            ? { blastConsent: said, consentAt: now }
            : other
              ? { blastConsent: unlessOut(kind, folded, sql`blast_consent`) }
              : {}),
        })
        .where(eq(contacts.id, id)),
      ...audit(
        account,
        `edit ${kind}`,
        `changed ${contact.value}${other ? ` to ${value}` : ''}`,
        [['family', familyId]],
        {
          before: { value: contact.value, type: contact.label, blasts: blastConsent, primary: contact.isPrimary === 1 },
          after: { value, type: label, blasts: said ?? blastConsent, primary: primary || contact.isPrimary === 1 },
        },
      ),
    ],
    answer,
  )
}

async function logInMoves(account: Account, hand: Hand, contact: Contact, to: string): Promise<Statement[]> {
  const [[login]] = await read(account, [
    account.db
      .select({
        id: sql<number>`${logins.id}`.as('login_id'),
        email: logins.email,
        households:
          sql`(select json_group_array(distinct x.family_id) from guardians x where x.login_id = ${logins.id})`
            .mapWith(text => JSON.parse(text) as number[])
            .as('households'),
      })
      .from(guardians)
      .innerJoin(logins, eq(logins.id, guardians.loginId))
      .where(eq(guardians.id, contact.guardianId ?? 0)),
  ])
  if (!login) throw new Refusal('changed-meanwhile')
  return [
    ...moveLogIn(account, {
      loginId: login.id,
      name: contact.guardian ?? '',
      familyId: hand.family.id,
      from: login.email,
      to,
      households: login.households,
      forThem: true,
    }),
    endSessionsOf(account, login.id),
  ]
}
