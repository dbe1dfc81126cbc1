import * as paths from '../../src/paths'
import { Several } from '../setup/field'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, TextField, TickField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

type Choice = { value: number; label: string }

/** Somebody on the staff, or somebody new. */
export const PersonFormPage = ({
  slug,
  person,
  formKey,
  typed,
  now,
  places,
  chosenPlaces,
  everywhere,
  groups,
  chosenGroups,
  linkHours,
  errors,
}: {
  slug: string
  /** Nothing for somebody new. */
  person?: { id: number; name: string; was: string }
  formKey: string
  typed: Partial<Record<string, string>>
  /** What it says in the database now, where somebody else saved in between. */
  now: Partial<Record<string, string>>
  places: Choice[]
  chosenPlaces: string[]
  /** Whether whoever fills this in may let somebody work at all locations. */
  everywhere: boolean
  /** Only for whoever may give them, to somebody new. */
  groups?: Choice[]
  chosenGroups: string[]
  /** For how many hours a mailed link opens. */
  linkHours: number
  errors?: Errors
}) => {
  const at = paths.office(slug)
  const first = firstError(errors, 'first', 'last', 'display', 'email', 'phone', 'other_phone')
  const field = (name: string) => ({
    name,
    value: typed[name],
    error:
      errors?.[name] ??
      (now[name] === undefined || now[name] === typed[name] ? undefined : `Saved meanwhile: ${now[name] || 'nothing'}`),
    focus: first === name,
  })
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Staff', href: at.staff() },
          ...(person ? [{ label: person.name, href: at.person(person.id) }] : []),
        ]}
        title={person ? 'Edit' : 'Add Staff'}
      />
      <form
        class="stack"
        method="post"
        action={person ? at.personForm(person.id) : at.staff()}
        aria-label={person ? 'Edit staff' : 'Add staff'}
      >
        <FormKey value={formKey} />
        {person && <input type="hidden" name="was" value={person.was} />}
        <FormError>{errors?.form}</FormError>
        <Section title="Details">
          <div class="switches">
            <TextField label="First name" maxlength={60} required {...field('first')} />
            <TextField label="Last name" maxlength={60} required {...field('last')} />
            <TextField
              label="Display name"
              maxlength={120}
              hint="As colleagues read it, where it is not first and last name."
              {...field('display')}
            />
            <TextField
              label="E-mail"
              type="email"
              maxlength={254}
              hint={person ? 'Where colleagues write. What somebody logs in with is changed on the record.' : undefined}
              {...field('email')}
            />
            <TextField label="Phone" type="tel" maxlength={40} {...field('phone')} />
            <TextField label="Other phone" type="tel" maxlength={40} {...field('other_phone')} />
          </div>
        </Section>
        <Section title="Locations">
          <Several
            label="Works at"
            name="places"
            hint={everywhere ? 'None ticked means all of them.' : 'One at least of yours.'}
            choices={places}
            chosen={chosenPlaces}
            error={errors?.places}
          />
        </Section>
        {!person && (
          <Section title="Permissions and log-in">
            <div class="stack">
              {groups && (
                <Several
                  label="Groups"
                  name="groups"
                  hint="Each gives what it may; permissions of their own can be added on the record."
                  choices={groups}
                  chosen={chosenGroups}
                  error={errors?.groups}
                />
              )}
              <TickField
                label="Send an invitation"
                name="invite"
                checked={typed.invite !== undefined}
                hint={`Mails a link to the address above. It opens once, for ${linkHours} hours, and there they choose their password. Without it the person has no log-in.`}
              />
            </div>
          </Section>
        )}
        <div class="rowed">
          <Button look="primary">Save</Button>{' '}
          <ButtonLink look="plain" href={person ? at.person(person.id) : at.staff()}>
            Cancel
          </ButtonLink>
        </div>
      </form>
    </>
  )
}
