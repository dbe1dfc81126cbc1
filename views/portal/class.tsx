import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Seats, sayOpenings } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, SelectField, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { Pairs } from '../ui/list'

export type ClassPageProps = {
  shell: PortalShell
  formKey: string
  course: {
    id: number
    name: string
    /** "Mon 4:15 pm, 55 min" */
    when: string
    description?: string
    facts: { label: string; value: string }[]
    places: number
    openings: number
    waiting: number
    showOpenings: boolean
  }
  /** Whom it may be for; a reason says why not. */
  students: { id: number; name: string; reason?: string; policyHref?: string }[]
  student?: number
  /** What sending the form does; without it the class takes no registrations online. */
  act?: 'Enroll' | 'Request' | 'Join waitlist'
  /** ACTIVE, TRIAL, MAKEUP where there is a choice. */
  kinds?: { value: string; label: string }[]
  kind?: string
  startDate: { value: string; min: string; max?: string }
  note: string
  /** "The first payment is $92.00 on Dec 1." */
  money?: string
  /** Why this family cannot register at all. */
  suspended?: string
  errors?: Errors
}

const EnrollForm = (props: ClassPageProps) => {
  const { shell, formKey, course, students, student, act, kinds, kind, startDate, note, money, errors } = props
  const first = firstError(errors, 'student', 'kind', 'date', 'note')
  const fits = students.filter(({ reason }) => !reason)
  return (
    <form class="stack" method="post" action={paths.portal(shell.slug).enroll(course.id)}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <SelectField
        label="Who is it for?"
        name="student"
        options={fits.map(({ id, name }) => ({ value: id, label: name }))}
        value={student}
        error={errors?.student}
        focus={first === 'student'}
        required
      />
      {kinds?.length === 1 && <input type="hidden" name="kind" value={kinds[0]?.value} />}
      {kinds && kinds.length > 1 && (
        <SelectField
          label="How?"
          name="kind"
          options={kinds}
          value={kind}
          error={errors?.kind}
          focus={first === 'kind'}
        />
      )}
      <TextField
        label="Start date"
        name="date"
        type="date"
        value={startDate.value}
        min={startDate.min}
        max={startDate.max}
        error={errors?.date}
        focus={first === 'date'}
        required
      />
      <AreaField
        label="Note"
        name="note"
        hint="Anything we should know."
        value={note}
        maxlength={1000}
        error={errors?.note}
        focus={first === 'note'}
      />
      {money && <p class="quiet">{money}</p>}
      <Button look={['primary', 'wide']}>{act}</Button>
    </form>
  )
}

const Unfit = ({ students }: Pick<ClassPageProps, 'students'>) => {
  const unfit = students.filter(({ reason }) => reason)
  return unfit.length > 0 ? (
    <ul class="plain-list">
      {unfit.map(({ name, reason, policyHref }) => (
        <li>
          {name}:{' '}
          {policyHref ? (
            <a class="out" href={safeHref(policyHref)}>
              {reason}
            </a>
          ) : (
            reason
          )}
        </li>
      ))}
    </ul>
  ) : null
}

const Register = (props: ClassPageProps) => {
  const { shell, course, students, act } = props
  const at = paths.portal(shell.slug)
  if (!act) return <Notice>This class takes no registrations online. Call us, we will find a way.</Notice>
  if (!shell.guardian)
    return (
      <>
        <p>Log in to choose who it is for.</p>
        <ButtonLink look={['primary', 'wide']} href={at.login({ next: at.class(course.id) })}>
          Log In
        </ButtonLink>
        <ButtonLink look="wide" href={at.signUp({ next: at.class(course.id) })}>
          Create an account
        </ButtonLink>
      </>
    )
  if (props.suspended) return <Notice tone="amber">{props.suspended}</Notice>
  const someFit = students.some(({ reason }) => !reason)
  return (
    <>
      {someFit ? <EnrollForm {...props} /> : <FormError>{props.errors?.form}</FormError>}
      <Unfit students={students} />
      <ButtonLink look="plain" icon="plus" href={`${at.newStudent}?next=${encodeURIComponent(at.class(course.id))}`}>
        Add Student
      </ButtonLink>
    </>
  )
}

/** One class, and the form that asks for a place in it. */
export const ClassPage = (props: ClassPageProps) => {
  const { shell, course, act } = props
  return (
    <PortalLayout shell={shell} title={course.name} current="booking">
      <p>
        <a href={paths.portal(shell.slug).classes()}>All classes</a>
      </p>
      <div class="hero">
        <div>
          <h1>{course.name}</h1>
          <p class="quiet">{course.when}</p>
        </div>
      </div>
      <div class="two">
        <section class="card" aria-label="About this class">
          <div class="body stack">
            {course.description && <p>{course.description}</p>}
            <Pairs pairs={course.facts} />
            {course.showOpenings && (
              <p class="rowed">
                <Seats taken={course.places - course.openings} places={course.places} />
                <b>{sayOpenings(course.openings, course.waiting)}</b>
              </p>
            )}
          </div>
        </section>
        <section class="card" aria-labelledby="register">
          <div class="body stack">
            <h2 id="register">{act ?? 'Registration'}</h2>
            <Register {...props} />
          </div>
        </section>
      </div>
    </PortalLayout>
  )
}
