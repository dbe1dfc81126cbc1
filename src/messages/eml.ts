import { type Mail, type Mailbox, mailbox, oneLine } from './mail'

/**
 * A mail as mail programs open it (RFC 5322, MIME). Only the local outbox needs this, and what makes MIME adds a tenth
 * to every deployment's Worker (nodemailer 40 KB, its mime-node 29) or lets line breaks into headers (mimetext): so
 * these few rules are kept here. Everything that people typed is base64, where no character means anything.
 * @param at when it was handed over, UTC milliseconds
 */
export function emlOf({ key, from, to, replyTo, subject, text, html, headers, files }: Mail, at: number): string {
  const both = multipart('alternative', key, [
    part('text/plain; charset=utf-8', [], bytesOf(text.replace(/\r?\n/g, '\r\n'))),
    part('text/html; charset=utf-8', [], bytesOf(html.replace(/\r?\n/g, '\r\n'))),
  ])
  const attached = files.map(({ name, type, bytes }) =>
    part(
      /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream',
      [`Content-Disposition: attachment;\r\n filename*=utf-8''${inParameter(oneLine(name))}`],
      bytes,
    ),
  )
  return [
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${key.replace(/[^\w-]/g, '')}@local.invalid>`,
    `From: ${named(from)}`,
    `To: ${named(to)}`,
    ...(replyTo ? [`Reply-To: ${named(replyTo)}`] : []),
    `Subject: ${words(subject)}`,
    ...Object.entries(headers)
      .filter(([name]) => /^[A-Za-z][A-Za-z0-9-]*$/.test(name))
      .map(([name, value]) => `${name}: ${plainly(value) ? value : words(value)}`),
    'MIME-Version: 1.0',
    attached.length ? multipart('mixed', key, [both, ...attached]) : both,
    '',
  ].join('\r\n')
}

// An underscore after an equals sign: no base64 has that.
function multipart(kind: 'alternative' | 'mixed', key: string, parts: string[]): string {
  const boundary = `=_${kind}-${key.replace(/[^\w-]/g, '').slice(0, 40)}`
  const each = parts.map(one => `--${boundary}\r\n${one}`).join('\r\n')
  return `Content-Type: multipart/${kind};\r\n boundary="${boundary}"\r\n\r\n${each}\r\n--${boundary}--`
}

const part = (type: string, headers: string[], bytes: Uint8Array) =>
  [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...headers, '', lined(bytes.toBase64())].join('\r\n')

const lined = (base64: string) => base64.replace(/.{76}(?=.)/g, '$&\r\n')

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Long addresses of links may stand in a header as they are. */
const plainly = (text: string) => /^[\x20-\x7e]{0,900}$/.test(text) && !text.includes('=?')

/** Text in a header: as it is while it is short and plain, else in encoded words on lines of at most 76 (RFC 2047). */
function words(typed: string): string {
  const text = oneLine(typed)
  if (plainly(text) && text.length <= 60) return text
  const pieces: string[] = []
  let piece = ''
  for (const sign of text) {
    if (bytesOf(piece + sign).length > 39) {
      pieces.push(piece)
      piece = ''
    }
    piece += sign
  }
  return [...pieces, piece].map(one => `=?utf-8?B?${bytesOf(one).toBase64()}?=`).join('\r\n ')
}

function named(typed: Mailbox): string {
  const { name, address } = mailbox(typed)
  if (!name) return `<${address}>`
  const plain = plainly(name) && name.length <= 60
  return plain ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : `${words(name)}\r\n <${address}>`
}

/** RFC 8187: a name with any character, and no quote that could end early. */
const inParameter = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replace(
    /['()*!]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
