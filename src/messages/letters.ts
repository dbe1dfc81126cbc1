import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { read } from '../database'
import type { Language } from '../language'
import { blastFiles, blasts } from '../schema/blasts'
import { logins } from '../schema/logins'
import { compose, type Letter } from './compose'
import type { Mail } from './mail'
import { filled, type Values, type Written, written } from './markup'
import { keptIn } from './notices'
import { generalValues, type Reached, reachQuery } from './people'
import { wordingOf, wordingsQuery } from './templates'

/** A mail that its sender holds. */
export interface Claimed {
  id: number
  familyId: number | null
  address: string
  blastId: number | null
  template: string | null
  /** Words of its own, where no template has them. */
  subject: string | null
  body: string | null
  data: string | null
  key: string | null
  tries: number
}

export type Prepared =
  | { row: Claimed; mail: Mail; values: Values; text: string; language: Language }
  | { row: Claimed; skipped: string; subject?: string }

/** What each claimed row says and to whom, or why it is not sent. */
export async function lettersFor(account: Account, claimed: Claimed[]): Promise<Prepared[]> {
  const families = [...new Set(claimed.map(({ familyId }) => familyId ?? 0))].filter(Boolean)
  const ofBlasts = JSON.stringify([...new Set(claimed.map(({ blastId }) => blastId ?? 0))].filter(Boolean))
  const addressed = JSON.stringify(claimed.map(({ address }) => address.toLowerCase()).filter(Boolean))
  const [reached, wordings, known, sent, files] = await read(account, [
    reachQuery(account, families),
    wordingsQuery(account),
    account.db
      .select({ email: logins.email, language: logins.language })
      .from(logins)
      .where(
        sql`${logins.door} = 'guardian' and ${logins.languageAt} is not null and ${logins.email} in (select value from json_each(${addressed}))`,
      ),
    account.db
      .select({ id: blasts.id, subject: blasts.subject, body: blasts.body, origin: blasts.origin })
      .from(blasts)
      .where(sql`${blasts.id} in (select value from json_each(${ofBlasts}))`),
    account.db
      .select({ blastId: blastFiles.blastId, name: blastFiles.name, type: blastFiles.type, bytes: blastFiles.bytes })
      .from(blastFiles)
      .where(sql`${blastFiles.blastId} in (select value from json_each(${ofBlasts}))`),
  ])
  const byFamily = new Map(reached.map(one => [one.familyId, one]))
  const bodies = new Map<string, Written>()
  const bodyOf = (source: string) => {
    const known = bodies.get(source) ?? written(source)
    bodies.set(source, known)
    return known
  }
  return claimed.map(row => {
    const family = row.familyId ? byFamily.get(row.familyId) : undefined
    const blast = sent.find(({ id }) => id === row.blastId)
    const given = keptIn(row.data)
    // Who is written to at an address reads what that log-in reads; the rest of a family what its primary guardian does.
    const own = known.find(({ email }) => email === row.address.toLowerCase())?.language as Language | undefined
    const language = blast ? 'en' : (given.language ?? own ?? given.reads ?? family?.reads ?? 'en')
    // Staff belong to no family, but to a business with a name.
    const general = family ? family.valuesIn(language) : generalValues(account)
    const values = { ...general, ...given.values, ...(language === 'es' ? given.es : {}) }
    const words = row.body === null ? undefined : { subject: row.subject ?? '', body: row.body }
    const wording = blast ?? words ?? wordingOf(row.template ?? '', wordings, language)
    if (!wording) return { row, skipped: 'no-template' }
    const to = mailboxOf(row, family)
    if ('skipped' in to) return { row, skipped: to.skipped, subject: filled(wording.subject, values) }
    const letter: Letter = {
      key: row.key ?? `message-${row.id}`,
      to,
      subject: wording.subject,
      body: bodyOf(wording.body),
      values: blast ? { ...values, portal_url: `${blast.origin}/p/${account.slug}` } : values,
      kind: blast ? 'blast' : 'notice',
      language,
      origin: blast?.origin ?? account.origin,
      files: files.filter(({ blastId }) => blastId === row.blastId),
    }
    const text = letter.body.text(letter.values)
    return { row, mail: compose(account, letter), values: letter.values, text, language }
  })
}

/** Blasts go where somebody wants them; what a family is owed goes to whoever answers first. */
function mailboxOf(row: Claimed, family?: Reached): { name: string | null; address: string } | { skipped: string } {
  const name = family ? `${family.values.family_first} ${family.values.family_last}`.trim() : null
  if (row.address) return { name, address: row.address }
  if (!family) return { skipped: 'no-address' }
  if (row.blastId === null) return family.address ? { name, address: family.address } : { skipped: 'no-address' }
  return family.blastAddress ? { name, address: family.blastAddress } : { skipped: family.leftOut ?? 'no-address' }
}
