import { Pill, type Tone } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { Section } from '../ui/record'

type Word = { id: number; name: string; colour: string | null; priority: boolean; has: boolean }

/** The free labels that a family has. */
export const Keywords = ({ rows }: { rows: Omit<Word, 'id'>[] }) => {
  const own = rows.filter(({ has }) => has)
  if (!own.length) return <p class="quiet">None.</p>
  return (
    <p>
      {own.map(({ name, colour, priority }) => (
        <>
          <Pill tone={(colour ?? undefined) as Tone | undefined}>{priority ? `${name} (priority)` : name}</Pill>{' '}
        </>
      ))}
    </p>
  )
}

/** The labels of a family as a tab of its record, and which it could have. */
export const KeywordsTab = ({
  rows,
  change,
}: {
  rows: Word[]
  /** For those who may change them. */
  change?: { action: string; key: string }
}) => (
  <Section title="Keywords">
    <div class="stack">
      <Keywords rows={rows} />
      {change && rows.length > 0 ? (
        <form class="stack" method="post" action={change.action} aria-label="Keywords">
          <FormKey value={change.key} />
          <input
            type="hidden"
            name="was"
            value={rows
              .filter(({ has }) => has)
              .map(({ id }) => id)
              .join(' ')}
          />
          {rows.map(({ id, name, has }) => (
            <label class="tickline">
              <input type="checkbox" name="keyword" value={id} checked={has || undefined} />
              <span>{name}</span>
            </label>
          ))}
          <div>
            <Button>Save keywords</Button>
          </div>
        </form>
      ) : (
        change && <p class="quiet">There are no keywords to give yet. SETTINGS &gt; Set-up has them.</p>
      )}
    </div>
  </Section>
)
