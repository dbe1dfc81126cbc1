import { and, eq, inArray } from 'drizzle-orm'
import * as z from 'zod'
import { QuickEditPage } from '../../views/classes/quick'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { queriesOf } from '../env'
import { numbersIn, parse } from '../forms'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { answers } from '../schema/answers'
import { choicesOf, choicesQuery } from '../setup/noun'
import { classNoun } from './noun'
import {
  isNothing,
  mostTicked,
  type QuickEdit,
  type QuickReport,
  quickEdit,
  quickForm,
  tickedQuery,
} from './quick-edit'
import { undoQuickEdit, undoSpan } from './quick-undo'
import { overbookedQuery, sayOverbooked } from './zones'

/** Several classes changed at once: which, what, and what it will do before it is done (OP6, A4). */
export const quickOffice = officeDoor()

const names = ['instructor', 'zone', 'level', 'program', 'places', 'show', 'openings', 'registration'] as const

/** What is ticked and chosen, from the address or the form. */
function askedIn(c: OfficeContext) {
  const query = new URL(c.req.url).searchParams
  const form = c.get('form')
  const posted = c.req.method === 'POST'
  const typed = Object.fromEntries(
    names.map(name => [name, posted ? String([form[name] ?? ''].flat()[0]) : (query.get(name) ?? '')]),
  ) as Record<(typeof names)[number], string>
  const ids = posted ? numbersIn(form.classes) : numbersIn(query.getAll('classes'))
  return { typed, ids: [...new Set(ids)].slice(0, mostTicked), preview: query.get('step') === 'preview' }
}

/** What this person was told of an edit, or of its undoing. */
function reportQuery(c: OfficeContext, key: string) {
  const { db, slug } = c.get('account')
  const at = paths.office(slug)
  return db
    .select({ report: answers.report, at: answers.at })
    .from(answers)
    .where(
      and(
        eq(answers.key, key),
        inArray(answers.path, [at.quickEdit(), at.quickUndo]),
        eq(answers.who, c.get('person').email),
      ),
    )
}

/** Each thing that changes, in words: "Zone: Main Floor". */
function sayChanges(edit: QuickEdit, named: (from: 'staff' | 'zones' | 'levels' | 'programs', id: number) => string) {
  const switched = (value: number) => (value ? 'on' : 'off')
  return [
    edit.instructor !== undefined && `Instructor: ${edit.instructor ? named('staff', edit.instructor) : 'nobody'}`,
    edit.zone !== undefined && `Zone: ${edit.zone ? named('zones', edit.zone) : 'none'}`,
    edit.level !== undefined && `Level: ${edit.level ? named('levels', edit.level) : 'none'}`,
    edit.program !== undefined && `Program: ${named('programs', edit.program)}`,
    edit.places !== undefined && `Places: ${edit.places}`,
    edit.show !== undefined && `Show to customers: ${switched(edit.show)}`,
    edit.openings !== undefined && `Show openings: ${switched(edit.openings)}`,
    edit.registration !== undefined && `Allow registration: ${switched(edit.registration)}`,
  ].filter(line => line !== false)
}

async function page(c: OfficeContext, again: { error?: string; status?: 409 | 422 } = {}) {
  demand(c.get('person'), 'Classes', 2)
  const account = c.get('account')
  const person = c.get('person')
  const at = paths.office(account.slug)
  const { typed, ids, preview } = askedIn(c)
  const { data, bad } = parse(quickForm, typed)
  const edit = data ?? {}
  const wanted = [
    tickedQuery(account, person, ids.length ? ids : [0]),
    choicesQuery(account, classNoun),
    reportQuery(c, c.req.query('answer') ?? ''),
    overbookedQuery(account, edit.zone ? ids : [], edit.zone ?? 0),
  ] as const
  const [ticked, found, [kept], full] = await read(account, wanted)
  const choices = choicesOf(found)
  const isNone = isNothing(edit)
  const shows =
    (again.status !== undefined && !isNone && ticked.length > 0) || (preview && !bad && !isNone && ticked.length > 0)
  const option = (from: 'staff' | 'zones' | 'levels' | 'programs') =>
    (choices[from] ?? [])
      .filter(one => from !== 'zones' || one.of === null || one.of === undefined || worksAt(person, Number(one.of)))
      .map(({ value, label }) => ({ value, label }))
  const report = kept?.report ? (JSON.parse(kept.report) as QuickReport) : undefined
  const left = report?.left.map(id => ['classes', String(id)] as [string, string]) ?? []
  const changes = sayChanges(edit, (from, id) => option(from).find(({ value }) => value === id)?.label ?? '')
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Quick Edit" current="classes" more>
      <QuickEditPage
        listHref={at.classes()}
        action={at.quickEdit()}
        formKey={crypto.randomUUID()}
        classes={ticked.map(({ id, name }) => ({ id, name, href: at.class(id) }))}
        typed={typed}
        options={{
          instructor: option('staff'),
          zone: option('zones'),
          level: option('levels'),
          program: option('programs'),
        }}
        preview={shows ? { changes, warnings: full.map(sayOverbooked) } : undefined}
        error={
          again.error ??
          (preview && (bad ? Object.values(bad.errors)[0] : isNone ? 'Choose something to change.' : undefined))
        }
        report={
          report && {
            done: report.done,
            undone: report.undone,
            undo:
              report.was?.length && kept && kept.at > account.now - undoSpan
                ? { action: at.quickUndo, answer: c.req.query('answer') ?? '', count: report.was.length }
                : undefined,
            refused: report.refused.map(({ id, name, why }) => ({ text: `${name}: ${why}`, href: at.class(id) })),
            left: left.length
              ? {
                  count: left.length,
                  href: `${at.quickEdit()}?${new URLSearchParams([...left, ...Object.entries(typed).filter(([, value]) => value), ['step', 'preview']])}`,
                }
              : undefined,
          }
        }
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

quickOffice.get('/classes/quick-edit', c => page(c))

quickOffice.post('/classes/quick-edit', async c => {
  const person = c.get('person')
  demand(person, 'Classes', 2)
  const account = c.get('account')
  const { typed, ids } = askedIn(c)
  const { data, bad } = parse(quickForm, typed)
  if (bad) return page(c, { error: Object.values(bad.errors)[0], status: 422 })
  const location = `${paths.office(account.slug).quickEdit()}?${new URLSearchParams([...Object.entries(typed).filter(([, value]) => value), ['answer', account.form?.key ?? '']])}`
  try {
    await quickEdit(account, person, ids, data, queriesOf(c.env), { location })
  } catch (refusal) {
    return page(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

quickOffice.post('/classes/quick-edit/undo', async c => {
  const person = c.get('person')
  demand(person, 'Classes', 2)
  const account = c.get('account')
  const { data, bad } = parse(z.object({ answer: z.string('Say which edit.') }), c.get('form'))
  const [[kept]] = await read(account, [reportQuery(c, data?.answer ?? '')])
  const report = kept?.report ? (JSON.parse(kept.report) as QuickReport) : undefined
  if (bad || !report?.was?.length || !kept || kept.at < account.now - undoSpan)
    return page(c, { error: 'There is no Quick Edit of yours of the last day to take back.', status: 409 })
  const location = paths.office(account.slug).quickEdit({ answer: account.form?.key })
  try {
    await undoQuickEdit(account, person, report, queriesOf(c.env), { location })
  } catch (refusal) {
    return page(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})
