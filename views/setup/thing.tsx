import type { office } from '../../src/paths'
import type { Field } from '../../src/setup/field'
import { Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey, firstError } from '../ui/form'
import { RecordHead } from '../ui/record'
import { FieldBox, type FieldBoxProps } from './field'

type Props = Omit<FieldBoxProps, 'field' | 'focus'> & {
  noun: {
    path: string
    one: string
    many: string
    about: string
    fields: Field[]
    ends?: { act: string; state: string; back?: string; page?: 'closing' }
  }
  at: ReturnType<typeof office>
  /** Nothing for a new one. */
  thing?: { id: number; name: string; was: string; ended: boolean }
  mayChange: boolean
  keys: [save: string, end: string]
}

/** One thing of a noun, or a new one. */
export const ThingPage = ({ noun, at, thing, mayChange, keys, ...rest }: Props) => {
  const first = firstError(rest.errors, ...noun.fields.map(({ name }) => name))
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Settings', href: at.settings },
          { label: 'Set-up', href: at.setup },
          { label: noun.many, href: at.setupList(noun.path) },
        ]}
        title={thing?.name ?? `New ${noun.one}`}
      >
        {thing?.ended && noun.ends && <Pill tone="amber">{noun.ends.state}</Pill>}
      </RecordHead>
      <section class="card" aria-label={thing?.name ?? `New ${noun.one}`}>
        <div class="body stack">
          <p class="quiet">{noun.about}</p>
          <form
            class="stack"
            method="post"
            action={thing ? at.setupThing(noun.path, thing.id) : at.setupList(noun.path)}
            aria-label={thing ? `Change ${noun.one}` : `New ${noun.one}`}
          >
            <FormKey value={keys[0]} />
            {thing && <input type="hidden" name="was" value={thing.was} />}
            <FormError>{rest.errors?.form}</FormError>
            {noun.fields.map(field => (
              <FieldBox field={field} {...rest} focus={field.name === first} />
            ))}
            {mayChange && (
              <div>
                <Button look="primary">Save</Button>
              </div>
            )}
          </form>
          {thing && noun.ends?.page && !thing.ended && mayChange && (
            <div>
              <ButtonLink href={at.setupEnd(noun.path, thing.id, noun.ends.page)}>{noun.ends.act} …</ButtonLink>
            </div>
          )}
          {thing && noun.ends && mayChange && (thing.ended || !noun.ends.page) && (
            <form method="post" action={at.setupEnd(noun.path, thing.id, thing.ended ? 'return' : 'retirement')}>
              <FormKey value={keys[1]} />
              <Button look={thing.ended ? 'plain' : 'danger'}>
                {thing.ended ? (noun.ends.back ?? 'Bring back') : noun.ends.act}
              </Button>
            </form>
          )}
        </div>
      </section>
    </>
  )
}
