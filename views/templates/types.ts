import type { Errors } from '../ui/form'

export type TemplateRow = {
  title: string
  href: string
  /** When a notice goes out; what an e-mail for blasts has as its subject. */
  about: string
  /** In the business's own words. */
  own: boolean
  versions: number
  /** "Kim Desk, Thu, Nov 26, 9:00 am": the newest version. */
  last?: string
  /** Whose words it has in Spanish, and where they are; nothing for Email Blasts. */
  spanish?: { whose: 'own' | 'english' | 'program'; href: string }
}

export type Words = { subject: string; body: string }

/** A text as somebody gets it. */
export type TemplatePreview = {
  to?: string
  /** Where it is not the page's own. */
  language?: string
  subject: string
  /** Written by markup.ts, which escapes whatever people typed. */
  html: string
  text: string
}

export type TemplateProps = {
  trail: { label: string; href: string }[]
  title: string
  /** When a notice goes out; nothing for one of Email Blasts. */
  when?: string
  state: { word: string; tone?: 'green' }
  /** Where the form is sent; nothing for those who may only look. */
  action?: string
  previewAction: string
  formKey: string
  /** A new one has a name to be typed. */
  name?: string
  /** The version that is seen; 0 for the program's own words. */
  version: number
  typed: Words & { family: string }
  errors?: Errors
  refusal?: string
  said?: string
  /** Somebody else was faster: what is in use now. */
  meanwhile?: Words & { by: string }
  variables: { group: string; names: { name: string; help: string }[] }[]
  mayChooseFamily: boolean
  preview?: TemplatePreview
  /** The same notice to whoever reads the other language. */
  counterpart?: { language: string; about: string; href: string; preview?: TemplatePreview }
  versions: (Words & { version: number; by: string; current: boolean; action?: string; key: string })[]
  /** The program's own words, where the business says something else. */
  original?: Words
  retirement?: { action: string; key: string; label: string; hint: string }
  /** A new one that begins with these words. */
  copyHref?: string
}
