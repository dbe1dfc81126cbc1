import * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { asking, type Errors, FormError, FormKey, type Option, SelectField, TextField, TickField } from '../ui/form'
import { Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { Kept } from './choose'
import { Agreements, Money, type MoneyLine, NoteAndMail } from './decision'

type Values = Partial<Record<string, string>>

/** A price that staff agreed for this student: for all of it, or for its unit; without one the class's own counts. */
/** What a price that was agreed stands for. */
export const overrides = [
  { value: '', label: 'The tuition of the class' },
  { value: 'flat', label: 'A price for the whole month or session' },
  { value: 'unit', label: 'A price for each hour or time' },
]

export const OverrideFields = ({ ask, prorates }: { ask: ReturnType<typeof asking>; prorates: boolean }) => (
  <fieldset class="stack">
    <legend>Agreed price (optional)</legend>
    <SelectField label="In place of the tuition" options={overrides} {...ask('override')} />
    <TextField label="Agreed price" inputmode="decimal" maxlength={12} {...ask('amount')} />
    <TextField
      label="Good until"
      type="date"
      hint="Tuition that begins later costs what the class costs. Empty: it has no end."
      {...ask('until')}
    />
    <TickField label="Prorate it" name="prorates" checked={prorates} />
  </fieldset>
)

export type EnrollDetailsProps = {
  slug: string
  action: string
  who: string
  whoHref: string
  what: string
  whatHref: string
  otherHref: string
  kept: paths.Query
  facts: { label: string; value: string }[]
  doubts: string[]
  never?: string
  types: Option[]
  households: Option[]
  sessions: Option[]
  schedules: Option[]
  tokens: Option[]
  /** The class that the place on the waitlist was to replace. */
  leaves?: { name: string; lastDay: string }
  values: Values
  errors?: Errors
}

/** How a student is enrolled. The form leads to what it will do, and does nothing itself. */
export const EnrollDetailsPage = (props: EnrollDetailsProps) => {
  const { slug, action, who, what, kept, facts, doubts, never, values, errors } = props
  const ask = asking(
    { values, errors },
    'family',
    'type',
    'start',
    'drop',
    'last',
    'session',
    'schedule',
    'token',
    'code',
    'override',
    'amount',
    'until',
  )
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Enrollments', href: paths.office(slug).enrollments() },
          { label: who, href: props.whoHref },
        ]}
        title={`Enroll ${who}`}
        about={what}
      >
        <ButtonLink href={props.otherHref}>Another class</ButtonLink>
      </RecordHead>
      {never && <Notice tone="red">{never}</Notice>}
      {doubts.length > 0 && (
        <Notice tone="amber">
          {doubts.map(sentence => (
            <p>{sentence}</p>
          ))}
        </Notice>
      )}
      <div class="split">
        <Section title="How">
          <form class="stack" action={action} aria-label="Enrollment">
            <Kept kept={kept} />
            {props.households.length > 0 && (
              <SelectField label="Household that is billed" options={props.households} {...ask('family')} />
            )}
            <SelectField label="Type" options={props.types} {...ask('type')} />
            <TextField
              label="Start date"
              type="date"
              required
              hint="The only day of a TRIAL, MAKEUP or SINGLE DAY."
              {...ask('start')}
            />
            <TextField
              label="Drop date"
              type="date"
              hint="The last day. Empty: until dropped, or the end of the session or class."
              {...ask('drop')}
            />
            {props.leaves && (
              <TextField
                label="Drop Date for Previous Class"
                type="date"
                hint={`The last day in ${props.leaves.name}, which was kept while the student waited.`}
                {...ask('last')}
              />
            )}
            {props.sessions.length > 0 && (
              <SelectField
                label="Session"
                options={[{ value: '', label: 'None' }, ...props.sessions]}
                {...ask('session')}
              />
            )}
            {props.schedules.length > 1 && (
              <SelectField label="Billing schedule" options={props.schedules} {...ask('schedule')} />
            )}
            {props.tokens.length > 0 && (
              <SelectField
                label="Makeup token"
                hint="For a MAKEUP."
                options={[{ value: '', label: 'Without a token' }, ...props.tokens]}
                {...ask('token')}
              />
            )}
            <TextField label="Promo code" maxlength={40} {...ask('code')} />
            <OverrideFields ask={ask} prorates={Boolean(values.prorates)} />
            <p>
              <Button look="primary">Continue</Button>
            </p>
          </form>
        </Section>
        <Section title="Class">
          <Pairs pairs={[{ label: 'Class', value: what, href: props.whatHref }, ...facts]} />
        </Section>
      </div>
    </>
  )
}

export type EnrollSummaryProps = {
  slug: string
  action: string
  formKey: string
  changeHref: string
  /** The waitlist instead, where the class is full. */
  waitHref?: string
  kept: paths.Query
  who: string
  facts: { label: string; value: string; href?: string }[]
  never?: string
  doubts: { code: string; sentence: string }[]
  clashes: string[]
  full?: { sentence: string; seen: number }
  money: MoneyLine[]
  cents: number
  posts: boolean
  mail: boolean
  note: string
  error?: string
  errors?: Errors
}

/** What will happen, before it does. */
export const EnrollSummaryPage = (props: EnrollSummaryProps) => {
  const {
    slug,
    who,
    facts,
    never,
    doubts,
    clashes,
    full,
    money: lines,
    cents,
    posts,
    mail,
    note,
    error,
    errors,
  } = props
  return (
    <>
      <RecordHead
        trail={[{ label: 'Enrollments', href: paths.office(slug).enrollments() }]}
        title={`Enroll ${who}: summary`}
      >
        <ButtonLink icon="pencil" href={props.changeHref}>
          Change
        </ButtonLink>
      </RecordHead>
      <FormError>{error}</FormError>
      {never && <Notice tone="red">{never}</Notice>}
      {clashes.length > 0 && <Notice>At the same time as {clashes.join(', ')}.</Notice>}
      <div class="split">
        <form class="stack" method="post" action={props.action} aria-label="Enroll">
          <FormKey value={props.formKey} />
          <Kept kept={props.kept} />
          <Section title="Money">
            <Money lines={lines} cents={cents} posts={posts} none="This costs nothing." />
          </Section>
          {!never && (
            <Section title="Enroll">
              <div class="stack">
                <Agreements {...props} doubts={doubts} full={full} />
                <NoteAndMail note={note} mail={mail} error={errors?.note} />
                <p>
                  <Button look="primary">Enroll</Button>
                </p>
              </div>
            </Section>
          )}
        </form>
        <Section title="What">
          <Pairs pairs={facts} />
        </Section>
      </div>
    </>
  )
}
