import * as z from 'zod'
import { ChooseTwinPage, MergeStudentPage } from '../../views/families/merge-student'
import { MergedPage } from '../../views/families/merged'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayDate, sayMoment, today } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { id as idOf, numbersIn, parse } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import * as paths from '../paths'
import { because } from '../refusals'
import { mergeStudents } from './merge-student'
import { studentWordsOf } from './merge-student-things'
import { undoStudentMerge } from './merge-student-undo'
import { mergeSpan } from './merge-things'
import { sharedQuery, studentMergeOf, type Twin, twinsQuery } from './student-merges'

/** Two records of one child become one, and two again (A3, D14). */
export const studentMergeOffice = officeDoor()

const at = (c: OfficeContext) => paths.office(c.get('account').slug)

/** A student with the other children of its families, and the classes in which it is at once with one of them. @throws NotFound */
async function twins(c: OfficeContext, withId: number) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const [rows, shared] = await read(account, [twinsQuery(account, id), sharedQuery(account, withId, id)])
  const own = found(rows)
  if (own.id !== id) throw new NotFound()
  return { own, others: rows.slice(1), shared: shared.map(({ name }) => name) }
}

studentMergeOffice.get('/students/:id/merge', c => {
  demand(c.get('person'), 'Families', 2)
  return mergePage(c, Number(c.req.query('with')) || 0)
})

const schema = z.object({ into: idOf('the record that stays') })

studentMergeOffice.post('/students/:id/merge', async c => {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const form = c.get('form')
  const id = idIn(c.req.param('id'))
  const asked = numbersIn(form.students)
  const other = asked.find(one => one !== id) ?? 0
  const { data, bad } = parse(schema, form)
  if (bad) return mergePage(c, other, { errors: bad.errors, status: 422 })
  const { own, others } = await twins(c, other)
  const pair = [own, ...others.filter(one => one.id === other)]
  const into = pair.find(one => one.id === data.into)
  const gone = pair.find(one => one.id !== data.into)
  if (pair.length < 2 || !into || !gone)
    return mergePage(c, other, { errors: { into: 'Choose the record that stays.' }, status: 422 })
  const seen = [form.seen ?? []].flat()
  const asSeen = (one: Twin) => ({ id: one.id, name: one.name, updatedAt: Number(seen[asked.indexOf(one.id)]) || 0 })
  const location = at(c).student(into.id, { done: 'merged' })
  // Of the first household that both have: another one comes along.
  const familyId = others.find(one => one.id === other)?.familyId ?? own.familyId
  try {
    await mergeStudents(account, { familyId, into: asSeen(into), gone: asSeen(gone) }, { location })
  } catch (refusal) {
    return mergePage(c, other, { into: String(data.into), errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

type Again = { into?: string; errors?: Record<string, string>; status?: 409 | 422 }

async function mergePage(c: OfficeContext, withId: number, again: Again = {}) {
  const account = c.get('account')
  const { own, others, shared } = await twins(c, withId)
  const other = others.find(({ id }) => id === withId)
  const trail = [
    { label: 'Students', href: at(c).students() },
    { label: own.name, href: at(c).student(own.id) },
  ]
  const action = at(c).studentMerge(own.id)
  const likely = (one: Twin) => one.name.toLowerCase() === own.name.toLowerCase() || one.born === own.born
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Merge students" current="students" more>
      {other ? (
        <MergeStudentPage
          trail={trail}
          action={action}
          formKey={crypto.randomUUID()}
          errors={again.errors}
          until={sayDate(today(account.now + mergeSpan, businessZone(account)), { year: true })}
          into={again.into ?? String(own.id)}
          shared={shared}
          twins={[own, other].map(({ counts, updatedAt, ...one }) => ({
            ...one,
            href: at(c).student(one.id),
            seen: updatedAt,
            has: counts
              .filter(({ many }) => many > 0)
              .map(({ name, many }) => `${studentWordsOf(name)}: ${many}`)
              .join(', '),
          }))}
        />
      ) : (
        <ChooseTwinPage
          trail={trail}
          action={action}
          others={[...others]
            .sort((a, b) => Number(likely(b)) - Number(likely(a)))
            .map(({ id, name, born }) => ({
              value: id,
              label: `${name} (student ${id}${born ? `, born ${sayDate(born, { year: true })}` : ''})`,
            }))}
        />
      )}
    </OfficeLayout>,
    again.status ?? 200,
  )
}

studentMergeOffice.get('/students/:id/merges/:merge', c => mergedPage(c))

async function mergedPage(c: OfficeContext, error?: string) {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const { merge, moved } = await studentMergeOf(account, idIn(c.req.param('id')), idIn(c.req.param('merge')))
  const zone = businessZone(account)
  const { id, studentId, name, names, goneId, undoneAt } = merge
  const over = merge.undoUntil <= account.now
  const href = at(c).student(studentId)
  const why = merge.later ? 'undo-order' : over ? 'undo-late' : undefined
  const mayUndo = undoneAt === null && !why && level(c.get('person'), 'Families') === 2
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Merged students" current="students" more>
      <MergedPage
        trail={[
          { label: 'Students', href: at(c).students() },
          { label: name, href },
        ]}
        title="Merged students"
        into={{ name, href }}
        others={names}
        links={goneId ? [{ label: `Student ${goneId}`, href: at(c).student(goneId) }] : []}
        made={`${sayMoment(merge.madeAt, zone)} by ${merge.who}`}
        undone={undoneAt === null ? undefined : `${sayMoment(undoneAt, zone)} by ${merge.undoneBy}`}
        until={sayDate(today(merge.undoUntil, zone), { year: true })}
        rows={moved.map(({ thing, many, stay }) => ({
          thing: studentWordsOf(thing),
          many,
          stay,
          hidden: thing === 'student' || thing === 'homes',
        }))}
        undo={mayUndo ? { action: at(c).studentMergeUndo(studentId, id), key: crypto.randomUUID() } : undefined}
        whyNot={error ?? (undoneAt === null && why ? because(why) : undefined)}
      />
    </OfficeLayout>,
    error ? 409 : 200,
  )
}

studentMergeOffice.post('/students/:id/merges/:merge/undo', async c => {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const { merge } = await studentMergeOf(account, idIn(c.req.param('id')), idIn(c.req.param('merge')))
  const location = at(c).mergedStudent(merge.studentId, merge.id)
  try {
    await undoStudentMerge(account, merge, { location })
  } catch (refusal) {
    return mergedPage(c, sentenceOf(refusal))
  }
  return leadTo(c, location)
})
