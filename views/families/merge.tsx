import * as paths from '../../src/paths'
import { Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, SelectField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

type Family = {
  id: number
  name: string
  /** When it was last changed, as this page knows it. */
  seen: number
  suspended: boolean
  guardians: string
  students: string
  balance: string
}

type Props = {
  slug: string
  formKey: string
  errors?: Errors
  /** The day until which it can be undone. */
  until: string
  families: Family[]
  /** How many of what each has. */
  rows: { label: string; cells: number[] }[]
  /** Children who may stand there twice. */
  twins: string[]
  into: string
  name: string
  location: string
  locations: Option[]
  referral: string
  referrals: Option[]
  primary: string
  people: { id: number; name: string; about: string; kept: boolean }[]
}

/** Two to five families that are one: what each has, what stays, and what goes where. */
export const MergePage = ({ slug, formKey, errors, until, families, rows, twins, people, ...chosen }: Props) => {
  const at = paths.office(slug)
  const names = families.map(({ id, name }) => ({ value: id, label: `${name} (family ${id})` }))
  return (
    <>
      <RecordHead trail={[{ label: 'Families', href: at.families() }]} title="Merge families" />
      <form class="stack" method="post" action={at.familyMerge()} aria-label="Merge families">
        <FormKey value={formKey} />
        {families.map(({ id, seen }) => (
          <>
            <input type="hidden" name="families" value={id} />
            <input type="hidden" name="seen" value={seen} />
          </>
        ))}
        <input type="hidden" name="shown" value={people.map(({ id }) => id).join(' ')} />
        <FormError>{errors?.form}</FormError>
        <Section title="What each has">
          <List
            caption="What each has"
            rows={families.map((family, nth) => ({ ...family, nth }))}
            columns={[
              {
                head: 'Family',
                cell: ({ id, name, suspended }) => (
                  <>
                    <a href={at.family(id)}>{name}</a> <small class="quiet">{id}</small>{' '}
                    {suspended && <Pill tone="amber">Suspended</Pill>}
                  </>
                ),
              },
              { head: 'Guardians', cell: ({ guardians }) => guardians, label: true },
              { head: 'Students', cell: ({ students }) => students, label: true },
              { head: 'Balance', cell: ({ balance }) => balance, num: true, label: true },
              {
                head: 'And',
                cell: ({ nth }) =>
                  rows
                    .filter(({ cells }) => (cells[nth] ?? 0) > 0)
                    .map(({ label, cells }) => `${label}: ${cells[nth]}`)
                    .join(', '),
                label: true,
              },
            ]}
          />
          <p>All of it goes to the record that stays. Nothing is deleted, and the sums of the books stay the same.</p>
        </Section>
        {twins.length > 0 && (
          <Notice tone="amber">
            {twins.join(', ')} may stand there twice, with the same name and birthday. Merging families does not merge
            students: both stay.
          </Notice>
        )}
        <Section title="What stays">
          <div class="switches">
            <SelectField
              label="Record that stays"
              name="into"
              options={names}
              value={chosen.into}
              error={errors?.into}
            />
            <SelectField label="Family name" name="name" options={names} value={chosen.name} error={errors?.name} />
            <SelectField
              label="Location"
              name="location"
              options={chosen.locations}
              value={chosen.location}
              error={errors?.location}
            />
            {chosen.referrals.length > 0 && (
              <SelectField
                label="How they heard of us"
                name="referral"
                options={chosen.referrals}
                value={chosen.referral}
                error={errors?.referral}
              />
            )}
          </div>
        </Section>
        <Section title="Guardians">
          <div class="stack">
            <p class="quiet">
              The same person twice is kept once: the other log-in opens nothing here any more, and what only it has of
              addresses and numbers becomes unassigned.
            </p>
            {people.map(({ id, name, about, kept }) => (
              <label class="tickline">
                <input type="checkbox" name="keep" value={id} checked={kept || undefined} />
                <span>
                  Keep {name} <small class="quiet">{about}</small>
                </span>
              </label>
            ))}
            <SelectField
              label="Primary guardian"
              name="primary"
              options={people.map(({ id, name, about }) => ({ value: id, label: `${name}, ${about}` }))}
              value={chosen.primary}
              error={errors?.primary}
              hint="The others’ log-ins have the limited view until the primary guardian gives them more."
            />
          </div>
        </Section>
        <Notice tone="amber">
          Stored payment methods stay, but none is authorized for recurring billing any more. The newest answer to each
          policy counts. It can be undone until {until}.
        </Notice>
        <div class="rowed">
          <Button look="danger">Merge {String(families.length)} families</Button>
          <ButtonLink look="plain" href={at.families()}>
            Cancel
          </ButtonLink>
        </div>
      </form>
    </>
  )
}

/** What a merge moved; what undoing it would leave where it is, or left. */
export const MergedPage = ({
  slug,
  family,
  others,
  links,
  made,
  undone,
  until,
  rows,
  undo,
  whyNot,
}: {
  slug: string
  family: { id: number; name: string }
  others: string[]
  /** The records of the others, while it is known which they are. */
  links: number[]
  made: string
  undone?: string
  until: string
  rows: { thing: string; many: number; stay: number; hidden: boolean }[]
  undo?: { action: string; key: string }
  whyNot?: string
}) => {
  const at = paths.office(slug)
  const moved = rows.filter(({ hidden, many }) => !hidden && many > 0)
  const stuck = rows.filter(({ stay }) => stay > 0)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Families', href: at.families() },
          { label: family.name, href: at.family(family.id) },
        ]}
        title="Merged families"
        pills={undone ? [{ word: 'Undone', tone: 'green' as const }] : undefined}
        about={made}
      />
      <div class="stack">
        <p>
          {others.join(', ')} became one with <a href={at.family(family.id)}>{family.name}</a>.{' '}
          {links.map(id => (
            <>
              <a href={at.family(id)}>Family {id}</a>{' '}
            </>
          ))}
        </p>
        {undone && <Notice tone="green">Undone {undone}.</Notice>}
        <Section title="What moved">
          {moved.length ? (
            <ul>
              {moved.map(({ thing, many }) => (
                <li>
                  {thing}: {String(many)}
                </li>
              ))}
            </ul>
          ) : (
            <p class="quiet">That is not known any more.</p>
          )}
        </Section>
        {stuck.length > 0 && (
          <Section title={undone ? 'What stayed' : 'What would stay'}>
            <div class="stack">
              <p>
                It was changed since, or hangs together with something that was, so it {undone ? 'stayed' : 'stays'}{' '}
                with {family.name}.
              </p>
              <ul>
                {stuck.map(({ thing, stay }) => (
                  <li>
                    {thing}: {String(stay)}
                  </li>
                ))}
              </ul>
            </div>
          </Section>
        )}
        {whyNot && <Notice tone="amber">{whyNot}</Notice>}
        {undo && (
          <form class="rowed" method="post" action={undo.action} aria-label="Undo merge">
            <FormKey value={undo.key} />
            <Button look="danger">Undo merge</Button>
            <span class="quiet">Until {until}.</span>
          </form>
        )}
      </div>
    </>
  )
}
