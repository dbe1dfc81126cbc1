import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { templates, templateVersions } from '../schema/templates'
import { commonNames } from './variables'

/** What a mail says, with variables. */
export interface Wording {
  subject: string
  body: string
}

interface Automatic extends Wording {
  /** What it is called where it can be changed. */
  title: string
  /** When it goes out. */
  when: string
  /** The variables it has beside the common ones; the verb that causes it gives them. */
  own: readonly string[]
}

/**
 * The mails that acts cause, as they are until a business words them otherwise. Who changes a text here changes it for
 * everybody who has not.
 */
export const automatic = {
  plain: {
    title: 'Other notices',
    when: 'Whatever has no template of its own.',
    own: ['subject', 'text'],
    subject: '[[subject]]',
    body: '[[text]]',
  },
} as const satisfies Record<string, Automatic>

export type AutomaticName = keyof typeof automatic
export type ValuesOf<N extends AutomaticName> = Record<(typeof automatic)[N]['own'][number], string>

/** The variables that a template may use. */
export const variablesOf = (name: AutomaticName): string[] => [...commonNames, ...automatic[name].own]

/** What a business says instead of the program's own words, by template. */
export function wordingsQuery({ db }: Pick<Account, 'db'>) {
  return db
    .select({ name: templates.name, subject: templateVersions.subject, body: templateVersions.body })
    .from(templates)
    .innerJoin(
      templateVersions,
      and(
        eq(templateVersions.templateId, templates.id),
        sql`${templateVersions.version} = (select max(v.version) from ${templateVersions} v where v.template_id = ${templates.id})`,
      ),
    )
    .where(and(eq(templates.kind, 'automatic'), isNull(templates.retiredAt)))
}

/** The words of a template: the business's own, else the program's. */
export function wordingOf(name: string, own: ({ name: string } & Wording)[]): Wording | undefined {
  return own.find(wording => wording.name === name) ?? (automatic as Record<string, Automatic>)[name]
}
