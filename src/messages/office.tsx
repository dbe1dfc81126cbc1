import { OfficeLayout } from '../../views/layouts/office'
import { MailRecordPage } from '../../views/messages/mail'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { officeDoor } from '../doors'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { resetAddress } from './events'
import { mailRecord } from './records'
import { sayReason, stateWords } from './words'

/** Mail as staff see it: one mail, an address that may get blasts again. */
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
    <OfficeLayout shell={c.get('shell')} title={subject} current={familyId === null ? 'scheduled-emails' : 'families'}>
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
  const location = paths.office(account.slug).family(id)
  await resetAddress(account, id, String(c.get('form').address ?? ''), { location })
  return leadTo(c, location)
})
