import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { closeAbout, log } from '../activity/log'
import { audit } from '../audit/audit'
import { type Guardian, mustBePrimary } from '../auth/guardian'
import { mustKnowPassword } from '../auth/password-known'
import { type Answer, commit, must } from '../database'
import { notify } from '../messages/notices'
import { activity } from '../schema/activity'

const subject = 'deletion_request'

/** The family's open request, if there is one. */
export function openDeletion(account: Account, familyId: number) {
  return account.db
    .select({ id: activity.id, createdAt: activity.createdAt })
    .from(activity)
    .where(and(eq(activity.subject, subject), eq(activity.subjectId, familyId), isNull(activity.closedAt)))
}

const isOpen = (familyId: number) =>
  sql`exists (select 1 from ${activity} where ${activity.subject} = ${subject} and ${activity.subjectId} = ${familyId} and ${activity.closedAt} is null)`

/**
 * The primary guardian asks for the account to be deleted. Nothing is deleted: the Office is told (OA17, MA16).
 * @throws Refusal 'primary-only', 'no-password', 'deletion-open'
 */
export async function askForDeletion(
  account: Account,
  guardian: Guardian,
  { password, notes }: { password: string; notes: string | null },
  answer: Answer,
): Promise<void> {
  mustBePrimary(guardian)
  await mustKnowPassword(account, guardian.loginId, password)
  const { family } = guardian
  await commit(
    account,
    [
      must(account, sql`not ${isOpen(family.id)}`, 'deletion-open'),
      log(account, {
        kind: 'deletion_request',
        status: 'special',
        familyId: family.id,
        subject,
        subjectId: family.id,
        particulars: { guardian: guardian.name },
        notes,
      }),
      ...audit(account, 'ask for deletion', `${guardian.name} asked for the account to be deleted`, [
        ['family', family.id],
      ]),
      notify(account, {
        familyId: family.id,
        template: 'deletion-requested',
        values: { guardian_name: guardian.name },
      }),
    ],
    answer,
  )
}

/** The family takes its request back. @throws Refusal 'already-handled' when it is not open any more */
export async function withdrawDeletion(account: Account, guardian: Guardian, answer: Answer): Promise<void> {
  mustBePrimary(guardian)
  const { family } = guardian
  await commit(
    account,
    [
      must(account, isOpen(family.id), 'already-handled'),
      closeAbout(account, subject, family.id, 'withdrawn'),
      ...audit(account, 'withdraw deletion request', `${guardian.name} withdrew the request to delete the account`, [
        ['family', family.id],
      ]),
    ],
    answer,
  )
}
