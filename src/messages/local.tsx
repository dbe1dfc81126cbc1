import { createHash } from 'node:crypto'
import { mailSheet } from '../../views/emails/mail'
import { OfficeLayout } from '../../views/layouts/office'
import { LocalMailPage, LocalMailsPage } from '../../views/messages/local-mail'
import { businessZone } from '../accounts/account'
import { demand } from '../auth/permissions'
import { sayMoment } from '../clock'
import { officeDoor } from '../doors'
import { numbersIn } from '../forms'
import { idIn, NotFound, show } from '../http'
import * as paths from '../paths'
import { emlOf } from './eml'
import { localMailOf, localMails, localMailsAPage } from './local-outbox'
import type { Mailbox } from './mail'

/** The local outbox: what would have gone out, on a laptop only. A deployment has no such pages. */
export const localMailOffice = officeDoor()

localMailOffice.use('/local-mail/*', async (c, next) => {
  if (!c.env.LOCAL_MAIL) throw new NotFound()
  demand(c.get('person'), 'Settings')
  await next()
})

localMailOffice.get('/local-mail', async c => {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const to = (c.req.query('to') ?? '').trim().slice(0, 120)
  const rows = await localMails(account, { to, before: numbersIn(c.req.query('before'))[0] })
  const last = rows.length > localMailsAPage ? rows[localMailsAPage - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Local Mail" current="local-mail">
      <LocalMailsPage
        to={to}
        rows={rows.slice(0, localMailsAPage).map(row => ({
          href: at.localMailOne(row.id),
          to: row.recipient,
          subject: row.subject,
          when: sayMoment(row.at, zone),
        }))}
        next={last && at.localMail({ to, before: last.id })}
      />
    </OfficeLayout>,
  )
})

const said = ({ name, address }: Mailbox) => (name ? `${name} <${address}>` : address)

localMailOffice.get('/local-mail/:id', async c => {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const id = idIn(c.req.param('id'))
  const { mail, at: when } = await localMailOf(account, id)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={mail.subject} current="local-mail" more>
      <LocalMailPage
        listHref={at.localMail()}
        pageHref={at.localMailPage(id)}
        fileHref={at.localMailFile(id)}
        subject={mail.subject}
        when={sayMoment(when, businessZone(account))}
        headers={[
          { label: 'From', value: said(mail.from) },
          { label: 'To', value: said(mail.to) },
          ...(mail.replyTo ? [{ label: 'Reply-To', value: said(mail.replyTo) }] : []),
          ...Object.entries(mail.headers).map(([label, value]) => ({ label, value })),
          ...mail.files.map(({ name, bytes }) => ({ label: 'Attachment', value: `${name}, ${bytes.length} bytes` })),
        ]}
        text={mail.text}
      />
    </OfficeLayout>,
  )
})

/** A mail's HTML may have its own sheet and links that are followed, and nothing else: no script, picture or form. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(mailSheet).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
].join('; ')

localMailOffice.get('/local-mail/:id/page', async c => {
  const { mail } = await localMailOf(c.get('account'), idIn(c.req.param('id')))
  c.set('policy', policy)
  c.header('Cache-Control', 'private, no-store')
  return c.html(mail.html)
})

localMailOffice.get('/local-mail/:id/mail.eml', async c => {
  const { mail, at } = await localMailOf(c.get('account'), idIn(c.req.param('id')))
  c.header('Cache-Control', 'private, no-store')
  c.header('Content-Type', 'message/rfc822')
  c.header('Content-Disposition', 'attachment; filename="mail.eml"')
  return c.body(emlOf(mail, at))
})
