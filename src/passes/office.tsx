import { and, asc, isNull, sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { PunchPassesPage } from '../../views/passes/office'
import { PunchPassPage } from '../../views/passes/pass'
import { todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayDate } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { amount, line, note, numbersIn, optional, parse, tick, whole } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import { money, typed as typedAmount } from '../money'
import * as paths from '../paths'
import { services } from '../schema/appointments'
import { passes } from '../schema/passes'
import { programs } from '../schema/programs'
import { never, type Pass, type PassProduct, passesQuery, productsQuery, standingOf, thatAre } from './passes'
import { saySpent, spentQuery } from './punches'
import { changeProduct, createProduct, suspendPass } from './setup'

/** Punch passes for staff: what is sold, and what was (A7, OP25). */
export const passesOffice = officeDoor()

const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform(numbersIn)

const productForm = z.object({
  title: line('Title', 80),
  description: note('Description', 1000),
  holder: z.enum(['family', 'student'], 'Choose a holder.'),
  price: amount('Price'),
  punches: whole('Punches', 1, 500),
  valid_days: optional(whole('Valid days', 1, 3650)),
  program: several,
  uses: z.enum(['classes', 'appointments', 'both'], 'Choose what it is good for.').default('classes'),
  service: several,
  show: tick,
  retired: tick,
})

const termsOf = (form: z.output<typeof productForm>) => ({
  title: form.title,
  description: form.description,
  holder: form.holder,
  cents: form.price,
  punches: form.punches,
  validDays: form.valid_days,
  programs: form.program,
  uses: form.uses,
  services: form.service,
  showPortal: form.show,
})

const perPage = 50

passesOffice.get('/punch-passes', c => page(c))

passesOffice.post('/punch-passes/products', async c => {
  demand(c.get('person'), 'Punch Passes', 2)
  const { data, bad } = parse(productForm, c.get('form'))
  if (bad) return page(c, { errors: bad.errors, status: 422 })
  return saved(c, location => createProduct(c.get('account'), termsOf(data), { location }))
})

passesOffice.post('/punch-passes/products/:id', async c => {
  demand(c.get('person'), 'Punch Passes', 2)
  const id = idIn(c.req.param('id'))
  const { data, bad } = parse(productForm, c.get('form'))
  if (bad) return page(c, { id, errors: bad.errors, status: 422 })
  const change = { ...termsOf(data), retired: data.retired }
  return saved(c, location => changeProduct(c.get('account'), id, change, { location }), id)
})

passesOffice.get('/punch-passes/:id', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Punch Passes')
  const id = idIn(c.req.param('id'))
  const [rows, spent] = await read(account, [
    passesQuery(account, sql`${passes.id} = ${id}`),
    spentQuery(account, sql`(${id})`),
  ])
  const pass = found(rows)
  const line = lineOf(pass, todayAt(account))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={pass.title} current="passes">
      <PunchPassPage slug={account.slug} pass={line} spent={spent.map(saySpent)} />
    </OfficeLayout>,
  )
})

passesOffice.post('/punch-passes/:id/suspension', async c => {
  demand(c.get('person'), 'Punch Passes', 2)
  const id = idIn(c.req.param('id'))
  const suspended = c.get('form').act !== 'resume'
  return saved(c, location => suspendPass(c.get('account'), id, suspended, { location }))
})

async function saved(c: OfficeContext, save: (to: string) => Promise<unknown>, id?: number) {
  const location = paths.office(c.get('account').slug).punchPasses({ saved: 1 })
  try {
    await save(location)
  } catch (refusal) {
    return page(c, { id, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}

interface Again {
  /** The product whose form it was; a new one without it. */
  id?: number
  errors?: Record<string, string>
  status?: 409 | 422
}

async function page(c: OfficeContext, again: Again = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Punch Passes')
  const day = todayAt(account)
  const status = c.req.query('status') === 'inactive' ? 'inactive' : 'active'
  const after = Number(c.req.query('after')) || 0
  const [products, sold, names, lessons] = await read(account, [
    productsQuery(account),
    passesQuery(account, and(thatAre(status, day), after ? sql`${passes.id} < ${after}` : undefined), perPage + 1),
    account.db
      .select({ id: programs.id, name: programs.name })
      .from(programs)
      .where(isNull(programs.retiredAt))
      .limit(200),
    account.db
      .select({ value: services.id, label: services.name })
      .from(services)
      .where(isNull(services.retiredAt))
      .orderBy(asc(services.name))
      .limit(200),
  ])
  const at = paths.office(account.slug)
  const last = sold.length > perPage ? sold[perPage - 1] : undefined
  const form = (id: number | undefined, values: Record<string, string | string[] | undefined>) => {
    const mine = again.errors && again.id === id
    return { key: crypto.randomUUID(), values: mine ? c.get('form') : values, errors: mine ? again.errors : undefined }
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Punch Passes" current="passes">
      <PunchPassesPage
        slug={account.slug}
        mayAct={level(person, 'Punch Passes') === 2}
        saved={c.req.query('saved') && !again.errors ? 'Saved.' : undefined}
        status={status}
        programs={names.map(({ id, name }) => ({ value: id, label: name }))}
        services={lessons}
        products={products.map(product => ({
          id: product.id,
          title: product.title,
          about: `${product.punches} punches, ${money(product.cents)}, ${product.holder === 'student' ? 'one student' : 'any student of the family'}`,
          retired: product.retiredAt !== null,
          ...form(product.id, valuesOf(product)),
        }))}
        newProduct={form(undefined, { holder: 'family', uses: 'classes', show: '1' })}
        sold={sold.slice(0, perPage).map(pass => ({ ...lineOf(pass, day), key: crypto.randomUUID() }))}
        next={last && at.punchPasses({ status, after: last.id })}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

const lineOf = (pass: Pass, day: string) => ({
  id: pass.id,
  title: pass.title,
  familyId: pass.familyId,
  holder: pass.student ? `${pass.family}, ${pass.student}` : pass.family,
  used: `${pass.used} of ${pass.punches}`,
  bought: sayDate(pass.boughtOn, { year: true }),
  expires: pass.expiresOn === never ? 'does not expire' : sayDate(pass.expiresOn, { year: true }),
  paid: money(pass.paidCents),
  standing: standingOf(pass, day),
  suspended: pass.suspendedAt !== null,
})

const valuesOf = (product: PassProduct) => ({
  title: product.title,
  description: product.description ?? '',
  holder: product.holder,
  price: typedAmount(product.cents),
  punches: String(product.punches),
  valid_days: product.validDays === null ? '' : String(product.validDays),
  program: product.allowed.programs.map(String),
  uses: product.allowed.uses,
  service: product.allowed.services.map(String),
  show: product.showPortal ? '1' : undefined,
  retired: product.retiredAt === null ? undefined : '1',
})
