import { AccountPage } from '../../views/portal/account'
import type { Shown } from '../../views/portal/history'
import { type Account, businessZone } from '../accounts/account'
import { partsInOrder } from '../branding/branding'
import { addMonths, sayDate, today } from '../clock'
import { read } from '../database'
import { customerDoor } from '../doors'
import { familyEnrollments, notOver } from '../enrollments/family'
import { absencesOf, dropsOf, transfersOf } from '../enrollments/requests'
import { openDeletion } from '../families/deletion'
import { show } from '../http'
import { t } from '../language'
import { money } from '../money'
import * as paths from '../paths'
import { methodLines, notConfigured } from '../payments/lines'
import { methodsOf } from '../payments/methods'
import { dueToday } from '../payments/pay'
import { type Switch, settingsAt } from '../settings'
import { addressesQuery, contactsQuery, guardianCards, guardiansQuery } from './guardians'
import { historyLines, historyQuery, moneyQuery, shownAtOnce } from './money'
import { studentParts } from './students'

/** By the word in the address. A map, because an object knows words that nobody put there. */
const told = new Map(
  Object.entries({
    enrolled: 'We have it. It stands with your student below, and a mail tells you how it goes on.',
    dropped: 'We have it. It stands below.',
    transferred: 'We have it. It stands below.',
    'waitlist-cancelled': 'The place on the waitlist is given up.',
    withdrawn: 'Withdrawn.',
    'student-added': 'The student was added.',
    'student-saved': 'Saved.',
    'password-changed': 'The password was changed. Every other device was logged out.',
    'deletion-asked': 'We have your request and get in touch.',
    'deletion-withdrawn': 'The request was withdrawn.',
    'credit-applied': 'Your credit was applied to what was due.',
    paid: 'Thank you. The payment is in the history below.',
    'method-stored': 'The payment method is on file.',
    'method-saved': 'Saved.',
    'method-deleted': 'The payment method was deleted.',
    'contact-added': 'Added.',
    'contact-saved': 'Saved.',
    'contact-deleted': 'Deleted.',
    'contact-assigned': 'Assigned.',
    'guardian-added': 'The guardian was added.',
    invited: 'The invitation is on its way. It works once, for {hours} hours.',
    revoked: 'The access was revoked.',
    'password-link': 'A link to a new password is on its way.',
    'access-changed': 'The access was changed.',
    'log-in-changed': 'Your log-in address was changed. Use the new one from now on.',
  }),
)

/** My Account, all of it in one read. */
export const accountDoor = customerDoor()

accountDoor.get('/account', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const { family } = guardian
  const zone = businessZone(account)
  const day = today(account.now, zone)
  const wanted = c.req.query('transactions')
  const shown: Shown = wanted === 'charges' || wanted === 'payments' || wanted === 'refunds' ? wanted : 'all'
  const [, on = '', id] = c.req.query('behind')?.match(/^(\d{4}-\d\d-\d\d)\.([1-9]\d{0,14})$/) ?? []
  const behind = id ? { on, id: Number(id) } : undefined
  const [enrollments, drops, transfers, absences, due, [sums], methods, lines, people, reach, places, [deletion]] =
    await read(account, [
      familyEnrollments(account, family.id, notOver(addMonths(day, -24))),
      dropsOf(account, family.id),
      transfersOf(account, family.id),
      absencesOf(account, family.id, day),
      dueToday(account, guardian),
      moneyQuery(account, family.id),
      methodsOf(account, family.id),
      historyQuery(account, family.id, shown, behind),
      guardiansQuery(account, family.id),
      contactsQuery(account, family.id),
      addressesQuery(account, family.id),
      openDeletion(account, family.id),
    ])
  const policies = c.get('policies')
  const last = lines.length > shownAtOnce ? lines[shownAtOnce - 1] : undefined
  const owed = due.reduce((sum, { openCents }) => sum + openCents, 0)
  const mine = methods.filter(({ guardianId }) => guardianId === guardian.id).length
  const message = notConfigured(account)
  const done = told.get(c.req.query('done') ?? '')
  return show(
    c,
    <AccountPage
      shell={c.get('shell')}
      order={partsInOrder(account.settings)}
      family={t('{name} family', { name: family.name })}
      done={done && t(done, { hours: account.settings['invite.valid_hours'] })}
      warning={family.state === 'open' ? undefined : 'This account is suspended. Talk to the front desk.'}
      students={{
        students: studentParts(account, guardian, { enrollments, drops, transfers, absences, policies }),
      }}
      also={alsoHere(account)}
      payments={{
        outstanding: owed
          ? { amount: money(owed), due: due[0] && t('The oldest was due on {date}', { date: sayDate(due[0].dueOn) }) }
          : undefined,
        mayLook: guardian.access === 'full' || guardian.mayPay,
        mayPay: guardian.mayPay,
        credit: sums?.credit
          ? {
              amount: money(sums.credit),
              // Credit pays where it lies.
              applyKey:
                guardian.mayPay && due.some(({ locationId }) => sums.applicable.includes(locationId))
                  ? crypto.randomUUID()
                  : undefined,
            }
          : undefined,
        last:
          sums?.lastOn && sums.lastCents
            ? t('Last payment {amount} on {date}', {
                amount: money(sums.lastCents),
                date: sayDate(sums.lastOn, { year: true }),
              })
            : undefined,
        methods: methodLines(account, guardian, methods),
        mayAdd: !message && mine < 3,
        notConfigured: message,
      }}
      history={
        guardian.access === 'full'
          ? {
              shown,
              lines: historyLines(lines.slice(0, shownAtOnce)),
              older: last && `${last.on}.${last.id}`,
              newest: behind !== undefined,
              place: family.locationId,
              statements: placesWith(account, 'fin.allow_statement'),
              ledgers: placesWith(account, 'fin.allow_ledger'),
            }
          : undefined
      }
      guardians={{
        guardians: guardianCards(account, guardian, people, reach, places),
        mayAdd: guardian.role === 'primary',
      }}
      security={{
        mayAskForDeletion: guardian.role === 'primary',
        deletion:
          deletion && guardian.role === 'primary'
            ? {
                asked: t('Deletion was asked for on {date}', { date: sayDate(today(deletion.createdAt, zone)) }),
                withdrawKey: crypto.randomUUID(),
              }
            : undefined,
      }}
    />,
  )
})

/** The locations at which something is switched on. */
const placesWith = (account: Account, name: Switch) =>
  account.locations
    .filter(({ id }) => settingsAt(account, id)[name])
    .map(({ id, name: label }) => ({ value: id, label }))

/** What a family may have beside classes, where the business has switched it on. */
function alsoHere({ settings, slug }: Account) {
  const at = paths.portal(slug)
  return [
    settings['portal.show_appointments'] && {
      label: 'My appointments',
      href: at.myAppointments(),
      icon: 'appointments',
    },
    settings['portal.show_parties'] && { label: 'My parties', href: at.myParties(), icon: 'parties' },
    settings['shop.enabled'] && { label: 'My orders', href: at.orders(), icon: 'shop' },
    settings['gift.enabled'] && { label: 'Gift certificates', href: at.gifts(), icon: 'gift' },
  ].filter(each => each !== false)
}
