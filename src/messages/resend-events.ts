import * as z from 'zod'
import type { MailEvent } from './events'

const minutes = 60_000

/**
 * Whether a webhook is the service's own: its signature over id, time and body, and not older than five minutes (Svix,
 * as Resend signs). WebCrypto does all of it and compares in constant time, so no library is needed.
 */
export async function signed(headers: Headers, body: string, secret: string, now: number): Promise<boolean> {
  const [id, at, signatures] = ['svix-id', 'svix-timestamp', 'svix-signature'].map(name => headers.get(name) ?? '')
  const seconds = Number(at)
  if (!id || !seconds || Math.abs(now - seconds * 1000) > 5 * minutes) return false
  const bytes = bytesOf(secret.replace(/^whsec_/, ''))
  if (!bytes) return false
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const content = new TextEncoder().encode(`${id}.${at}.${body}`)
  for (const signature of (signatures as string).split(' ')) {
    const [version, base64 = ''] = signature.split(',')
    const given = version === 'v1' ? bytesOf(base64) : undefined
    if (given && (await crypto.subtle.verify('HMAC', key, given, content))) return true
  }
  return false
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
  } catch {
    return undefined
  }
}

const shape = z.object({
  type: z.string(),
  data: z.object({
    email_id: z.string().optional(),
    tags: z
      .union([z.record(z.string(), z.string()), z.array(z.object({ name: z.string(), value: z.string() }))])
      .optional(),
    bounce: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
    failed: z.object({ reason: z.string().optional() }).optional(),
  }),
})

const kinds: Record<string, MailEvent['what']> = {
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
}

/** What a webhook tells; nothing for events that change nothing here. */
export function eventIn(id: string, body: string): MailEvent | undefined {
  let told: unknown
  try {
    told = JSON.parse(body)
  } catch {
    return
  }
  const { data: event } = shape.safeParse(told)
  const what = event && kinds[event.type]
  if (!event || !what) return
  const { email_id: providerId, tags, bounce, failed } = event.data
  const key = Array.isArray(tags) ? tags.find(({ name }) => name === 'key')?.value : tags?.key
  const transient = /transient|temporary|undetermined/i.test(bounce?.type ?? '')
  const reason = (bounce?.message ?? failed?.reason ?? null)?.slice(0, 300) ?? null
  return { id, key, providerId, what, forGood: what === 'bounced' && !transient, reason }
}
