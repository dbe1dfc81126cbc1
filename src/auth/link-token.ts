/** How long a mailed link opens, in milliseconds (A24: 48 hours). */
export const linkSpan = 48 * 3_600_000

/** 192 bits that nobody guesses; only their hash is kept. */
export const newLinkToken = (): string => crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: 'base64url' })

/** Whether a text of an address can be such a token at all. */
export const isLinkToken = (text: string): boolean => /^[\w-]{32}$/.test(text)
