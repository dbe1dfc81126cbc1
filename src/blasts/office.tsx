import { sql } from 'drizzle-orm'
import { BlastProgress, BlastReport, ScheduledEmails } from '../../views/blasts/report'
import type { BlastRow, ReportProps } from '../../views/blasts/types'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { numbersIn } from '../forms'
import { found, idIn, leadTo, show, wantsPiece } from '../http'
import { written } from '../messages/markup'
import { reachQuery } from '../messages/people'
import { sayReason, stateWords } from '../messages/words'
import { answered } from '../middleware'
import * as paths from '../paths'
import { because } from '../refusals'
import { blastTemplates } from '../templates/templates'
import { type Source, sourceIn } from './audience'
import { begin, cancel, change, detach, type Then } from './blasts'
import { type Act, actIn, draftIn, filesIn, momentIn } from './form'
import { blastLists, blastQueries, recipientQueries, recipientsAPage } from './lists'
import { showComposer } from './show-composer'

/** Email Blasts: written, previewed, sent now or later, and what became of them. */
export const blastsOffice = officeDoor()

blastsOffice.use('/email-blast/*', async (c, next) => {
  demand(c.get('person'), 'Email Blasts', c.req.method === 'GET' && /\d$/.test(c.req.path) ? 1 : 2)
  await next()
})

blastsOffice.get('/email-blast', c => {
  demand(c.get('person'), 'Email Blasts', 2)
  return showComposer(c, { source: sourceIn(c.req.queries(), c.get('person')) })
})

blastsOffice.post('/email-blast', async c => {
  const source = sourceIn(c.get('form'), c.get('person'))
  return write(c, { source }, async (draft, then, onward) => {
    if (!source) throw new Refusal('nothing-chosen')
    const at = paths.office(c.get('account').slug)
    await begin(c.get('account'), c.get('person').id, source, draft, then, id => ({
      location: sql<string>`${`${at.emailBlast()}/`} || ${id} || ${onward}`,
    }))
  })
})

blastsOffice.get('/email-blast/:id', async c => {
  const id = idIn(c.req.param('id'))
  const account = c.get('account')
  const [blasts] = await read(account, blastQueries(account, id))
  const blast = found(blasts)
  if (blast.state === 'draft' || blast.state === 'scheduled') return showComposer(c, { id })
  return showReport(c, id)
})

blastsOffice.post('/email-blast/:id', async c => {
  const id = idIn(c.req.param('id'))
  const version = numbersIn(c.get('form').version)[0] ?? 0
  return write(c, { id }, (draft, then, onward) =>
    change(c.get('account'), { id, version, staffId: c.get('person').id }, draft, then, {
      location: paths.office(c.get('account').slug).blast(id) + onward,
    }),
  )
})

blastsOffice.post('/email-blast/:id/cancellation', async c => {
  const account = c.get('account')
  const location = paths.office(account.slug).scheduledEmails()
  await cancel(account, idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

blastsOffice.post('/email-blast/:id/files/:file/removal', async c => {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const location = paths.office(account.slug).blast(id)
  await detach(account, id, idIn(c.req.param('file')), { location })
  return leadTo(c, location)
})

blastsOffice.get('/scheduled-emails', async c => {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const mayOpen = level(c.get('person'), 'Email Blasts') > 0
  const zone = businessZone(account)
  const rows = await read(account, blastLists(account))
  const said = (row: (typeof rows)[0][number]): BlastRow => ({
    href: mayOpen ? at.blast(row.id) : undefined,
    subject: row.subject,
    when: sayMoment(row.sendAt ?? row.updatedAt, zone),
    who: row.who,
    mails: row.mails,
    state: row.state,
  })
  const [scheduled, drafts, lately] = rows
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Scheduled Emails" current="scheduled-emails">
      <ScheduledEmails
        scheduled={scheduled.map(said)}
        drafts={mayOpen ? drafts.map(said) : []}
        lately={lately.map(said)}
        links={[
          ...(level(c.get('person'), 'Settings') ? [{ label: 'E-mail templates', href: at.templates() }] : []),
          ...(c.env.LOCAL_MAIL && level(c.get('person'), 'Settings')
            ? [{ label: 'Local Mail', href: at.localMail() }]
            : []),
        ]}
      />
    </OfficeLayout>,
  )
})

interface Where {
  source?: Source
  id?: number
}

/** Parses, keeps and does what the pressed button says; what does not fit comes back as it was typed. */
async function write(
  c: OfficeContext,
  where: Where,
  keep: (draft: Parameters<typeof begin>[3], then: Then, onward: string) => Promise<void>,
): Promise<Response> {
  const account = c.get('account')
  const form = c.get('form')
  const act = actIn(form)
  const again = (errors: Record<string, string>, refusal?: string) => showComposer(c, where, { form, errors, refusal })
  const read = draftIn(form, act, await filesIn(await c.req.parseBody({ all: true })))
  if ('errors' in read) return again(read.errors)
  const moment = act === 'schedule' ? momentIn(account, form) : undefined
  if (moment && 'errors' in moment) return again(moment.errors)
  const sample = act === 'preview' || act === 'test' ? await sampleFor(c) : undefined
  const draft = act === 'template' ? { ...read.draft, ...(await withTemplate(c, read.draft)) } : read.draft
  try {
    await keep(draft, thenOf(c, act, moment?.at, sample?.values), onwardOf(act, sample?.familyId))
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'repeated') throw error
    return again({}, because(error.code))
  }
  // Where it leads may have an id that only the commit knew.
  return (await answered(c)) ?? leadTo(c, paths.office(account.slug).scheduledEmails())
}

function thenOf(c: OfficeContext, act: Act, at: number | undefined, values: Record<string, string> = {}): Then {
  if (act === 'send') return { act }
  if (act === 'schedule' && at) return { act, at }
  if (act === 'test') return { act, address: c.get('person').email, values }
  return { act: 'keep' }
}

function onwardOf(act: Act, family?: number): string {
  if (act === 'preview') return family ? `?preview=${family}#shown-title` : ''
  return act === 'save' ? '?said=saved' : act === 'test' ? '?said=test' : act === 'schedule' ? '?said=scheduled' : ''
}

/** The family whose mail is shown: the one whose name was typed, else the chosen one. */
async function sampleFor(c: OfficeContext) {
  const account = c.get('account')
  const { preview, preview_name: name } = c.get('form')
  const folded = typeof name === 'string' ? name.trim().toLowerCase() : ''
  const wanted = folded
    ? sql`select f.id from families f where f.sort_name >= ${folded} and f.sort_name < ${folded} || char(1114111) and f.state in ('open','suspended') order by f.sort_name, f.id limit 1`
    : sql`select f.id from families f where f.id = ${numbersIn(preview)[0] ?? 0}`
  const [[chosen]] = await read(account, [account.db.select({ id: sql<number>`id`.as('id') }).from(sql`(${wanted})`)])
  if (!chosen) return
  const [[reached]] = await read(account, [reachQuery(account, [chosen.id])])
  return reached
}

/** The template's words behind what was typed, so that nothing typed is lost. */
async function withTemplate(c: OfficeContext, { subject, body }: { subject: string; body: string }) {
  const [templates] = await read(c.get('account'), [blastTemplates(c.get('account'))])
  const chosen = templates.find(({ id }) => id === numbersIn(c.get('form').template)[0])
  if (!chosen) return { subject, body }
  return { subject: subject || chosen.subject, body: [body, chosen.body].filter(Boolean).join('\n\n') }
}

async function showReport(c: OfficeContext, id: number) {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const state = Object.keys(stateWords).find(one => one === c.req.query('state')) ?? ''
  const after = numbersIn(c.req.query('after'))[0] ?? 0
  const [blasts, , tallies, rows] = await read(account, [
    ...blastQueries(account, id),
    ...recipientQueries(account, id, { state, after }),
  ])
  const blast = found(blasts)
  const mails = (wanted: (state: string) => boolean) =>
    tallies.reduce((sum, tally) => sum + (wanted(tally.state) ? tally.mails : 0), 0)
  const last = rows.length > recipientsAPage ? rows[recipientsAPage - 1] : undefined
  const props: ReportProps = {
    subject: blast.subject,
    about: `${blast.state}, by ${blast.who}, ${sayMoment(blast.finishedAt ?? blast.sendAt ?? account.now, zone)}`,
    href: at.blast(id, { state, after }),
    done: mails(one => one !== 'queued' && one !== 'sending'),
    total: mails(() => true),
    running: blast.state === 'sending',
    tallies: [
      { state: '', word: 'All', mails: mails(() => true), href: at.blast(id), current: state === '' },
      ...Object.entries(stateWords).flatMap(([name, word]) => {
        const many = mails(one => one === name)
        return many
          ? [{ state: name, word, mails: many, href: at.blast(id, { state: name }), current: state === name }]
          : []
      }),
    ],
    rows: rows.slice(0, recipientsAPage).map(row => ({
      family: row.family,
      href: at.family(row.familyId ?? 0),
      address: row.address,
      state: stateWords[row.state] ?? row.state,
      reason: sayReason(row.reason),
      when: sayMoment(row.at, zone),
    })),
    next: last ? at.blast(id, { state, after: last.familyId ?? 0 }) : undefined,
    html: asWritten(blast.body),
    listHref: at.scheduledEmails(),
  }
  if (wantsPiece(c)) return show(c, <BlastProgress {...props} />)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={blast.subject} current="scheduled-emails" more>
      <BlastReport {...props} />
    </OfficeLayout>,
  )
}

/** A text as it was written: each variable stands as its name. */
function asWritten(body: string): string {
  const text = written(body)
  return text.html(Object.fromEntries(text.variables.map(name => [name, `[[${name}]]`])))
}
