import { isMark, takeAttendance } from '../attendance/attendance'
import { demand, level } from '../auth/permissions'
import { officeDoor, sentenceOf } from '../doors'
import { parse, typedIn } from '../forms'
import { leadTo } from '../http'
import * as paths from '../paths'
import { bringBack, cancelMeetings, substitute } from './cancel'
import { cancelForm } from './form'
import { meetingAt, meetingPage } from './page'

/** A class on a day, from the calendar (OP12): attendance, who stands in, canceled and brought back. */
export const meetingsOffice = officeDoor()

const path = '/calendar/classes/:id/:date'

meetingsOffice.get(path, c => meetingPage(c))

meetingsOffice.post(`${path}/attendance`, async c => {
  const person = c.get('person')
  if (level(person, 'Enrollments') < 2) demand(person, 'Calendar', 2)
  const account = c.get('account')
  const { row, meeting } = await meetingAt(c)
  const marks = Object.entries(c.get('form')).flatMap(([name, mark]) => {
    const [, enrollmentId] = name.match(/^mark-([1-9]\d{0,14})$/) ?? []
    return enrollmentId && isMark(mark) ? [{ enrollmentId: Number(enrollmentId), mark }] : []
  })
  if (!marks.length) return meetingPage(c, { error: 'Mark at least one student.', status: 422 })
  const { classId, onDate: date, start } = meeting
  const location = paths.office(account.slug).meeting(classId, date, { time: start, done: 'marked' })
  try {
    await takeAttendance(account, row, { date, start, marks, staffId: person.id }, { location })
  } catch (refusal) {
    return meetingPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

meetingsOffice.post(`${path}/substitute`, async c => {
  demand(c.get('person'), 'Calendar', 2)
  const account = c.get('account')
  const { meeting, people } = await meetingAt(c)
  const { substitute: asked = '' } = typedIn(c.get('form'))
  const who = people.find(({ id }) => String(id) === asked)
  if (asked && !who) return meetingPage(c, { error: 'Choose somebody on the staff.', status: 422 })
  const { classId, onDate, start } = meeting
  const location = paths.office(account.slug).meeting(classId, onDate, { time: start, done: 'substitute' })
  try {
    await substitute(account, meeting, who, { location })
  } catch (refusal) {
    return meetingPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

meetingsOffice.post(`${path}/cancellation`, async c => {
  demand(c.get('person'), 'Calendar', 2)
  const account = c.get('account')
  const { meeting } = await meetingAt(c)
  const { data, bad } = parse(cancelForm, c.get('form'))
  if (bad) return meetingPage(c, { errors: bad.errors, status: 422 })
  const { classId, onDate, start } = meeting
  const location = paths.office(account.slug).meeting(classId, onDate, { time: start, done: 'canceled' })
  try {
    await cancelMeetings(account, [meeting], { ...data, reason: String(data.reason) }, { location })
  } catch (refusal) {
    return meetingPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

meetingsOffice.post(`${path}/return`, async c => {
  demand(c.get('person'), 'Calendar', 2)
  const account = c.get('account')
  const { meeting } = await meetingAt(c)
  const { classId, onDate, start } = meeting
  const location = paths.office(account.slug).meeting(classId, onDate, { time: start, done: 'back' })
  try {
    await bringBack(account, meeting, typedIn(c.get('form')).tell !== undefined, { location })
  } catch (refusal) {
    return meetingPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})
