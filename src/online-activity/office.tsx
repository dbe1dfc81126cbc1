import { desc, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { Badge, OfficeLayout, WindowFragment } from '../../views/layouts/office'
import { ActAnswer } from '../../views/online-activity/answer'
import { EntryDetails } from '../../views/online-activity/details'
import { MassConfirm } from '../../views/online-activity/mass-confirm'
import type { Report } from '../../views/online-activity/types'
import { OnlineActivityWindow } from '../../views/online-activity/window'
import type { EntryRow } from '../activity/kind'
import { kindLabels, kindNames } from '../activity/kind-names'
import { audit } from '../audit/audit'
import { demand, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { commit, Refusal, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { note as noteField, parse } from '../forms'
import { idIn, leadTo, NotFound, show, wantsPiece } from '../http'
import * as paths from '../paths'
import { activityNotes } from '../schema/activity'
import { answers } from '../schema/answers'
import { staff } from '../schema/staff'
import { pickLines } from '../shop/orders'
import { suspend } from './acts'
import { approve, deny, dismiss, entryFor, mayActOn, reasonFor, verbsFor } from './decide'
import { type Filter, filterIn, queryOf, reach, wasOf } from './filter'
import { kinds } from './kinds'
import { chosen, massApprove, massDismiss, summarize } from './mass'
import { rowOf, who } from './rows'
import { countedTo, page } from './window'

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
  const report: Report = { tone: 'green', summary: `${said}: ${who(entry)}.`, lines: [] }
  const answer = { location: withAnswer(here, account.form?.key), report }
  try {
    if (verb === 'approve') await approve(account, entry, form, answer)
    else if (verb === 'deny') await deny(account, entry, answer)
    else await dismiss(account, entry, form.details === '1', answer)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // The second half of a double click may come when the first has landed already: it is told the same.
    const repeated = error.code === 'already-handled' && (await storedReport(c, account.form?.key))
    if (error.code === 'repeated' || repeated) return repeatedAct(c, entry, here)
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
  const report = await storedReport(c, c.get('account').form?.key)
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
  const budget = Number(c.env.QUERIES ?? 800)
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
  const report = await massDismiss(account, c.get('person'), entries, withAnswer(here, account.form?.key))
  return massAnswer(c, here, report)
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

// What the window shows.

interface Asked {
  filter: Filter
  here: string
}

function asked(c: OfficeContext, search: Record<string, string> = c.req.query()): Asked {
  const filter = filterIn(
    search,
    c.get('shell').locations.map(({ id }) => id),
  )
  return { filter, here: paths.office(c.get('account').slug).onlineActivity(queryOf(filter)) }
}

/** The list a form came from; anything that is not this window's list is the list as it opens. */
function listOf(c: OfficeContext): string {
  const base = paths.office(c.get('account').slug).onlineActivity()
  // The details know the list they were opened from by the referrer, which stays within the site.
  const from = c.req.header('Referer')?.replace(new URL(c.req.url).origin, '')
  const given = String(c.get('form').here ?? c.req.query('here') ?? from ?? '')
  return given === base || given.startsWith(`${base}?`)
    ? asked(c, Object.fromEntries(new URLSearchParams(given.slice(base.length + 1)))).here
    : base
}

const filterOf = (c: OfficeContext, here: string) =>
  asked(c, Object.fromEntries(new URLSearchParams(here.split('?')[1] ?? ''))).filter

const withAnswer = (here: string, key?: string) =>
  key ? `${here}${here.includes('?') ? '&' : '?'}answer=${key}` : here

const numbersIn = (value: string | string[] | undefined) =>
  [value ?? []]
    .flat()
    .filter(text => /^[1-9]\d{0,14}$/.test(text))
    .map(Number)

/** The ticked ids; without a script Select All means the rows that were shown. */
function ticked(form: Record<string, string | string[]>): number[] {
  const shown = numbersIn(String(form.shown ?? '').split(','))
  return (form.all === '1' && shown.length ? shown : numbersIn(form.entry)).slice(0, 200)
}

async function reportOf(c: OfficeContext): Promise<Report | undefined> {
  const key = c.req.query('answer')
  return key ? storedReport(c, key) : undefined
}

async function storedReport(c: OfficeContext, key?: string): Promise<Report | undefined> {
  const account = c.get('account')
  if (!key) return
  const [[stored]] = await read(account, [
    account.db
      .select({ report: answers.report, by: answers.who })
      .from(answers)
      .where(eq(answers.key, key))
      .orderBy(desc(answers.at))
      .limit(1),
  ])
  return stored?.report && stored.by === c.get('person').email ? (JSON.parse(stored.report) as Report) : undefined
}

async function showWindow(
  c: OfficeContext,
  filter: Filter,
  here: string,
  report?: Report,
  status: 200 | 409 | 422 = 200,
  pending = c.get('pending'),
) {
  const account = c.get('account')
  const person = c.get('person')
  const shell = c.get('shell')
  const at = paths.office(account.slug)
  let now = filter
  let found = await page(account, kinds, now, person.locationIds)
  const pages = Math.max(1, Math.ceil(Math.min(found.total, reach) / now.per))
  if (!found.rows.length && now.page > 1 && !now.after && !now.before) {
    now = {
      ...now,
      page: pages,
      corrected: `There ${pages === 1 ? 'is 1 page' : `are ${pages} pages`}, so this is the last one.`,
    }
    found = await page(account, kinds, now, person.locationIds)
  }
  const { rows, hasNext, hasPrevious, total } = found
  const [first, last] = [rows[0], rows.at(-1)]
  const cursor = (entry?: EntryRow) => entry && { at: entry.createdAt, id: entry.id }
  const props = {
    slug: account.slug,
    filter: { ...now, after: undefined, before: undefined, was: wasOf(now) },
    kinds: kindNames.map(name => ({ value: name, label: kindLabels[name] })),
    locations: shell.locations,
    rows: rows.map(entry => rowOf(account, person, entry)),
    pending,
    total: { count: Math.min(total, countedTo), more: total > countedTo },
    pages: total > countedTo ? `${Math.floor(countedTo / now.per)}+` : String(pages),
    corrected: now.corrected,
    mayAct: level(person, 'Manage Online Activity') === 2,
    report,
    formKey: crypto.randomUUID(),
    here,
    next: hasNext
      ? at.onlineActivity(queryOf(now, { page: now.page + 1, after: cursor(last), before: undefined }))
      : undefined,
    previous: hasPrevious
      ? at.onlineActivity(
          queryOf(now, {
            page: Math.max(1, now.page - 1),
            before: now.page > 2 ? cursor(first) : undefined,
            after: undefined,
          }),
        )
      : undefined,
    closeHref: at.home,
  }
  if (wantsPiece(c) && !c.req.header('X-Back'))
    c.header(c.req.method === 'GET' ? 'HX-Push-Url' : 'HX-Replace-Url', at.onlineActivity(queryOf(now)))
  return frame(c, 'Online Activity', <OnlineActivityWindow {...props} />, status, pending)
}

function frame(
  c: OfficeContext,
  title: string,
  content: unknown,
  status: 200 | 409 | 422 = 200,
  pending = c.get('pending'),
) {
  const child = content as string
  if (wantsPiece(c))
    return show(
      c,
      <WindowFragment title={`${title} · ${c.get('account').business}`} pending={pending}>
        {child}
      </WindowFragment>,
      status,
    )
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={title} current="online-activity" window>
      {child}
    </OfficeLayout>,
    status,
  )
}

async function showDetails(
  c: OfficeContext,
  id: number,
  here = paths.office(c.get('account').slug).onlineActivity(),
  report?: Report,
  status: 200 | 422 = 200,
) {
  const account = c.get('account')
  const person = c.get('person')
  const at = paths.office(account.slug)
  const entry = await entryFor(account, person, id)
  const [notes] = await read(account, [
    account.db
      .select({
        text: activityNotes.body,
        at: activityNotes.at,
        by: sql<string>`coalesce(${staff.displayName}, ${staff.firstName} || ' ' || ${staff.lastName}, 'staff')`.as(
          'author',
        ),
      })
      .from(activityNotes)
      .leftJoin(staff, eq(staff.id, activityNotes.staffId))
      .where(eq(activityNotes.activityId, id))
      .orderBy(activityNotes.id),
  ])
  const row = rowOf(account, person, entry)
  const kind = kinds[entry.kind]
  const now = await kind.details(account, entry)
  const verbs = verbsFor(account, person, entry)
  const zone =
    account.locations.find(place => place.id === entry.locationId)?.timeZone ?? account.locations[0]?.timeZone ?? 'UTC'
  const said = (ms: number) => sayMoment(ms, zone)
  const content = (
    <EntryDetails
      row={row}
      title={`${row.typeLabel}: ${who(entry)}${row.trial ? ' (TRIAL)' : ''}`}
      formKey={crypto.randomUUID()}
      here={here}
      closeHref={at.home}
      asked={[
        { label: 'What', text: row.what, href: row.whatHref },
        ...(entry.familyId ? [{ label: 'Family', text: entry.familyName ?? '', href: at.family(entry.familyId) }] : []),
        ...(entry.studentId
          ? [{ label: 'Student', text: entry.studentName ?? '', href: at.student(entry.studentId) }]
          : []),
        { label: 'By', text: entry.by },
        { label: 'When', text: said(entry.createdAt) },
        { label: 'From', text: entry.ip ?? 'Customer Portal' },
        { label: 'Location', text: row.where },
      ]}
      now={now.facts}
      money={{ lines: now.money ?? [], note: now.moneyNote }}
      notes={[
        ...(entry.notes ? [{ text: entry.notes, by: entry.by, when: said(entry.createdAt) }] : []),
        ...notes.map(({ text, by, at: ms }) => ({ text, by, when: said(ms) })),
      ]}
      noteAction={level(person, 'Manage Online Activity') === 2 ? at.entryNotes(id) : undefined}
      history={[
        { text: `Sent by ${entry.by}`, when: said(entry.createdAt) },
        ...(entry.outcome && entry.closedAt !== null
          ? [
              {
                text: `${entry.outcome[0]?.toUpperCase()}${entry.outcome.slice(1)} by ${entry.closedBy}`,
                when: said(entry.closedAt),
              },
            ]
          : []),
      ]}
      approve={
        verbs.has('approve')
          ? {
              action: at.approval(id),
              transferDate: textOr(c.get('form').date, now.dates?.transferDate),
              dropDate: textOr(c.get('form').drop, now.dates?.dropDate),
              full: now.full ? { sentence: now.full } : undefined,
            }
          : undefined
      }
      denyAction={verbs.has('deny') ? at.denial(id) : undefined}
      dismissAction={verbs.has('dismiss') ? at.dismissal(id) : undefined}
      picks={now.picks && verbs.has('dismiss') ? { action: at.picks(id), items: now.picks } : undefined}
      suspension={
        now.destroys && entry.closedAt === null && level(person, 'Families') === 2
          ? {
              action: at.suspension(id),
              destroys: now.destroys,
              advice:
                'Suspending keeps enrollments and the ledger, ends log-ins and charges, and can be lifted: we recommend it.',
            }
          : undefined
      }
      report={report}
    />
  )
  return frame(c, row.typeLabel, content, status)
}

/** What was typed, where the kind asks for it at all. */
const textOr = (typed: string | string[] | undefined, fallback?: string) =>
  fallback === undefined ? undefined : typeof typed === 'string' ? typed : fallback
