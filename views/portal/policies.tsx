import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { type Errors, FormError, FormKey } from '../ui/form'
import { Icon } from '../ui/icon'

export type PolicyPageProps = {
  shell: PortalShell
  formKey: string
  policy: { id: number; title: string; version: number; paragraphs: string[] }
  /** It stands before booking an appointment. */
  ofAppointments?: boolean
  /** Of the family, or of one student, whose name stands on each. */
  student?: { id: number; name: string }
  /** "2 of 4" */
  step?: string
  required: boolean
  mayReject: boolean
  /** An optional family policy can wait. */
  mayWait: boolean
  /** "Accepted on Nov 2": the answer that stands. */
  standing?: string
  /** The child the family is about to enroll: nobody else's policies are asked on the way. */
  forStudent?: number
  /** A secondary guardian only reads. */
  readOnly?: string
  errors?: Errors
  /** What the family was doing, to come back to. */
  next?: string
}

/** One policy and its answer: family policies first, then student by student. */
export const PolicyPage = (props: PolicyPageProps) => {
  const { shell, formKey, policy, student, step, required, mayReject, mayWait, standing, readOnly, errors, next } =
    props
  return (
    <PortalLayout shell={shell} title={policy.title} current="account" narrow>
      <p class="quiet">
        {[props.ofAppointments ? t('Appointment Policy') : student ? t('Student Policies') : t('Family Policies'), step]
          .filter(Boolean)
          .join(', ')}
      </p>
      <h1>{policy.title}</h1>
      {student && <p class="big">{student.name}</p>}
      <div class="card">
        <div class="body">
          {policy.paragraphs.map(paragraph => (
            <p>{paragraph}</p>
          ))}
          <small>{t('Version {number}', { number: policy.version })}</small>
        </div>
      </div>
      {required && (
        <p>
          <b>
            {student
              ? t('Acceptance is required for enrollment of {name}.', { name: student.name })
              : t('Acceptance is required to go on.')}
          </b>
        </p>
      )}
      {standing && <p class="quiet">{standing}</p>}
      {readOnly ? (
        <Notice>{t(readOnly)}</Notice>
      ) : (
        <form class="stack" method="post" action={paths.portal(shell.slug).policy(policy.id)}>
          <FormKey value={formKey} />
          <input type="hidden" name="version" value={policy.version} />
          {student && <input type="hidden" name="student" value={student.id} />}
          {props.forStudent && <input type="hidden" name="for" value={props.forStudent} />}
          {next && <input type="hidden" name="next" value={next} />}
          <FormError>{errors?.form}</FormError>
          <div class="rowed">
            <Button look="primary" name="answer" value="accept">
              {t('Accept')}
            </Button>
            {mayReject && (
              <Button name="answer" value="reject">
                {t('I reject')}
              </Button>
            )}
            {mayWait && (
              <Button look="plain" name="answer" value="later">
                {t('Later')}
              </Button>
            )}
          </div>
        </form>
      )}
    </PortalLayout>
  )
}

export type PolicyLine = {
  id: number
  title: string
  version: number
  required: boolean
  answer?: { word: 'Accepted' | 'Rejected' | 'Put off'; when: string }
}

export type PoliciesPageProps = {
  shell: PortalShell
  family: PolicyLine[]
  students: { id: number; name: string; policies: PolicyLine[] }[]
  /** Those that stand before booking an appointment, while they show (PO10). */
  appointments: PolicyLine[]
  /** A secondary guardian only reads. */
  readOnly?: string
}

const Lines = ({ slug, policies, student }: { slug: string; policies: PolicyLine[]; student?: number }) => (
  <ul class="card" role="list">
    {policies.map(({ id, title, version, required, answer }) => (
      <li>
        <a class="go-row" href={paths.portal(slug).policy(id, { student })}>
          <Icon name="policy" />
          <span>
            {title}{' '}
            <small>
              {t('Version {number}', { number: version })}
              {required && `, ${t('required')}`}
              {answer && `, ${answer.when}`}
            </small>
          </span>
          {answer ? (
            <Pill tone={({ Accepted: 'green', Rejected: 'red', 'Put off': 'amber' } as const)[answer.word]}>
              {t(answer.word)}
            </Pill>
          ) : (
            <Pill tone="amber">{t('Not answered')}</Pill>
          )}
          <Icon name="right" small />
        </a>
      </li>
    ))}
    {policies.length === 0 && <li class="empty">{t('There are none.')}</li>}
  </ul>
)

/** All policies with the family's answers, to read again or change where that is allowed. */
export const PoliciesPage = ({ shell, family, students, appointments, readOnly }: PoliciesPageProps) => (
  <PortalLayout shell={shell} title={t('Policies')} current="account" narrow>
    <h1>{t('Policies')}</h1>
    {readOnly && <Notice>{t(readOnly)}</Notice>}
    <div class="stack">
      <section class="stack">
        <h2>{t('Family Policies')}</h2>
        <Lines slug={shell.slug} policies={family} />
      </section>
      {appointments.length > 0 && (
        <section class="stack">
          <h2>{t('Appointment Policy')}</h2>
          <Lines slug={shell.slug} policies={appointments} />
        </section>
      )}
      <section class="stack">
        <h2>{t('Student Policies')}</h2>
        {students.map(({ id, name, policies }) => (
          <>
            <h3>{name}</h3>
            <Lines slug={shell.slug} policies={policies} student={id} />
          </>
        ))}
      </section>
    </div>
  </PortalLayout>
)
