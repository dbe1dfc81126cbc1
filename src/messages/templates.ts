import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { templates, templateVersions } from '../schema/templates'
import { aboutAccounts } from './about-accounts'
import { aboutBookings } from './about-bookings'
import { aboutCamps } from './about-camps'
import { aboutClasses } from './about-classes'
import { aboutGuardians } from './about-guardians'
import type { Wording } from './automatic'
import { commonNames } from './variables'

/**
 * The mails that acts cause, by area, as they are until a business words them otherwise. Who changes a text there
 * changes it for everybody who has not.
 */
export const areas = {
  Classes: aboutClasses,
  Camps: aboutCamps,
  'Appointments and parties': aboutBookings,
  'Account, payments and orders': aboutAccounts,
  'Other guardians': aboutGuardians,
} as const

export const automatic = { ...aboutClasses, ...aboutCamps, ...aboutBookings, ...aboutAccounts, ...aboutGuardians }

/** Mail that was queued before notices had templates brings its words along (migration 0006). */
const older: Wording = { subject: '[[subject]]', body: '[[text]]' }

export type AutomaticName = keyof typeof automatic
export type ValuesOf<N extends AutomaticName> = Record<(typeof automatic)[N]['own'][number], string>

export const isAutomatic = (name: string): name is AutomaticName => Object.hasOwn(automatic, name)

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
  if (name === 'plain') return older
  return own.find(wording => wording.name === name) ?? (isAutomatic(name) ? automatic[name] : undefined)
}
