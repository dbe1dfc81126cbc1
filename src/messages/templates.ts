import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Language } from '../language'
import { templates, templateVersions } from '../schema/templates'
import { aboutAccounts } from './about-accounts'
import { aboutBookings } from './about-bookings'
import { aboutCamps } from './about-camps'
import { aboutClasses } from './about-classes'
import { aboutEnrollments } from './about-enrollments'
import { aboutGuardians } from './about-guardians'
import { aboutPayments } from './about-payments'
import { aboutStaff } from './about-staff'
import type { Wording } from './automatic'
import { commonNames } from './variables'

/**
 * The mails that acts cause, by area, as they are until a business words them otherwise. Who changes a text there
 * changes it for everybody who has not.
 */
export const areas = {
  Classes: { ...aboutEnrollments, ...aboutClasses },
  Camps: aboutCamps,
  'Appointments and parties': aboutBookings,
  'Account, payments and orders': { ...aboutPayments, ...aboutAccounts },
  'Other guardians': aboutGuardians,
  Staff: aboutStaff,
} as const

export const automatic = {
  ...aboutEnrollments,
  ...aboutClasses,
  ...aboutCamps,
  ...aboutBookings,
  ...aboutPayments,
  ...aboutAccounts,
  ...aboutGuardians,
  ...aboutStaff,
}

/** Mail that was queued before notices had templates brings its words along (migration 0006). */
const older: Wording = { subject: '[[subject]]', body: '[[text]]' }

export type AutomaticName = keyof typeof automatic

/** What fills a variable. What a language says in its own way, as a day, is asked for in each. */
export type Value = string | (() => string)
export type ValuesOf<N extends AutomaticName> = Record<(typeof automatic)[N]['own'][number], Value>

export const isAutomatic = (name: string): name is AutomaticName => Object.hasOwn(automatic, name)

/** The variables that a template may use. */
export const variablesOf = (name: AutomaticName): string[] => [...commonNames, ...automatic[name].own]

/** What a business says in a language instead of the program's own words. */
export interface OwnWording extends Wording {
  name: string
  language: string
}

/** What a business says instead of the program's own words, by template and language; of one template where it is named. */
export function wordingsQuery({ db }: Pick<Account, 'db'>, name?: AutomaticName) {
  return db
    .select({
      name: templates.name,
      language: templates.language,
      subject: templateVersions.subject,
      body: templateVersions.body,
    })
    .from(templates)
    .innerJoin(
      templateVersions,
      and(
        eq(templateVersions.templateId, templates.id),
        sql`${templateVersions.version} = (select max(v.version) from ${templateVersions} v where v.template_id = ${templates.id})`,
      ),
    )
    .where(
      and(eq(templates.kind, 'automatic'), isNull(templates.retiredAt), name ? eq(templates.name, name) : undefined),
    )
}

/** The program's own words. */
export const programWords = (name: AutomaticName, language: Language): Wording =>
  language === 'es' ? automatic[name].spanish : automatic[name]

/**
 * The words of a template for whoever reads a language: the business's own in it, else the business's own, which are
 * then for everybody, else the program's.
 */
export function wordingOf(name: string, own: OwnWording[], language: Language = 'en'): Wording | undefined {
  if (name === 'plain') return older
  const ours = (spoken: Language) => own.find(wording => wording.name === name && wording.language === spoken)
  return ours(language) ?? ours('en') ?? (isAutomatic(name) ? programWords(name, language) : undefined)
}
