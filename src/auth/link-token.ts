import type { Settings } from '../settings'

/** How long a mailed link opens, in milliseconds: 48 hours, or what the business chose (A24). */
export const linkSpan = (settings: Settings): number => settings['invite.valid_hours'] * 3_600_000

/** What a mail says of its link. It keeps the hours that it was made with. */
export const linkValues = (settings: Settings, url: string) => ({
  link_url: url,
  valid_hours: String(settings['invite.valid_hours']),
})

/** 192 bits that nobody guesses; only their hash is kept. */
export const newLinkToken = (): string => crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: 'base64url' })

/** Whether a text of an address can be such a token at all. */
export const isLinkToken = (text: string): boolean => /^[\w-]{32}$/.test(text)
