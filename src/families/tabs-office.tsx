import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { FamilyBilling, FamilyLogs, FamilyNotes } from '../../views/families/tabs'
import { businessZone, locationOf, todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { line, note, numbersIn, parse, tick, typedIn } from '../forms'
import { invitePrimary } from '../guardians/invite-primary'
import { found, idIn, leadTo } from '../http'
import { balanceToday } from '../ledger/payments'
import * as paths from '../paths'
import { audit, auditSubjects } from '../schema/audit'
import { families } from '../schema/families'
import { paymentMethods } from '../schema/payments'
import { detailsPage } from './details-page'
import { headQuery, showTab } from './frame'
import { addNote, notesQuery, pinNote, removeNote } from './notes'
import { suspendFamily } from './suspension'

/** The tabs of a family's record beside its details, and what is done from them. */
export const familyTabsOffice = officeDoor()

const logged = 50
const famId = (c: OfficeContext) => idIn(c.req.param('id'))
const at = (c: OfficeContext) => paths.office(c.get('account').slug)

familyTabsOffice.get('/families/:id/billing', async c => {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const id = famId(c)
  const { kind, brand, lastFour, expires, recurring, isDefault, invalidAt } = paymentMethods
  const [heads, [money], methods] = await read(account, [
    headQuery(account, id),
    account.db
      .select({ cents: balanceToday(id, todayAt(account)).as('cents'), locationId: families.locationId })
      .from(families)
      .where(eq(families.id, id)),
    account.db
      .select({
        id: paymentMethods.id,
        ...{ kind, brand, lastFour, expires, recurring, isDefault, invalidAt },
        holder:
          sql<string>`(select g.first_name || ' ' || g.last_name from guardians g where g.id = payment_methods.guardian_id)`.as(
            'holder',
          ),
      })
      .from(paymentMethods)
      .where(and(eq(paymentMethods.familyId, id), isNull(paymentMethods.removedAt)))
      .orderBy(desc(isDefault), paymentMethods.id),
  ])
  const currency = locationOf(account, money?.locationId)?.currency ?? 'USD'
  return showTab(
    c,
    found(heads),
    'billing',
    <FamilyBilling
      cents={money?.cents ?? 0}
      currency={currency}
      ledgerHref={at(c).familyLedger(id)}
      methods={methods.map(method => ({
        ...method,
        kind: method.kind === 'card' ? 'Card' : 'Bank account',
        recurring: method.recurring === 1,
        isDefault: method.isDefault === 1,
        invalid: method.invalidAt !== null,
      }))}
    />,
  )
})

async function notesTab(
  c: OfficeContext,
  again: { typed?: Record<string, string>; errors?: Record<string, string> } = {},
) {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const id = famId(c)
  const [heads, rows] = await read(account, [headQuery(account, id), notesQuery(account, id)])
  const zone = businessZone(account)
  const mayWrite = level(c.get('person'), 'Families') === 2
  const key = () => (mayWrite ? crypto.randomUUID() : undefined)
  return showTab(
    c,
    found(heads),
    'notes',
    <FamilyNotes
      action={at(c).familyTab(id, 'notes')}
      formKey={key()}
      typed={again.typed ?? {}}
      errors={again.errors}
      notes={rows.map(({ at: ms, ...row }) => ({
        ...row,
        pinned: row.pinned === 1,
        when: sayMoment(ms, zone),
        pinAction: at(c).familyNote(id, row.id, 'pin'),
        removalAction: at(c).familyNote(id, row.id, 'removal'),
        keys: mayWrite ? ([crypto.randomUUID(), crypto.randomUUID()] as const) : undefined,
      }))}
    />,
    again.errors ? 422 : 200,
  )
}

familyTabsOffice.get('/families/:id/notes', c => notesTab(c))

const noteForm = z.object({
  body: note('The note', 4000).refine(text => text !== null, 'The note is missing.'),
  pinned: tick,
})

familyTabsOffice.post('/families/:id/notes', async c => {
  demand(c.get('person'), 'Families', 2)
  const id = famId(c)
  const { data, bad } = parse(noteForm, c.get('form'))
  if (bad) return notesTab(c, { typed: bad.typed, errors: bad.errors })
  const location = at(c).familyTab(id, 'notes')
  const written = { body: data.body ?? '', pinned: data.pinned, staffId: c.get('person').id || null }
  try {
    await addNote(c.get('account'), id, written, { location })
  } catch (refusal) {
    return notesTab(c, { typed: typedIn(c.get('form')), errors: { body: sentenceOf(refusal) } })
  }
  return leadTo(c, location)
})

familyTabsOffice.post('/families/:id/notes/:note/pin', async c => {
  demand(c.get('person'), 'Families', 2)
  const location = at(c).familyTab(famId(c), 'notes')
  await pinNote(c.get('account'), famId(c), idIn(c.req.param('note')), c.get('form').to !== 'off', { location })
  return leadTo(c, location)
})

familyTabsOffice.post('/families/:id/notes/:note/removal', async c => {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const noteId = idIn(c.req.param('note'))
  const location = at(c).familyTab(famId(c), 'notes')
  const [rows] = await read(account, [notesQuery(account, famId(c))])
  const its = rows.find(({ id }) => id === noteId)
  if (!its) throw new Refusal('already-handled')
  await removeNote(account, famId(c), its, { location })
  return leadTo(c, location)
})

familyTabsOffice.get('/families/:id/logs', async c => {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const id = famId(c)
  const after = numbersIn(c.req.query('after'))[0]
  const [heads, rows] = await read(account, [
    headQuery(account, id),
    account.db
      .select({
        id: audit.id,
        at: audit.at,
        who: audit.who,
        summary: audit.summary,
        before: audit.before,
        after: audit.after,
      })
      .from(auditSubjects)
      .innerJoin(audit, eq(audit.id, auditSubjects.auditId))
      .where(
        and(
          eq(auditSubjects.subject, 'family'),
          eq(auditSubjects.subjectId, id),
          after ? lt(auditSubjects.auditId, after) : undefined,
        ),
      )
      .orderBy(desc(auditSubjects.auditId))
      .limit(logged + 1),
  ])
  const zone = businessZone(account)
  const last = rows.length > logged ? rows[logged - 1] : undefined
  return showTab(
    c,
    found(heads),
    'logs',
    <FamilyLogs
      rows={rows.slice(0, logged).map(({ at: ms, ...row }) => ({ ...row, when: sayMoment(ms, zone) }))}
      next={last && at(c).familyTab(id, 'logs', { after: last.id })}
    />,
  )
})

familyTabsOffice.post('/families/:id/invitation', async c => {
  demand(c.get('person'), 'Families', 2)
  const location = at(c).family(famId(c), { said: 'invited' })
  await invitePrimary(c.get('account'), famId(c), { location })
  return leadTo(c, location)
})

familyTabsOffice.post('/families/:id/suspension', async c => {
  demand(c.get('person'), 'Families', 2)
  const id = famId(c)
  const { data, bad } = parse(z.object({ note: line('The reason', 500) }), c.get('form'))
  const location = at(c).family(id)
  if (bad) return detailsPage(c, { note: bad.typed.note ?? '', error: bad.errors.note ?? '' })
  await suspendFamily(c.get('account'), id, data.note, { location })
  return leadTo(c, location)
})
