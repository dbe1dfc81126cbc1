import * as z from 'zod'
import { type Driver, type Handed, type Mail, type Mailbox, mailbox } from './mail'

const endpoint = 'https://api.resend.com/emails'

/** What one try may take; the provider knows the key when it is tried again. */
const patience = 20_000

/** Requests at once: the provider allows few a second, and a Worker keeps six connections. */
const sideBySide = 2

const accepted = z.object({ id: z.string() })
const refused = z.object({ name: z.string().optional() })

/**
 * Resend over HTTP. Its idempotency keys are known for a day, which is longer than we go on trying. Who asks too fast
 * is told when to come back, and what is left of the step waits until then.
 * @param request as fetch; tests hand in their own
 */
export function resendDriver(apiKey: string, request: typeof fetch = fetch): Driver {
  return {
    name: 'resend',
    knowsKeys: true,
    atOnce: 20,
    async send(mails) {
      const handed: Handed[] = mails.map(() => ({ state: 'later', reason: 'too-fast' }))
      let next = 0
      let pause: Handed | undefined
      const worker = async () => {
        for (let at = next++; at < mails.length; at = next++) {
          handed[at] = pause ?? (await hand(request, apiKey, mails[at] as Mail))
          const { state, reason } = handed[at] as { state: string; reason?: string }
          if (state === 'later' && reason === 'too-fast') pause ??= handed[at]
        }
      }
      await Promise.all(Array.from({ length: sideBySide }, worker))
      return handed
    },
  }
}

async function hand(request: typeof fetch, apiKey: string, mail: Mail): Promise<Handed> {
  try {
    const answer = await request(endpoint, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${apiKey}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': mail.key,
      },
      body: JSON.stringify(bodyOf(mail)),
      signal: AbortSignal.timeout(patience),
    })
    const said = await answer.json().catch(() => ({}))
    if (answer.ok) return { state: 'sent', providerId: accepted.safeParse(said).data?.id ?? null }
    return refusal(answer, refused.safeParse(said).data?.name ?? '')
  } catch {
    return { state: 'later', reason: 'no-answer' }
  }
}

function refusal({ status, headers }: Response, name: string): Handed {
  // Sent before, with other words: the mail is out, and only its id is not known.
  if (status === 409 && name === 'invalid_idempotent_request') return { state: 'sent', providerId: null }
  if (status === 429 && !name.includes('quota')) {
    const seconds = Number(headers.get('Retry-After'))
    return { state: 'later', reason: 'too-fast', afterMs: (seconds > 0 ? Math.min(seconds, 3600) : 2) * 1000 }
  }
  // A quota ends with the day or the month, a key is put right by somebody: not the mail's fault.
  if (status === 429) return { state: 'later', reason: 'quota' }
  if (status === 401 || status === 403) return { state: 'later', reason: 'not-allowed' }
  if (status >= 500 || status === 408 || status === 409) return { state: 'later', reason: 'no-answer' }
  return { state: 'failed', reason: 'refused' }
}

// The tag comes back with every webhook, also before we have the service's own id.
const bodyOf = ({ key, from, to, replyTo, subject, text, html, headers, files }: Mail) => ({
  tags: [{ name: 'key', value: key }],
  from: written(from),
  to: [written(to)],
  reply_to: replyTo ? written(replyTo) : undefined,
  subject,
  text,
  html,
  headers,
  attachments: files.length
    ? files.map(({ name, type, bytes }) => ({ filename: name, content_type: type, content: bytes.toBase64() }))
    : undefined,
})

/** "Rivera, Ana" <ana@example.com>: a name in quotes, whatever it holds, and never a second line. */
export function written(typed: Mailbox): string {
  const { name, address } = mailbox(typed)
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : address
}
