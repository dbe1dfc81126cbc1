import type { SQL } from 'drizzle-orm'
import { Composer } from '../../views/blasts/composer'
import type { ComposerProps } from '../../views/blasts/types'
import { OfficeLayout } from '../../views/layouts/office'
import { type Account, businessZone } from '../accounts/account'
import { sayMoment, timeOfDay, today } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { type Form, numbersIn } from '../forms'
import { found, show } from '../http'
import { driverOf } from '../messages/driver'
import { filled, written } from '../messages/markup'
import { leftOut, type Reached, reachQuery } from '../messages/people'
import * as paths from '../paths'
import { blastTemplates } from '../templates/templates'
import {
  type AudienceFilter,
  familiesIn,
  familiesOf,
  fieldsOf,
  type Reckoning,
  reckoned,
  reckoning,
  type Source,
} from './audience'
import { typedAgain, variableGroups } from './form'
import { blastQueries, keptWith } from './lists'

interface Again {
  form: Form
  errors: Record<string, string>
  refusal?: string
}

const saidWords: Record<string, string> = {
  saved: 'Saved.',
  test: 'A test is on its way to you.',
  scheduled: 'It is scheduled. Until it goes it can be changed or canceled.',
}

/** The Email Blast window: a new one from its source, or one that is kept; `again` shows what was typed and why it did not do. */
export async function showComposer(c: OfficeContext, where: { source?: Source; id?: number }, again?: Again) {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const preview = numbersIn(c.req.query('preview'))[0]
  const {
    kept,
    reckoning: recipients,
    templates,
    shown,
  } = await (where.id ? lookUp(account, where.id, preview) : begun(account, where.source, preview))
  const typed = again ? typedAgain(again.form) : typedOf(kept, zone)
  const content = (
    <Composer
      action={where.id ? at.blast(where.id) : at.emailBlast()}
      formKey={crypto.randomUUID()}
      hidden={
        kept ? { version: String(again?.form.version ?? kept.version) } : where.source ? fieldsOf(where.source) : {}
      }
      typed={typed}
      errors={again?.errors}
      refusal={again?.refusal}
      said={again ? undefined : saidWords[c.req.query('said') ?? '']}
      recipients={{
        reached: recipients.reached,
        left: recipients.left.map(({ reason, count }) => ({ reason: leftOut[reason], count })),
        some: recipients.some,
        filter: filterOf(where.source, kept?.filter, recipients),
      }}
      variables={variableGroups}
      templates={templates.map(({ id, name }) => ({ id, name }))}
      files={(kept?.files ?? []).map(({ id, name, bytes }) => ({
        id,
        name,
        size: `${Math.ceil(bytes / 1000).toLocaleString('en-US')} KB`,
        removal: `${at.blast(where.id ?? 0)}/files/${id}/removal`,
      }))}
      preview={shown && (typed.subject || typed.body) ? previewOf(shown, typed) : undefined}
      scheduled={kept?.state === 'scheduled' && kept.sendAt ? sayMoment(kept.sendAt, zone) : undefined}
      cancelAction={where.id ? `${at.blast(where.id)}/cancellation` : undefined}
      zone={zone.replace('_', ' ')}
      warning={warningOf(c, recipients, Boolean(where.id || where.source))}
    />
  )
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Email Blast" current="scheduled-emails" more>
      {content}
    </OfficeLayout>,
    again ? 422 : 200,
  )
}

interface Kept {
  subject: string
  body: string
  live: number
  state: string
  sendAt: number | null
  version: number
  filter: AudienceFilter | null
  files: { id: number; name: string; bytes: number }[]
}

interface LookedUp {
  kept?: Kept
  reckoning: Reckoning
  templates: { id: number; name: string }[]
  shown?: Reached
}

/** A new one: whom its source means now. */
async function begun(account: Account, source: Source | undefined, preview?: number): Promise<LookedUp> {
  if (!source) {
    const [templates] = await read(account, [blastTemplates(account)])
    return { reckoning: { reached: 0, left: [], some: [], more: 0, fewer: 0 }, templates }
  }
  const [templates, shown, ...answers] = await read(account, [
    blastTemplates(account),
    reachQuery(account, preview ? [preview] : []),
    ...reckoning(account, familiesIn(account, source)),
  ])
  return { reckoning: reckoned(answers), templates, shown: shown[0] }
}

/** One that is kept. Where its list can be asked anew that takes another trip: only the row says which list it was. */
async function lookUp(account: Account, id: number, preview?: number): Promise<LookedUp> {
  const [blasts, files, templates, shown, ...answers] = await read(account, [
    ...blastQueries(account, id),
    blastTemplates(account),
    reachQuery(account, preview ? [preview] : []),
    ...reckoning(account, keptWith(id)),
  ])
  const { filter: stored, ...blast } = found(blasts)
  const filter = stored ? (JSON.parse(stored) as AudienceFilter) : null
  const kept = { ...blast, filter, files }
  if (!filter) return { kept, reckoning: reckoned(answers), templates, shown: shown[0] }
  const now: SQL = familiesOf(account, filter)
  const live = reckoned(await read(account, reckoning(account, now, keptWith(id))))
  const base = blast.live ? live : reckoned(answers)
  return { kept, reckoning: { ...base, more: live.more, fewer: live.fewer }, templates, shown: shown[0] }
}

function typedOf(kept: Kept | undefined, zone: string): ComposerProps['typed'] {
  const at = kept?.sendAt
  return {
    subject: kept?.subject ?? '',
    body: kept?.body ?? '',
    live: kept?.live === 1,
    date: at ? today(at, zone) : '',
    time: at ? timeOfDay(at, zone) : '',
  }
}

function filterOf(source: Source | undefined, kept: AudienceFilter | null | undefined, { more, fewer }: Reckoning) {
  const filter = kept ?? (source && !('ticked' in source) ? source : undefined)
  return filter && { says: sayFilter(filter), more, fewer }
}

/** "active families whose name begins with “Ri”". */
function sayFilter(filter: AudienceFilter): string {
  const begins = 'q' in filter && filter.q ? ` whose name begins with “${filter.q}”` : ''
  if (filter.list === 'enrollments') return 'the families of this list of enrollments.'
  if (filter.list === 'class') return 'the families enrolled in this class.'
  if (filter.list === 'students') return `the families of students${begins || ', all of them'}.`
  return `${filter.status ? `${filter.status} ` : begins ? '' : 'all '}families${begins}.`
}

function previewOf({ familyId, values }: Reached, { subject, body }: { subject: string; body: string }) {
  const said = written(body)
  return {
    family: familyId,
    name: values.family_name,
    subject: filled(subject, values),
    html: said.html(values),
    text: said.text(values),
  }
}

function warningOf(c: OfficeContext, { reached }: Reckoning, chosen: boolean): string | undefined {
  if (!chosen)
    return 'Nobody is chosen yet. Select families, students or entries in their lists and press E-mail there.'
  if (reached === 0) return 'Nobody of these can get an Email Blast.'
  return driverOf(c.env, c.get('account'))
    ? undefined
    : 'Mail is not set up, so nothing goes out: see SETTINGS > E-MAIL.'
}
