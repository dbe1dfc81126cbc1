import { Notice } from '../ui/bits'
import { TextField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

/** What the JSON says of a class. */
const fields: [name: string, what: string][] = [
  ['id, name, description', 'the class'],
  ['program, location, timeZone', 'where it belongs; the zone is a name such as America/Chicago'],
  ['teachers', 'first names, or null'],
  ['minAge, maxAge', 'durations such as P3Y or P18M, or null'],
  ['gender', 'any, female or male'],
  ['schedule', 'for each weekly time: weekday (0 is Sunday), start and end (HH:MM)'],
  ['startDate, endDate', 'days (YYYY-MM-DD), or null'],
  ['openings', 'free places, or null where they are not shown'],
  ['tuitionCents, tuitionUnit', 'cents, and flat, hour or timeslot'],
  ['url', 'its page in the Customer Portal'],
]

/** Addresses for the business's own website, each to copy. */
export const WebsitePage = ({
  settingsHref,
  hidden,
  frame,
  links,
}: {
  settingsHref: string
  /** Why none of these show classes now. */
  hidden?: string
  /** The frame that shows the list inside another page. */
  frame: string
  links: { label: string; about: string; url: string }[]
}) => (
  <>
    <RecordHead trail={[{ label: 'Settings', href: settingsHref }]} title="Website integration" />
    {hidden && <Notice tone="amber">{hidden}</Notice>}
    <div class="stack">
      <Section title="SETTINGS > CUSTOMER PORTAL > OTHER SETTINGS > WEBSITE INTEGRATION">
        <div class="stack">
          <TextField
            label="The list inside your own page"
            name="frame"
            value={frame}
            hint="Paste it into your website."
          />
          {links.map(({ label, about, url }, index) => (
            <TextField label={label} name={`link_${index}`} value={url} hint={about} />
          ))}
        </div>
      </Section>
      <Section title="What the JSON says">
        <p>
          An object with <code>business</code>, <code>asOf</code> (a moment in UTC) and <code>classes</code>. It may be
          read by pages of any website, and is a few seconds old at most.
        </p>
        <List
          caption="Fields of a class"
          rows={fields}
          columns={[
            { head: 'Field', cell: ([name]) => <code>{name}</code> },
            { head: 'What it is', cell: ([, what]) => what, label: true },
          ]}
        />
      </Section>
    </div>
  </>
)
