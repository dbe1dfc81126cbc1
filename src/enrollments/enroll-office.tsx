import { sql } from 'drizzle-orm'
import { demand } from '../auth/permissions'
import { newest } from '../database'
import { officeDoor, sentenceOf } from '../doors'
import { parse, typedIn } from '../forms'
import { leadTo } from '../http'
import { answered } from '../middleware'
import * as paths from '../paths'
import { enrollments } from '../schema/enrollments'
import { enrollByStaff } from './by-staff'
import { chosenIn, classStep } from './choose-page'
import { detailsStep, summaryStep } from './enroll-page'
import { consentForm, wishForm, wishQuery } from './staff-forms'
import { studentStep } from './student-step'

/** Enroll from the Office: a student, a class, how, what it will do. What is chosen so far is in the address. */
export const enrollOffice = officeDoor()

enrollOffice.get('/enrollments/new', c => {
  demand(c.get('person'), 'Enrollments', 2)
  const { student, class: classId } = chosenIn(c)
  if (!student) return studentStep(c, paths.office(c.get('account').slug).enroll)
  if (!classId) return classStep(c, student)
  if (c.req.query('step') !== 'summary') return detailsStep(c, { student, class: classId })
  const { data, bad } = parse(wishForm, c.req.query())
  if (bad) return detailsStep(c, { student, class: classId }, { errors: bad.errors, status: 422 })
  return summaryStep(c, data)
})

enrollOffice.post('/enrollments', async c => {
  demand(c.get('person'), 'Enrollments', 2)
  const account = c.get('account')
  const at = paths.office(account.slug)
  const form = c.get('form')
  const { data: wish } = parse(wishForm, form)
  // The wizard's own fields were looked at before they came here: damaged ones begin it again.
  if (!wish) return leadTo(c, at.enroll())
  const { data: consent, bad } = parse(consentForm, form)
  if (!consent) return summaryStep(c, wish, { errors: bad?.errors, note: typedIn(form).note, status: 422 })
  const location = sql<string>`${`${at.enrollments()}/`} || ${newest(enrollments)} || '?done=enrolled'`
  try {
    await enrollByStaff(account, c.get('person'), wish, consent, { location })
  } catch (refusal) {
    return summaryStep(c, wish, { consent, error: sentenceOf(refusal), status: 409 })
  }
  // Where it leads has an id that only the commit knew.
  return (await answered(c)) ?? leadTo(c, at.enroll(wishQuery(wish)))
})
