import { Empty, Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { RecordHead } from '../ui/record'
import type { PolicyGroup } from './types'

const Group = ({ title, about, rows }: PolicyGroup) => (
  <section class="stack">
    <h2>{title}</h2>
    <p class="quiet">{about}</p>
    {rows.length === 0 ? (
      <Empty icon="policy">There are none.</Empty>
    ) : (
      <table class="list cards">
        <caption class="away">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col">State</th>
            <th scope="col">Version</th>
            <th scope="col">Published</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr>
              <td>
                <a href={row.href}>{row.name}</a>
              </td>
              <td>
                <Pill tone={row.active ? 'green' : undefined}>{row.active ? 'Active' : 'Inactive'}</Pill>{' '}
                {row.required && <Pill tone="amber">Required</Pill>} {row.showWeb && <Pill>Show On Web</Pill>}
              </td>
              <td>{row.version}</td>
              <td>{row.published}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
)

/** What the business asks families to accept, by whom it is asked for (PO1). */
export const PolicyListPage = ({
  settingsHref,
  groups,
  newHref,
  said,
}: {
  settingsHref: string
  groups: PolicyGroup[]
  newHref?: string
  said?: string
}) => (
  <>
    <RecordHead
      trail={[{ label: 'Settings', href: settingsHref }]}
      title="Policies"
      about="What families accept before they enroll, add students and pay."
    >
      {newHref && <ButtonLink href={newHref}>New policy</ButtonLink>}
    </RecordHead>
    {said && <Notice tone="green">{said}</Notice>}
    <div class="stack">
      {groups.map(group => (
        <Group {...group} />
      ))}
    </div>
  </>
)
