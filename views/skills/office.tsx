import * as paths from '../../src/paths'
import { Empty } from '../ui/bits'
import { Button } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, TextField } from '../ui/form'
import { List } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

/** All skill trees. */
export const TreesPage = ({
  slug,
  trees,
  formKey,
  name,
  errors,
}: {
  slug: string
  trees: { id: number; name: string; skills: number; programs: string | null }[]
  formKey?: string
  name?: string
  errors?: Errors
}) => {
  const at = paths.office(slug)
  return (
    <div class="stack">
      <ListPage title="Skills">
        {trees.length ? (
          <List
            caption="Skill trees"
            rows={trees}
            columns={[
              { head: 'Tree', cell: ({ id, name }) => <a href={at.skillTree(id)}>{name}</a> },
              { head: 'Skills', cell: ({ skills }) => skills, num: true, label: true },
              { head: 'Programs', cell: ({ programs }) => programs ?? 'none yet', label: true },
            ]}
          />
        ) : (
          <Empty icon="skills">
            Children are evaluated by a tree of levels, events and skills. Begin with its name.
          </Empty>
        )}
      </ListPage>
      {formKey && (
        <form class="card" method="post" action={at.skills()}>
          <div class="body stack">
            <FormKey value={formKey} />
            <TextField label="Name" name="name" value={name} error={errors?.name} maxlength={80} required />
            <div>
              <Button>Add Skill Tree</Button>
            </div>
          </div>
        </form>
      )}
    </div>
  )
}

type Props = {
  slug: string
  tree: {
    id: number
    name: string
    levels: {
      id: number
      name: string
      code: string | null
      description: string | null
      events: { id: number; name: string; skills: { id: number; name: string }[] }[]
    }[]
  }
  programs: { id: number; name: string; chosen: boolean }[]
  /** Makes a key for each form; nothing for who may only look. */
  keys?: () => string
  errors?: Errors
}

const One = ({
  action,
  label,
  field,
  value,
  id,
  keys,
  button,
}: {
  action: string
  label: string
  field?: string
  value?: number
  id: string
  keys: () => string
  button: string
}) => (
  <form class="rowed" method="post" action={action}>
    <FormKey value={keys()} />
    {field && <input type="hidden" name={field} value={value} />}
    <input name="name" id={id} aria-label={label} placeholder={label} maxlength={80} required />
    <Button>{button}</Button>
  </form>
)

/** One tree: its levels with their events and skills, and the programs that use it. */
export const TreePage = ({ slug, tree, programs, keys, errors }: Props) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Skills', href: at.skills() }]} title={tree.name} />
      <div class="stack">
        <FormError>{errors?.form ?? errors?.name ?? errors?.level ?? errors?.event}</FormError>
        {tree.levels.map(({ id, name, code, description, events }) => (
          <Section title={code ? `${name} (${code})` : name} id={`level-${id}`}>
            {description && <p class="quiet">{description}</p>}
            {events.map(event => (
              <div class="stack">
                <h3>{event.name}</h3>
                <ul class="plain-list">
                  {event.skills.map(skill => (
                    <li>{skill.name}</li>
                  ))}
                </ul>
                {keys && (
                  <One
                    action={at.skillPart(tree.id, 'skills')}
                    label={`New skill of ${event.name}`}
                    field="event"
                    value={event.id}
                    id={`skill-${event.id}`}
                    keys={keys}
                    button="Add Skill"
                  />
                )}
              </div>
            ))}
            {keys && (
              <One
                action={at.skillPart(tree.id, 'events')}
                label={`New event of ${name}`}
                field="level"
                value={id}
                id={`event-${id}`}
                keys={keys}
                button="Add Event"
              />
            )}
          </Section>
        ))}
        {keys && (
          <>
            <form class="card" method="post" action={at.skillPart(tree.id, 'levels')}>
              <div class="body stack">
                <FormKey value={keys()} />
                <TextField label="Level" name="name" maxlength={80} required />
                <TextField
                  label="Code"
                  name="code"
                  hint="Short, for roll sheets."
                  maxlength={20}
                  error={errors?.code}
                />
                <AreaField label="Description" name="description" maxlength={500} error={errors?.description} />
                <div>
                  <Button>Add Level</Button>
                </div>
              </div>
            </form>
            <form class="card" method="post" action={at.skillPart(tree.id, 'programs')}>
              <div class="body stack">
                <FormKey value={keys()} />
                <fieldset class="field">
                  <legend>Programs that use this tree</legend>
                  {programs.map(({ id, name, chosen }) => (
                    <label class="tickline">
                      <input type="checkbox" name="program" value={id} checked={chosen || undefined} />
                      <span>{name}</span>
                    </label>
                  ))}
                </fieldset>
                <div>
                  <Button>Save programs</Button>
                </div>
              </div>
            </form>
          </>
        )}
      </div>
    </>
  )
}
