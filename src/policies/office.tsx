import { asc, desc, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { PolicyListPage } from '../../views/policies/list'
import { PolicyFormPage } from '../../views/policies/policy'
import type { PolicyFormProps, PolicyTyped } from '../../views/policies/types'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayDate, today } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { type Form, line, note, parse } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import { answered } from '../middleware'
import * as paths from '../paths'
import { policies, policyVersions } from '../schema/policies'
import { staff } from '../schema/staff'
import { createPolicy, publishPolicy } from './policies'

/** What families are asked to accept, as staff set it up (SETTINGS > POLICIES, PO1). */
export const policiesOffice = officeDoor()

const kinds = {
  family: { label: 'Family Policies', about: 'Asked of the primary guardian at the next log-in.' },
  student: { label: 'Student Policies', about: 'Asked for each student by name.' },
  appointment: { label: 'Appointment Policies', about: 'Asked before a family books an appointment.' },
  transaction: { label: 'Transaction Policies', about: 'Asked at the checkout, each time.' },
} as const
type Kind = keyof typeof kinds

const words = z.object({
  name: line('The name', 80),
  body: note('The text', 20_000).refine(text => text !== null, 'The text is missing.'),
  active: z.string().optional(),
  required: z.string().optional(),
  web: z.string().optional(),
})
const made = words.extend({ kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]], 'Choose when it is asked.') })

policiesOffice.get('/policies', async c => {
  demand(c.get('person'), 'Settings')
  const account = c.get('account')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const [rows] = await read(account, [
    account.db
      .select({
        id: sql<number>`${policies.id}`.as('policy_id'),
        kind: policies.kind,
        name: policies.name,
        active: policies.active,
        required: policies.required,
        showWeb: policies.showWeb,
        version: policyVersions.number,
        publishedAt: policyVersions.publishedAt,
      })
      .from(policies)
      .innerJoin(policyVersions, eq(policyVersions.id, policies.versionId))
      .orderBy(asc(policies.sort), asc(policies.id))
      .limit(200),
  ])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Policies" current="settings">
      <PolicyListPage
        settingsHref={at.settings}
        newHref={level(c.get('person'), 'Settings') === 2 ? `${at.policies()}/new` : undefined}
        said={c.req.query('said') === 'published' ? 'The policy is published.' : undefined}
        groups={Object.entries(kinds).map(([kind, { label, about }]) => ({
          title: label,
          about,
          rows: rows
            .filter(row => row.kind === kind)
            .map(row => ({
              href: at.policy(row.id),
              name: row.name,
              active: row.active === 1,
              required: row.required === 1,
              showWeb: row.showWeb === 1,
              version: row.version,
              published: sayDate(today(row.publishedAt, zone), { year: true }),
            })),
        }))}
      />
    </OfficeLayout>,
  )
})

const fresh: PolicyTyped = { name: '', kind: 'family', body: '', active: true, required: false, showWeb: true }

policiesOffice.get('/policies/new', c => {
  demand(c.get('person'), 'Settings', 2)
  return formPage(c, { title: 'New policy', action: paths.office(c.get('account').slug).policies(), typed: fresh })
})

policiesOffice.post('/policies', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const at = paths.office(account.slug)
  const form = c.get('form')
  const { data, bad } = parse(made, form)
  const again = (errors: Record<string, string>) =>
    formPage(c, { title: 'New policy', action: at.policies(), typed: typedOf(form), errors })
  if (bad) return again(bad.errors)
  const location = at.policies({ said: 'published' })
  try {
    await createPolicy(account, c.get('person').id, { ...switchesOf(data), kind: data.kind }, { location })
  } catch (refusal) {
    return again({ required: sentenceOf(refusal) })
  }
  return leadTo(c, location)
})

policiesOffice.get('/policies/:id', c => {
  demand(c.get('person'), 'Settings')
  return policyPage(c, idIn(c.req.param('id')))
})

policiesOffice.post('/policies/:id', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(words, form)
  if (bad) return policyPage(c, id, { form, errors: bad.errors })
  const seen = /^\d{1,9}$/.test(String(form.version ?? '')) ? Number(form.version) : -1
  const location = (said: string) => `${paths.office(account.slug).policy(id)}?said=${said}`
  try {
    const published = await publishPolicy(account, c.get('person').id, id, { ...switchesOf(data), seen }, said => ({
      location: location(said),
    }))
    return leadTo(c, location(published ? 'published' : 'saved'))
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'repeated') {
      const before = await answered(c)
      if (before) return before
    }
    const meanwhile = refusal instanceof Refusal && refusal.code === 'changed-meanwhile'
    const sentence = sentenceOf(refusal)
    return policyPage(c, id, { form, meanwhile, errors: { [meanwhile ? 'form' : 'required']: sentence } })
  }
})

const switchesOf = (data: z.output<typeof words>) => ({
  name: data.name,
  body: data.body ?? '',
  active: Boolean(data.active),
  required: Boolean(data.required),
  showWeb: Boolean(data.web),
})

const typedOf = (form: Form): PolicyTyped => ({
  name: String(form.name ?? ''),
  kind: String(form.kind ?? ''),
  body: String(form.body ?? ''),
  active: Boolean(form.active),
  required: Boolean(form.required),
  showWeb: Boolean(form.web),
})

async function policyPage(
  c: OfficeContext,
  id: number,
  sent: { form?: Form; errors?: Record<string, string>; meanwhile?: boolean } = {},
) {
  const account = c.get('account')
  const zone = businessZone(account)
  const [rows, versions] = await read(account, [
    account.db.select().from(policies).where(eq(policies.id, id)),
    account.db
      .select({
        id: policyVersions.id,
        number: policyVersions.number,
        body: policyVersions.body,
        at: policyVersions.publishedAt,
        who: sql<string | null>`${staff.firstName} || ' ' || ${staff.lastName}`.as('publisher'),
      })
      .from(policyVersions)
      .leftJoin(staff, eq(staff.id, policyVersions.publishedBy))
      .where(eq(policyVersions.policyId, id))
      .orderBy(desc(policyVersions.number))
      .limit(100),
  ])
  const policy = found(rows)
  const lines = versions.map(({ number, body, at, who }) => ({
    number,
    body,
    by: [who, sayDate(today(at, zone), { year: true })].filter(Boolean).join(', '),
  }))
  const [current] = lines
  const said = c.req.query('said')
  return formPage(c, {
    title: policy.name,
    action: level(c.get('person'), 'Settings') === 2 ? paths.office(account.slug).policy(id) : undefined,
    version: current?.number ?? 0,
    typed: sent.form
      ? typedOf(sent.form)
      : {
          name: policy.name,
          kind: policy.kind,
          body: current?.body ?? '',
          active: policy.active === 1,
          required: policy.required === 1,
          showWeb: policy.showWeb === 1,
        },
    errors: sent.errors,
    meanwhile: sent.meanwhile ? current : undefined,
    versions: lines,
    said: said === 'published' ? 'Published: families are asked anew.' : said === 'saved' ? 'Saved.' : undefined,
    tellHref: said === 'published' ? paths.office(account.slug).emailBlast({ list: 'families' }) : undefined,
  })
}

function formPage(
  c: OfficeContext,
  props: Omit<PolicyFormProps, 'policiesHref' | 'formKey' | 'kinds' | 'versions'> & {
    versions?: PolicyFormProps['versions']
  },
) {
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={props.title} current="settings" more>
      <PolicyFormPage
        policiesHref={paths.office(c.get('account').slug).policies()}
        formKey={crypto.randomUUID()}
        kinds={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))}
        versions={[]}
        {...props}
      />
    </OfficeLayout>,
    props.errors ? 422 : 200,
  )
}
