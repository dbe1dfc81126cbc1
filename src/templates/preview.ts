import { sql } from 'drizzle-orm'
import type { TemplatePreview } from '../../views/templates/types'
import type { Account } from '../accounts/account'
import { sayTime, sayWeekday } from '../clock'
import { read } from '../database'
import { type Language, speaking } from '../language'
import type { Wording } from '../messages/automatic'
import { filled, type Values, written } from '../messages/markup'
import { generalValues, listed, type Reached, reachQuery } from '../messages/people'
import { type CommonName, particular } from '../messages/variables'

/** What stands for a family where a template is looked at without one. */
const somebody = () =>
  ({
    family_first: 'Ana',
    family_last: 'Rivera',
    family_name: 'Rivera',
    family_balance: '$50.00',
    student_names: listed(['Mia', 'Leo']),
    class_names: listed(['Beginner Gymnastics', 'Tumbling']),
    class_schedules: listed([
      `Beginner Gymnastics, ${sayWeekday(1, true)} ${sayTime('16:15')}`,
      `Tumbling, ${sayWeekday(2, true)} ${sayTime('17:00')}`,
    ]),
  }) as const satisfies Partial<Record<CommonName, string>>

const samples = (language: Language): Values =>
  Object.fromEntries(
    Object.entries<{ sample: string; es?: string }>(particular).map(([name, { sample, es }]) => [
      name,
      (language === 'es' && es) || sample,
    ]),
  )

/** How words read in a mail to a family, or to somebody made up; the act's own particulars are always samples. */
export function previewOf(
  account: Account,
  { subject, body }: Wording,
  language: Language = 'en',
  family?: Reached,
): TemplatePreview {
  const common = speaking(language, () => ({ ...generalValues(account), ...(family ? {} : somebody()) }))
  const set = { valid_hours: String(account.settings['invite.valid_hours']) }
  const values = { ...samples(language), ...set, ...common, ...family?.valuesIn(language) }
  const text = written(body)
  return {
    to: family ? family.values.family_name : undefined,
    language: language === 'en' ? undefined : language,
    subject: filled(subject, values),
    html: text.html(values),
    text: text.text(values),
  }
}

/** The first family whose name begins so. */
export async function familyNamed(account: Account, typed: string): Promise<Reached | undefined> {
  const folded = typed.trim().toLowerCase()
  if (!folded) return
  const [[first]] = await read(account, [
    account.db
      .select({ id: sql<number>`id`.as('id') })
      .from(
        sql`(select f.id from families f where f.sort_name >= ${folded} and f.sort_name < ${folded} || char(1114111) and f.state in ('open','suspended') order by f.sort_name, f.id limit 1)`,
      ),
  ])
  if (!first) return
  const [[reached]] = await read(account, [reachQuery(account, [first.id])])
  return reached
}
