import { asc, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { PoliciesOnRecord, PolicyReportPage, StudentPolicies } from '../../views/policies/record'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { headQuery, showTab } from '../families/frame'
import { id as idOf, numbersIn, parse, whole } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { policies } from '../schema/policies'
import { familyStudents, students } from '../schema/students'
import { historyQuery, recordAnswer, standingsQuery } from './on-record'
import { listed, openQueries, reportFilter } from './report'

/** The policies of a family and of a student for staff, and who has not accepted what (PO9). */
export const policyRecordsOffice = officeDoor()

const right = 'Allow Policy Approval/Rejection' as const

type Standing = Awaited<ReturnType<ReturnType<typeof standingsQuery>['execute']>>[number]
type Given = Awaited<ReturnType<ReturnType<typeof historyQuery>['execute']>>[number]

/** What both records show. @param action where a form of a standing is sent; nothing where nobody may write one */
function shown(c: OfficeContext, standings: Standing[], history: Given[], action: string | undefined) {
  const account = c.get('account')
  const zone = businessZone(account)
  return {
    done: c.req.query('done') === 'recorded',
    standings: standings.map(({ at, ...one }) => ({
      ...one,
      when: at === null ? undefined : sayMoment(at, zone),
      record: action ? { action, key: crypto.randomUUID() } : undefined,
    })),
    history: history.map(({ at, ...one }) => ({ ...one, when: sayMoment(at, zone) })),
    reportHref: paths.office(account.slug).policyReport(),
  }
}

policyRecordsOffice.get('/families/:id/policies', async c => {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const [heads, standings, history] = await read(account, [
    headQuery(account, id),
    standingsQuery(account, { familyId: id }),
    historyQuery(account, { familyId: id }),
  ])
  const action = level(c.get('person'), right) === 2 ? paths.office(account.slug).familyPolicies(id) : undefined
  return showTab(c, found(heads), 'policies', <PoliciesOnRecord {...shown(c, standings, history, action)} />)
})

policyRecordsOffice.get('/students/:id/policies', async c => {
  demand(c.get('person'), 'Students')
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const [rows, standings, history] = await read(account, [
    account.db
      .select({ id: students.id, first: students.firstName, last: students.lastName })
      .from(students)
      .where(eq(students.id, id)),
    standingsQuery(account, { studentId: id }),
    historyQuery(account, { studentId: id }),
  ])
  const { first, last } = found(rows)
  const action = level(c.get('person'), right) === 2 ? paths.office(account.slug).studentPolicies(id) : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`${first} ${last}`} current="students" more>
      <StudentPolicies slug={account.slug} student={{ id, name: `${first} ${last}` }}>
        <PoliciesOnRecord {...shown(c, standings, history, action)} />
      </StudentPolicies>
    </OfficeLayout>,
  )
})

const answerForm = z.object({
  policy: idOf('a policy'),
  number: whole('The version', 1, 1_000_000),
  student: idOf('a student').optional(),
  answer: z.enum(['accepted', 'rejected'], 'Choose an answer.'),
})

function answerIn(c: OfficeContext) {
  demand(c.get('person'), right, 2)
  const { data } = parse(answerForm, c.get('form'))
  if (!data) throw new Refusal('nothing-chosen')
  return { policyId: data.policy, number: data.number, answer: data.answer, studentId: data.student ?? null }
}

policyRecordsOffice.post('/families/:id/policies', async c => {
  const familyId = idIn(c.req.param('id'))
  const answer = answerIn(c)
  const account = c.get('account')
  const location = `${paths.office(account.slug).familyPolicies(familyId)}?done=recorded`
  await recordAnswer(account, c.get('person').id, { ...answer, familyId }, { location })
  return leadTo(c, location)
})

policyRecordsOffice.post('/students/:id/policies', async c => {
  const studentId = idIn(c.req.param('id'))
  const answer = answerIn(c)
  const account = c.get('account')
  // The answer is kept with the household that the child is at home in.
  const [homes] = await read(account, [
    account.db
      .select({ id: familyStudents.familyId })
      .from(familyStudents)
      .where(eq(familyStudents.studentId, studentId))
      .orderBy(sql`is_home desc`)
      .limit(1),
  ])
  const location = `${paths.office(account.slug).studentPolicies(studentId)}?done=recorded`
  await recordAnswer(account, c.get('person').id, { ...answer, studentId, familyId: found(homes).id }, { location })
  return leadTo(c, location)
})

policyRecordsOffice.get('/policy-report', async c => {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const filter = reportFilter.parse(c.req.query())
  const after = numbersIn(c.req.query('after'))[0] ?? 0
  const [asked, homes, children] = await read(account, [
    account.db
      .select({ value: policies.id, label: policies.name, kind: policies.kind })
      .from(policies)
      .where(eq(policies.active, 1))
      .orderBy(asc(policies.sort), asc(policies.id))
      .limit(200),
    ...openQueries(account, filter, after),
  ])
  const at = paths.office(account.slug)
  const policy = asked.find(({ value }) => value === filter.policy) ?? (filter.policy ? undefined : asked[0])
  const ofStudents = policy?.kind === 'student'
  const rows = ofStudents ? children : homes
  const last = rows.length > listed ? rows[listed - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Policies not accepted" current="families">
      <PolicyReportPage
        policies={asked.map(({ value, label }) => ({ value, label }))}
        filter={{ policy: policy?.value ?? filter.policy, answer: filter.answer }}
        whose={ofStudents ? 'Student' : 'Family'}
        rows={rows.slice(0, listed).map(({ id, name, answer }) => ({
          name,
          answer,
          href: ofStudents ? at.studentPolicies(id) : at.familyPolicies(id),
        }))}
        next={last && at.policyReport({ policy: policy?.value, answer: filter.answer, after: last.id })}
      />
    </OfficeLayout>,
  )
})
