import { sayDate } from '../../src/clock'
import { Empty, Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, SelectField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

type Trail = { label: string; href: string }[]

/** Which other record is the same child: the first step of making two records one. */
export const ChooseTwinPage = ({ trail, action, others }: { trail: Trail; action: string; others: Option[] }) => (
  <>
    <RecordHead trail={trail} title="Merge students" />
    {others.length ? (
      <form class="stack" action={action} aria-label="Merge students">
        <SelectField
          label="The other record of the same child"
          name="with"
          options={others}
          hint="Students of the same family. Records in two families: merge the families first."
        />
        <p>
          <Button look="primary">Compare</Button>
        </p>
      </form>
    ) : (
      <Empty icon="students">There is no other student in this family.</Empty>
    )}
  </>
)

export type TwinRow = {
  id: number
  name: string
  href: string
  born: string | null
  medical: string | null
  notes: string | null
  seen: number
  /** How many it has of what. */
  has: string
}

/** Two records of one child: what each has, what stays, and what goes where. */
export const MergeStudentPage = ({
  trail,
  action,
  formKey,
  errors,
  until,
  twins,
  into,
  shared,
}: {
  trail: Trail
  action: string
  formKey: string
  errors?: Errors
  /** The day until which it can be undone. */
  until: string
  twins: TwinRow[]
  /** The record that is offered to stay. */
  into: string
  /** Classes in which both are at once: then they cannot be one. */
  shared: string[]
}) => (
  <>
    <RecordHead trail={trail} title="Merge students" />
    <form class="stack" method="post" action={action} aria-label="Merge students">
      <FormKey value={formKey} />
      {twins.map(({ id, seen }) => (
        <>
          <input type="hidden" name="students" value={id} />
          <input type="hidden" name="seen" value={seen} />
        </>
      ))}
      <FormError>{errors?.form}</FormError>
      <Section title="What each has">
        <List
          caption="What each has"
          rows={twins}
          columns={[
            {
              head: 'Student',
              cell: ({ id, name, href }) => (
                <>
                  <a href={href}>{name}</a> <small class="quiet">{id}</small>
                </>
              ),
            },
            { head: 'Born', cell: ({ born }) => (born ? sayDate(born, { year: true }) : ''), label: true },
            { head: 'Medical', cell: ({ medical }) => medical ?? '', label: true },
            { head: 'Notes', cell: ({ notes }) => notes ?? '', label: true },
            { head: 'And', cell: ({ has }) => has, label: true },
          ]}
        />
      </Section>
      {shared.length > 0 ? (
        <Notice tone="red">
          Both are in {shared.join(', ')} at the same time, or wait for it. Drop one of them there first.
        </Notice>
      ) : (
        <>
          <SelectField
            label="Record that stays"
            name="into"
            options={twins.map(({ id, name }) => ({ value: id, label: `${name} (student ${id})` }))}
            value={into}
            error={errors?.into}
            hint="Its name and birthday stay. What it does not say is taken from the other one; medical and other notes are put together."
          />
          <p class="quiet">
            Enrollments with their attendance, appointments, passes, tokens, policies and skills go to the record that
            stays. Nothing is deleted, and the books stay as they are.
          </p>
          <Notice tone="amber">The other record is hidden and leads here. It can be undone until {until}.</Notice>
          <div class="rowed">
            <Button look="danger">Merge 2 students</Button>
            <ButtonLink look="plain" href={trail.at(-1)?.href ?? '/'}>
              Cancel
            </ButtonLink>
          </div>
        </>
      )}
    </form>
  </>
)
