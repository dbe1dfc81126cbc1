import { Pill } from '../ui/bits'
import { safeHref } from '../ui/href'
import { List } from '../ui/list'
import { RecordHead } from '../ui/record'

const words = {
  good: { word: 'Good', tone: 'green' },
  look: { word: 'Look at it', tone: 'amber' },
  bad: { word: 'Act now', tone: 'red' },
} as const

type Check = {
  name: string
  state: keyof typeof words
  says: string
  todo?: string
  link?: { label: string; href: string }
}

/** What has to work behind the pages, and what to do where it does not. */
export const HealthPage = ({ checks, trail }: { checks: Check[]; trail: { label: string; href: string }[] }) => (
  <>
    <RecordHead trail={trail} title="Health Check" />
    <section class="card" aria-label="Health Check">
      <List
        caption="What has to work behind the pages"
        columns={[
          { head: 'What', cell: ({ name }) => <b>{name}</b> },
          { head: 'State', cell: ({ state }) => <Pill tone={words[state].tone}>{words[state].word}</Pill> },
          { head: 'How it stands', cell: ({ says }) => says },
          {
            head: 'What to do',
            cell: ({ todo, link }) => (
              <>
                {todo} {link && <a href={safeHref(link.href)}>{link.label}</a>}
              </>
            ),
          },
        ]}
        rows={checks}
      />
    </section>
  </>
)
