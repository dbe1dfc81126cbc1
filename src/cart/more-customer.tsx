import * as z from 'zod'
import type { Errors } from '../../views/ui/form'
import { campPage } from '../camps/camp-page'
import { campById } from '../camps/camps'
import { answerBoxes, givenIn } from '../camps/questions'
import { Refusal, read } from '../database'
import { customerDoor, type PublicContext, sentenceOf } from '../doors'
import { id, isDay, note, numbersIn, optional, parse, typedIn } from '../forms'
import { found, idIn, leadTo } from '../http'
import { passesPage } from '../passes/shelf-page'
import * as paths from '../paths'
import { addCampDays } from './camp-days'
import { addPass } from './passes'

/** What goes into the cart beside classes: days of a camp, punch passes. The cart's own door keeps out who only looks. */
export const moreForCartDoor = customerDoor()

const campForm = z.object({
  student: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(numbersIn)
    .refine(ids => ids.length > 0, 'Choose a student.'),
  day: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(days => [days ?? []].flat())
    .refine(days => days.every(isDay), 'Choose days of this camp.'),
  block: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(numbersIn),
  note: note('Note', 1000),
})

moreForCartDoor.post('/cart/camps/:id', async c => {
  const campId = idIn(c.req.param('id'))
  const form = c.get('form')
  const account = c.get('account')
  const [rows] = await read(account, [campById(account, campId)])
  const { questions } = found(rows)
  const children = c.get('guardian').students.filter(({ id }) => numbersIn(form.student).includes(id))
  const boxes = answerBoxes(
    questions,
    children.map(({ id }) => id),
  )
  const { data, bad } = parse(campForm, form)
  const own = parse(z.object(boxes), form)
  const again = (errors: Errors, status: 409 | 422) =>
    campPage(c as unknown as PublicContext, campId, {
      students: numbersIn(form.student),
      days: [form.day ?? []].flat(),
      blocks: numbersIn(form.block),
      note: typedIn(form).note,
      answers: typedIn(form),
      errors,
      status,
    })
  if (bad || own.bad) return again({ ...bad?.errors, ...own.bad?.errors }, 422)
  const location = paths.portal(account.slug).cart
  const { student: studentIds, day: days, block: blocks, note: notes } = data
  const answers = Object.fromEntries(studentIds.map(id => [id, givenIn(questions, id, own.data)]))
  try {
    const wish = { campId, studentIds, choice: { days, blocks }, answers, notes }
    await addCampDays(account, c.get('guardian'), wish, { location })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'nothing-chosen')
      return again({ day: 'Choose days of this camp.' }, 422)
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

const passForm = z.object({ student: optional(id('a student')) })

moreForCartDoor.post('/cart/passes/:id', async c => {
  const productId = idIn(c.req.param('id'))
  const { data, bad } = parse(passForm, c.get('form'))
  const again = (error: string, status: 409 | 422) =>
    passesPage(c as unknown as PublicContext, { productId, error, status })
  if (bad) return again(bad.errors.student ?? 'Choose a student.', 422)
  const location = paths.portal(c.get('account').slug).cart
  try {
    await addPass(c.get('account'), c.get('guardian'), { productId, studentId: data.student }, { location })
  } catch (refusal) {
    return again(sentenceOf(refusal), refusal instanceof Refusal && refusal.code === 'pass-for-whom' ? 422 : 409)
  }
  return leadTo(c, location)
})
