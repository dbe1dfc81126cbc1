import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Pill, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, SelectField, TextField } from '../ui/form'
import { Icon } from '../ui/icon'

/** What every form about a student shares. */
export type FormProps = {
  shell: PortalShell
  formKey: string
  /** "Mia, Beginner Gymnastics 1, Mon 4:15 pm" */
  about: string
  errors?: Errors
  /** What sending it leads to: "We answer within two days." or the money of it. */
  terms?: string
}

/** A page with one form that asks the business for something. */
export const RequestPage = ({
  shell,
  formKey,
  about,
  errors,
  terms,
  title,
  action,
  button,
  children,
}: FormProps & { title: string; action: string; button: string; children: Child }) => (
  <PortalLayout shell={shell} title={title} current="account" narrow>
    <h1>{title}</h1>
    <p class="quiet">{about}</p>
    <form class="stack" method="post" action={action}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      {children}
      {terms && <Notice>{t(terms)}</Notice>}
      <div class="rowed">
        <Button look="primary">{button}</Button>
        <ButtonLink look="plain" href={paths.portal(shell.slug).account()}>
          {t('Cancel')}
        </ButtonLink>
      </div>
    </form>
  </PortalLayout>
)

export type DropPageProps = FormProps & {
  enrollment: number
  date: { value: string; min: string; max?: string }
  reasons: { value: string | number; label: string }[]
  reason?: string
  note: string
  /** Without a decision by staff. */
  automatic: boolean
}

/** Drop: the last day, why, and what becomes of it. */
export const DropPage = ({ enrollment, date, reasons, reason, note, automatic, ...form }: DropPageProps) => {
  const { errors } = form
  const first = firstError(errors, 'date', 'reason', 'note')
  return (
    <RequestPage
      {...form}
      title={t('Drop')}
      action={paths.portal(form.shell.slug).drop(enrollment)}
      button={automatic ? t('Drop') : t('Request Drop')}
    >
      <TextField
        label={t('Drop date')}
        name="date"
        type="date"
        hint={t('The last day in the class.')}
        {...date}
        error={errors?.date}
        focus={first === 'date'}
        required
      />
      {reasons.length > 0 && (
        <SelectField
          label={t('Reason')}
          name="reason"
          options={[{ value: '', label: t('Choose') }, ...reasons]}
          value={reason}
          error={errors?.reason}
          focus={first === 'reason'}
        />
      )}
      <AreaField label={t('Note')} name="note" value={note} maxlength={1000} error={errors?.note} />
    </RequestPage>
  )
}

export type TransferPageProps = FormProps & {
  enrollment: number
  /** Classes that fit, with their openings in words. */
  classes: { value: number; label: string }[]
  chosen?: number
  date: { value: string; min: string; max?: string }
  note: string
}

/** Transfer: to which class, from when. */
export const TransferPage = ({ enrollment, classes, chosen, date, note, ...form }: TransferPageProps) => {
  const { errors } = form
  const first = firstError(errors, 'class', 'date', 'note')
  return (
    <RequestPage
      {...form}
      title={t('Transfer')}
      action={paths.portal(form.shell.slug).transfer(enrollment)}
      button={t('Request Transfer')}
    >
      <SelectField
        label={t('New class')}
        name="class"
        options={[{ value: '', label: t('Choose') }, ...classes]}
        value={chosen}
        error={errors?.class}
        focus={first === 'class'}
        required
      />
      <TextField
        label={t('Transfer date')}
        name="date"
        type="date"
        hint={t('The first day in the new class.')}
        {...date}
        error={errors?.date}
        focus={first === 'date'}
        required
      />
      <AreaField label={t('Note')} name="note" value={note} maxlength={1000} error={errors?.note} />
    </RequestPage>
  )
}

export type AbsenceByDateProps = FormProps & {
  student: number
  from: string
  to: string
  min: string
  startTime?: string
  endTime?: string
  note: string
}

/** Create Future Absence By Date: everything that meets then. */
export const AbsenceByDatePage = ({
  student,
  from,
  to,
  min,
  startTime,
  endTime,
  note,
  ...form
}: AbsenceByDateProps) => {
  const { errors } = form
  const first = firstError(errors, 'from', 'to', 'start', 'end')
  return (
    <RequestPage
      {...form}
      title={t('Create Future Absence By Date')}
      action={paths.portal(form.shell.slug).absencesByDate(student)}
      button={t('Create Absence')}
    >
      <TextField
        label={t('First day')}
        name="from"
        type="date"
        value={from}
        min={min}
        error={errors?.from}
        focus={first === 'from'}
        required
      />
      <TextField
        label={t('Last day')}
        name="to"
        type="date"
        value={to}
        min={min}
        error={errors?.to}
        focus={first === 'to'}
        required
      />
      <TextField
        label={t('From')}
        name="start"
        type="time"
        hint={t('Only for a few hours; leave both empty for whole days.')}
        value={startTime}
        error={errors?.start}
        focus={first === 'start'}
      />
      <TextField
        label={t('Until')}
        name="end"
        type="time"
        value={endTime}
        error={errors?.end}
        focus={first === 'end'}
      />
      <AreaField label={t('Note')} name="note" value={note} maxlength={1000} error={errors?.note} />
    </RequestPage>
  )
}

export type AbsenceByEnrollmentProps = FormProps & {
  student: number
  /** The classes that can be missed; `chosen` by id. */
  enrollments: { id: number; name: string; about: string }[]
  chosen: number[]
  date: { value: string; min: string }
  note: string
}

/** Create Future Absence By Enrollment: chosen classes on one date, nothing else that day. */
export const AbsenceByEnrollmentPage = ({
  student,
  enrollments,
  chosen,
  date,
  note,
  ...form
}: AbsenceByEnrollmentProps) => {
  const { errors } = form
  const first = firstError(errors, 'enrollment', 'date')
  return (
    <RequestPage
      {...form}
      title={t('Create Future Absence By Enrollment')}
      action={paths.portal(form.shell.slug).absencesByEnrollment(student)}
      button={t('Create Absence')}
    >
      <TextField
        label={t('Date')}
        name="date"
        type="date"
        {...date}
        error={errors?.date}
        focus={first === 'date'}
        required
      />
      <fieldset class="field">
        <legend>{t('Classes')}</legend>
        {enrollments.map(({ id, name, about }) => (
          <label class="tickline">
            <input type="checkbox" name="enrollment" value={id} checked={chosen.includes(id) || undefined} />
            <span>
              {name} <small>{about}</small>
            </span>
          </label>
        ))}
        {errors?.enrollment && (
          <p class="error" role="alert">
            {t(errors.enrollment)}
          </p>
        )}
      </fieldset>
      <AreaField label={t('Note')} name="note" value={note} maxlength={1000} error={errors?.note} />
    </RequestPage>
  )
}

export type WaitlistCancellationProps = FormProps & { enrollment: number }

/** Cancel Waitlist: asks once, because the place in the line is gone afterwards. */
export const WaitlistCancellationPage = ({ enrollment, ...form }: WaitlistCancellationProps) => (
  <RequestPage
    {...form}
    title={t('Cancel Waitlist')}
    action={paths.portal(form.shell.slug).waitlistCancellation(enrollment)}
    button={t('Cancel Waitlist')}
  >
    <p>{t('The place in the line is given up.')}</p>
  </RequestPage>
)

export type AbsencesPageProps = {
  shell: PortalShell
  student: { id: number; name: string }
  /** What was told in one go is withdrawn in one go. */
  groups: {
    requestId: number
    withdrawKey?: string
    lines: { what: string; when: string; state: { word: string; tone?: Tone } }[]
  }[]
  /** What was just done. */
  done?: string
}

/** Future Absences of one student, and the two ways to tell one. */
export const AbsencesPage = ({ shell, student, groups, done }: AbsencesPageProps) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Future Absences')} current="account" narrow>
      <h1>{t('Future Absences')}</h1>
      <p class="quiet">{student.name}</p>
      {done && <Notice tone="green">{done}</Notice>}
      <div class="stack">
        <div class="card">
          <div class="body">
            {groups.length === 0 && <p class="quiet">{t('None are planned.')}</p>}
            {groups.map(({ requestId, withdrawKey, lines }) => (
              <ul class="courses" role="list">
                {lines.map(({ what, when, state }, index) => (
                  <li>
                    <div>
                      <b>{when}</b> <Pill tone={state.tone}>{state.word}</Pill>
                      <br />
                      <small>{what}</small>
                    </div>
                    {index === 0 && withdrawKey && (
                      <form method="post" action={at.withdrawal('absences', requestId)}>
                        <FormKey value={withdrawKey} />
                        <Button
                          look="plain"
                          about={lines.length > 1 ? t('{count} absences', { count: lines.length }) : when}
                        >
                          {t('Withdraw')}
                        </Button>
                      </form>
                    )}
                  </li>
                ))}
              </ul>
            ))}
          </div>
        </div>
        <ul class="card" role="list">
          <li>
            <a class="go-row" href={at.absencesByDate(student.id)}>
              <span>{t('Create Future Absence By Date')}</span>
              <Icon name="right" small />
            </a>
          </li>
          <li>
            <a class="go-row" href={at.absencesByEnrollment(student.id)}>
              <span>{t('Create Future Absence By Enrollment')}</span>
              <Icon name="right" small />
            </a>
          </li>
        </ul>
        <p>
          <a href={at.account()}>{t('My Account')}</a>
        </p>
      </div>
    </PortalLayout>
  )
}
