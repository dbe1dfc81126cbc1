import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { nounOf } from '../../src/setup/nouns'
import { addThing, endThing } from '../../src/setup/things'
import { asStaff, type Cast, cast, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { intoCart, loggedIn, set, Visitor } from '../visit'

const students = '/p/demo/account/students'
const field = (name: string) => ({ name, kind: 'text', choices: null, portal: 'editable', sort: 1 })
let c: Cast
let visitor: Visitor
const boxes: Record<string, string> = {}

/** Makes a field as staff do; `boxes` then knows its box by its name. */
async function made(name: string, more: Record<string, string | number>) {
  const noun = nounOf('custom-fields')
  if (!noun) throw new Error('There is no such noun.')
  await addThing(asStaff(c.account), noun, { ...field(name), ...more } as never)
  const [row] = await pick(sql`select id from custom_fields where name = ${name}`)
  boxes[name] = `field_${row?.id}`
}

beforeAll(async () => {
  c = await cast()
  visitor = await loggedIn(c)
  await made('School', { portal: 'required', sort: 1 })
  await made('Shirt size', { kind: 'choice', choices: 'Small\nLarge', sort: 2 })
  await made('Shoe size', { kind: 'number', sort: 3 })
  await made('Swims', { kind: 'yes_no', sort: 4 })
  await made('Vaccinated on', { kind: 'date', sort: 5 })
  await made('About', { kind: 'long_text', sort: 6 })
  await made('Coach says', { portal: 'shown', sort: 7 })
  await made('Inner note', { portal: 'hidden', sort: 8 })
})

const answersOf = (studentId: number) =>
  pick<{ name: string; value: string }>(
    sql`select f.name, v.value from custom_values v join custom_fields f on f.id = v.field_id where v.subject_id = ${studentId} order by f.sort`,
  )
const box = (name: string) => boxes[name] ?? ''
const profile = (more: Record<string, string> = {}) => ({
  first: 'Nia',
  last: 'Rivera',
  birthday: '2019-05-04',
  [box('School')]: 'Lincoln',
  ...more,
})

describe('the fields of the business’s own', () => {
  test('stand in the form of a child: what is required is missed, what fits is kept, what is hidden stays away', async () => {
    const page = (await visitor.get(`${students}/new`)).text
    for (const name of ['School', 'Shirt size', 'Shoe size', 'Swims', 'Vaccinated on', 'About'])
      expect(page).toContain(`name="${box(name)}"`)
    for (const name of ['Coach says', 'Inner note']) expect(page).not.toContain(box(name))
    expect(page).not.toContain('Inner note')

    const bad = await visitor.post(
      students,
      profile({
        [box('School')]: ' ',
        [box('Shirt size')]: 'Huge',
        [box('Shoe size')]: 'big',
        [box('Vaccinated on')]: 'soon',
      }),
    )
    expect(bad.status).toBe(422)
    for (const sentence of [
      'School is missing.',
      'Choose one: Shirt size.',
      'Shoe size is not a number.',
      'Vaccinated on is not a date',
    ])
      expect(bad.text).toContain(sentence)
    expect(bad.text).toContain('value="Nia"')
    expect(bad.text).toContain('value="big"')

    const good = await visitor.post(
      students,
      profile({
        [box('Shirt size')]: 'Large',
        [box('Shoe size')]: '31',
        [box('Swims')]: 'yes',
        [box('Inner note')]: 'mine',
        [box('Coach says')]: 'mine',
      }),
    )
    expect(good.status).toBe(303)
    const [child] = await pick(sql`select max(id) as id from students`)
    expect(await answersOf(child?.id ?? 0)).toEqual([
      { name: 'School', value: 'Lincoln' },
      { name: 'Shirt size', value: 'Large' },
      { name: 'Shoe size', value: '31' },
      { name: 'Swims', value: 'yes' },
    ])
  })

  test('are changed and emptied later, the audit log says from what to what, and staff read them', async () => {
    const [child] = c.students
    const at = `${students}/${child.id}`
    const first = { first: child.firstName, last: 'Rivera', birthday: '2018-05-04' }
    await visitor.post(at, { ...first, [box('School')]: 'Lincoln', [box('Swims')]: 'yes' })
    await pick(sql`insert into custom_values values (${Number(box('Coach says').slice(6))}, ${child.id}, 'Brave')`)
    const page = (await visitor.get(at)).text
    expect(page).toContain('value="Lincoln"')
    expect(page).toMatch(new RegExp(`name="${box('Swims')}"[^>]* checked`))
    expect(words(page)).toContain('Coach says Brave')
    expect((await visitor.post(at, { ...first, [box('School')]: 'Roosevelt' })).status).toBe(303)
    expect(await answersOf(child.id)).toEqual([
      { name: 'School', value: 'Roosevelt' },
      { name: 'Coach says', value: 'Brave' },
    ])
    const [entry] = await pick<{ before: string; after: string; who: string }>(
      sql`select before, after, who from audit where action = 'edit student' order by id desc limit 1`,
    )
    expect(JSON.parse(entry?.before ?? '')).toMatchObject({ School: 'Lincoln', Swims: 'yes' })
    expect(JSON.parse(entry?.after ?? '')).toMatchObject({ School: 'Roosevelt', Swims: null })
    expect(entry?.who).toBe(c.guardian.email)
    const { cookie } = await employ(c.account, { isOwner: true })
    const then = clockAt(c.account.now)
    const record = await ask(`/a/demo/students/${child.id}`, { cookie, bindings: then })
    expect(words(await record.text())).toContain('School Roosevelt Coach says Brave')
    const stranger = await loggedIn(await cast())
    expect((await stranger.get(at)).status).toBe(404)
    expect((await stranger.post(at, { ...first, [box('School')]: 'Theirs' })).status).toBe(404)
  })

  test('that are required keep a child from enrolling until they are answered, with a link there and back', async () => {
    const d = await cast()
    const [child] = d.students
    const family = await loggedIn(d)
    const page = (await family.get(`/p/demo/classes/${d.class.id}`)).text
    const kept = `${child.firstName} ${child.lastName}: The profile of this student is not complete.`
    expect(words(page)).toContain(kept)
    const href =
      page.match(new RegExp(`href="(${students}/${child.id}[?]next=[^"]+)"`))?.[1]?.replaceAll('&amp;', '&') ?? ''
    const wish = { student: String(child.id), kind: 'active', date: '2026-11-09' }
    const early = await family.post(`/p/demo/classes/${d.class.id}/enrollments`, { ...wish, kind: 'wait' })
    expect(early.status).toBe(409)
    expect(words(early.text)).toContain('The profile of this student is not complete.')
    expect((await intoCart(family, d.class.id, wish)).status).toBe(409)
    expect(await pick(sql`select id from enrollments where student_id = ${child.id}`)).toEqual([])

    const form = (await family.get(href)).text
    const next = form.match(/name="next" value="([^"]+)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const filled = { first: 'Mia', last: 'Rivera', birthday: '2018-05-04', [box('School')]: 'Lincoln', next }
    const back = (await family.post(`${students}/${child.id}`, filled)).location ?? ''
    expect(back).toBe(`/p/demo/classes/${d.class.id}?child=${child.id}`)
    expect(words((await family.get(back)).text)).not.toContain(kept)
    expect((await intoCart(family, d.class.id, wish)).status).toBe(303)
  })

  test('that are retired are not asked any more', async () => {
    const noun = nounOf('custom-fields')
    if (!noun) throw new Error('There is no such noun.')
    await endThing(asStaff(c.account), noun, Number(box('School').slice(6)), false)
    expect((await visitor.get(`${students}/new`)).text).not.toContain(box('School'))
    expect((await visitor.post(students, profile({ first: 'Oda', [box('School')]: '' }))).status).toBe(303)
  })
})

describe('what the business asks of everybody', () => {
  test('is asked, required or not asked as the settings say, of a new account and of a child', async () => {
    const { account } = c
    await set(account, 'ask.phone', 'required')
    await set(account, 'ask.address', 'hidden')
    await set(account, 'ask.gender', 'required')
    await set(account, 'ask.medical', 'hidden')
    await set(account, 'ask.grade', 'required')
    await pick(sql`insert into grades (name, sort) values ('Third', 3)`)
    const [third] = await pick(sql`select id from grades where name = 'Third'`)
    const email = `ines-${crypto.randomUUID().slice(0, 8)}@example.test`
    const you = { first: 'Ines', last: 'Vega', email, password: 'a long sentence' }
    const child = { student_1_first: 'Mia', student_1_birthday: '2019-05-04' }
    const page = (await visitor.get(`${students}/new`)).text
    expect(page).toMatch(/name="grade" required/)
    expect(page).not.toContain('name="medical"')
    const form = (await new Visitor().get('/p/demo/sign-up')).text
    expect(form).not.toContain('name="street"')
    expect(form).toContain('name="student_1_grade" required')
    expect(form).not.toContain('name="student_2_grade" required')
    const bad = await new Visitor().post('/p/demo/sign-up', { ...you, ...child })
    expect(bad.status).toBe(422)
    for (const sentence of ['Phone is missing.', 'Choose a gender.', 'Choose a grade.'])
      expect(bad.text).toContain(sentence)
    const good = { ...you, ...child, phone: '555 0100', student_1_gender: 'female', student_1_grade: String(third?.id) }
    expect((await new Visitor().post('/p/demo/sign-up', good)).status).toBe(303)
    const made = await pick(
      sql`select s.gender, g.name from students s join grades g on g.id = s.grade_id where s.first_name = 'Mia' order by s.id desc limit 1`,
    )
    expect(made).toEqual([{ gender: 'female', name: 'Third' }])
    // A room that was begun is held to the same.
    const two = await new Visitor().post('/p/demo/sign-up', { ...good, email: `x${email}`, student_2_first: 'Leo' })
    expect(two.status).toBe(422)
    for (const name of ['ask.phone', 'ask.gender', 'ask.medical', 'ask.address']) await set(account, name, 'asked')
    await set(account, 'ask.grade', 'hidden')
    expect((await visitor.get(`${students}/new`)).text).not.toContain('name="grade"')
  })
})
