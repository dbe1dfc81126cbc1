import { demand } from '../auth/permissions'
import { officeDoor } from '../doors'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { detailsPage } from './details-page'
import { edit, editPage } from './edit-page'
import { listPage } from './list-page'
import { newFamily, newFamilyPage } from './new-family-page'
import { reinstateFamily } from './suspension'

/** Families for staff: the list and the record. */
export const familiesOffice = officeDoor()

familiesOffice.get('/families', listPage)
familiesOffice.get('/families/new', c => newFamilyPage(c))
familiesOffice.post('/families', newFamily)
familiesOffice.get('/families/:id/edit', c => editPage(c))
familiesOffice.post('/families/:id/edit', edit)
for (const path of ['/families/:id', '/families/:id/ledger']) familiesOffice.get(path, c => detailsPage(c))

familiesOffice.post('/families/:id/reinstatement', async c => {
  demand(c.get('person'), 'Families', 2)
  const id = idIn(c.req.param('id'))
  const location = paths.office(c.get('account').slug).family(id)
  await reinstateFamily(c.get('account'), id, { location })
  return leadTo(c, location)
})
