import type { ParticularName } from './variables'

/** What a mail says, with variables. */
export interface Wording {
  subject: string
  body: string
}

/** A mail that an act causes. */
export interface Automatic extends Wording {
  /** What it is called where it can be changed. */
  title: string
  /** When it goes out. */
  when: string
  /** The variables it has beside the common ones; the verb that causes it gives them. */
  own: readonly ParticularName[]
  /** The same to whoever reads Spanish, with the same variables. */
  spanish: Wording
}

/** A notice as a letter: a greeting, what there is to say, and the way to the account. */
export const letter = (...paragraphs: string[]) => letterTo('[[family_first]]', ...paragraphs)

/** The same to somebody else than the primary guardian. */
export const letterTo = (who: string, ...paragraphs: string[]) =>
  [`Hello ${who},`, ...paragraphs, '[Your account]([[portal_url]]/account)'].join('\n\n')

/** The letter in Spanish. */
export const spanishLetter = (...paragraphs: string[]) => spanishLetterTo('[[family_first]]', ...paragraphs)

/** The same to somebody else; nobody is named where English says "Hello there". */
export const spanishLetterTo = (who: string | null, ...paragraphs: string[]) =>
  [who ? `Hola, ${who}:` : 'Hola:', ...paragraphs, '[Su cuenta]([[portal_url]]/account)'].join('\n\n')
