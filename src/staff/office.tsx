import { OfficeLayout } from '../../views/layouts/office'
import { StaffEmailPage, StaffListPage } from '../../views/staff/list'
import { demand, level } from '../auth/permissions'
import { read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { numbersIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { newPersonPage, personFormPage, postNewPerson, postPerson } from './details-page'
import { listed, personOf, type StaffFilter, staffList } from './people'
import { personPage } from './record-page'
import { setActive } from './staff'

/** Staff: the list, a record, its details (OP13). */
export const peopleOffice = officeDoor()

/** So many are written to at once: longer lists of addresses are more than mail programs take from a link. */
const mostWrittenTo = 200

function filterIn(c: OfficeContext): StaffFilter {
  const { q = '', status, after, id } = c.req.query()
  return {
    q: q.slice(0, 80),
    status: (['inactive', 'all'] as const).find(one => one === status) ?? 'active',
    after: after && id && /^\d{1,15}$/.test(id) ? { name: after, id: Number(id) } : undefined,
  }
}

/** As an address says it: the filter that nobody chose is left out. */
const asQuery = ({ q, status }: StaffFilter) => ({ q, status: status === 'active' ? '' : status })

peopleOffice.get('/staff', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Staff')
  const filter = filterIn(c)
  const [rows] = await read(account, [staffList(account, person, filter)])
  const last = rows.length > listed ? rows[listed - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Staff" current="staff">
      <StaffListPage
        slug={account.slug}
        q={filter.q}
        status={filter.status}
        rows={rows.slice(0, listed)}
        mayChange={level(person, 'Staff') === 2}
        mayGroup={level(person, 'Staff Permissions') > 0}
        all={paths.office(account.slug).staffEmail({ ...asQuery(filter), all: 1 })}
        next={last && paths.office(account.slug).staff({ ...asQuery(filter), after: last.sortName, id: last.id })}
      />
    </OfficeLayout>,
  )
})

/** Email Blasts go to families; to their own, people write with their own mail program. */
peopleOffice.get('/staff/e-mail', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Staff')
  const ticked = numbersIn(c.req.queries('staff'))
  const filter = c.req.query('all') ? { ...filterIn(c), after: undefined } : ({ q: '', status: 'all' } as const)
  const [rows] = await read(account, [staffList(account, person, filter, c.req.query('all') ? mostWrittenTo : 1000)])
  const chosen = c.req.query('all') ? rows : rows.filter(({ id }) => ticked.includes(id)).slice(0, mostWrittenTo)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="E-mail" current="staff">
      <StaffEmailPage
        slug={account.slug}
        people={chosen.map(({ id, name, email, username }) => ({ id, name, address: email ?? username }))}
      />
    </OfficeLayout>,
  )
})

peopleOffice.get('/staff/new', newPersonPage)
peopleOffice.post('/staff', postNewPerson)
peopleOffice.get('/staff/:id', c => personPage(c))
peopleOffice.get('/staff/:id/edit', personFormPage)
peopleOffice.post('/staff/:id/edit', postPerson)

for (const active of [true, false])
  peopleOffice.post(`/staff/:id/${active ? 'activation' : 'inactivation'}`, async c => {
    const actor = c.get('person')
    demand(actor, 'Staff', 2)
    const account = c.get('account')
    const person = await personOf(account, actor, idIn(c.req.param('id')))
    const location = paths.office(account.slug).person(person.id, { done: active ? 'active' : 'inactive' })
    await setActive(account, actor, person, active, { location })
    return leadTo(c, location)
  })
