import { officeDoor } from '../doors'
import { deletionPage, remove } from './deletion-page'
import { add, addPage, edit, editPage } from './form-page'
import { listPage } from './list-page'
import { recordPage } from './record-page'

/** Students for staff: the list and the record. */
export const studentsOffice = officeDoor()

studentsOffice.get('/students', listPage)
studentsOffice.get('/students/:id/edit', c => editPage(c))
studentsOffice.post('/students/:id/edit', edit)
studentsOffice.get('/students/:id/deletion', c => deletionPage(c))
studentsOffice.post('/students/:id/deletion', remove)
studentsOffice.get('/families/:id/students/new', c => addPage(c))
studentsOffice.post('/families/:id/students', add)
studentsOffice.get('/students/:id', recordPage)
