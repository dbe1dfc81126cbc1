import { OfficeLayout } from '../../views/layouts/office'
import { MailRecordPage } from '../../views/messages/mail'
import { UndeliveredPage } from '../../views/messages/undelivered'
import { count } from '../../views/ui/bits'
import { businessZone } from '../accounts/account'
import { demand, Forbidden, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { Refusal } from '../database'
import { officeDoor } from '../doors'
import { numbersIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { whyMailWaits } from './driver'
import { resetAddress } from './events'
import { mailRecord } from './records'
import { reachOf, sendAgain, undelivered, undeliveredAPage } from './undelivered'
import { sayReason, stateWords } from './words'

/** Mail as staff see it: one mail, an address that may get blasts again, and what was given up. */
export const messagesOffice = officeDoor()

messagesOffice.get('/mail/:id', async c => {
  const account = c.get('account')
  const person = c.get('person')
  const at = paths.office(account.slug)
  const { familyId, family, address, subject, state, reason, text, ...mail } = await mailRecord(
    account,
    idIn(c.req.param('id')),
  )
  // What goes to nobody's family, such as a test, belongs to those who write Email Blasts.
  demand(person, familyId === null ? 'Email Blasts' : 'Families')
  const trail =
    familyId === null
      ? [{ label: 'Scheduled Emails', href: at.scheduledEmails() }]
      : [
          { label: 'Families', href: at.families() },
          { label: family ?? '', href: at.family(familyId) },
        ]
  const why = sayReason(reason)
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={subject}
      current={familyId === null ? 'scheduled-emails' : 'families'}
      more
    >
      <MailRecordPage
        trail={trail}
        subject={subject}
        when={sayMoment(mail.at, businessZone(account))}
        pairs={[
          ...(address ? [{ label: 'To', value: address }] : []),
          { label: 'State', value: stateWords[state] ?? state },
          ...(why ? [{ label: 'Why', value: why }] : []),
          ...(mail.blastId !== null && level(person, 'Email Blasts')
            ? [{ label: 'Part of', value: 'Email Blast', href: at.blast(mail.blastId) }]
            : []),
        ]}
        text={text}
      />
    </OfficeLayout>,
  )
})

messagesOffice.post('/families/:id/address-reset', async c => {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const location = paths.office(account.slug).familyTab(id, 'communication')
  await resetAddress(account, id, String(c.get('form').address ?? ''), { location })
  return leadTo(c, location)
})

messagesOffice.get('/undelivered-mail', async c => {
  const account = c.get('account')
  const person = c.get('person')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  // Who may send some of them again sees those.
  const acts = reachOf(person, 2)
  const reach = acts ?? reachOf(person, 1)
  if (!reach) throw new Forbidden('Settings', 1)
  const [before, id] = (c.req.query('after') ?? '').split('-').map(text => numbersIn(text)[0])
  const rows = await undelivered(account, reach, before && id ? { at: before, id } : undefined)
  const last = rows.length > undeliveredAPage ? rows[undeliveredAPage - 1] : undefined
  const again = numbersIn(c.req.query('again'))[0]
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Undelivered Mail" current="background-tasks">
      <UndeliveredPage
        listHref={at.backgroundTasks()}
        action={acts ? at.undelivered() : undefined}
        formKey={crypto.randomUUID()}
        said={again ? `${count(again, 'e-mail')} on the way again.` : undefined}
        waits={whyMailWaits(c.env, account)}
        rows={rows.slice(0, undeliveredAPage).map(row => ({
          id: row.id,
          href: level(person, row.familyId === null ? 'Email Blasts' : 'Families') ? at.mail(row.id) : undefined,
          subject: row.subject,
          family: row.family ?? undefined,
          address: row.address,
          reason: sayReason(row.reason),
          tries: row.tries,
          when: sayMoment(row.at, zone),
        }))}
        next={last && at.undelivered({ after: `${last.at}-${last.id}` })}
      />
    </OfficeLayout>,
  )
})

messagesOffice.post('/undelivered-mail', async c => {
  const account = c.get('account')
  const reach = reachOf(c.get('person'), 2)
  if (!reach) throw new Forbidden('Settings', 2)
  const { only, mail } = c.get('form')
  const ids = numbersIn(only ?? mail)
  if (!ids.length) throw new Refusal('nothing-chosen')
  const location = paths.office(account.slug).undelivered({ again: ids.length })
  await sendAgain(account, ids, reach, { location })
  return leadTo(c, location)
})
