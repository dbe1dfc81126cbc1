import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { atDesk, type Desk, linkTo } from '../staff/desk'
import { Visitor } from '../visit'

let one: Cast
let desk: Desk
beforeAll(async () => {
  one = await cast()
  desk = await atDesk(one.account, { isOwner: true })
})

const whole = () => {
  const nth = crypto.randomUUID().slice(0, 8)
  return {
    first: 'Ines',
    last: `Vega ${nth}`,
    relationship: 'Mother',
    other_first: 'Luis',
    email_1: `Ines-${nth}@example.test`,
    email_1_type: 'Home',
    email_1_blasts: '1',
    email_2: `luis-${nth}@example.test`,
    email_2_whose: '1',
    phone_1: '555 010 7788',
    phone_1_type: 'Mobile',
    street: '1 Elm St',
    city: 'Springfield',
    student_1_first: 'Mia',
    student_1_birthday: '2019-05-04',
    student_1_medical: 'Bee stings',
    student_2_first: 'Leo',
    student_2_last: 'Sol',
    student_2_birthday: '2021-01-09',
    agreed: '1',
  }
}
const idIn = (location: string | null) => Number(location?.match(/families\/(\d+)/)?.[1])

test('staff add a family whole: guardians, addresses, numbers, where it lives, students', async () => {
  const form = whole()
  const made = await desk.post('/families', form)
  expect(made.status).toBe(303)
  const id = idIn(made.location)
  expect((await desk.get(`/families/${id}`)).status).toBe(200)
  expect(
    await pick(
      sql`select g.first_name, g.last_name, g.role, g.access, g.login_id from guardians g where g.family_id = ${id} order by g.role`,
    ),
  ).toEqual([
    { first_name: 'Ines', last_name: form.last, role: 'primary', access: 'none', login_id: null },
    { first_name: 'Luis', last_name: form.last, role: 'secondary', access: 'none', login_id: null },
  ])
  expect(
    await pick(
      sql`select k.folded, k.label, k.is_primary, k.blast_consent, g.first_name from contacts k join guardians g on g.id = k.guardian_id where k.family_id = ${id} order by k.kind, k.folded`,
    ),
  ).toEqual([
    { folded: form.email_1.toLowerCase(), label: 'Home', is_primary: 1, blast_consent: 'in', first_name: 'Ines' },
    { folded: form.email_2, label: null, is_primary: 0, blast_consent: 'out', first_name: 'Luis' },
    { folded: '5550107788', label: 'Mobile', is_primary: 1, blast_consent: 'out', first_name: 'Ines' },
  ])
  expect(
    await pick(
      sql`select s.first_name, s.last_name, s.medical from students s join family_students h on h.student_id = s.id where h.family_id = ${id} order by s.id`,
    ),
  ).toEqual([
    { first_name: 'Mia', last_name: form.last, medical: 'Bee stings' },
    { first_name: 'Leo', last_name: 'Sol', medical: null },
  ])
  const [line] = await pick<{ who: string; summary: string }>(
    sql`select a.who, a.summary from audit a join audit_subjects x on x.audit_id = a.id where x.subject = 'family' and x.subject_id = ${id}`,
  )
  expect(line).toMatchObject({ who: desk.email, summary: expect.stringContaining('with Mia') })
})

test('a family that has the same address or number is named before another is made', async () => {
  const form = whole()
  const id = idIn((await desk.post('/families', form)).location)
  const { agreed, ...again } = { ...whole(), email_1: form.email_1 }
  const warned = await desk.post('/families', again)
  expect(warned.status).toBe(409)
  expect(warned.text).toContain(`href="/a/demo/families/${id}"`)
  // Nothing that was typed is lost.
  expect(warned.text).toContain('value="Ines"')
  expect(warned.text).toContain('Bee stings')
  expect(await pick(sql`select id from families where name = ${again.last}`)).toEqual([])
  expect((await desk.post('/families', { ...again, agreed })).status).toBe(303)
})

test('what is wrong is said beside its field, and nothing is made', async () => {
  const form = {
    ...whole(),
    first: '',
    email_1: 'no address',
    phone_1: 'call me',
    student_1_birthday: '',
    city: 'X',
    street: '',
  }
  const { status, says } = await desk.post('/families', form)
  expect(status).toBe(422)
  for (const sentence of [
    'First name is missing.',
    'Email does not look like an e-mail address.',
    'Phone does not look like a phone number.',
    'Birthday is not a date',
    'Street is missing.',
  ])
    expect(says).toContain(sentence)
  expect(await pick(sql`select id from families where name = ${form.last}`)).toEqual([])
  const { email_1, email_2, ...without } = whole()
  expect((await desk.post('/families', { ...without, invites: '1' })).says).toContain('The invitation needs an e-mail')
})

test('whoever is invited makes a log-in and has the whole account', async () => {
  const form = { ...whole(), invites: '1' }
  const id = idIn((await desk.post('/families', form)).location)
  const link = await linkTo(form.email_1.toLowerCase())
  const visitor = new Visitor()
  expect((await visitor.get(link)).status).toBe(200)
  const joined = await visitor.post(link, { password: 'a long sentence', adult: '1', terms: '1' })
  expect(joined.status).toBe(303)
  expect(await pick(sql`select access, may_pay from guardians where family_id = ${id} and role = 'primary'`)).toEqual([
    { access: 'full', may_pay: 1 },
  ])
})

test('an invitation may be mailed later, and again, while there is no log-in', async () => {
  const form = whole()
  const id = idIn((await desk.post('/families', form)).location)
  expect((await desk.get(`/families/${id}`)).says).toContain('Send Invite Email')
  expect((await desk.post(`/families/${id}/invitation`)).status).toBe(303)
  expect((await desk.get(`/families/${id}`)).says).toContain('Re-Send Invite Email')
  const link = await linkTo(form.email_1.toLowerCase())
  expect((await desk.post(`/families/${id}/invitation`)).status).toBe(303)
  expect((await new Visitor().post(link, { password: 'a long sentence', adult: '1', terms: '1' })).status).not.toBe(303)
  expect((await desk.post(`/families/${one.family.id}/invitation`)).status).toBe(409)
})

test('who may only look adds nothing', async () => {
  const viewer = await atDesk(one.account, { rights: { 'Office Portal': 2, Families: 1 } })
  expect((await viewer.get('/families/new')).status).toBe(403)
  expect((await viewer.post('/families', whole())).status).toBe(403)
})
