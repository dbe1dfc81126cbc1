import { beforeAll, expect, test } from 'vitest'
import { readPage } from '../../scripts/visitor.mjs'
import { ask, bring, dayIn, enter, family, here, owner, pool, rows, serveSunrise, url } from './sunrise.ts'

serveSunrise()

const many = 200

interface Parent {
  cookie: string
  student: number
}

const parents: Parent[] = []
let classId = 0

/** Sends without following: the first answer is what counts. */
async function post(path: string, fields: Record<string, string>, cookie: string) {
  const answer = await fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: url },
    body: new URLSearchParams({ key: crypto.randomUUID(), ...fields }),
  })
  const page = readPage(answer.status, new URL(url + path), await answer.text())
  return { status: answer.status, location: answer.headers.get('location'), sentence: page.sentence() }
}

function countBy<T>(items: T[], of: (item: T) => string | number) {
  return Object.fromEntries([...Map.groupBy(items, of)].map(([name, group]) => [name, group.length]))
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const said = (day: string) => `${monthNames[Number(day.slice(5, 7)) - 1]}-${day.slice(8)}-${day.slice(0, 4)}`

beforeAll(async () => {
  const people = [
    [
      'household_id',
      'simulant_id',
      'first_name',
      'last_name',
      'age',
      'date_of_birth',
      'housing_type',
      'guardian_1',
      'relationship_to_reference_person',
      'sex',
    ],
  ]
  for (let nth = 1; nth <= many; nth++)
    people.push(
      [
        `race-${nth}`,
        `race-${nth}-a`,
        'Adult',
        `Family${nth}`,
        '35',
        '1990-01-01',
        'Household',
        '',
        'Reference person',
        'Female',
      ],
      [
        `race-${nth}`,
        `race-${nth}-c`,
        'Child',
        `Family${nth}`,
        '7',
        dayIn(-2600),
        'Household',
        `race-${nth}-a`,
        'Biological child',
        'Female',
      ],
    )
  await bring('households', 'race.csv', people)
  await bring('programs', 'race-classes.csv', [
    [
      'Course_ID',
      'Location ID',
      'Section',
      'Activity Title',
      'Days of The Week',
      'From To',
      'Start Hour',
      'Start Min',
      'End Hour',
      'End Min',
      'Min Age',
      'Max Age',
      'Registration Date',
      'Status / Information',
    ],
    [
      'race-1',
      '7',
      'Races',
      'The last seat',
      'Mon,Tue,Wed,Thu,Fri,Sat,Sun',
      `${said(dayIn(-7))} to ${said(dayIn(90))}`,
      '10',
      '0',
      '11',
      '0',
      '48',
      '120',
      '',
      '',
    ],
  ])
  classId = Number(ask("select id from classes where name = 'The last seat'")[0]?.id)
  const versions = ask(
    'select p.id, p.version_id, v.number, p.kind from policies p join policy_versions v on v.id = p.version_id where p.required = 1 and p.active = 1',
  )
  await pool(8, await enter(many), async ({ email, cookie }) => {
    const [child] = ask(
      'select c.student_id id from logins l join guardians g on g.login_id = l.id join family_students c on c.family_id = g.family_id where l.email = ?',
      email,
    )
    const session = cookie.split(';')[0] as string
    const student = Number(child?.id)
    for (const { id, number, kind } of versions)
      await post(
        `${here.portal}/account/policies/${id}`,
        { answer: 'accept', version: String(number), ...(kind === 'student' && { student: String(student) }) },
        session,
      )
    parents.push({ cookie: session, student })
  })
}, 60_000)

test('of 200 families who ask for the last seat in the same moment one gets it and 199 a sentence', async () => {
  const answers = await Promise.all(
    parents.map(({ cookie, student }) =>
      post(
        `${here.portal}/cart/classes/${classId}`,
        { key: crypto.randomUUID(), student: String(student), kind: 'active', date: dayIn(1), note: '' },
        cookie,
      ),
    ),
  )
  expect(parents).toHaveLength(many)
  expect(countBy(answers, ({ status }) => status)).toEqual({ 303: 1, 409: many - 1 })
  expect(
    countBy(
      answers.filter(({ status }) => status === 409),
      ({ sentence }) => sentence ?? '',
    ),
  ).toEqual({ 'The class is full on those dates.': many - 1 })
  expect(ask('select count(*) n from seats where class_id = ?', classId)).toEqual([{ n: 1 }])
  const winner = parents[answers.findIndex(({ status }) => status === 303)]?.cookie ?? ''
  const cart = await fetch(`${url}${here.portal}/cart`, { headers: { cookie: winner } })
  const form = readPage(cart.status, new URL(`${url}${here.portal}/cart`), await cart.text()).form('/cart/checkout')
  const out = await post(`${here.portal}/cart/checkout`, Object.fromEntries(form?.fields ?? []), winner)
  expect(out.status).toBe(303)
  expect(ask('select state, seat, count(*) n from enrollments where class_id = ? group by 1, 2', classId)).toEqual([
    { state: 'requested', seat: 'dates', n: 1 },
  ])
})

test('of 60 who approve one entry in the same moment one does and the others are told who did', async () => {
  const staff = await owner()
  const [entry] = ask(
    "select a.id, a.subject_id from activity a join enrollments e on e.id = a.subject_id where a.kind = 'enrollment' and e.class_id = ? and a.closed_at is null",
    classId,
  )
  const page = await staff.get(`${here.office}/online-activity?type=enrollment&status=pending`)
  expect(page.form('/approvals')?.controls.map(({ value }: { value: string }) => value)).toContain(String(entry?.id))
  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      post(`${here.office}/online-activity/${entry?.id}/approval`, { key: crypto.randomUUID() }, staff.cookie()),
    ),
  )
  expect(countBy(answers, ({ status }) => status)).toEqual({ 303: 1, 409: 59 })
  const others = answers.filter(({ status }) => status === 409)
  expect(others.filter(({ sentence }) => !/Already approved by owner@sunrise\.test at /.test(sentence ?? ''))).toEqual(
    [],
  )
  expect(ask('select state from enrollments where id = ?', Number(entry?.subject_id))).toEqual([{ state: 'approved' }])
  expect(
    ask(
      "select count(*) n from audit a join audit_subjects s on s.audit_id = a.id where a.action = 'approved' and s.subject = 'enrollment' and s.subject_id = ?",
      Number(entry?.subject_id),
    ),
  ).toEqual([{ n: 1 }])
})

test('a form that arrives twenty times at once has one effect and one answer', async () => {
  const parent = await family()
  const before = rows()
  const key = crypto.randomUUID()
  const student = { key, first: 'Twenty', last: 'Times', birthday: '2019-05-01', gender: 'unstated', medical: '' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post(`${here.portal}/account/students`, student, parent.cookie())),
  )
  expect(countBy(answers, ({ status, location }) => `${status} ${location}`)).toEqual({
    [`303 ${answers[0]?.location}`]: 20,
  })
  expect(ask("select count(*) n from students where first_name = 'Twenty'")).toEqual([{ n: 1 }])
  expect(rows()).toMatchObject({ students: Number(before.students) + 1, activity: Number(before.activity) + 1 })
})
