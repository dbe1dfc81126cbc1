import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { Pill, type Tone } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { FormKey } from '../ui/form'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'

/** A student's place in a class. */
export type Course = {
  /** The enrollment's id. */
  id: number
  name: string
  /** "Mon 4:15 pm, with Bianca, Eastside Gym" */
  about: string
  state?: { word: string; tone?: Tone }
  /** It has days of its own. */
  camp?: boolean
  may: { transfer?: boolean; drop?: boolean; absence?: boolean; cancelWaitlist?: boolean }
}

/** Something that was asked and is not decided, or was decided lately. */
export type Request = {
  kind: 'enrollments' | 'drops' | 'transfers' | 'absences'
  id: number
  /** "Transfer to Gymnastics 2" */
  what: string
  when: string
  state: { word: string; tone?: Tone }
  withdrawKey?: string
}

export type StudentPart = {
  id: number
  name: string
  age?: number
  /** "Next: Mon, Nov 23, 4:15 pm" */
  next?: string
  /** The policy in the way. */
  rejectedHref?: string
  current: Course[]
  waitlist: Course[]
  past: { name: string; about: string }[]
  /** Where a class can be found for them; nothing where classes are not shown. */
  classesHref?: string
  requests: Request[]
  /** Evaluations, Attendance, Makeups and so on: what the business has switched on. */
  tiles: { label: string; note?: string; href: string; icon: string }[]
}

export type StudentsProps = { slug: string; students: StudentPart[] }

const CourseLine = ({ course, slug, student }: { course: Course; slug: string; student: number }) => {
  const at = paths.portal(slug)
  const { transfer, drop, absence, cancelWaitlist } = course.may
  const links: { label: string; href: string }[] = [
    ...(absence ? [{ label: t('Absence'), href: at.absencesByEnrollment(student, { enrollment: course.id }) }] : []),
    ...(transfer ? [{ label: t('Transfer'), href: at.transfer(course.id) }] : []),
    ...(drop ? [{ label: t('Drop'), href: course.camp ? at.campDrop(course.id) : at.drop(course.id) }] : []),
    ...(cancelWaitlist ? [{ label: t('Cancel Waitlist'), href: at.waitlistCancellation(course.id) }] : []),
  ]
  return (
    <li>
      <div>
        <b>{course.name}</b> {course.state && <Pill tone={course.state.tone}>{course.state.word}</Pill>}
        <br />
        <small>{course.about}</small>
      </div>
      {links.length > 0 && (
        <div class="rowed">
          {links.map(({ label, href }) => (
            <ButtonLink look="plain" href={href} about={course.name}>
              {label}
            </ButtonLink>
          ))}
        </div>
      )}
    </li>
  )
}

const Fold = ({ what, open, children }: { what: string; open?: boolean; children: Child }) => (
  <details class="fold" open={open}>
    <summary>
      <span class="shut">{t('Show')}</span>
      <span class="wide">{t('Hide')}</span> {what}
    </summary>
    {children}
  </details>
)

const Requests = ({ requests, slug }: { requests: Request[]; slug: string }) => (
  <>
    <h4>{t('Requests')}</h4>
    <ul class="courses" role="list">
      {requests.map(({ kind, id, what, when, state, withdrawKey }) => (
        <li>
          <div>
            <b>{what}</b> <Pill tone={state.tone}>{state.word}</Pill>
            <br />
            <small>{when}</small>
          </div>
          {withdrawKey && (
            <form method="post" action={paths.portal(slug).withdrawal(kind, id)}>
              <FormKey value={withdrawKey} />
              <button class="button plain">
                {t('Withdraw')}
                <span class="away"> {what}</span>
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  </>
)

const StudentCard = ({ student, slug, open }: { student: StudentPart; slug: string; open: boolean }) => (
  <details class="card student" open={open}>
    <summary>
      <span class="face l" aria-hidden="true">
        {student.name.slice(0, 1)}
      </span>
      <h3>
        {[student.name, student.age].filter(part => part !== undefined).join(', ')}
        {student.next && <small>{student.next}</small>}
      </h3>
      <Icon name="down" />
    </summary>
    <div class="body">
      {student.rejectedHref && (
        <p>
          <a class="out" href={safeHref(student.rejectedHref)}>
            {t('Has Rejected Policies')}
          </a>
        </p>
      )}
      <h4>{t('Current Enrollments')}</h4>
      {student.current.length > 0 ? (
        <ul class="courses" role="list">
          {student.current.map(course => (
            <CourseLine course={course} slug={slug} student={student.id} />
          ))}
        </ul>
      ) : (
        <p>
          {t('None yet.')}{' '}
          {student.classesHref && (
            <a href={safeHref(student.classesHref)}>{t('Find a class for {name}', { name: student.name })}</a>
          )}
        </p>
      )}
      {student.waitlist.length > 0 && (
        <Fold what={t('Waitlist Enrollments')} open>
          <ul class="courses" role="list">
            {student.waitlist.map(course => (
              <CourseLine course={course} slug={slug} student={student.id} />
            ))}
          </ul>
        </Fold>
      )}
      {student.requests.length > 0 && <Requests requests={student.requests} slug={slug} />}
      {student.past.length > 0 && (
        <Fold what={t('Past Enrollments')}>
          <ul class="courses" role="list">
            {student.past.map(({ name, about }) => (
              <li>
                <div>
                  <b>{name}</b>
                  <br />
                  <small>{about}</small>
                </div>
              </li>
            ))}
          </ul>
        </Fold>
      )}
      <ul class="tiles" role="list">
        {student.tiles.map(({ label, note, href, icon }) => (
          <li>
            <a class="go-row" href={href}>
              <Icon name={icon} />
              <span>
                {t(label)}
                {note && <small>{note}</small>}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  </details>
)

/** Your Student(s): each child with what is booked, asked, past, and the ways to more. */
export const Students = ({ slug, students }: StudentsProps) => (
  <section class="stack" id="students" aria-labelledby="h-students">
    <div class="rowed">
      <h2 id="h-students">{t('Your Student(s)')}</h2>
      <a class="button plain push" href={paths.portal(slug).newStudent}>
        <Icon name="plus" small />
        {t('Add Student')}
      </a>
    </div>
    {students.map((student, index) => (
      <StudentCard student={student} slug={slug} open={index === 0} />
    ))}
  </section>
)
