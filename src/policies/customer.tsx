import * as z from 'zod'
import { PoliciesPage, type PolicyLine, PolicyPage } from '../../views/portal/policies'
import { businessZone } from '../accounts/account'
import { sayDate, today } from '../clock'
import { read } from '../database'
import { type CustomerContext, customerDoor, sentenceOf } from '../doors'
import { id, parse } from '../forms'
import { drawn, found, idIn, leadTo, NotFound, show } from '../http'
import { t } from '../language'
import * as paths from '../paths'
import { answerPolicy, mayReject, policyText } from './answers'
import { appointmentStates, nextToAnswer, type PolicyState } from './states'

const primaryReads = 'Only the primary guardian can accept policies.'

const answers = { accept: 'accepted', reject: 'rejected', later: 'put_off' } as const
const answered = z.object({
  answer: z.enum(['accept', 'reject', 'later'], 'Choose an answer.'),
  version: id('a version'),
  student: id('a student').optional(),
  for: id('a student').optional(),
})

/** Policies in the Customer Portal: asked one after the other, listed, answered. */
export const policiesDoor = customerDoor()

policiesDoor.get('/account/policies', async c => {
  const states = c.get('policies')
  const { students, role, family } = c.get('guardian')
  const [ofAppointments] = await read(c.get('account'), [appointmentStates(c.get('account'), family.id)])
  return show(
    c,
    <PoliciesPage
      shell={c.get('shell')}
      family={states.filter(({ kind }) => kind === 'family').map(state => line(c, state))}
      students={students.map(({ id, firstName, lastName }) => ({
        id,
        name: `${firstName} ${lastName}`,
        policies: states.filter(({ studentId }) => studentId === id).map(state => line(c, state)),
      }))}
      appointments={ofAppointments.map(state => line(c, state))}
      readOnly={role === 'primary' ? undefined : primaryReads}
    />,
  )
})

/** Leads to what is to be answered next, else to where the family was going. */
policiesDoor.get('/account/policies/next', c => {
  const at = paths.portal(c.get('account').slug)
  const forStudent = Number(c.req.query('for')) || undefined
  const next = paths.onwardIn(c.get('account').slug, c.req.query('next'))
  const open = c.get('guardian').role === 'primary' ? nextToAnswer(c.get('policies'), forStudent) : undefined
  if (!open) return leadTo(c, next ?? at.account())
  return leadTo(c, at.policy(open.id, { student: open.studentId, for: forStudent, next }))
})

policiesDoor.get('/account/policies/:id', c => {
  const student = c.req.query('student')
  return policyPage(c, idIn(c.req.param('id')), student === undefined ? null : idIn(student), {
    next: c.req.query('next'),
    forStudent: Number(c.req.query('for')) || undefined,
  })
})

policiesDoor.post('/account/policies/:id', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const at = paths.portal(account.slug)
  const policyId = idIn(c.req.param('id'))
  const { data, bad } = parse(answered, form)
  const next = paths.onwardIn(account.slug, form.next)
  const again = (sentence: string, status: 409 | 422) => {
    const forStudent = Number(form.for) || undefined
    return policyPage(c, policyId, Number(form.student) || null, { next, forStudent, sentence, status })
  }
  if (bad) return again(Object.values(bad.errors)[0] ?? '', 422)
  const asked = { policyId, number: data.version, studentId: data.student ?? null, answer: answers[data.answer] }
  const listed = at.policies
  // A change of mind leads back to the list; an answer on the way somewhere leads on.
  const was = c.get('policies').find(state => state.id === policyId && state.studentId === asked.studentId)
  const location = was?.answer && !next ? listed : at.nextPolicy({ for: data.for, next: next ?? listed })
  try {
    await answerPolicy(account, c.get('guardian'), asked, { location })
  } catch (refusal) {
    return again(sentenceOf(refusal), 409)
  }
  return leadTo(c, location)
})

interface Way {
  next?: string
  forStudent?: number
  sentence?: string
  status?: 409 | 422
}

const policyPage = drawn(async (c: CustomerContext, policyId: number, studentId: number | null, way: Way) => {
  const account = c.get('account')
  const states = c.get('policies')
  const [texts, ofAppointments] = await read(account, [
    policyText(account, policyId),
    appointmentStates(account, c.get('guardian').family.id),
  ])
  const state = [...states, ...ofAppointments].find(each => each.id === policyId && each.studentId === studentId)
  if (!state) throw new NotFound()
  const policy = found(texts)
  const open = states.filter(({ answer, required }) => answer === null || (required && answer !== 'accepted'))
  const nth = open.indexOf(state) + 1
  return show(
    c,
    <PolicyPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      policy={{ id: policy.id, title: policy.name, version: policy.number, paragraphs: policy.body.split(/\n\s*\n/) }}
      ofAppointments={state.kind === 'appointment'}
      student={state.studentId ? { id: state.studentId, name: state.studentName ?? '' } : undefined}
      step={nth && open.length > 1 ? t('{nth} of {count}', { nth, count: open.length }) : undefined}
      required={state.required}
      mayReject={mayReject(account, state)}
      mayWait={state.kind === 'family' && !state.required}
      standing={state.answer ? t('{answer} on {date}.', { answer: t(word(state)), date: when(c, state) }) : undefined}
      readOnly={c.get('guardian').role === 'primary' ? undefined : primaryReads}
      errors={way.sentence ? { form: way.sentence } : undefined}
      forStudent={way.forStudent}
      next={paths.onwardIn(account.slug, way.next)}
    />,
    way.status ?? 200,
  )
})

const word = ({ answer }: PolicyState) =>
  answer === 'rejected' ? 'Rejected' : answer === 'put_off' ? 'Put off' : 'Accepted'

function when(c: CustomerContext, { at }: PolicyState): string {
  const zone = businessZone(c.get('account'))
  return sayDate(today(at ?? 0, zone), { year: true })
}

function line(c: CustomerContext, state: PolicyState): PolicyLine {
  const { id, name, number, required, answer } = state
  return {
    id,
    title: name,
    version: number,
    required,
    answer: answer ? { word: word(state), when: when(c, state) } : undefined,
  }
}
