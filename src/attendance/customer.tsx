import { eq } from 'drizzle-orm'
import { AttendancePage, type AttendedClass } from '../../views/attendance/attendance'
import { todayAt } from '../accounts/account'
import { saySchedule } from '../classes/classes'
import { sayDate, sayTime } from '../clock'
import { read } from '../database'
import { childOf, customerDoor } from '../doors'
import { familyEnrollments } from '../enrollments/family'
import { NotFound, show } from '../http'
import { t } from '../language'
import { enrollments } from '../schema/enrollments'
import { marksOf, rate } from './attendance'

/** Attendance of a child, enrollment by enrollment (MA5). */
export const attendanceDoor = customerDoor()

attendanceDoor.get('/account/students/:id/attendance', async c => {
  const account = c.get('account')
  const { family } = c.get('guardian')
  const child = childOf(c)
  if (!account.settings['attendance.show']) throw new NotFound()
  const [own, marks] = await read(account, [
    familyEnrollments(account, family.id, eq(enrollments.studentId, child.id)),
    marksOf(account, family.id, child.id),
  ])
  const day = todayAt(account)
  const classes = own
    .filter(({ type, state }) => type !== 'wait' && state === 'approved')
    .map((each): AttendedClass & { over: boolean } => {
      const those = marks.filter(({ enrollmentId }) => enrollmentId === each.id)
      const { held, came, percent } = rate(those.map(({ mark }) => mark))
      return {
        name: each.className,
        about: [saySchedule(each.slots), each.locationName].filter(Boolean).join(', '),
        rate: percent === null ? undefined : t('{percent} % attended, {came} of {held}', { percent, came, held }),
        marks: those.map(({ onDate, start, mark }) => ({
          when: `${sayDate(onDate, { weekday: true, year: onDate.slice(0, 4) !== day.slice(0, 4) })}, ${sayTime(start)}`,
          mark,
        })),
        over: each.dropDate !== null && each.dropDate < day,
      }
    })
  return show(
    c,
    <AttendancePage
      shell={c.get('shell')}
      student={child.firstName}
      current={classes.filter(({ over }) => !over)}
      past={classes.filter(({ over, marks }) => over && marks.length > 0).reverse()}
    />,
  )
})
