import type { Context } from 'hono'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { FirstStepsPage, type StepCard } from '../../views/opening/first-steps'
import { demand, level } from '../auth/permissions'
import { isZone } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { email, line, optional, parse } from '../forms'
import { leadTo, NotFound, show } from '../http'
import { whyMailWaits } from '../messages/driver'
import { isCurrency } from '../money'
import * as paths from '../paths'
import { whyNoPayments } from '../payments/gateway'
import { registry } from '../settings'
import {
  isStep,
  keepBusiness,
  keepStep,
  putOff,
  putOffStep,
  type Step,
  steps,
  stepsQuery,
  testMail,
  testPayments,
} from './first-steps'

/** What an owner does before the first family comes: a few steps, each to be put off and taken up again (BY9). */
export const firstStepsOffice = officeDoor()

const forms = {
  business: z.object({
    business: line('Name of the business', 80),
    location: line('First location', 80),
    zone: line('Time zone', 60).refine(isZone, 'This is no time zone like America/Chicago.'),
    currency: z
      .string('Currency is missing.')
      .transform(text => text.trim().toUpperCase())
      .refine(isCurrency, 'This is no currency like USD.'),
  }),
  mail: z.object({
    driver: z.enum(Object.keys(registry['mail.driver'].choices) as [string, ...string[]], 'Choose who delivers.'),
    from: email(),
    reply: optional(email()),
  }),
  payments: z.object({
    gateway: z.enum(Object.keys(registry['payments.gateway'].choices) as [string, ...string[]], 'Choose a gateway.'),
  }),
}

firstStepsOffice.get('/first-steps', c => {
  demand(c.get('person'), 'Settings')
  return page(c)
})

firstStepsOffice.post('/first-steps/:step/keeping', async c => {
  const step = stepOf(c)
  const account = c.get('account')
  if (step === 'branding' || step === 'class') throw new NotFound()
  const { data, bad } = parse<z.ZodType<Record<string, string | null>>>(forms[step], c.get('form'))
  if (bad) return page(c, { step, typed: bad.typed, errors: bad.errors, status: 422 })
  const location = paths.office(account.slug).firstSteps({ done: step })
  try {
    if (step === 'business') {
      const { business = '', location: place = '', zone = '', currency = '' } = data as Record<string, string>
      await keepBusiness(account, { business, location: place, timeZone: zone, currency }, { location })
    } else if (step === 'mail') {
      const { driver = '', from = '', reply } = data as Record<string, string>
      const changes = { 'mail.driver': driver, 'mail.from_address': from, 'mail.reply_to': reply ?? '' }
      await keepStep(account, changes, { location })
    } else await keepStep(account, { 'payments.gateway': String(data.gateway) }, { location })
  } catch (refusal) {
    return page(c, { step, typed: c.get('form') as never, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

firstStepsOffice.post('/first-steps/:step/skip', async c => {
  const step = stepOf(c)
  const account = c.get('account')
  const location = paths.office(account.slug).firstSteps()
  await putOffStep(account, step, { location })
  return leadTo(c, location)
})

firstStepsOffice.post('/first-steps/:step/test', async c => {
  const step = stepOf(c)
  const account = c.get('account')
  const at = paths.office(account.slug)
  if (step === 'mail') {
    const waits = whyMailWaits(c.env, account)
    if (waits) return page(c, { step, errors: { test: waits }, status: 409 })
    const location = at.firstSteps({ done: 'test-mail' })
    await testMail(account, c.get('person'), account.actor.name, { location })
    return leadTo(c, location)
  }
  if (step !== 'payments') throw new NotFound()
  const told = (works: boolean) => ({ location: at.firstSteps({ done: works ? 'test-payments' : 'test-failed' }) })
  try {
    return leadTo(c, told(await testPayments(account, told)).location)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'no-gateway') throw refusal
    return page(c, { step, errors: { test: whyNoPayments(account) ?? 'There is no gateway to try.' }, status: 409 })
  }
})

function stepOf(c: OfficeContext): Step {
  demand(c.get('person'), 'Settings', 2)
  const step = (c as Context).req.param('step') ?? ''
  if (!isStep(step)) throw new NotFound()
  return step
}

const doneWords: Record<string, string> = {
  business: 'Saved.',
  mail: 'Saved.',
  payments: 'Saved.',
  'test-mail': 'A test is on its way to you.',
  'test-payments': 'The gateway answers.',
  'test-failed': 'The gateway does not answer. Look at its key, and try again.',
}

interface Shown {
  step?: Step
  typed?: Record<string, string>
  errors?: Record<string, string>
  status?: 200 | 409 | 422
}

async function page(c: OfficeContext, { step: asked, typed, errors, status = 200 }: Shown = {}) {
  const account = c.get('account')
  const { settings, slug, locations } = account
  const at = paths.office(slug)
  const [[there]] = await read(account, [stepsQuery(account)])
  const [place] = locations
  const later = putOff(account)
  const trouble: Partial<Record<Step, string>> = {
    mail: whyMailWaits(c.env, account),
    payments: whyNoPayments(account),
  }
  const done: Record<Step, boolean> = {
    business: Boolean(place) && settings['business.name'] !== registry['business.name'].default,
    branding: Boolean(settings['brand.logo']) || settings['brand.accent'] !== registry['brand.accent'].default,
    class: there?.classes === 1,
    mail: !trouble.mail,
    payments: !trouble.payments,
  }
  const zone = (c.req.raw as { cf?: { timezone?: string } }).cf?.timezone
  const values: Partial<Record<Step, Record<string, string>>> = {
    business: {
      business: done.business ? account.business : '',
      location: place?.name ?? '',
      zone: place?.timeZone ?? zone ?? '',
      currency: place?.currency ?? 'USD',
    },
    mail: {
      driver: settings['mail.driver'],
      from: settings['mail.from_address'],
      reply: settings['mail.reply_to'],
    },
    payments: { gateway: settings['payments.gateway'] },
  }
  const cards = steps.map(
    (step): StepCard => ({
      step,
      state: done[step] ? 'done' : later.includes(step) ? 'later' : 'open',
      values: { ...values[step], ...(step === asked ? typed : {}) },
      trouble: trouble[step],
      errors: step === asked ? errors : undefined,
      keep: at.firstStep(step, 'keeping'),
      skip: at.firstStep(step, 'skip'),
      test: at.firstStep(step, 'test'),
    }),
  )
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="First Steps" current="settings" more>
      <FirstStepsPage
        cards={cards}
        trail={[{ label: 'Settings', href: at.settings }]}
        mayChange={level(c.get('person'), 'Settings') === 2}
        said={doneWords[c.req.query('done') ?? '']}
        failed={c.req.query('done') === 'test-failed'}
        zones={Intl.supportedValuesOf('timeZone')}
        choices={{ mail: registry['mail.driver'].choices, payments: registry['payments.gateway'].choices }}
        links={{
          branding: [{ label: 'Branding', href: at.branding() }],
          class: there?.programs
            ? [{ label: 'New class', href: at.newClass() }]
            : [{ label: 'First a program', href: at.setupList('programs') }],
          locations: at.setupList('locations'),
          staff: at.staff(),
          health: at.health(),
        }}
      />
    </OfficeLayout>,
    status,
  )
}
