import type { EmailBinding } from '../env'
import type { Driver, Handed, Mail, MailFile } from './mail'

/** What is wrong with the mail itself, by the code of the refusal; everything else may pass. */
const hopeless = /RECIPIENT|INVALID|VALIDATION|TOO_LARGE|SUPPRESS|FIELD_MISSING/

/**
 * Cloudflare Email Sending. It has no idempotency keys: a blast's mail whose answer was lost is not sent again by
 * itself, but shown to staff, who can. It needs a domain that is set up there.
 */
export const cloudflareDriver = (binding: EmailBinding): Driver => ({
  name: 'cloudflare',
  knowsKeys: false,
  atOnce: 20,
  async send(mails) {
    const handed: Handed[] = []
    for (const mail of mails) handed.push(await hand(binding, mail))
    return handed
  },
})

async function hand(binding: EmailBinding, mail: Mail): Promise<Handed> {
  const { from, to, replyTo, subject, text, html, headers, files } = mail
  try {
    const { messageId } = await binding.send({
      from: { email: from.address, name: from.name ?? '' },
      to: to.address,
      replyTo: replyTo?.address,
      subject,
      text,
      html,
      headers,
      attachments: files.length ? files.map(attached) : undefined,
    })
    return { state: 'sent', providerId: messageId ?? null }
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? '')
    if (hopeless.test(code)) return { state: 'failed', reason: 'refused' }
    // Without keys "later" would be a second mail where only the answer was lost: only a refusal is tried again.
    return code ? { state: 'later', reason: 'not-allowed' } : { state: 'failed', reason: 'no-answer' }
  }
}

const attached = ({ name, type, bytes }: MailFile) => ({
  filename: name,
  type,
  disposition: 'attachment' as const,
  content: bytes.toBase64(),
})
