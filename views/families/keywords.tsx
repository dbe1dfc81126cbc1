import { Pill, type Tone } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { Section } from '../ui/record'

export type KeywordsProps = {
  rows: { id: number; name: string; colour: string | null; priority: boolean; has: boolean }[]
  /** For those who may change them. */
  change?: { action: string; key: string }
}

/** The free labels of a family, and which it could have. */
export const Keywords = ({ rows, change }: KeywordsProps) => {
  const own = rows.filter(({ has }) => has)
  return (
    <Section title="Keywords">
      <div class="stack">
        {own.length ? (
          <p>
            {own.map(({ name, colour, priority }) => (
              <>
                <Pill tone={(colour ?? undefined) as Tone | undefined}>
                  {priority ? `${name} (priority)` : name}
                </Pill>{' '}
              </>
            ))}
          </p>
        ) : (
          <p class="quiet">None.</p>
        )}
        {change && rows.length > 0 && (
          <details>
            <summary>Change keywords</summary>
            <form class="stack" method="post" action={change.action} aria-label="Keywords">
              <FormKey value={change.key} />
              <input type="hidden" name="was" value={own.map(({ id }) => id).join(' ')} />
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
          </details>
        )}
      </div>
    </Section>
  )
}
