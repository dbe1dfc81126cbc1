/** One e-mail, ready to go. */
export interface Mail {
  /** Its own for ever: a provider that is handed the same key again sends nothing again. */
  key: string
  from: Mailbox
  to: Mailbox
  replyTo: Mailbox | null
  subject: string
  text: string
  html: string
  /** Beside those that follow from the rest: List-Unsubscribe. */
  headers: Record<string, string>
  files: MailFile[]
}

export interface Mailbox {
  name: string | null
  address: string
}

export interface MailFile {
  name: string
  type: string
  bytes: Uint8Array
}

/** What became of a mail at the provider. */
export type Handed =
  | { state: 'sent'; providerId: string | null }
  /** Not now: too many, too busy, no answer. `afterMs` when the provider said how long. */
  | { state: 'later'; reason: string; afterMs?: number }
  /** Never: an address that cannot be, a sender that is not allowed. */
  | { state: 'failed'; reason: string }

/**
 * Whoever brings mail to people. `send` answers for each mail in the order in which they were handed over, and throws
 * only when it cannot say what became of any of them.
 */
export interface Driver {
  name: 'local' | 'cloudflare' | 'resend'
  /** Whether a key that was seen before is known again. Without that a mail whose answer was lost is not sent twice. */
  knowsKeys: boolean
  /** How many are handed over in one step: what one invocation may ask of the network. */
  atOnce: number
  send(mails: Mail[]): Promise<Handed[]>
  /** Takes in what the service told meanwhile, where it cannot call our webhook; asked when a step is settled. */
  listen?(): Promise<void>
}

/** Text for a header: whatever people typed, it stays one line. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

/** A mailbox of which no part can end early or begin a header of its own. */
export const mailbox = ({ name, address }: Mailbox): Mailbox => ({
  name: oneLine(name ?? '') || null,
  address: address.replace(/[\p{Cc}\p{Z}<>"]/gu, ''),
})
