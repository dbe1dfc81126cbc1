import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { commit, must, Refusal } from '../database'
import type { Language } from '../language'
import { logins } from '../schema/logins'
import type { Guardian } from './guardian'

/** As the audit log calls them. */
const called: Record<Language, string> = { en: 'English', es: 'Spanish' }

/** What a new log-in has of its reader's language. */
export const readingIn = ({ now }: Pick<Account, 'now'>, language: Language) => ({ language, languageAt: now })

/**
 * Keeps the language that somebody reads with their log-in: what is mailed to them is written in it.
 * @param chosen by a person; what only their device asks for is no act, and no audit line tells of it
 */
export async function keepLanguage(
  account: Account,
  guardian: Guardian,
  language: Language,
  chosen: boolean,
): Promise<void> {
  const { loginId, email, family } = guardian
  const other = sql`exists (select 1 from ${logins} where ${logins.id} = ${loginId} and (${logins.languageAt} is null or ${logins.language} <> ${language}))`
  try {
    await commit(account, [
      must(account, other, 'already-handled'),
      account.db.update(logins).set(readingIn(account, language)).where(eq(logins.id, loginId)),
      ...(chosen
        ? audit(account, 'choose language', `${email} is written to in ${called[language]}`, [['family', family.id]])
        : []),
    ])
  } catch (refusal) {
    // Another page of the same person was faster.
    if (!(refusal instanceof Refusal)) throw refusal
  }
}
