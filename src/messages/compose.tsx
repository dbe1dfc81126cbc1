import { MailPage } from '../../views/emails/mail'
import type { Account } from '../accounts/account'
import { type Language, speaking, t } from '../language'
import * as paths from '../paths'
import { type Mail, type Mailbox, type MailFile, mailbox, oneLine } from './mail'
import { filled, type Values, type Written } from './markup'

/** What a mail is made of when all questions are answered. */
export interface Letter {
  key: string
  to: Mailbox
  subject: string
  body: Written
  values: Values
  /** Email Blasts carry the way out of them, the rest says why it came. */
  kind: 'blast' | 'notice'
  /** In which the program speaks around the words; Email Blasts are in the language of whoever writes them, English. */
  language?: Language
  /** Where the business is on the web, for the way out. */
  origin: string
  files?: MailFile[]
}

/** The mail of a letter: HTML and text from one source, its headers and its footer. */
export const compose = (account: Account, letter: Letter): Mail =>
  speaking(letter.language ?? 'en', () => composed(account, letter))

function composed(account: Account, { key, to, subject, body, values, kind, origin, files }: Letter): Mail {
  const { settings, business, slug } = account
  const said = oneLine(filled(subject, values)) || business
  const out = kind === 'blast' ? `${origin}${paths.portal(slug).unsubscribe(key)}` : undefined
  const why =
    kind === 'blast' ? 'You get this because you are subscribed to our news.' : t('This is about your account with us.')
  const footer = { text: why, link: out ? { label: 'Unsubscribe', href: out } : undefined }
  const page = String(<MailPage business={business} subject={said} html={body.html(values)} footer={footer} />)
  return {
    key,
    from: mailbox({ name: settings['mail.from_name'] || business, address: settings['mail.from_address'] }),
    to: mailbox(to),
    replyTo: settings['mail.reply_to'] ? mailbox({ name: null, address: settings['mail.reply_to'] }) : null,
    subject: said,
    text: `${body.text(values)}\n\n-- \n${business}. ${why}${out ? `\nUnsubscribe: ${out}` : ''}\n`,
    html: page,
    headers: out
      ? { 'List-Unsubscribe': `<${out}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : // Out-of-office robots do not answer what is marked like this (RFC 3834).
        { 'Auto-Submitted': 'auto-generated' },
    files: files ?? [],
  }
}
