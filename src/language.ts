import { AsyncLocalStorage } from 'node:async_hooks'
import { spanish } from './spanish'

/** The languages of the Customer Portal (BY15), each in its own name. The Office, the books and the logs are English. */
export const languages = { en: 'English', es: 'Español' } as const

export type Language = keyof typeof languages

const spoken = new AsyncLocalStorage<Language>()

/**
 * Runs something in a language. A page is asked for and drawn in the reader's; an act runs in English, because what it
 * writes is read by staff, and only its answer is drawn in the reader's again.
 */
export const speaking = <T>(language: Language, run: () => T): T => spoken.run(language, run)

/** The language of whoever reads what is being made now. */
export const language = (): Language => spoken.getStore() ?? 'en'

export const isLanguage = (text: unknown): text is Language =>
  typeof text === 'string' && Object.hasOwn(languages, text)

/** The first language a browser asks for that we speak: "es-MX,es;q=0.9,en;q=0.8" is Spanish. */
export function languageAsked(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map(part => {
      const [tag = '', quality] = part.trim().split(/;\s*q=/)
      return { tag: tag.slice(0, 2).toLowerCase(), weight: quality === undefined ? 1 : Number(quality) || 0 }
    })
    .filter(({ tag, weight }) => weight > 0 && isLanguage(tag))
    .sort((a, b) => b.weight - a.weight)
  return (wanted[0]?.tag as Language | undefined) ?? 'en'
}

/**
 * Says an English sentence in the reader's language: the sentence is its own key, `{name}` is filled from the values.
 * What has no translation stays English, so a name or a class may go through as it is.
 */
export function t(english: string, values?: Record<string, string | number>): string {
  const said = language() === 'en' ? english : (spanish[english] ?? bySentence(english) ?? english)
  return values ? said.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)) : said
}

let patterns: { test: RegExp; names: string[]; said: string }[] | undefined

/**
 * Finds a sentence that was filled before it came here, as the ones beside a form's fields are: "First name is missing."
 * Only whole sentences: "{first} to {last}" would fit too many names.
 */
function bySentence(sentence: string): string | undefined {
  patterns ??= Object.entries(spanish)
    .filter(([english]) => /\{\w+\}.*\.$/.test(english))
    .map(([english, said]) => ({
      test: new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '(.{1,60})')}$`),
      names: [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
      said,
    }))
  for (const { test, names, said } of patterns) {
    const found = test.exec(sentence)
    if (!found) continue
    return said.replace(/\{(\w+)\}/g, (_, name) => {
      const value = found[names.indexOf(name) + 1] ?? ''
      return spanish[value] ?? value
    })
  }
}
