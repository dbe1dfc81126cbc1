import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { must, newest, type Statement } from '../database'
import { policies, policyAnswers, policyVersions } from '../schema/policies'
import { transactionPoliciesAccepted } from './gate'

/** A policy about paying, as it stands with a family: asked where money is about to move. */
export interface TransactionPolicy {
  id: number
  name: string
  required: number
  versionId: number
  number: number
  body: string
  accepted: number
}

/** The transaction policies that are shown on the web, with whether the family has accepted the version that counts. */
export function transactionPolicies({ db }: Pick<Account, 'db'>, familyId: number) {
  const newestAnswer = sql`(select a.answer from policy_answers a where a.version_id = ${policyVersions.id} and a.family_id = ${familyId} and a.student_id is null order by a.id desc limit 1)`
  return db
    .select({
      id: policies.id,
      name: sql<string>`${policies.name}`.as('policy_name'),
      required: policies.required,
      versionId: sql<number>`${policyVersions.id}`.as('shown_version'),
      number: policyVersions.number,
      body: policyVersions.body,
      accepted: sql<number>`coalesce(${newestAnswer} = 'accepted', 0)`.as('is_accepted'),
    })
    .from(policies)
    .innerJoin(policyVersions, eq(policyVersions.id, policies.versionId))
    .where(and(eq(policies.active, 1), eq(policies.showWeb, 1), eq(policies.kind, 'transaction')))
    .orderBy(asc(policies.sort), asc(policies.id))
}

/**
 * Whoever pays or submits accepts the policies about it in the same form; the answers are kept like any other (PO8).
 * The guard behind them refuses with 'policy-open' when a required one is still open.
 */
export function acceptingTransactions(
  account: Account,
  guardian: Guardian,
  accepted: TransactionPolicy[],
): Statement[] {
  const familyId = guardian.family.id
  return [
    ...accepted.flatMap(({ id, name, number, versionId, required }) => [
      account.db.insert(policyAnswers).values({
        versionId,
        familyId,
        answer: 'accepted',
        guardianId: guardian.id,
        electronic: 1,
        ip: account.actor.ip,
        at: account.now,
      }),
      log(account, {
        kind: 'policy',
        status: 'notification',
        familyId,
        subject: 'policy_answer',
        subjectId: newest(policyAnswers),
        particulars: { policyId: id, name, number, answer: 'accepted', required },
      }),
      ...audit(
        account,
        'policy accepted',
        `accepted ${name}, version ${number}`,
        [
          ['family', familyId],
          ['policy', id],
        ],
        { after: { answer: 'accepted', version: number } },
      ),
    ]),
    must(account, transactionPoliciesAccepted(familyId), 'policy-open'),
  ]
}
