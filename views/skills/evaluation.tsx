import { StaffLayout, type StaffShell } from '../layouts/staff'
import { Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey } from '../ui/form'
import { safeHref } from '../ui/href'
import { RecordHead } from '../ui/record'

export type EvaluationFormProps = {
  formKey: string
  /** Nothing for who may only look. */
  action?: string
  date: string
  /** What the sheet of the portal calls a choice. */
  look: 'chip' | 'tickline'
  error?: string
  levels: {
    name: string
    passed: boolean
    events: { name: string; skills: { id: number; name: string; stars: number }[] }[]
  }[]
}

type EvaluationProps = Omit<EvaluationFormProps, 'look'> & { student: string; about: string; done?: string }

const stars = [1, 2, 3, 4, 5]
const sayStars = (given: number) => (given === 1 ? '1 star' : `${given} stars`)

const Stars = ({
  skill,
  look,
}: {
  skill: { id: number; name: string; stars: number }
  look: EvaluationFormProps['look']
}) => {
  const choices = stars.map(star => (
    <label class={look}>
      <input
        type="radio"
        name={`skill-${skill.id}`}
        value={star}
        checked={skill.stars === star || undefined}
        aria-label={sayStars(star)}
      />
      {star}★
    </label>
  ))
  return (
    <fieldset class={look === 'chip' ? 'chips' : undefined}>
      <legend>{skill.name}</legend>
      {look === 'chip' ? choices : <div class="boxrow">{choices}</div>}
    </fieldset>
  )
}

/** What a student can do, in stars, level by level and skill by skill. */
const EvaluationForm = ({ formKey, action, date, look, error, levels }: EvaluationFormProps) => {
  const parts = levels.map(level => (
    <section class="card">
      <header>
        <h2>{level.name}</h2>
        {level.passed && <Pill tone="green">Passed</Pill>}
      </header>
      <div class="body stack">
        {level.events.map(event => (
          <div class="stack">
            <h3>{event.name}</h3>
            {event.skills.map(skill =>
              action ? (
                <Stars skill={skill} look={look} />
              ) : (
                <p>
                  {skill.name}: {skill.stars ? sayStars(skill.stars) : 'not evaluated yet'}
                </p>
              ),
            )}
          </div>
        ))}
      </div>
    </section>
  ))
  if (!levels.length) return <p>This class has no skills yet. The Office sets them up under Skills.</p>
  if (!action) return <div class="stack">{parts}</div>
  return (
    <form class="stack" method="post" action={action}>
      <FormKey value={formKey} />
      <input type="hidden" name="date" value={date} />
      <FormError>{error}</FormError>
      {parts}
      <Button look="primary">Save evaluation</Button>
    </form>
  )
}

/** On a coach's phone. */
export const EvaluationPage = ({
  shell,
  backHref,
  student,
  about,
  done,
  ...form
}: EvaluationProps & { shell: StaffShell; backHref: string }) => (
  <StaffLayout shell={shell} title={student}>
    <div class="hero">
      <div>
        <h1>{student}</h1>
        <p class="quiet">{about}</p>
      </div>
    </div>
    <div class="stack">
      {done && <Notice tone="green">{done}</Notice>}
      <EvaluationForm {...form} look="chip" />
      <p>
        <a href={safeHref(backHref)}>Roster</a>
      </p>
    </div>
  </StaffLayout>
)

/** In the Office, from the roster or the calendar. */
export const EvaluationOfficePage = ({
  trail,
  links,
  student,
  about,
  done,
  ...form
}: EvaluationProps & {
  trail: { label: string; href: string }[]
  links: { label: string; href: string }[]
}) => (
  <>
    <RecordHead trail={trail} title={student} about={about}>
      {links.map(({ label, href }) => (
        <ButtonLink href={href}>{label}</ButtonLink>
      ))}
    </RecordHead>
    <div class="stack">
      {done && <Notice tone="green">{done}</Notice>}
      <EvaluationForm {...form} look="tickline" />
    </div>
  </>
)
