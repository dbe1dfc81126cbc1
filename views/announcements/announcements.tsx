import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, asking, type Errors, FormError, FormKey, SelectField, TextField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

type Row = {
  id: number
  kind: 'announcement' | 'alert'
  title: string
  place: keyof typeof places
  where: string
  from: string
  until: string
  state: 'Shown' | 'Later' | 'Over'
  deleteKey: string
}

const places = { front: 'Front page', account: 'My Account', checkout: 'Checkout' }
const kinds = { announcement: 'Announcement', alert: 'Alert' }

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

/** What the portal tells families for a while: the list, and the form of a new or an existing one. */
export const AnnouncementsPage = ({
  slug,
  rows,
  mayChange,
  done,
  editing,
  formKey,
  values,
  errors,
  locations,
}: {
  slug: string
  rows: Row[]
  mayChange: boolean
  done?: string
  /** The id of the one in the form; a new one without it. */
  editing?: number
  formKey: string
  values: Record<string, string>
  errors?: Errors
  locations: { value: number; label: string }[]
}) => {
  const at = paths.office(slug)
  const text = asking({ values, errors }, 'kind', 'place', 'title', 'text', 'location', 'from', 'from_time', 'until')
  return (
    <>
      <RecordHead trail={[{ label: 'Settings', href: at.settings }]} title="Announcements and alerts" />
      {done && <Notice tone="green">{done}</Notice>}
      <div class="stack">
        <Section title="SETTINGS > CUSTOMER PORTAL > SETTINGS">
          {rows.length ? (
            <List
              caption="Announcements and alerts"
              rows={rows}
              columns={[
                {
                  head: 'Title',
                  cell: row => (mayChange ? <a href={at.announcement(row.id)}>{row.title}</a> : row.title),
                },
                { head: 'Kind', cell: row => kinds[row.kind], label: true },
                { head: 'Place', cell: row => `${places[row.place]}, ${row.where}`, label: true },
                { head: 'From', cell: row => row.from, label: true },
                { head: 'Until', cell: row => row.until, label: true },
                {
                  head: 'State',
                  cell: row => <Pill tone={row.state === 'Shown' ? 'green' : undefined}>{row.state}</Pill>,
                  label: true,
                },
                {
                  head: 'Delete',
                  cell: row =>
                    mayChange && (
                      <form method="post" action={at.announcementDeletion(row.id)}>
                        <FormKey value={row.deleteKey} />
                        <Button about={row.title}>Delete</Button>
                      </form>
                    ),
                },
              ]}
            />
          ) : (
            <Empty icon="news">Nothing is announced.</Empty>
          )}
        </Section>
        {mayChange && (
          <Section title={editing ? 'Change' : 'Add'}>
            <form class="stack" method="post" action={editing ? at.announcement(editing) : at.announcements()}>
              <FormKey value={formKey} />
              <FormError>{errors?.form}</FormError>
              <SelectField
                label="Kind"
                {...text('kind')}
                options={options(kinds)}
                hint="An alert is one line, and families can put it away."
              />
              <SelectField label="Place" {...text('place')} options={options(places)} />
              <TextField label="Title" {...text('title')} maxlength={120} required />
              <AreaField label="Text" {...text('text')} maxlength={2000} hint="Not of an alert." />
              <SelectField
                label="Location"
                {...text('location')}
                options={[{ value: '', label: 'All locations' }, ...locations]}
              />
              <TextField label="From" {...text('from')} type="date" required />
              <TextField
                label="From, time"
                {...text('from_time')}
                type="time"
                hint="Empty is the beginning of the day."
              />
              <TextField label="Until" {...text('until')} type="date" hint="Empty is until it is deleted." />
              <TextField label="Until, time" {...text('until_time')} type="time" hint="Empty is the end of the day." />
              <div class="rowed">
                <Button look="primary">Save</Button>
                {editing && <ButtonLink href={at.announcements()}>Cancel</ButtonLink>}
              </div>
            </form>
          </Section>
        )}
      </div>
    </>
  )
}
