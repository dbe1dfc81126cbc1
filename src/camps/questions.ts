import { asc, eq, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import { Refusal, type Statement } from '../database'
import { line, optional, optionalLine } from '../forms'
import { campAnswers, campQuestions } from '../schema/camp-questions'

export const kindsOfQuestion = { yes_no: 'Yes or no', text: 'One line', choice: 'One of several' } as const

/** One of several that can be answered, and what it costs. */
export interface Choosable {
  label: string
  cents: number
}

/** What a camp asks of each child (A8). */
export interface Question {
  id: number
  label: string
  kind: keyof typeof kindsOfQuestion
  choices: Choosable[]
  required: number
  /** What a yes costs. */
  feeCents: number
}

/** What is answered, by the question's id: 'yes', 'no', one of the choices, or a line. */
export type Given = Record<string, string>

/** An answer with what it costs: kept with the enrollment. */
export interface Answered {
  questionId: number
  label: string
  answer: string
  cents: number
}

/** The questions that a camp asks now, as a column of its row. */
export const questionsColumn = (campId: SQL) =>
  sql`(select json_group_array(json_object('id', q.id, 'label', q.label, 'kind', q.kind, 'choices', json(q.choices), 'required', q.required, 'feeCents', q.fee_cents)) from (select * from camp_questions q where q.class_id = ${campId} and q.retired_at is null order by q.sort, q.id) q)`.mapWith(
    text => JSON.parse(text) as Question[],
  )

/** All questions a camp has asked, those that are not asked any more among them. */
export const questionsQuery = ({ db }: Pick<Account, 'db'>, campId: number) =>
  db
    .select()
    .from(campQuestions)
    .where(eq(campQuestions.classId, campId))
    .orderBy(asc(campQuestions.sort), asc(campQuestions.id))

/** What was answered for an enrollment. */
export const answersQuery = ({ db }: Pick<Account, 'db'>, enrollmentId: number | SQL<number>) =>
  db
    .select({
      questionId: campAnswers.questionId,
      label: campQuestions.label,
      answer: campAnswers.answer,
      cents: campAnswers.feeCents,
    })
    .from(campAnswers)
    .innerJoin(campQuestions, eq(campQuestions.id, campAnswers.questionId))
    .where(eq(campAnswers.enrollmentId, enrollmentId))
    .orderBy(asc(campQuestions.sort), asc(campQuestions.id))

/** The name of a question's box, for one of the children that a form is for. */
export const boxOf = ({ id }: Pick<Question, 'id'>, studentId: number) => `question_${id}_${studentId}`

/** The boxes of questions for some children, checked: null where nothing stands. */
export const answerBoxes = (questions: Question[], studentIds: number[]) =>
  Object.fromEntries(
    studentIds.flatMap(studentId => questions.map(each => [boxOf(each, studentId), schemaOf(each)] as const)),
  )

function schemaOf({ kind, choices, required }: Question): z.ZodType<string | null> {
  if (kind === 'text') return required ? line('Your answer', 200) : optionalLine('Your answer', 200)
  const known = kind === 'yes_no' ? ['yes', 'no'] : choices.map(choice => choice.label)
  const one = optional(z.string().refine(text => known.includes(text), 'Choose one of these.'))
  return required ? one.refine(text => text !== null, 'Your answer is missing.') : one
}

/** What was answered for one of the children. */
export const givenIn = (questions: Question[], studentId: number, boxes: Record<string, unknown>): Given =>
  Object.fromEntries(
    questions.flatMap(each => {
      const text = boxes[boxOf(each, studentId)]
      return typeof text === 'string' && text ? [[String(each.id), text] as const] : []
    }),
  )

/**
 * Answers with their fees, as the questions are now; what is not asked any more is left out.
 * @throws Refusal 'camp-question-open' where one that has to be answered is not, or by what cannot be chosen
 */
export function answered(questions: Question[], given: Given): Answered[] {
  return questions.flatMap(question => {
    const { id: questionId, label, kind, choices, required, feeCents } = question
    const answer = given[String(questionId)]
    if (!answer) {
      if (required) throw new Refusal('camp-question-open')
      return []
    }
    const choice = choices.find(each => each.label === answer)
    if (kind === 'choice' && !choice) throw new Refusal('camp-question-open')
    const cents = kind === 'choice' ? (choice?.cents ?? 0) : kind === 'yes_no' && answer === 'yes' ? feeCents : 0
    return [{ questionId, label, answer, cents }]
  })
}

const words: Record<string, string> = { yes: 'Yes', no: 'No' }

/** An answer as people read it; the portal says its word in the reader's language. */
export const sayAnswer = ({ answer }: Pick<Answered, 'answer'>) => words[answer] ?? answer

/** What everybody in a camp answered. */
export const answersOfCamp = ({ db }: Pick<Account, 'db'>, campId: number) =>
  db
    .select({ enrollmentId: campAnswers.enrollmentId, label: campQuestions.label, answer: campAnswers.answer })
    .from(campQuestions)
    .innerJoin(campAnswers, eq(campAnswers.questionId, campQuestions.id))
    .where(eq(campQuestions.classId, campId))
    .orderBy(asc(campQuestions.sort), asc(campQuestions.id))
    .limit(5000)

/** Keeps answers with an enrollment. */
export function keepAnswers(
  { db }: Pick<Account, 'db'>,
  enrollmentId: number | SQL<number>,
  all: readonly Answered[],
): Statement[] {
  if (!all.length) return []
  const rows = JSON.stringify(all.map(({ questionId, answer, cents }) => ({ questionId, answer, cents })))
  return [
    db
      .insert(campAnswers)
      .select(
        sql`select ${enrollmentId}, value ->> 'questionId', value ->> 'answer', value ->> 'cents' from json_each(${rows})`,
      ),
  ]
}
