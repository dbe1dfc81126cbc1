import { eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, Refusal, read } from '../database'
import { found } from '../http'
import { makeupTokens } from '../schema/makeups'
import { programs } from '../schema/programs'
import { never, type Token, tokensQuery } from './tokens'

/** What staff say of a token. */
export interface TokenTerms {
  programId: number
  /** The last day of use, or nothing for one that does not expire. */
  expiresOn: string | null
  comment: string | null
}

/** The programs that a token can be for. */
export const programsQuery = ({ db }: Pick<Account, 'db'>) =>
  db
    .select({ id: programs.id, name: programs.name })
    .from(programs)
    .where(isNull(programs.retiredAt))
    .orderBy(programs.sort, programs.id)

/** One token. @throws NotFound */
export async function tokenById(account: Account, id: number): Promise<Token> {
  const [rows] = await read(account, [tokensQuery(account, eq(makeupTokens.id, id))])
  return found(rows)
}

/**
 * Staff give a student a token (OP31).
 * @throws Refusal 'changed-meanwhile' when the student is not in that household
 */
export async function issueToken(
  account: Account,
  to: { studentId: number; familyId: number; locationId: number; studentName: string },
  { programId, expiresOn, comment }: TokenTerms,
  answer: Answer,
): Promise<void> {
  const { studentId, familyId, locationId, studentName } = to
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from family_students f join programs p on p.id = ${programId} and p.retired_at is null where f.student_id = ${studentId} and f.family_id = ${familyId})`,
        'changed-meanwhile',
      ),
      account.db.insert(makeupTokens).values({
        studentId,
        familyId,
        locationId,
        programId,
        issuedBy: account.actor.name,
        issuedAt: account.now,
        expiresOn: expiresOn ?? never,
        comment,
      }),
      ...audit(
        account,
        'issue makeup token',
        `gave ${studentName} a makeup token`,
        [
          ['family', familyId],
          ['student', studentId],
          ['makeup_token', newest(makeupTokens)],
        ],
        { after: { programId, locationId, expiresOn, comment } },
      ),
    ],
    answer,
  )
}

const subjects = ({ id, familyId, studentId }: Token): [string, number][] => [
  ['family', familyId],
  ['student', studentId],
  ['makeup_token', id],
]

/** Staff change when a token expires, what it is for, what is said of it. @throws Refusal 'changed-meanwhile' */
export async function editToken(account: Account, token: Token, terms: TokenTerms, answer: Answer): Promise<void> {
  const { programId, expiresOn, comment } = terms
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from makeup_tokens t where t.id = ${token.id} and t.revoked_at is null and t.expires_on = ${token.expiresOn})`,
        'changed-meanwhile',
      ),
      must(account, sql`exists (select 1 from programs p where p.id = ${programId})`, 'changed-meanwhile'),
      account.db
        .update(makeupTokens)
        .set({ programId, expiresOn: expiresOn ?? never, comment })
        .where(eq(makeupTokens.id, token.id)),
      ...audit(account, 'edit makeup token', `changed makeup token ${token.id}`, subjects(token), {
        before: { programId: token.programId, expiresOn: token.expiresOn, comment: token.comment },
        after: terms,
      }),
    ],
    answer,
  )
}

/** Staff take a token away that nobody has used. @throws Refusal 'token-gone' for one that is spent or pending */
export async function deleteToken(account: Account, token: Token, answer: Answer): Promise<void> {
  if (token.usedBy !== null) throw new Refusal('token-gone')
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from makeup_tokens t where t.id = ${token.id} and t.used_by is null and t.revoked_at is null)`,
        'token-gone',
      ),
      // It stays as taken back: the audit log points at it.
      account.db.update(makeupTokens).set({ revokedAt: account.now }).where(eq(makeupTokens.id, token.id)),
      ...audit(account, 'delete makeup token', `deleted makeup token ${token.id}`, subjects(token), {
        before: { program: token.programName, expiresOn: token.expiresOn, comment: token.comment },
      }),
    ],
    answer,
  )
}
