import type { office } from '../../src/paths'
import { Empty, Notice } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { safeHref } from '../ui/href'
import { FilterBar, List } from '../ui/list'
import { RecordHead } from '../ui/record'

type At = ReturnType<typeof office>

/** Everything that can be set up, with a word about each. */
export const SetupPage = ({
  settingsHref,
  nouns,
}: {
  settingsHref: string
  nouns: { href: string; many: string; about: string }[]
}) => (
  <>
    <RecordHead trail={[{ label: 'Settings', href: settingsHref }]} title="Set-up" />
    <section class="card" aria-label="Set-up">
      <List
        caption="What can be set up"
        rows={nouns}
        columns={[
          { head: 'What', cell: ({ href, many }) => <a href={safeHref(href)}>{many}</a> },
          { head: 'About', cell: ({ about }) => about },
        ]}
      />
    </section>
  </>
)

type ListProps = {
  noun: { path: string; one: string; many: string; about: string; ends?: { state: string } }
  at: At
  heads: string[]
  rows: { href: string; cells: string[] }[]
  ended: boolean
  mayChange: boolean
  saved?: string
}

/** The things of one noun, those in use unless asked otherwise. */
export const SetupListPage = ({ noun, at, heads, rows, ended, mayChange, saved }: ListProps) => (
  <>
    <RecordHead
      trail={[
        { label: 'Settings', href: at.settings },
        { label: 'Set-up', href: at.setup },
      ]}
      title={noun.many}
    >
      {mayChange && (
        <ButtonLink look="primary" href={at.newSetupThing(noun.path)}>
          New {noun.one}
        </ButtonLink>
      )}
    </RecordHead>
    <div class="stack">
      {saved && <Notice tone="green">{saved}</Notice>}
      <p class="quiet">{noun.about}</p>
      <section class="card" aria-label={noun.many}>
        {noun.ends && (
          <FilterBar label={`Filter ${noun.many}`}>
            <label>
              Status{' '}
              <select name="status">
                <option value="">Active</option>
                <option value="ended" selected={ended}>
                  {noun.ends.state}
                </option>
              </select>
            </label>
          </FilterBar>
        )}
        {rows.length ? (
          <List
            caption={noun.many}
            rows={rows}
            columns={heads.map((head, nth) => ({
              head,
              label: nth > 0,
              cell: ({ href, cells }: ListProps['rows'][number]) =>
                nth ? cells[nth] || '—' : <a href={safeHref(href)}>{cells[nth]}</a>,
            }))}
          />
        ) : (
          <Empty icon="tag">{ended ? 'None of these is out of use.' : `There is no ${noun.one} yet.`}</Empty>
        )}
      </section>
    </div>
  </>
)
