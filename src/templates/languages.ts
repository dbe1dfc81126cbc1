import type { Account } from '../accounts/account'
import type { Language } from '../language'
import { type OwnWording, wordingOf } from '../messages/templates'
import { previewOf } from './preview'
import type { Which } from './templates'

export type Notice = Extract<Which, { kind: 'automatic' }>

/** As the Office calls them. */
export const called: Record<Language, string> = { en: 'English', es: 'Spanish' }

/** The other of the two languages that families are written to in. */
const other = (language: Language): Language => (language === 'es' ? 'en' : 'es')

/** What stands for a template in its address: a notice's Spanish has its language behind the name. */
export const addressOf = (which: Which): string | number =>
  which.kind === 'blast' ? which.id : which.language === 'es' ? `${which.name}.es` : which.name

/** Whose words a notice has in a language: its own, the English ones that are for everybody, or the program's. */
export function whoseWords(own: Pick<OwnWording, 'language'>[], language: Language): 'own' | 'english' | 'program' {
  const has = (spoken: Language) => own.some(wording => wording.language === spoken)
  return has(language) ? 'own' : has('en') ? 'english' : 'program'
}

const sentences = {
  own: (language: string) => `Whoever reads ${language} gets our own words in ${language}.`,
  english: () => 'We have no words of our own in Spanish, so whoever reads Spanish gets our English words too.',
  program: (language: string) => `Whoever reads ${language} gets the program’s words in ${language}.`,
}

/** What goes to readers of a language, in a sentence. */
export const sayWhose = (own: OwnWording[], language: Language) =>
  sentences[whoseWords(own, language)](called[language])

/** The same notice in the other language: who gets which words, and how they read. */
export function counterpart(account: Account, which: Notice, own: OwnWording[]) {
  const language = other(which.language ?? 'en')
  const wording = wordingOf(which.name, own, language)
  return {
    language: called[language],
    about: sayWhose(own, language),
    address: addressOf({ ...which, language }),
    preview: wording && previewOf(account, wording, language),
  }
}
