import { LedgerPage, StatementPage } from '../../views/statements/papers'
import { addDays, sayDate, today } from '../clock'
import { read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, placeOf } from '../doors'
import { isDay } from '../forms'
import { NotFound, show } from '../http'
import { t } from '../language'
import { openCharges } from '../ledger/payments'
import { money } from '../money'
import { type SettingName, settingsAt } from '../settings'
import { carriedOver, ledgerAt } from './papers'

/** The papers that are made of a family's books, for one location (MA12). */
export const statementsDoor = customerDoor()

for (const path of ['/account/statement', '/account/ledger']) statementsDoor.use(path, fullAccess)

/** The location of a paper; one that is switched off is not there. */
function paperPlace(c: CustomerContext, name: SettingName) {
  const place = placeOf(c)
  if (!place || !settingsAt(c.get('account'), place.id)[name]) throw new NotFound()
  return place
}

statementsDoor.get('/account/statement', async c => {
  const account = c.get('account')
  const { family, name } = c.get('guardian')
  const place = paperPlace(c, 'fin.allow_statement')
  const day = today(account.now, place.timeZone)
  const [open] = await read(account, [openCharges(account, family.id, day)])
  const owed = open.filter(({ locationId }) => locationId === place.id)
  const said = (cents: number) => money(cents, place.currency)
  return show(
    c,
    <StatementPage
      shell={c.get('shell')}
      head={{ business: account.business, place: place.name, phone: place.phone, family: family.name, guardian: name }}
      day={sayDate(day, { year: true })}
      lines={owed.map(({ title, chargeOn, dueOn, cents, openCents }) => ({
        what: title,
        when: sayDate(chargeOn, { year: true }),
        due: sayDate(dueOn, { year: true }),
        amount: said(cents),
        open: said(openCents),
      }))}
      total={said(owed.reduce((sum, { openCents }) => sum + openCents, 0))}
    />,
  )
})

statementsDoor.get('/account/ledger', async c => {
  const account = c.get('account')
  const { family, name } = c.get('guardian')
  const place = paperPlace(c, 'fin.allow_ledger')
  const day = today(account.now, place.timeZone)
  // Without the full history it is the past thirty days, whatever stands in the address.
  const chosen = settingsAt(account, place.id)['fin.show_full_ledger']
  const { from: askedFrom = '', to: askedTo = '' } = chosen ? c.req.query() : {}
  const errors: Record<string, string> = {}
  if (askedFrom && !isDay(askedFrom)) errors.from = '{label} is not a date like 2026-11-30.'
  if (askedTo && !isDay(askedTo)) errors.to = '{label} is not a date like 2026-11-30.'
  const to = isDay(askedTo) ? askedTo : day
  const from = isDay(askedFrom) ? askedFrom : addDays(day, -30)
  if (from > to) errors.to = 'The last day is before the first.'
  const [[before], entries] = await read(account, [
    carriedOver(account, family.id, place.id, from),
    ledgerAt(account, family.id, place.id, from, to),
  ])
  const said = (cents: number) => money(cents, place.currency)
  let balance = before?.cents ?? 0
  const lines = entries.map(({ kind, on, memo, cents }) => {
    balance += cents
    return {
      when: sayDate(on, { year: true }),
      what: memo,
      note: kind === 'refund' ? t('Refund') : undefined,
      charge: cents > 0 ? said(cents) : undefined,
      payment: cents < 0 ? said(-cents) : undefined,
      balance: said(balance),
    }
  })
  const bad = Object.keys(errors).length > 0
  return show(
    c,
    <LedgerPage
      shell={c.get('shell')}
      head={{ business: account.business, place: place.name, phone: place.phone, family: family.name, guardian: name }}
      span={t('From {from} to {to}', { from: sayDate(from, { year: true }), to: sayDate(to, { year: true }) })}
      choose={chosen ? { from: askedFrom || from, to: askedTo || to, location: place.id, errors } : undefined}
      before={said(before?.cents ?? 0)}
      lines={bad ? [] : lines}
      after={said(balance)}
    />,
    bad ? 422 : 200,
  )
})
