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
        </Section>
        <p class="quiet">
          All of it goes to the record that stays. Nothing is deleted, and the sums of the books stay the same.
        </p>
        {twins.length > 0 && (
          <Notice tone="amber">
            {twins.join(', ')} may stand there twice, with the same name and birthday. Merging families does not merge
            students: do that afterwards, by Merge on the student’s page.
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
