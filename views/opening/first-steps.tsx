import type { Child } from 'hono/jsx'
import { Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { asking, type Errors, FormError, FormKey, SelectField, TextField } from '../ui/form'
import { RecordHead } from '../ui/record'

type Link = { label: string; href: string }
type Step = 'business' | 'branding' | 'class' | 'mail' | 'payments'

export type StepCard = {
  step: Step
  state: 'done' | 'later' | 'open'
  values: Record<string, string>
  /** What keeps it from working now. */
  trouble?: string
  errors?: Errors
  keep: string
  skip: string
  test: string
}

const words: Record<Step, { title: string; about: string }> = {
  business: { title: 'The business', about: 'Its name, its first location, and the clock and money there.' },
  branding: { title: 'Its look', about: 'Your logo and colour in the Customer Portal.' },
  class: { title: 'The first class', about: 'What families can enroll in, with its times, places and price.' },
  mail: { title: 'E-mail', about: 'Who brings notices to families, and from which address.' },
  payments: { title: 'Payments', about: 'Who takes payments online. Card numbers never reach this program.' },
}

const states = {
  done: { word: 'Done', tone: 'green' },
  later: { word: 'Later' },
  open: { word: 'To do', tone: 'amber' },
} as const

type Props = {
  cards: StepCard[]
  trail: Link[]
  mayChange: boolean
  said?: string
  failed: boolean
  zones: string[]
  choices: { mail: Record<string, string>; payments: Record<string, string> }
  links: { branding: Link[]; class: Link[]; locations: string; staff: string; health: string }
}

/** The way from an empty database to the first family. */
export const FirstStepsPage = (props: Props) => {
  const { cards, trail, said, failed, links } = props
  const done = cards.filter(({ state }) => state === 'done').length
  return (
    <>
      <RecordHead trail={trail} title="First Steps" about={`${done} of ${cards.length} done`} />
      <div class="stack">
        {said && <Notice tone={failed ? 'red' : 'green'}>{said}</Notice>}
        {cards.map(card => (
          <StepSection card={card} {...props} />
        ))}
        <p>
          Then <a href={links.staff}>invite your staff</a>, <a href={links.locations}>add locations</a>, and look at the{' '}
          <a href={links.health}>Health Check</a> now and then.
        </p>
      </div>
    </>
  )
}

const StepSection = ({ card, ...props }: { card: StepCard } & Props) => {
  const { step, state, trouble, errors, test, skip } = card
  const { title, about } = words[step]
  const { word, ...tone } = states[state]
  return (
    <section class="card" id={step} aria-labelledby={`${step}-title`}>
      <header>
        <h2 id={`${step}-title`}>{title}</h2>
        <Pill {...tone}>{word}</Pill>
      </header>
      <div class="body stack">
        <p>{about}</p>
        {trouble && <Notice tone="amber">{trouble}</Notice>}
        {step === 'branding' || step === 'class' ? (
          <p>
            {props.links[step].map(({ label, href }) => (
              <a class="button" href={href}>
                {label}
              </a>
            ))}
          </p>
        ) : (
          <StepForm card={card} {...props} />
        )}
        {props.mayChange && (step === 'mail' || step === 'payments') && (
          <form method="post" action={test}>
            <FormKey value={crypto.randomUUID()} />
            <FormError>{errors?.test}</FormError>
            <Button>{step === 'mail' ? 'Send a test to me' : 'Try the gateway'}</Button>
          </form>
        )}
        {props.mayChange && state !== 'done' && (
          <form method="post" action={skip}>
            <FormKey value={crypto.randomUUID()} />
            <Button aria-label={`${state === 'later' ? 'Take up again' : 'Later'}: ${title}`}>
              {state === 'later' ? 'Take up again' : 'Later'}
            </Button>
          </form>
        )}
      </div>
    </section>
  )
}

const optionsOf = (choices: Record<string, string>) =>
  Object.entries(choices).map(([value, label]) => ({ value, label }))

const StepForm = ({ card, mayChange, zones, choices }: { card: StepCard } & Props) => {
  const { step, values, errors, keep } = card
  const ask = { values, errors, prefix: step }
  const form = (fields: Child) => (
    <form class="stack" method="post" action={keep}>
      <FormKey value={crypto.randomUUID()} />
      <FormError>{errors?.form}</FormError>
      <fieldset class="switches" disabled={!mayChange || undefined}>
        {fields}
      </fieldset>
      {mayChange && (
        <p>
          <Button look="primary">Save</Button>
        </p>
      )}
    </form>
  )
  if (step === 'mail') {
    const field = asking(ask, 'driver', 'from', 'reply')
    return form(
      <>
        <SelectField label="E-mail Delivery" options={optionsOf(choices.mail)} {...field('driver')} />
        <TextField label="Sender Address" type="email" required {...field('from')} />
        <TextField label="Reply-To Address" type="email" hint="Where answers go." {...field('reply')} />
      </>,
    )
  }
  if (step === 'payments') {
    const field = asking(ask, 'gateway')
    return form(<SelectField label="Payment Gateway" options={optionsOf(choices.payments)} {...field('gateway')} />)
  }
  const field = asking(ask, 'business', 'location', 'zone', 'currency')
  return form(
    <>
      <TextField label="Name of the business" maxlength={80} required {...field('business')} />
      <TextField label="First location" maxlength={80} required {...field('location')} />
      <TextField label="Time zone" list="zones" required {...field('zone')} />
      <datalist id="zones">
        {zones.map(zone => (
          <option value={zone} />
        ))}
      </datalist>
      <TextField label="Currency" maxlength={3} required {...field('currency')} />
    </>,
  )
}
