import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { must, type Statement } from '../database'
import { policies, policyVersions } from '../schema/policies'
import { answering } from './answers'
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
  return [
    ...accepted.flatMap(policy => answering(account, guardian, policy, 'accepted')),
    must(account, transactionPoliciesAccepted(guardian.family.id), 'policy-open'),
  ]
}
