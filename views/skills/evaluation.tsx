import { StaffLayout, type StaffShell } from '../layouts/staff'
import { Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, FormKey } from '../ui/form'
import { safeHref } from '../ui/href'

export type EvaluationProps = {
  shell: StaffShell
  formKey: string
  action: string
  backHref: string
  date: string
  student: string
  about: string
  done?: string
  error?: string
  levels: {
    name: string
    passed: boolean
    events: { name: string; skills: { id: number; name: string; stars: number }[] }[]
  }[]
}

const stars = [1, 2, 3, 4, 5]

/** What a student can do, in stars, skill by skill. */
export const EvaluationPage = (props: EvaluationProps) => {
  const { shell, formKey, action, backHref, date, student, about, done, error, levels } = props
  return (
    <StaffLayout shell={shell} title={student}>
      <div class="hero">
        <div>
          <h1>{student}</h1>
          <p class="quiet">{about}</p>
        </div>
      </div>
      <div class="stack">
        {done && <Notice tone="green">{done}</Notice>}
        {levels.length === 0 ? (
          <p>This class has no skills yet. The Office sets them up under Skills.</p>
        ) : (
          <form class="stack" method="post" action={action}>
            <FormKey value={formKey} />
            <input type="hidden" name="date" value={date} />
            <FormError>{error}</FormError>
            {levels.map(level => (
              <section class="card">
                <header>
                  <h2>{level.name}</h2>
                  {level.passed && <Pill tone="green">Passed</Pill>}
                </header>
                <div class="body stack">
                  {level.events.map(event => (
                    <div class="stack">
                      <h3>{event.name}</h3>
                      {event.skills.map(skill => (
                        <fieldset class="chips">
                          <legend>{skill.name}</legend>
                          {stars.map(star => (
                            <label class="chip">
                              <input
                                type="radio"
                                name={`skill-${skill.id}`}
                                value={star}
                                checked={skill.stars === star || undefined}
                                aria-label={star === 1 ? '1 star' : `${star} stars`}
                              />
                              {star}★
                            </label>
                          ))}
                        </fieldset>
                      ))}
                    </div>
                  ))}
                </div>
              </section>
            ))}
            <Button look="primary">Save evaluation</Button>
          </form>
        )}
        <p>
          <a href={safeHref(backHref)}>Roster</a>
        </p>
      </div>
    </StaffLayout>
  )
}
