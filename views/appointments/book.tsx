import * as paths from '../../src/paths'
import { Kept } from '../enrollments/choose'
import { Agreements, MoneyLines, NoteAndMail } from '../enrollments/decision'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, SelectField } from '../ui/form'
import { Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

/** What booking a time for a student does, before it does. */
export const BookForStudentPage = ({
  slug,
  action,
  formKey,
  otherHref,
  who,
  kept,
  households,
  facts,
  never,
  doubts,
  price,
  lowered,
  pays,
  pay,
  note,
  mail,
  errors,
}: {
  slug: string
  action: string
  formKey: string
  otherHref: string
  who: string
  kept: paths.Query
  /** The other households of the student, which may pay instead. */
  households: { name: string; href: string }[]
  facts: { label: string; value: string; href?: string }[]
  /** What nobody can decide otherwise. */
  never?: string
  doubts: { code: string; sentence: string }[]
  price: { cents: number; text: string; why: string[] }
  /** What those who come already pay less, all of them together. */
  lowered: { cents: number; text: string }
  pays: Option[]
  pay?: string
  note: string
  mail: boolean
  errors?: Errors
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Appointments', href: at.appointments() }]} title={`Book for ${who}`}>
        <ButtonLink href={otherHref}>Another student</ButtonLink>
      </RecordHead>
      <FormError>{errors?.form}</FormError>
      {never && <Notice tone="red">{never}</Notice>}
      <div class="split">
        <form class="stack" method="post" action={action} aria-label="Book">
          <FormKey value={formKey} />
          <Kept kept={kept} />
          <Section title="Money">
            <div class="stack">
              {price.cents > 0 && <MoneyLines lines={[{ label: 'Price', amount: price.text, why: price.why }]} />}
              <input type="hidden" name="cents" value={price.cents} />
              <input type="hidden" name="lowered" value={lowered.cents} />
              {lowered.cents > 0 && (
                <p>Those who come already pay {lowered.text} less together, because one more does.</p>
              )}
              <SelectField
                label="Paid with"
                name="pay"
                options={pays}
                value={pay}
                error={errors?.pay}
                hint={
                  pays.some(({ value }) => typeof value === 'number')
                    ? 'A punch comes back to its pass when the appointment is canceled.'
                    : undefined
                }
              />
            </div>
          </Section>
          {!never && (
            <Section title="Book">
              <div class="stack">
                <Agreements doubts={doubts} verb="Book" />
                <NoteAndMail note={note} mail={mail} error={errors?.note} />
                <p>
                  <Button look="primary">Book</Button>
                </p>
              </div>
            </Section>
          )}
        </form>
        <Section title="What">
          <div class="stack">
            <Pairs pairs={facts} />
            {households.map(({ name, href }) => (
              <p>
                <a href={href}>Let {name} pay</a>
              </p>
            ))}
          </div>
        </Section>
      </div>
    </>
  )
}
