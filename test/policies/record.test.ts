import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { createPolicy, publishPolicy } from '../../src/policies/policies'
import { asStaff, type Cast, cast, pick } from '../cast'
import { atDesk, type Desk } from '../staff/desk'

let one: Cast
let desk: Desk
const ids: Record<'family' | 'student', number> = { family: 0, student: 0 }
const names = {
  family: `House ${crypto.randomUUID().slice(0, 8)}`,
  student: `Photo ${crypto.randomUUID().slice(0, 8)}`,
}

beforeAll(async () => {
  one = await cast()
  desk = await atDesk(one.account, { isOwner: true })
  for (const kind of ['family', 'student'] as const)
    ids[kind] = await createPolicy(asStaff(one.account), null, {
      kind,
      name: names[kind],
      body: 'Words',
      required: true,
      showWeb: true,
      active: true,
    })
  await pick(sql`update families set sort_name = ' a' || sort_name where id = ${one.family.id} returning id`)
  await pick(sql`update students set sort_name = ' a' || sort_name where last_name = ${one.family.name} returning id`)
})

const answers = () =>
  pick<{ answer: string; student_id: number | null; electronic: number; staff_id: number }>(
    sql`select answer, student_id, electronic, staff_id from policy_answers where family_id = ${one.family.id} order by id`,
  )

test('staff with the right for it write answers down, and the history says who', async () => {
  const [mia] = one.students
  const path = `/families/${one.family.id}/policies`
  const plain = await atDesk(one.account, { rights: { 'Office Portal': 2, Families: 2, Students: 2 } })
  expect((await plain.get(path)).text).not.toContain('value="accepted"')
  const form = { policy: String(ids.family), number: '1', answer: 'accepted' }
  expect((await plain.post(path, form)).status).toBe(403)
  expect((await desk.post(path, { ...form, answer: 'perhaps' })).status).toBe(409)
  expect((await desk.post(path, { ...form, number: '7' })).status).toBe(409)
  expect((await desk.post(path, form)).location).toContain('done=recorded')
  expect(
    (await desk.post(`/students/${mia.id}/policies`, { ...form, policy: String(ids.student), answer: 'rejected' }))
      .status,
  ).toBe(303)
  expect(await answers()).toEqual([
    { answer: 'accepted', student_id: null, electronic: 0, staff_id: desk.id },
    { answer: 'rejected', student_id: mia.id, electronic: 0, staff_id: desk.id },
  ])
  expect((await desk.get(path)).says).toMatch(new RegExp(`${names.family}, version 1 Accepted Kim Desk, staff`))
  expect((await desk.get(`/students/${mia.id}/policies`)).says).toContain('Rejected')
  // A student policy is no family's, and a family's is no student's.
  expect((await desk.post(path, { ...form, policy: String(ids.student) })).status).toBe(404)
  const other = await cast()
  const theirs = { ...form, policy: String(ids.student), student: String(other.students[0].id) }
  expect((await desk.post(path, theirs)).status).toBe(409)
  const [line] = await pick<{ summary: string }>(
    sql`select a.summary from audit a join audit_subjects x on x.audit_id = a.id where x.subject = 'student' and x.subject_id = ${mia.id} order by a.id desc limit 1`,
  )
  expect(line?.summary).toContain(`wrote down that ${names.student}, version 1, is rejected`)
})

test('the report lists who has not accepted the version that asks', async () => {
  const of = async (query: Record<string, string>) =>
    (await desk.get(`/policy-report?${new URLSearchParams(query)}`)).text
  const family = `href="/a/demo/families/${one.family.id}/policies"`
  const mia = `href="/a/demo/students/${one.students[0].id}/policies"`
  expect(await of({ policy: String(ids.family) })).not.toContain(family)
  expect(await of({ policy: String(ids.student) })).toContain(mia)
  expect(await of({ policy: String(ids.student), answer: 'rejected' })).toContain(mia)
  expect(await of({ policy: String(ids.student), answer: 'none' })).not.toContain(mia)
  // A new version asks anew.
  await publishPolicy(asStaff(one.account), null, ids.family, { body: 'Other words' })
  expect(await of({ policy: String(ids.family) })).toContain(family)
  expect(await of({ policy: '999999' })).toContain('Nobody is left.')
})

test('the report goes from page to page by name', async () => {
  await pick(
    sql`insert into families (name, sort_name, location_id, public_code, created_at, updated_at) with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) select 'Unasked', ' b' || (100 + i), ${one.locationId}, 'unasked' || i, 0, 0 from n returning id`,
  )
  const first = await desk.get(`/policy-report?policy=${ids.family}`)
  const next = first.text.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const second = await desk.get(next.replace('/a/demo', ''))
  const count = (text: string) => text.split('>Unasked</a>').length - 1
  expect(count(first.text)).toBeGreaterThan(40)
  expect(count(first.text) + count(second.text)).toBe(60)
})
