import { Pill } from '../ui/bits'

/** What this product learned, the newest first. */
export const UpdatesPage = ({
  entries,
}: {
  entries: { title: string; when: string; lines: string[]; isNew: boolean }[]
}) => (
  <>
    <div class="head">
      <h1>Updates</h1>
    </div>
    <div class="stack">
      {entries.map(({ title, when, lines, isNew }) => (
        <section class="card" aria-label={title}>
          <header>
            <h2>{title}</h2>
            {isNew && <Pill tone="blue">New</Pill>}
          </header>
          <div class="body">
            <p class="quiet">{when}</p>
            <ul>
              {lines.map(line => (
                <li>{line}</li>
              ))}
            </ul>
          </div>
        </section>
      ))}
    </div>
  </>
)
