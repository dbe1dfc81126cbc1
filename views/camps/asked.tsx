import * as paths from '../../src/paths'
import { Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { AreaField, asking, FormError, FormKey, type Option, SelectField, TextField, TickField } from '../ui/form'
import { List } from '../ui/list'
import { Section } from '../ui/record'
import type { Asked } from './fields'

export type QuestionsProps = {
  slug: string
  campId: number
  mayAct: boolean
  kinds: Option[]
  questions: (Asked & { id: number; label: string; about: string; retired: boolean })[]
  newQuestion: Asked
  /** What was answered, child by child. */
  answers: { studentId: number; name: string; dates: string; pending: boolean; answers: string }[]
}

const names = ['label', 'kind', 'choices', 'fee', 'sort']

const QuestionFields = ({ values, errors, prefix, kinds }: Asked & { prefix: string; kinds: Option[] }) => {
  const common = asking({ values, errors, prefix }, ...names)
  return (
    <>
      <FormError>{errors?.form}</FormError>
      <TextField label="Question" maxlength={100} required {...common('label')} />
      <SelectField label="Answered by" options={kinds} {...common('kind')} />
      <AreaField
        label="Choices"
        hint="For one of several: one a line, with its fee behind an equals sign. Large = 12.00"
        maxlength={2000}
        {...common('choices')}
      />
      <TextField
        label="Fee for a yes"
        inputmode="decimal"
        hint="Once for each booking of a child."
        {...common('fee')}
      />
      <TextField label="Order" type="number" min={0} max={999} hint="Lower numbers come first." {...common('sort')} />
      <TickField
        label="Has to be answered"
        name="required"
        id={`${prefix}-required`}
        checked={Boolean(values.required)}
      />
    </>
  )
}

/** What the camp asks of each child, and what was answered. */
export const Questions = ({ slug, campId, mayAct, kinds, questions, newQuestion, answers }: QuestionsProps) => {
  const at = paths.office(slug)
  return (
    <>
      {answers.length > 0 && (
        <Section title="Answers">
          <List
            caption="Answers"
            rows={answers}
            columns={[
              {
                head: 'Student',
                cell: row => (
                  <>
                    <a href={at.student(row.studentId)}>{row.name}</a> {row.pending && <Pill tone="red">Pending</Pill>}
                  </>
                ),
              },
              { head: 'Days', cell: row => row.dates, label: true },
              { head: 'Answers', cell: row => row.answers, label: true },
            ]}
          />
        </Section>
      )}
      <Section title="Questions">
        <div class="stack">
          {questions.map(one => (
            <details open={Boolean(one.errors)}>
              <summary>
                <b>{one.label}</b> <small>{one.about}</small> {one.retired && <Pill>Not asked any more</Pill>}
              </summary>
              {mayAct && (
                <form
                  class="stack"
                  method="post"
                  action={at.campQuestion(campId, one.id)}
                  aria-label={`Change ${one.label}`}
                >
                  <FormKey value={one.key} />
                  <QuestionFields {...one} kinds={kinds} prefix={`question-${one.id}`} />
                  <TickField
                    label="Not asked any more"
                    name="retired"
                    id={`question-${one.id}-retired`}
                    hint="What was answered stays."
                    checked={Boolean(one.values.retired)}
                  />
                  <p>
                    <Button about={one.label}>Save</Button>
                  </p>
                </form>
              )}
            </details>
          ))}
          {!questions.length && <p class="quiet">Nothing is asked besides who comes, and when.</p>}
        </div>
      </Section>
      {mayAct && (
        <Section title="New question">
          <form class="stack" method="post" action={at.campQuestions(campId)} aria-label="New question">
            <FormKey value={newQuestion.key} />
            <QuestionFields {...newQuestion} kinds={kinds} prefix="new-question" />
            <p>
              <Button look="primary">Add question</Button>
            </p>
          </form>
        </Section>
      )}
    </>
  )
}
