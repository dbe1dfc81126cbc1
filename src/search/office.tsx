import { OfficeLayout } from '../../views/layouts/office'
import { SearchPage } from '../../views/search/page'
import { read } from '../database'
import { officeDoor } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { few, findQuery, type Hit, many, mayFind, type Noun, nouns, wordsIn } from './finder'

/** The search of the toolbar: families, students, classes and staff, as far as the person may see them (A2, OP2). */
export const searchOffice = officeDoor()

const labels: Record<Noun, string> = { families: 'Families', students: 'Students', classes: 'Classes', staff: 'Staff' }

searchOffice.get('/search', async c => {
  const account = c.get('account')
  const person = c.get('person')
  const { q: typed = '', in: within } = c.req.query()
  const q = typed.trim().slice(0, 80)
  const may = nouns.filter(noun => mayFind(person, noun))
  const one = may.find(noun => noun === within)
  const asked = wordsIn(q).length ? (one ? [one] : may) : []
  const most = one ? many : few
  const found = asked.length
    ? ((await read(
        account,
        asked.map(noun => findQuery(account, person, noun, q, most)),
      )) as Hit[][])
    : []
  const at = paths.office(account.slug)
  const pages: Record<Noun, (hit: Hit) => string> = {
    families: ({ id }) => at.family(id),
    students: ({ id }) => at.student(id),
    classes: ({ id, camp }) => (camp ? at.camp(id) : at.class(id)),
    staff: ({ id }) => at.person(id),
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Search" current="search" more>
      <SearchPage
        action={at.search()}
        q={q}
        back={one && at.search({ q })}
        groups={asked.map((noun, nth) => ({
          label: labels[noun],
          hits: (found[nth] ?? []).slice(0, most).map(hit => ({ ...hit, href: pages[noun](hit) })),
          more: (found[nth]?.length ?? 0) > most,
          all: one ? undefined : at.search({ q, in: noun }),
        }))}
      />
    </OfficeLayout>,
  )
})
