import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import { type Errors, type Option, SelectField, TextField } from '../ui/form'

/** One question as a form asks it of one child. */
export type AskedQuestion = {
  /** The name of its box. */
  name: string
  label: string
  /** Nothing for a line of text. */
  options?: Option[]
  value?: string
  required: boolean
}

export type AskedChild = { id: number; name: string; chosen: boolean; questions: AskedQuestion[] }

/** The boxes of a child's questions. A browser insists on nothing: only the children that are chosen have to answer. */
const Questions = ({
  questions,
  errors,
  focus,
  prefix,
}: {
  questions: AskedQuestion[]
  errors?: Errors
  focus?: string
  prefix: string
}) => (
  <>
    {questions.map(({ name, label, options, value, required }) => {
      const common = {
        label,
        name,
        id: `${prefix}${name}`,
        value,
        error: errors?.[name],
        focus: focus === name,
        hint: required ? t('Has to be answered.') : undefined,
      }
      return options ? (
        <SelectField {...common} options={[{ value: '', label: t('Choose') }, ...options]} />
      ) : (
        <TextField {...common} maxlength={200} />
      )
    })}
  </>
)

/**
 * Who it is for, and under each child what the camp asks of it. What is asked of a child that is not chosen is put away
 * by the sheet alone.
 */
export const ForWhom = ({
  students,
  errors,
  prefix = '',
}: {
  students: AskedChild[]
  errors?: Errors
  /** Where the page asks twice. */
  prefix?: string
}) => {
  const focus = students.flatMap(({ questions }) => questions).find(({ name }) => errors?.[name])?.name
  const asks = students.some(({ questions }) => questions.length)
  return (
    <fieldset class={asks ? 'stack who' : 'chips'}>
      <legend>{t('Who is it for?')}</legend>
      {students.map(({ id, name, chosen, questions }) => {
        const chip = (
          <label class="chip">
            <input type="checkbox" name="student" value={id} checked={chosen || undefined} />
            {name}
          </label>
        )
        if (!asks) return chip
        return (
          <div>
            {chip}
            <fieldset class="asks stack">
              <legend>{t('For {name}', { name })}</legend>
              <Questions questions={questions} errors={errors} focus={focus} prefix={prefix} />
            </fieldset>
          </div>
        )
      })}
      {errors?.student && <p class="error">{t(errors.student)}</p>}
    </fieldset>
  )
}

/** What a camp asks of each child, to be read before anybody is known. */
export const WhatIsAsked = ({ questions }: { questions: { label: string; about?: string }[] }): Child =>
  questions.length > 0 && (
    <>
      <h2>{t('Asked of each child')}</h2>
      <ul class="plain-list">
        {questions.map(({ label, about }) => (
          <li>
            {label}
            {about && <small> {about}</small>}
          </li>
        ))}
      </ul>
    </>
  )
