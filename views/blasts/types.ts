import type { Errors } from '../ui/form'

export type ComposerProps = {
  action: string
  formKey: string
  /** What belongs to the form as it is: where the audience comes from, the version that was seen. */
  hidden: Record<string, string>
  typed: { subject: string; body: string; live: boolean; date: string; time: string }
  errors?: Errors
  refusal?: string
  /** What was just done. */
  said?: string
  recipients: {
    reached: number
    left: { reason: string; count: number }[]
    some: { id: number; name: string }[]
    /** Where the audience can be asked anew when the mail goes: what it is, and how it differs by now. */
    filter?: { says: string; more: number; fewer: number }
  }
  variables: { group: string; names: { name: string; help: string }[] }[]
  templates: { id: number; name: string }[]
  files: { id: number; name: string; size: string; removal: string }[]
  preview?: { family: number; name: string; subject: string; html: string; text: string }
  /** "Thu, Nov 26, 9:00 am", when it is scheduled. */
  scheduled?: string
  /** Calls it off; absent until it is kept. */
  cancelAction?: string
  zone: string
  /** Mail is not going out, or stays on this machine. */
  warning?: string
}

export type BlastRow = { href?: string; subject: string; when: string; who: string; mails: number; state: string }

export type ReportProps = {
  subject: string
  about: string
  href: string
  done: number
  total: number
  running: boolean
  tallies: { state: string; word: string; mails: number; href: string; current: boolean }[]
  rows: { family: string; href: string; address: string; state: string; reason: string; when: string }[]
  next?: string
  html: string
  listHref: string
}
