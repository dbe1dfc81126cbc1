import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import { type Guardian, mustBePrimary } from '../auth/guardian'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found, NotFound } from '../http'
import { policies, policyAnswers, policyVersions } from '../schema/policies'

export interface PolicyAnswer {
  policyId: number
  /** The version that was read: an answer to another one is refused. */
  number?: number
  /** The child, for a student policy. */
  studentId: number | null
  answer: 'accepted' | 'rejected' | 'put_off'
}

/** The version that is answered. */
interface Answered {
  id: number
  name: string
  number: number
  versionId: number
  required: number
}

const said = { accepted: 'accepted', rejected: 'rejected', put_off: 'put off' } as const

/** One policy with its words, as families read it. */
export function policyText({ db }: Pick<Account, 'db'>, policyId: number) {
  return db
    .select({
      id: policies.id,
      kind: policies.kind,
      name: policies.name,
      required: policies.required,
      versionId: sql<number>`${policyVersions.id}`.as('text_version'),
      number: policyVersions.number,
      body: policyVersions.body,
    })
    .from(policies)
    .innerJoin(policyVersions, eq(policyVersions.id, policies.versionId))
    .where(and(eq(policies.id, policyId), eq(policies.active, 1), eq(policies.showWeb, 1)))
}

/** Whether the portal offers "I reject": never on required family policies, on required student ones unless the setting forbids (PO3). */
export function mayReject(account: Account, policy: { kind: string; required: boolean | number }): boolean {
  if (!policy.required) return policy.kind === 'student'
  return policy.kind === 'student' && !account.settings['policy.prevent_reject_required']
}

/** What keeps a guardian's answer to a version: the answer itself, its entry in Online Activity and in the audit log. */
export function answering(
  account: Account,
  guardian: Guardian,
  { id, name, number, versionId, required }: Answered,
  answer: PolicyAnswer['answer'],
  child?: Guardian['students'][number],
): Statement[] {
  const familyId = guardian.family.id
  const studentId = child?.id ?? null
  return [
    account.db.insert(policyAnswers).values({
      versionId,
      familyId,
      studentId,
      answer,
      guardianId: guardian.id,
      electronic: 1,
      ip: account.actor.ip,
      at: account.now,
    }),
    log(account, {
      kind: 'policy',
      status: 'notification',
      familyId,
      studentId,
      subject: 'policy_answer',
      subjectId: newest(policyAnswers),
      particulars: { policyId: id, name, number, answer, required },
    }),
    ...audit(
      account,
      `policy ${answer}`,
      `${said[answer]} ${name}, version ${number}${child ? `, for ${child.firstName} ${child.lastName}` : ''}`,
      [
        ['family', familyId],
        ['student', studentId],
        ['policy', id],
      ],
      { after: { answer, version: number } },
    ),
  ]
}

/**
 * The primary guardian answers a policy; the answer is added, told in Online Activity and kept in the audit log (PO8).
 * @throws Refusal 'primary-only', 'cannot-reject', or 'changed-meanwhile' when another version was published meanwhile
 */
export async function answerPolicy(
  account: Account,
  guardian: Guardian,
  { policyId, number, studentId, answer }: PolicyAnswer,
  formAnswer?: Answer,
): Promise<void> {
  const child = studentId === null ? undefined : guardian.students.find(({ id }) => id === studentId)
  if (studentId !== null && !child) throw new NotFound()
  const policy = found((await read(account, [policyText(account, policyId)]))[0])
  if (child ? policy.kind !== 'student' : policy.kind !== 'family' && policy.kind !== 'appointment')
    throw new NotFound()
  mustBePrimary(guardian)
  if (answer === 'rejected' && !mayReject(account, policy)) throw new Refusal('cannot-reject')
  if (answer === 'put_off' && (policy.required || policy.kind !== 'family')) throw new Refusal('cannot-reject')
  if (number !== undefined && number !== policy.number) throw new Refusal('changed-meanwhile')
  await commit(
    account,
    [
      must(
        account,
        sql`(select ${policies.active} = 1 and ${policies.versionId} = ${policy.versionId} from ${policies} where ${policies.id} = ${policyId})`,
        'changed-meanwhile',
      ),
      ...answering(account, guardian, policy, answer, child),
    ],
    formAnswer,
  )
}
