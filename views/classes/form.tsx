import type { office } from '../../src/paths'
import type { Field } from '../../src/setup/field'
import { FieldBox, type FieldBoxProps } from '../setup/field'
import { Button } from '../ui/button'
import { FormError, FormKey, firstError } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

type Props = Omit<FieldBoxProps, 'field' | 'focus'> & {
  at: ReturnType<typeof office>
  /** Nothing for a new one. */
  thing?: { id: number; name: string; was: string }
  parts: { title: string; fields: Field[] }[]
  formKey: string
}

/** A class, part by part: details, schedule, billing, bill dates and what the portal shows (A4). */
export const ClassFormPage = ({ at, thing, parts, formKey, ...rest }: Props) => {
  const first = firstError(rest.errors, ...parts.flatMap(({ fields }) => fields.map(({ name }) => name)))
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Classes', href: at.classes() },
          ...(thing ? [{ label: thing.name, href: at.class(thing.id) }] : []),
        ]}
        title={thing ? 'Edit' : 'New Class'}
      />
      <form
        class="stack"
        method="post"
        action={thing ? at.class(thing.id) : at.classes()}
        aria-label={thing ? 'Edit class' : 'New class'}
      >
        <FormKey value={formKey} />
        {thing && <input type="hidden" name="was" value={thing.was} />}
        <FormError>{rest.errors?.form}</FormError>
        {parts.map(({ title, fields }) => (
          <Section title={title}>
            <div class="switches">
              {fields
                .filter(({ name }) => thing || name !== 'timesFrom')
                .map(field => (
                  <FieldBox field={field} {...rest} focus={field.name === first} />
                ))}
            </div>
          </Section>
        ))}
        <div>
          <Button look="primary">Save</Button>
        </div>
      </form>
    </>
  )
}
