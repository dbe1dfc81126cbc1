import type { Account } from '../accounts/account'
import type { Child } from '../auth/guardian'
import * as paths from '../paths'

/** What keeps a household from enrolling a child anywhere: it is the other one's to enroll (BY7), or its profile lacks what the business requires (CP7). */
export function keptFromEnrolling(
  { settings }: Pick<Account, 'settings'>,
  { mayEnroll, lacks }: Pick<Child, 'mayEnroll' | 'lacks'>,
): 'may-not-enroll' | 'profile-incomplete' | undefined {
  if (!mayEnroll) return 'may-not-enroll'
  const needed =
    (lacks?.grade && settings['ask.grade'] === 'required') ||
    (lacks?.medical && settings['ask.medical'] === 'required') ||
    lacks?.own
  return needed ? 'profile-incomplete' : undefined
}

/** Where a profile is filled in, with the way back; nothing else that keeps from enrolling has such a page. */
export const wayOut = (slug: string, studentId: number, kept: string, next: string): string | undefined =>
  kept === 'profile-incomplete' ? paths.portal(slug).student(studentId, { next }) : undefined
