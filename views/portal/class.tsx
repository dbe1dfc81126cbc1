import { t } from '../../src/language'
import * as paths from '../../src/paths'
import type { PortalShell } from '../layouts/portal'
import { Notice, Seats, sayOpenings } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, SelectField, TextField } from '../ui/form'
import { Pairs } from '../ui/list'
import { OfferPage, Unfit } from './offer'

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
  /** Whom it may be for; reasons say why not, warnings only say. */
  students: { id: number; name: string; chosen: boolean; reasons: string[]; wayHref?: string; warnings: string[] }[]
  /** What asking leads to; without it the class takes no registrations online. */
  act?: 'Enroll' | 'Request' | 'Join waitlist'
  /** Why nobody can ask now, and from when. */
  closed?: string
  /** ACTIVE, TRIAL, SINGLE DAY where there is a choice. */
  kinds: { value: string; label: string }[]
  kind?: string
  /** The ways to pay it, where there are several. */
  schedules?: { value: number; label: string }[]
  schedule?: number
  /** Without it the first day is not chosen. */
  startDate?: { value: string; min: string; max?: string }
  note: string
  /** "The first payment is $92.00 on Dec 1." */
  money?: string
  /** Why this family cannot register at all. */
  suspended?: string
  errors?: Errors
}

const Who = ({ students, error }: Pick<ClassPageProps, 'students'> & { error?: string }) => (
  <fieldset class="chips" aria-describedby={error ? 'student-error' : undefined}>
    <legend>{t('Who is it for?')}</legend>
    {students
      .filter(({ reasons }) => reasons.length === 0)
      .map(({ id, name, chosen }) => (
        <label class="chip">
          <input type="checkbox" name="student" value={id} checked={chosen || undefined} />
          {name}
        </label>
      ))}
    {error && (
      <p class="error" id="student-error">
        {t(error)}
      </p>
    )}
  </fieldset>
)

const Warnings = ({ students }: Pick<ClassPageProps, 'students'>) => (
  <>
    {students.flatMap(({ name, warnings, reasons }) =>
      reasons.length ? [] : warnings.map(warning => <Notice tone="amber">{`${name}: ${warning}`}</Notice>),
    )}
  </>
)

/** How, from when, at which price: what a visitor chooses too, before anybody knows for whom. */
const Choices = ({ kinds, kind, schedules, schedule, startDate, note, errors }: ClassPageProps) => {
  const first = firstError(errors, 'kind', 'schedule', 'date', 'note')
  return (
    <>
      {kinds.length === 1 && <input type="hidden" name="kind" value={kinds[0]?.value} />}
      {kinds.length > 1 && (
        <SelectField
          label={t('How?')}
          name="kind"
          options={kinds}
          value={kind}
          error={errors?.kind}
          focus={first === 'kind'}
        />
      )}
      {schedules && (
        <SelectField
          label={t('How is it paid?')}
          name="schedule"
          options={schedules}
          value={schedule}
          error={errors?.schedule}
          focus={first === 'schedule'}
        />
      )}
      {startDate && (
        <TextField
          label={t('Start date')}
          name="date"
          type="date"
          value={startDate.value}
          min={startDate.min}
          max={startDate.max}
          error={errors?.date}
          focus={first === 'date'}
          required
        />
      )}
      <AreaField
        label={t('Note')}
        name="note"
        hint={t('Anything we should know.')}
        value={note}
        maxlength={1000}
        error={errors?.note}
        focus={first === 'note'}
      />
    </>
  )
}

const EnrollForm = (props: ClassPageProps) => {
  const { shell, formKey, course, act, money, errors } = props
  const at = paths.portal(shell.slug)
  const waits = act === 'Join waitlist'
  return (
    <form class="stack" method="post" action={waits ? at.enroll(course.id) : at.addToCart(course.id)}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <Who students={props.students} error={errors?.student} />
      <Warnings students={props.students} />
      <Choices {...props} />
      {money && <p class="quiet">{money}</p>}
      <Button look={['primary', 'wide']}>{waits ? t('Join waitlist') : t('Add to cart')}</Button>
      {!waits && <p class="quiet">{t('The place is kept for you while you check out.')}</p>}
    </form>
  )
}

/** Before the log-in: what is chosen here comes along to the log-in and back. */
const Entry = (props: ClassPageProps) => (
  <form class="stack" action={paths.portal(props.shell.slug).classEntry(props.course.id)}>
    <p>{t('Log in to choose who it is for.')}</p>
    <Choices {...props} />
    <Button look={['primary', 'wide']} name="by" value="login">
      {t('Log In')}
    </Button>
    <Button look="wide" name="by" value="sign-up">
      {t('Create an account')}
    </Button>
  </form>
)

const Register = (props: ClassPageProps) => {
  const { shell, course, students, act, closed } = props
  const at = paths.portal(shell.slug)
  if (closed) return <Notice tone="amber">{closed}</Notice>
  if (!act) return <Notice>{t('This class takes no registrations online. Call us, we will find a way.')}</Notice>
  if (!shell.guardian) return <Entry {...props} />
  if (props.suspended) return <Notice tone="amber">{t(props.suspended)}</Notice>
  const someFit = students.some(({ reasons }) => reasons.length === 0)
  return (
    <>
      {someFit ? <EnrollForm {...props} /> : <FormError>{props.errors?.form}</FormError>}
      <Unfit students={students} />
      <ButtonLink look="plain" icon="plus" href={`${at.newStudent}?next=${encodeURIComponent(at.class(course.id))}`}>
        {t('Add Student')}
      </ButtonLink>
    </>
  )
}

/** One class, and the form that asks for a place in it. */
export const ClassPage = (props: ClassPageProps) => {
  const { shell, course, act } = props
  return (
    <OfferPage
      shell={shell}
      title={course.name}
      current="booking"
      when={course.when}
      all={{ href: paths.portal(shell.slug).classes(), label: t('All classes') }}
      aboutIt={t('About this class')}
      about={
        <>
          {course.description && <p>{course.description}</p>}
          <Pairs pairs={course.facts} />
          {course.showOpenings && (
            <p class="rowed">
              <Seats taken={course.places - course.openings} places={course.places} />
              <b>{sayOpenings(course.openings, course.waiting)}</b>
            </p>
          )}
        </>
      }
      ask={{ id: 'register', title: t(act ?? 'Registration') }}
    >
      <Register {...props} />
    </OfferPage>
  )
}
