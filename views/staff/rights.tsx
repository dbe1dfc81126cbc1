import * as paths from '../../src/paths'
import type { MatrixPart } from '../../src/staff/rights'
import { Several } from '../setup/field'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, TickField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

/** Every right there is, a line each, with as many choices as somebody may make. */
export const Matrix = ({ parts, locked, errors }: { parts: MatrixPart[]; locked: boolean; errors?: Errors }) => (
  <>
    {parts.map(({ title, lines }) => (
      <Section title={title}>
        <div class="matrix">
          {lines.map(({ label, field, choices, chosen, given }) => (
            <div role="radiogroup" aria-labelledby={field}>
              <span id={field}>
                {label}
                {given && <small>{given}</small>}
              </span>
              {choices.map(choice => (
                <label class="tickline">
                  <input
                    type="radio"
                    name={field}
                    value={choice.value}
                    checked={choice.value === chosen || undefined}
                    disabled={locked || choice.disabled || undefined}
                  />{' '}
                  {choice.label}
                </label>
              ))}
              {errors?.[field] && <p class="error">{errors[field]}</p>}
            </div>
          ))}
        </div>
      </Section>
    ))}
  </>
)

/** The groups of a person, and what they have of their own. */
export const PersonRightsPage = ({
  slug,
  person,
  formKey,
  mayChange,
  why,
  owner,
  admin,
  groups,
  chosen,
  matrix,
  errors,
}: {
  slug: string
  person: { id: number; name: string; was: string }
  formKey: string
  mayChange: boolean
  /** Why it cannot be changed. */
  why?: string
  /** Only where it is theirs to give or has been given. */
  owner?: boolean
  admin?: boolean
  groups: { value: number; label: string }[]
  chosen: string[]
  matrix: MatrixPart[]
  errors?: Errors
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Staff', href: at.staff() },
          { label: person.name, href: at.person(person.id) },
        ]}
        title="Permissions"
      />
      {why && <Notice tone="amber">{why}</Notice>}
      <form class="stack" method="post" action={at.personRights(person.id)} aria-label="Permissions">
        <FormKey value={formKey} />
        <input type="hidden" name="was" value={person.was} />
        <FormError>{errors?.form}</FormError>
        <Section title="Groups">
          <fieldset class="stack" disabled={!mayChange || undefined}>
            <Several label={`${person.name} is in`} name="groups" choices={groups} chosen={chosen} />
            {admin !== undefined && (
              <TickField label="Admin access" name="admin" checked={admin} hint="Everything, whatever stands below." />
            )}
            {owner !== undefined && (
              <TickField
                label="Owner"
                name="owner"
                checked={owner}
                hint="Everything, and the only ones who can change owners."
              />
            )}
          </fieldset>
        </Section>
        <p class="quiet">
          What follows is the person’s own and adds to what the groups give. It takes nothing away: the most of all
          counts.
        </p>
        <Matrix parts={matrix} locked={!mayChange} errors={errors} />
        <div class="rowed">
          {mayChange && <Button look="primary">Save</Button>}{' '}
          <ButtonLink look="plain" href={at.person(person.id)}>
            {mayChange ? 'Cancel' : 'Back'}
          </ButtonLink>
        </div>
      </form>
    </>
  )
}
