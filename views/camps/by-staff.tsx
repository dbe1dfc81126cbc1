import * as paths from '../../src/paths'
import { Kept } from '../enrollments/choose'
import { Agreements, DropReason, Money, type MoneyLine, Never, NoteAndMail } from '../enrollments/decision'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

type Fact = { label: string; value: string; href?: string }

/** A day or block to tick. */
type Unit = { name: 'day' | 'block'; value: string; label: string; about: string; chosen: boolean; disabled?: boolean }

const Units = ({ units }: { units: Unit[] }) => (
  <>
    {units.map(({ name, value, label, about, chosen, disabled }) => (
      <label class="tickline">
        <input
          type="checkbox"
          name={name}
          value={value}
          checked={chosen || undefined}
          disabled={disabled || undefined}
        />
        <span>
          {label} <small>{about}</small>
        </span>
      </label>
    ))}
  </>
)

export type CampQuestion = { name: string; label: string; required: boolean; value: string; options?: Option[] }

export type CampEnrollProps = {
  slug: string
  action: string
  formKey: string
  campId: number
  camp: string
  who: string
  kept: paths.Query
  facts: Fact[]
  /** Nothing where the camp is only taken whole. */
  units: Unit[]
  chosen: Unit[]
  never?: string
  doubts: { code: string; sentence: string }[]
  full?: { sentence: string; seen: number }
  questions: CampQuestion[]
  money: MoneyLine[]
  cents: number
  posts: boolean
  mail: boolean
  note: string
  error?: string
  errors?: Errors
}

/** Days of a camp for a student: which ones, what they cost, what is asked, and then it is done. */
export const CampEnrollPage = (props: CampEnrollProps) => {
  const { slug, action, who, camp, units, chosen, never, doubts, full, questions, errors } = props
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Camps', href: at.camps() },
          { label: camp, href: at.camp(props.campId) },
        ]}
        title={`Enroll ${who}`}
        about={camp}
      />
      <FormError>{props.error}</FormError>
      {never && <Notice tone="red">{never}</Notice>}
      <div class="split">
        <div class="stack">
          {units.length > 0 && (
            <Section title="Days">
              <form class="stack" action={action} aria-label="Days">
                <Kept kept={props.kept} />
                <div>
                  <Units units={units} />
                </div>
                <p>
                  <Button look={chosen.length ? undefined : 'primary'}>Show what it does</Button>
                </p>
              </form>
            </Section>
          )}
          {!never && chosen.length > 0 && (
            <form class="stack" method="post" action={action} aria-label="Enroll">
              <FormKey value={props.formKey} />
              <Kept kept={props.kept} />
              {chosen.map(({ name, value }) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <Section title="Money">
                <Money lines={props.money} cents={props.cents} posts={props.posts} none="This costs nothing." />
              </Section>
              <Section title="Enroll">
                <div class="stack">
                  {questions.map(({ name, label, required, value, options }) =>
                    options ? (
                      <SelectField
                        label={label}
                        name={name}
                        required={required}
                        options={[{ value: '', label: '' }, ...options]}
                        value={value}
                        error={errors?.[name]}
                      />
                    ) : (
                      <TextField
                        label={label}
                        name={name}
                        required={required}
                        maxlength={200}
                        value={value}
                        error={errors?.[name]}
                      />
                    ),
                  )}
                  <Agreements doubts={doubts} full={full} />
                  <NoteAndMail note={props.note} mail={props.mail} error={errors?.note} />
                  <p>
                    <Button look="primary">Enroll</Button>
                  </p>
                </div>
              </Section>
            </form>
          )}
        </div>
        <Section title="What">
          <Pairs pairs={props.facts} />
        </Section>
      </div>
    </>
  )
}

export type CampDropProps = {
  slug: string
  action: string
  formKey: string
  recordHref: string
  who: string
  facts: Fact[]
  units: Unit[]
  chosen: Unit[]
  never?: string
  asked?: string
  reasons: Option[]
  reason?: string
  money: MoneyLine[]
  cents: number
  posts: boolean
  mail: boolean
  note: string
  error?: string
  errors?: Errors
}

/** Days of a place in a camp that are given back. */
export const CampDropPage = (props: CampDropProps) => {
  const { slug, action, who, units, chosen, never, asked, reasons, errors } = props
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Enrollments', href: paths.office(slug).enrollments() },
          { label: who, href: props.recordHref },
        ]}
        title={`Drop ${who}`}
      />
      <FormError>{props.error}</FormError>
      <Never never={never} asked={asked} />
      <div class="split">
        <div class="stack">
          {units.length > 0 && (
            <Section title="Days that are given back">
              <form class="stack" action={action} aria-label="Days">
                <div>
                  <Units units={units} />
                </div>
                <p>
                  <Button look={chosen.length ? undefined : 'primary'}>Show what it does</Button>
                </p>
              </form>
            </Section>
          )}
          {!never && chosen.length > 0 && (
            <form class="stack" method="post" action={action} aria-label="Drop">
              <FormKey value={props.formKey} />
              {chosen.map(({ name, value }) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <Section title="Money">
                <Money
                  lines={props.money}
                  cents={-props.cents}
                  posts={props.posts}
                  none="Nothing was charged beyond what is left."
                />
              </Section>
              <Section title="Drop">
                <div class="stack">
                  <DropReason reasons={reasons} reason={props.reason} />
                  <NoteAndMail note={props.note} mail={props.mail} error={errors?.note} />
                  <p>
                    <Button look="danger">Drop</Button>
                  </p>
                </div>
              </Section>
            </form>
          )}
        </div>
        <Section title="What">
          <Pairs pairs={props.facts} />
        </Section>
      </div>
    </>
  )
}
