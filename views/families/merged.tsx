import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { safeHref } from '../ui/href'
import { RecordHead, Section } from '../ui/record'

/** What a merge moved; what undoing it would leave where it is, or left. */
export const MergedPage = ({
  trail,
  title,
  into,
  others,
  links,
  made,
  undone,
  until,
  rows,
  undo,
  whyNot,
}: {
  trail: { label: string; href: string }[]
  title: string
  /** The record that stayed. */
  into: { name: string; href: string }
  others: string[]
  /** The records of the others, while it is known which they are. */
  links: { label: string; href: string }[]
  made: string
  undone?: string
  until: string
  rows: { thing: string; many: number; stay: number; hidden: boolean }[]
  undo?: { action: string; key: string }
  whyNot?: string
}) => {
  const moved = rows.filter(({ hidden, many }) => !hidden && many > 0)
  const stuck = rows.filter(({ stay }) => stay > 0)
  return (
    <>
      <RecordHead
        trail={trail}
        title={title}
        pills={undone ? [{ word: 'Undone', tone: 'green' as const }] : undefined}
        about={made}
      />
      <div class="stack">
        <p>
          {others.join(', ')} became one with <a href={safeHref(into.href)}>{into.name}</a>.{' '}
          {links.map(({ label, href }) => (
            <>
              <a href={safeHref(href)}>{label}</a>{' '}
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
                with {into.name}.
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
