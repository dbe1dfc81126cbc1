import { isMark, takeAttendance } from '../attendance/attendance'
import { demand } from '../auth/permissions'
import { today } from '../clock'
import { officeDoor, sentenceOf } from '../doors'
import { typedIn } from '../forms'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { filterIn, listPage } from './list-page'
import { enrollmentAt } from './record'
import { requestsPage } from './requests-page'

/** Enrollments in the Office: the list with today's attendance, and the requests that wait. */
export const enrollmentsOffice = officeDoor()

enrollmentsOffice.get('/enrollments', c => listPage(c))
enrollmentsOffice.get('/enrollments/requests', requestsPage)

enrollmentsOffice.post('/enrollments/:id/attendance', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Enrollments', 2)
  const { enrollment, row } = await enrollmentAt(account, person, idIn(c.req.param('id')))
  const { mark, time } = typedIn(c.get('form'))
  if (!account.settings['attendance.check_in_mode'])
    return listPage(c, { error: 'Attendance Check-In Mode is switched off in the settings.', status: 409 })
  if (!isMark(mark)) return listPage(c, { error: 'Say whether the student is present or absent.', status: 422 })
  const { after } = c.req.query()
  const location = paths.office(account.slug).enrollments({ ...filterIn(c), after, done: 'marked' })
  const date = today(account.now, row.timeZone)
  try {
    const marks = [{ enrollmentId: enrollment.id, mark }]
    await takeAttendance(account, row, { date, start: time, marks, staffId: person.id }, { location })
  } catch (refusal) {
    return listPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})
