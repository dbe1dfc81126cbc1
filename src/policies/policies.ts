import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, Refusal, read } from '../database'
import { found } from '../http'
import { policies, policyVersions } from '../schema/policies'

export interface PolicyDraft {
  kind: 'family' | 'student' | 'appointment' | 'transaction'
  name: string
  body: string
  required: boolean
  showWeb: boolean
  active: boolean
}

/** Required but not shown on the web would shut families out with nothing to accept (PO1). */
function mustBeAnswerable({ active, required, showWeb }: Pick<PolicyDraft, 'active' | 'required' | 'showWeb'>) {
  if (active && required && !showWeb) throw new Refusal('required-hidden')
}

/**
 * Makes a policy with its first version.
 * @param staffId who publishes it
 * @returns its id
 * @throws Refusal 'required-hidden'
 */
export async function createPolicy(
  account: Account,
  staffId: number | null,
  draft: PolicyDraft,
  answer?: Answer,
): Promise<number> {
  mustBeAnswerable(draft)
  const { kind, name, body, required, showWeb, active } = draft
  const results = await commit(
    account,
    [
      account.db
        .insert(policies)
        .values({
          kind,
          name,
          required: required ? 1 : 0,
          showWeb: showWeb ? 1 : 0,
          sort: sql`(select coalesce(max(sort), 0) + 1 from ${policies})` as unknown as number,
        })
        .returning({ id: policies.id }),
      account.db.insert(policyVersions).values({
        policyId: newest(policies) as unknown as number,
        number: 1,
        body,
        publishedAt: account.now,
        publishedBy: staffId,
      }),
      account.db
        .update(policies)
        .set({ versionId: newest(policyVersions) as unknown as number, active: active ? 1 : 0 })
        .where(eq(policies.id, newest(policies))),
      ...audit(account, 'publish policy', `published ${name}, version 1`, [['policy', newest(policies)]], {
        after: { kind, required, showWeb, active },
      }),
    ],
    answer,
  )
  return found(results[0] as { id: number }[]).id
}

/**
 * Publishes changed words as a new version, which asks every family anew; what was published stays as it is (PO1).
 * Switches may change with them; words that are given as they stand are no new version.
 * @param change `seen` is the version that whoever writes has before them, where somebody looked at one
 * @param answerOf the form's answer, which may say whether a version was published
 * @returns whether a version was published
 * @throws NotFound, Refusal 'required-hidden', 'changed-meanwhile' when somebody else published since
 */
export async function publishPolicy(
  account: Account,
  staffId: number | null,
  policyId: number,
  change: { body?: string; name?: string; required?: boolean; showWeb?: boolean; active?: boolean; seen?: number },
  answerOf?: (said: 'published' | 'saved') => Answer,
): Promise<boolean> {
  const last = sql`(select max(v.number) from policy_versions v where v.policy_id = ${policyId})`
  const [rows] = await read(account, [
    account.db
      .select({
        name: policies.name,
        required: policies.required,
        showWeb: policies.showWeb,
        active: policies.active,
        number: sql<number>`coalesce(${last}, 0)`.as('last_number'),
        body: sql<string>`(select body from ${policyVersions} where ${policyVersions.id} = ${policies.versionId})`.as(
          'last_body',
        ),
      })
      .from(policies)
      .where(eq(policies.id, policyId)),
  ])
  const was = found(rows)
  const next = {
    name: change.name ?? was.name,
    required: change.required ?? was.required === 1,
    showWeb: change.showWeb ?? was.showWeb === 1,
    active: change.active ?? was.active === 1,
  }
  mustBeAnswerable(next)
  const body = change.body === was.body ? undefined : change.body
  const number = was.number + 1
  await commit(
    account,
    [
      must(account, sql`coalesce(${last}, 0) = ${change.seen ?? was.number}`, 'changed-meanwhile'),
      ...(body === undefined
        ? []
        : [
            account.db
              .insert(policyVersions)
              .values({ policyId, number, body, publishedAt: account.now, publishedBy: staffId }),
          ]),
      account.db
        .update(policies)
        .set({
          name: next.name,
          required: next.required ? 1 : 0,
          showWeb: next.showWeb ? 1 : 0,
          active: next.active ? 1 : 0,
          ...(body === undefined ? {} : { versionId: newest(policyVersions) as unknown as number }),
        })
        .where(eq(policies.id, policyId)),
      ...audit(
        account,
        body === undefined ? 'change policy' : 'publish policy',
        body === undefined ? `changed ${next.name}` : `published ${next.name}, version ${number}`,
        [['policy', policyId]],
        {
          before: {
            name: was.name,
            required: was.required === 1,
            showWeb: was.showWeb === 1,
            active: was.active === 1,
          },
          after: next,
        },
      ),
    ],
    answerOf?.(body === undefined ? 'saved' : 'published'),
  )
  return body !== undefined
}
