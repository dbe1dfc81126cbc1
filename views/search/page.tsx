import { Empty } from '../ui/bits'
import { safeHref } from '../ui/href'
import { FilterBar } from '../ui/list'

export type SearchGroup = {
  label: string
  hits: { name: string; about: string; href: string }[]
  /** There are more than are shown. */
  more: boolean
  /** The list of this kind alone. */
  all?: string
}

/** What was found by a name, an e-mail or a phone number. */
export const SearchPage = ({
  action,
  q,
  groups,
  back,
}: {
  action: string
  q: string
  groups: SearchGroup[]
  back?: string
}) => (
  <>
    <div class="head">
      <h1>Search</h1>
      {back && (
        <a class="button" href={back}>
          Everything
        </a>
      )}
    </div>
    <div class="stack">
      <section class="card" aria-label="Search">
        <FilterBar action={action} label="Search again">
          <label>
            Name, e-mail or phone{' '}
            <input type="search" name="q" value={q} size={30} maxlength={80} autofocus={!q || undefined} />
          </label>
        </FilterBar>
        {!groups.some(({ hits }) => hits.length) && (
          <Empty icon="search">
            {q
              ? 'Nothing is called like that.'
              : 'Names in any order, the beginning of an e-mail, the end of a phone number.'}
          </Empty>
        )}
      </section>
      {groups
        .filter(({ hits }) => hits.length)
        .map(group => (
          <Group {...group} />
        ))}
    </div>
  </>
)

const Group = ({ label, hits, more, all }: SearchGroup) => (
  <section class="card" aria-labelledby={`found-${label}`}>
    <header>
      <h2 id={`found-${label}`}>{label}</h2>
    </header>
    <ul class="lines" role="list">
      {hits.map(({ name, about, href }) => (
        <li>
          <a href={safeHref(href)}>{name}</a> <small class="push">{about}</small>
        </li>
      ))}
    </ul>
    {more && (
      <p class="foot">
        {all ? (
          <a class="button plain" href={all}>
            More {label}
          </a>
        ) : (
          'There are more: type more of the name.'
        )}
      </p>
    )}
  </section>
)
