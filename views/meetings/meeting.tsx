import { type Mark, MarkChoice, marks } from '../attendance/marks'
import { count, Empty, Notice, Pill, Tag } from '../ui/bits'
import { Button } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, type Option, SelectField, TickField } from '../ui/form'
import { safeHref } from '../ui/href'
import { Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

export type ExpectedStudent = {
  enrollmentId: number
  name: string
  href?: string
  /** "Trial", "Makeup", "Single day" */
  type?: string
  isNew: boolean
  policyOpen: boolean
  medical?: string
  absence?: 'pending' | 'approved'
  mark?: Mark
  evaluationHref?: string
}

type Act = { action: string; key: string; time: string }

const Act = ({ act }: { act: Act }) => (
  <>
    <FormKey value={act.key} />
    <input type="hidden" name="time" value={act.time} />
  </>
)

/** A student, and what whoever teaches has to know. */
const Who = ({ student }: { student: ExpectedStudent }) => {
  const { name, href, type, isNew, policyOpen, medical, absence, evaluationHref } = student
  return (
    <>
      {href ? <a href={safeHref(href)}>{name}</a> : <b>{name}</b>} {type && <Tag tone="blue">{type.toUpperCase()}</Tag>}{' '}
      {isNew && <Pill tone="green">New student</Pill>} {policyOpen && <Pill tone="amber">Policy missing</Pill>}{' '}
      {absence && <Pill tone="violet">{absence === 'approved' ? 'Absence expected' : 'Absence asked for'}</Pill>}
      {medical && <p class="tone red">{medical}</p>}
      {evaluationHref && (
        <p>
          <a href={safeHref(evaluationHref)}>
            Evaluate<span class="away"> {name}</span>
          </a>
        </p>
      )}
    </>
  )
}

const Attendance = ({ students, taking }: { students: ExpectedStudent[]; taking?: Act }) =>
  !students.length ? (
    <Empty icon="students">Nobody is enrolled on this day.</Empty>
  ) : taking ? (
    <form class="stack" method="post" action={taking.action}>
      <Act act={taking} />
      {students.map(student => (
        <fieldset>
          <legend>
            <Who student={student} />
          </legend>
          <div class="boxrow">
            <MarkChoice student={student} look="tickline" />
          </div>
        </fieldset>
      ))}
      <p>
        <Button look="primary">Save attendance</Button>
      </p>
    </form>
  ) : (
    <ul class="reached" role="list">
      {students.map(student => (
        <li>
          <Who student={student} />
          {student.mark && <span class="quiet">{marks.find(([mark]) => mark === student.mark)?.[1]}</span>}
        </li>
      ))}
    </ul>
  )

type Cancellation = Act & {
  /** What happens to those who are enrolled for just this day. */
  about: string
  families: number
  tokens: boolean
  reason: string
  tells: boolean
  gives: boolean
  errors?: Errors
}

const Cancel = ({ cancellation }: { cancellation: Cancellation }) => {
  const { action, about, families, tokens, reason, tells, gives, errors } = cancellation
  return (
    <Section title="Cancel this class on this day">
      <form class="stack" method="post" action={action}>
        <Act act={cancellation} />
        <p>{about} Tuition does not change.</p>
        <AreaField label="Reason" name="reason" value={reason} error={errors?.reason} focus={Boolean(errors?.reason)} />
        <TickField label={`E-mail ${count(families, 'family', 'families')}`} name="tell" checked={tells} />
        {tokens && <TickField label="Give makeup tokens" name="tokens" checked={gives} />}
        <p>
          <Button look="danger">Cancel class</Button>
        </p>
      </form>
    </Section>
  )
}

/** A class on a day (A12). */
export const MeetingPage = ({
  trail,
  name,
  when,
  off,
  reason,
  others,
  facts,
  links,
  done,
  error,
  students,
  taking,
  substitution,
  cancellation,
  back,
}: {
  trail: { label: string; href: string }[]
  name: string
  /** "Mon, Nov 30, 2026, 4:15 pm to 5:00 pm" */
  when: string
  off?: string
  reason?: string
  /** Other times of the same day. */
  others: { label: string; href: string }[]
  facts: { label: string; value: string }[]
  links: { label: string; href: string }[]
  done?: string
  error?: string
  students: ExpectedStudent[]
  taking?: Act
  substitution?: Act & { value: number | string; people: Option[] }
  cancellation?: Cancellation
  back?: Act
}) => (
  <>
    <RecordHead trail={trail} title={name} about={when} pills={off ? [{ word: off, tone: 'amber' }] : []}>
      {[...others, ...links].map(({ label, href }) => (
        <a class="button" href={safeHref(href)}>
          {label}
        </a>
      ))}
    </RecordHead>
    <div class="stack">
      {done && <Notice tone="green">{done}</Notice>}
      <FormError>{error}</FormError>
      {reason && <Notice tone="amber">{reason}</Notice>}
      <div class="split">
        <Section title={taking ? 'Attendance' : 'Expected'}>
          <Attendance students={students} taking={taking} />
        </Section>
        <div class="stack">
          <Section title="About">
            <Pairs pairs={facts} />
          </Section>
          {substitution && (
            <Section title="Substitute">
              <form class="stack" method="post" action={substitution.action}>
                <Act act={substitution} />
                <SelectField
                  label="Stands in on this day"
                  name="substitute"
                  options={[{ value: '', label: 'Nobody' }, ...substitution.people]}
                  value={substitution.value}
                />
                <p>
                  <Button>Save</Button>
                </p>
              </form>
            </Section>
          )}
          {cancellation && <Cancel cancellation={cancellation} />}
          {back && (
            <Section title="Bring it back">
              <form class="stack" method="post" action={back.action}>
                <Act act={back} />
                <p>Makeup tokens of this day that nobody used are taken back.</p>
                <TickField label="E-mail the families" name="tell" checked />
                <p>
                  <Button>Bring back</Button>
                </p>
              </form>
            </Section>
          )}
        </div>
      </div>
    </div>
  </>
)
