import * as z from 'zod'
import { type Form, isDay, note, numbersIn, type Parsed, parse, typedIn } from '../forms'
import type { Choice } from './camps'
import { answerBoxes, type Given, givenIn, type Question } from './questions'

const several = z.union([z.string(), z.array(z.string())]).optional()

const campForm = z.object({
  student: several.transform(numbersIn).refine(ids => ids.length > 0, 'Choose a student.'),
  day: several.transform(days => [days ?? []].flat()).refine(days => days.every(isDay), 'Choose days of this camp.'),
  block: several.transform(numbersIn),
  note: note('Note', 1000),
})

/** What a family asks for of a camp, for one child or several. */
export interface CampWish {
  campId: number
  studentIds: number[]
  choice: Choice
  /** What the camp asks of each child, by its id. */
  answers?: Record<string, Given>
  notes: string | null
}

/** What the form of a camp asks for, with the answers for those of the family's children that are chosen. */
export function wishIn(
  { id: campId, questions }: { id: number; questions: Question[] },
  children: { id: number }[],
  form: Form,
): Parsed<CampWish> {
  const chosen = numbersIn(form.student)
  const asked = children.filter(({ id }) => chosen.includes(id)).map(({ id }) => id)
  const { data, bad } = parse(campForm, form)
  const own = parse(z.object(answerBoxes(questions, asked)), form)
  if (bad || own.bad) return { bad: { typed: typedIn(form), errors: { ...bad?.errors, ...own.bad?.errors } } }
  return {
    data: {
      campId,
      studentIds: data.student,
      choice: { days: data.day, blocks: data.block },
      answers: Object.fromEntries(asked.map(id => [id, givenIn(questions, id, own.data)])),
      notes: data.note,
    },
  }
}

/** What was typed into the form, for its page. */
export const typedWish = (form: Form) => ({
  students: numbersIn(form.student),
  days: [form.day ?? []].flat(),
  blocks: numbersIn(form.block),
  note: typedIn(form).note,
  answers: typedIn(form),
})
