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
}

export type Words = { subject: string; body: string }

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
  preview?: { to?: string; subject: string; html: string; text: string }
  versions: (Words & { version: number; by: string; current: boolean; action?: string; key: string })[]
  /** The program's own words, where the business says something else. */
  original?: Words
  retirement?: { action: string; key: string; label: string; hint: string }
  /** A new one that begins with these words. */
  copyHref?: string
}
