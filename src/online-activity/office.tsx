import * as z from 'zod'
import { Badge } from '../../views/layouts/office'
import { ActAnswer, TotalAnswer } from '../../views/online-activity/answer'
import { MassConfirm } from '../../views/online-activity/mass-confirm'
import type { Report } from '../../views/online-activity/types'
import type { EntryRow } from '../activity/kind'
import { kindLabels } from '../activity/kind-names'
import { audit } from '../audit/audit'
import { demand } from '../auth/permissions'
import { commit, Refusal } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { queriesOf } from '../env'
import { note as noteField, numbersIn, parse } from '../forms'
import { idIn, leadTo, NotFound, show, wantsPiece } from '../http'
import * as paths from '../paths'
import { activityNotes } from '../schema/activity'
import { picking, pickLines } from '../shop/orders'
import { suspend } from './acts'
import { asked, filterOf, listOf, reportOf, storedReport, ticked, withAnswer } from './asked'
import { approve, deny, dismiss, entryFor, mayActOn, reasonFor, undoOf } from './decide'
import { kinds } from './kinds'
import { chosen, massApprove, massDismiss, summarize } from './mass'
import { who } from './rows'
import { showDetails } from './show-details'
import { frame, pagesIn, showWindow } from './show-window'
import { takeBack } from './take-back'
import { page } from './window'

/** The Online Activity window: the page of its own, and the same in place over every Office page. */
export const onlineActivity = officeDoor()

onlineActivity.use('/online-activity/*', async (c, next) => {
  demand(c.get('person'), 'Manage Online Activity', c.req.method === 'GET' ? 1 : 2)
  await next()
})

onlineActivity.get('/online-activity/badge', c => show(c, <Badge pending={c.get('pending')} />))

onlineActivity.get('/online-activity', async c => {
  const { filter, here } = asked(c)
  return showWindow(c, filter, here, await reportOf(c))
})

// The same list with its total counted: a link for everybody, and asked in place when the filters or the pages are touched.
onlineActivity.get('/online-activity/total', async c => {
  const { filter, here } = asked(c)
  if (!wantsPiece(c)) return showWindow(c, filter, here, undefined, 200, c.get('pending'), true)
  const { total } = await page(c.get('account'), kinds, filter, c.get('person').locationIds, true)
  return show(c, <TotalAnswer total={total} pages={pagesIn(total, filter.per)} />)
})

onlineActivity.get('/online-activity/:id', async c => showDetails(c, idIn(c.req.param('id')), listOf(c)))

for (const [path, verb] of [
  ['approval', 'approve'],
  ['denial', 'deny'],
  ['dismissal', 'dismiss'],
] as const)
  onlineActivity.post(`/online-activity/:id/${path}`, c => decideOne(c, verb))

/** One entry, decided. A refusal is a report too; a full class and a transfer's dates open the details and ask. */
async function decideOne(c: OfficeContext, verb: 'approve' | 'deny' | 'dismiss') {
  const account = c.get('account')
  const person = c.get('person')
  const form = c.get('form')
  const entry = await entryFor(account, person, idIn(c.req.param('id')))
  const here = listOf(c)
  if (!mayActOn(person, entry)) demand(person, kinds[entry.kind].permission, 2)
  const said = { approve: 'Approved', deny: 'Denied', dismiss: 'Dismissed' }[verb]
  const undo = verb === 'dismiss' ? undoOf(account, [entry]) : undefined
  const report: Report = { tone: 'green', summary: `${said}: ${who(entry)}.`, lines: [], undo }
  const answer = { location: withAnswer(here, account.form?.key), report }
  try {
    if (verb === 'approve') await approve(account, entry, form, answer)
    else if (verb === 'deny') await deny(account, entry, answer)
    else {
      // Whoever ticks the last line and presses Dismiss means both.
      const ticks = entry.kind === 'online_order' && form.pick && entry.subjectId
      const beside = ticks ? picking(account, entry.subjectId ?? 0, numbersIn(form.pick)) : []
      await dismiss(account, entry, form.details === '1', answer, beside)
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // The second tap finds it decided, by the first one: it is told the same.
    if (error.code === 'repeated' || (await storedReport(c, account.form?.key, c.req.path)))
      return repeatedAct(c, entry, here)
    const reason = await reasonFor(account, entry, error)
    const asks = error.code === 'class-full' || error.code === 'transfer-dates' || error.code === 'needs-a-choice'
    if (verb === 'approve' && (asks || form.details === '1'))
      return showDetails(c, entry.id, here, { tone: 'amber', summary: reason, lines: [] }, 422)
    return actAnswer(
      c,
      here,
      { tone: 'red', summary: `${who(entry)}: ${reason}`, lines: [] },
      error.code === 'already-handled' ? entry.id : undefined,
    )
  }
  return actAnswer(c, here, report, entry.id, entry.status === 'pending' ? 1 : 0)
}

onlineActivity.post('/online-activity/returns', async c => {
  demand(c.get('person'), 'Manage Online Activity', 2)
  const account = c.get('account')
  const here = listOf(c)
  const ids = numbersIn(String(c.get('form').back ?? '').split(',')).slice(0, 200)
  try {
    const report = await takeBack(account, c.get('person'), ids, withAnswer(here, account.form?.key))
    return massAnswer(c, here, report)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'already-handled') throw error
    const why = 'This cannot be taken back any more: it is there again, or was dismissed more than a day ago.'
    return showWindow(c, filterOf(c, here), here, { tone: 'red', summary: why, lines: [] }, 409)
  }
})

/** In place the row leaves and the counts follow; without a script the list comes again, with the report. */
function actAnswer(c: OfficeContext, here: string, report: Report, gone?: number, fewer = 0) {
  const pending = Math.max(0, c.get('pending') - fewer)
  const refused = report.tone === 'red'
  if (!wantsPiece(c) && !refused) return leadTo(c, withAnswer(here, c.get('account').form?.key))
  if (!wantsPiece(c)) return showWindow(c, filterOf(c, here), here, report, 409)
  if (c.get('form').details === '1') return showWindow(c, filterOf(c, here), here, report, refused ? 409 : 200, pending)
  return show(c, <ActAnswer gone={gone} report={report} pending={pending} />)
}

async function repeatedAct(c: OfficeContext, entry: EntryRow, here: string) {
  const report = await storedReport(c, c.get('account').form?.key, c.req.path)
  return actAnswer(c, here, report ?? { tone: 'green', summary: `Done before: ${who(entry)}.`, lines: [] }, entry.id)
}

onlineActivity.post('/online-activity/approvals', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const here = listOf(c)
  const entries = await chosen(account, c.get('person'), ticked(form))
  if (!entries.length) return nothingTicked(c, here)
  if (form.confirmed !== '1') {
    const { types, full, waiting } = await summarize(account, entries)
    if (!waiting.length)
      return showWindow(
        c,
        filterOf(c, here),
        here,
        { tone: 'red', summary: 'None of these waits for approval.', lines: [] },
        409,
      )
    const content = (
      <MassConfirm
        action={c.req.path}
        formKey={crypto.randomUUID()}
        ids={waiting.map(({ id }) => id)}
        here={here}
        closeHref={c.get('shell').footer[0]?.href ?? here}
        types={types}
        full={full}
        left={[]}
      />
    )
    return frame(c, 'Approve', content)
  }
  const budget = queriesOf(c.env)
  const { report, done } = await massApprove(
    account,
    c.get('person'),
    entries,
    budget,
    withAnswer(here, account.form?.key),
  )
  return massAnswer(c, here, report, done)
})

onlineActivity.post('/online-activity/dismissals', async c => {
  const account = c.get('account')
  const here = listOf(c)
  const entries = await chosen(account, c.get('person'), ticked(c.get('form')))
  if (!entries.length) return nothingTicked(c, here)
  const budget = queriesOf(c.env)
  const report = await massDismiss(account, c.get('person'), entries, budget, withAnswer(here, account.form?.key))
  return massAnswer(c, here, report)
})

/** The families of what was ticked, for an Email Blast: the composer's address says them (OA19). */
onlineActivity.post('/online-activity/recipients', async c => {
  demand(c.get('person'), 'Email Blasts', 2)
  const entries = ticked(c.get('form'))
  if (!entries.length) return nothingTicked(c, listOf(c))
  return leadTo(c, paths.office(c.get('account').slug).emailBlast({ entries: entries.join() }))
})

function massAnswer(c: OfficeContext, here: string, report: Report, fewer = 0) {
  if (!wantsPiece(c)) return leadTo(c, withAnswer(here, c.get('account').form?.key))
  return showWindow(c, filterOf(c, here), here, report, 200, Math.max(0, c.get('pending') - fewer))
}

function nothingTicked(c: OfficeContext, here: string) {
  return showWindow(
    c,
    filterOf(c, here),
    here,
    { tone: 'red', summary: 'Nothing is selected. Tick the entries first.', lines: [] },
    422,
  )
}

onlineActivity.get('/online-activity/:id/e-mail', c =>
  leadTo(c, paths.office(c.get('account').slug).emailBlast({ entries: idIn(c.req.param('id')) })),
)

onlineActivity.post('/online-activity/:id/notes', async c => {
  const account = c.get('account')
  const person = c.get('person')
  const entry = await entryFor(account, person, idIn(c.req.param('id')))
  const { data } = parse(z.object({ note: noteField('The note') }), c.get('form'))
  const here = listOf(c)
  if (!data?.note)
    return showDetails(c, entry.id, here, { tone: 'red', summary: 'The note is empty or too long.', lines: [] }, 422)
  const location = paths.office(account.slug).entry(entry.id)
  await commit(
    account,
    [
      account.db
        .insert(activityNotes)
        .values({ activityId: entry.id, staffId: person.id, body: data.note, at: account.now }),
      ...audit(account, 'note', `wrote a note on “${kindLabels[entry.kind]}” of ${who(entry)}`, [
        ['family', entry.familyId],
      ]),
    ],
    { location },
  )
  return wantsPiece(c) ? showDetails(c, entry.id, here) : leadTo(c, location)
})

onlineActivity.post('/online-activity/:id/picks', async c => {
  const account = c.get('account')
  const entry = await entryFor(account, c.get('person'), idIn(c.req.param('id')))
  demand(c.get('person'), kinds[entry.kind].permission, 2)
  const location = paths.office(account.slug).entry(entry.id)
  if (entry.kind !== 'online_order' || !entry.subjectId) throw new NotFound()
  await pickLines(account, entry.subjectId, numbersIn(c.get('form').pick), { location })
  return wantsPiece(c) ? showDetails(c, entry.id, listOf(c)) : leadTo(c, location)
})

onlineActivity.post('/online-activity/:id/suspension', async c => {
  const account = c.get('account')
  const entry = await entryFor(account, c.get('person'), idIn(c.req.param('id')))
  demand(c.get('person'), 'Families', 2)
  const location = paths.office(account.slug).entry(entry.id)
  await suspend(account, entry, { location })
  const report: Report = { tone: 'green', summary: 'The account is suspended and the note is written.', lines: [] }
  return wantsPiece(c) ? showDetails(c, entry.id, listOf(c), report) : leadTo(c, location)
})
