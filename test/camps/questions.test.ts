import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { enrollmentKind } from '../../src/camps/activity'
import { addQuestion, changeQuestion, type QuestionWish } from '../../src/camps/question-setup'
import { read } from '../../src/database'
import { approve } from '../../src/online-activity/decide'
import { entryQuery } from '../../src/online-activity/window'
import { balanceOf, child, enrollmentsOf, plainSettings, shopper } from '../cart/people'
import { asStaff, booksTotal, type Cast, cast, detailsOf, now, pick } from '../cast'
import { ask, employ, words } from '../knock'
import { checkOutCart } from '../visit'
import { winterCamp } from './scene'

afterEach(plainSettings)

const [monday, tuesday] = ['2026-12-28', '2026-12-29'] as const
const bindings = { NOW: new Date(now).toISOString() }

const plain: Omit<QuestionWish, 'label'> = { kind: 'yes_no', choices: [], feeCents: 0, required: false, sort: 0 }

/** Lunch for $12, a shirt that costs by its size, and who picks up, which has to be said. */
async function asking(c: Pick<Cast, 'account'>, campId: number) {
  const staff = asStaff(c.account)
  const all: QuestionWish[] = [
    { ...plain, label: 'Lunch', feeCents: 1200 },
    {
      ...plain,
      label: 'Shirt',
      kind: 'choice',
      choices: [
        { label: 'None', cents: 0 },
        { label: 'Large', cents: 1550 },
      ],
      sort: 1,
    },
    { ...plain, label: 'Pick-up', kind: 'text', required: true, sort: 2 },
  ]
  for (const wish of all) await addQuestion(staff, campId, wish)
  const rows = await pick<{ id: number }>(sql`select id from camp_questions where class_id = ${campId} order by sort`)
  const [lunch, shirt, pickUp] = rows.map(({ id }) => id)
  return { lunch: lunch ?? 0, shirt: shirt ?? 0, pickUp: pickUp ?? 0 }
}

const answersOf = (c: Cast) =>
  pick<{ student_id: number; label: string; answer: string; fee_cents: number }>(
    sql`select e.student_id, q.label, a.answer, a.fee_cents from camp_answers a join camp_questions q on q.id = a.question_id join enrollments e on e.id = a.enrollment_id where e.family_id = ${c.family.id} order by e.student_id, q.sort`,
  )

describe('what a camp asks', () => {
  test('is read before the log-in with its fees, and asked of each child that is chosen', async () => {
    const c = await shopper()
    const camp = await winterCamp(c)
    const { lunch, pickUp } = await asking(c, camp.id)
    const before = words(await (await ask(`/p/demo/camps/${camp.id}`, { bindings })).text())
    expect(before).toMatch(/Asked of each child.*Lunch.*Yes \(\+\$12\), No.*Shirt.*None, Large \(\+\$15\.50\).*Pick-up/)
    const page = await c.visitor.get(`/p/demo/camps/${camp.id}`)
    for (const { id } of c.students) expect(page.text).toContain(`name="question_${lunch}_${id}"`)
    const typed = { student: child(c), day: monday, [`question_${lunch}_${child(c)}`]: 'yes' }
    const sent = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, typed)
    expect([sent.status, words(sent.text)]).toEqual([422, expect.stringContaining('Your answer is missing.')])
    expect(sent.text).toMatch(new RegExp(`id="question_${pickUp}_${child(c)}-error"`))
    // Nothing typed is lost, and the other child is not asked.
    expect(sent.text).toMatch(/<option value="yes" selected/)
    expect(sent.text).not.toContain(`id="question_${pickUp}_${child(c, 1)}-error"`)
    c.visitor.cookies.set('language', 'es')
    expect(words((await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, typed)).text)).toContain('Falta: Su respuesta.')
  })

  test('refuses what cannot be chosen, also past the form', async () => {
    const c = await shopper()
    const camp = await winterCamp(c)
    const { shirt, pickUp } = await asking(c, camp.id)
    const id = child(c)
    const wrong = { student: id, day: monday, [`question_${shirt}_${id}`]: 'Free', [`question_${pickUp}_${id}`]: 'Ana' }
    const sent = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, wrong)
    expect([sent.status, words(sent.text)]).toEqual([422, expect.stringContaining('Choose one of these.')])
    expect(await pick(sql`select id from seats where class_id = ${camp.id}`)).toEqual([])
  })

  test('costs its fee last: shown in the cart, kept with the place, charged on a line with its own reason', async () => {
    const c = await shopper()
    const camp = await winterCamp(c)
    const { lunch, shirt, pickUp } = await asking(c, camp.id)
    const [mia, leo] = [child(c, 0), child(c, 1)]
    const sent = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, {
      student: [mia, leo],
      day: [monday, tuesday],
      [`question_${lunch}_${mia}`]: 'yes',
      [`question_${shirt}_${mia}`]: 'Large',
      [`question_${pickUp}_${mia}`]: 'Aunt <Rosa>',
      [`question_${lunch}_${leo}`]: 'no',
      [`question_${pickUp}_${leo}`]: 'Ana',
    })
    expect(sent.status).toBe(303)
    const cart = words((await c.visitor.get('/p/demo/cart')).text)
    expect(cart).toMatch(/\$147\.50.*Camp \$120\.00 Lunch: Yes \$12\.00 Shirt: Large \$15\.50/)
    expect(cart).toMatch(/Why this amount\? 2 days: \$120\.00\..* Lunch: Yes, \$12\.00\. Shirt: Large, \$15\.50\./)
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect(await answersOf(c)).toEqual([
      { student_id: Number(mia), label: 'Lunch', answer: 'yes', fee_cents: 1200 },
      { student_id: Number(mia), label: 'Shirt', answer: 'Large', fee_cents: 1550 },
      { student_id: Number(mia), label: 'Pick-up', answer: 'Aunt <Rosa>', fee_cents: 0 },
      { student_id: Number(leo), label: 'Lunch', answer: 'no', fee_cents: 0 },
      { student_id: Number(leo), label: 'Pick-up', answer: 'Ana', fee_cents: 0 },
    ])
    // A fee that is raised meanwhile is not that of whoever answered before.
    const staff = asStaff(c.account)
    await changeQuestion(staff, camp.id, lunch, { ...plain, label: 'Lunch', feeCents: 9900, retired: true })
    const [first] = await enrollmentsOf(c)
    const [asked] = await pick(
      sql`select id from activity where subject = 'enrollment' and subject_id = ${first?.id ?? 0}`,
    )
    const [[entry]] = await read(staff, [entryQuery(staff, asked?.id ?? 0, [])])
    if (!entry) throw new Error('There is no request.')
    const said = await detailsOf(staff, enrollmentKind, entry)
    expect(said.facts).toContainEqual({ label: 'Pick-up', text: 'Aunt <Rosa>' })
    expect(said.money?.[0]).toEqual({ label: 'Approving charges', text: '$147.50' })
    await approve(staff, entry, {})
    expect(await balanceOf(c)).toBe(14750)
    const lines = await pick<{ cents: number; steps: string }>(
      sql`select l.cents, t.steps from charge_lines l join price_traces t on t.line_id = l.id where l.enrollment_id = ${first?.id ?? 0} order by l.id`,
    )
    expect(lines).toEqual([
      { cents: 12000, steps: expect.stringContaining('2 days: $120.00.') },
      { cents: 1200, steps: '["Lunch: Yes, $12.00."]' },
      { cents: 1550, steps: '["Shirt: Large, $15.50."]' },
    ])
    expect(await booksTotal()).toBe(0)
    const { cookie } = await employ(c.account, { rights: { 'Office Portal': 2, Camps: 1 } })
    const page = await (await ask(`/a/demo/camps/${camp.id}`, { cookie, bindings })).text()
    expect(words(page)).toMatch(/Mia Rivera.*Lunch: Yes; Shirt: Large; Pick-up: Aunt &lt;Rosa&gt;/)
  })

  test('keeps a line exactly as it was typed, and refuses what nobody types', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { autoApprove: true, dueAtSignup: 'none' })
    const { pickUp } = await asking(c, camp.id)
    const box = `question_${pickUp}_${child(c)}`
    const send = (day: string, text: string) =>
      c.visitor.post(`/p/demo/cart/camps/${camp.id}`, { student: child(c), day, [box]: text })
    for (const wrong of ['a\u0001b', 'two\nlines', 'x'.repeat(201)])
      expect((await send(monday, wrong)).status).toBe(422)
    const strange = `"'\\ -$1.00 {"a":[1]} <b onclick="x">&amp; 田中さん 🐵`
    const page = await send('2026-12-25', strange)
    expect(page.status).toBe(409)
    expect(page.text).not.toContain('<b onclick')
    expect((await send(monday, strange)).status).toBe(303)
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect((await answersOf(c)).map(({ answer: said }) => said)).toEqual([strange])
  })

  test('stands in the way of a cart that was filled before it was asked', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { autoApprove: true, dueAtSignup: 'deposit', deposit: 2500 })
    const send = (more = {}) =>
      c.visitor.post(`/p/demo/cart/camps/${camp.id}`, { student: child(c), day: monday, ...more })
    expect((await send()).status).toBe(303)
    const { lunch, pickUp } = await asking(c, camp.id)
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('asks something that is not answered yet')
    expect((await checkOutCart(c.visitor, { method: 'token:tok_ok_4242' })).status).toBe(409)
    const removal = (await c.visitor.get('/p/demo/cart')).text.match(/\/p\/demo\/cart\/items\/\d+\/removal/)?.[0] ?? ''
    expect((await c.visitor.post(removal)).status).toBe(303)
    expect(
      (await send({ [`question_${lunch}_${child(c)}`]: 'yes', [`question_${pickUp}_${child(c)}`]: 'Ana' })).status,
    ).toBe(303)
    expect((await checkOutCart(c.visitor, { method: 'token:tok_ok_4242' })).status).toBe(303)
    // The deposit is one on the days; the fee is due with the rest.
    const charges = await pick(sql`select cents, open_cents from charges where family_id = ${c.family.id}`)
    expect(charges).toEqual([{ cents: 7200, open_cents: 4700 }])
  })
})

test('the Office adds, changes and retires questions by its forms, each with its audit line', async () => {
  const c = await cast()
  const camp = await winterCamp(c)
  const { cookie } = await employ(c.account, { rights: { 'Office Portal': 2, Camps: 2 } })
  const send = (path: string, form: Record<string, string>) =>
    ask(`/a/demo/camps/${camp.id}${path}`, { cookie, form: { key: crypto.randomUUID(), ...form }, bindings })
  const shirt = { label: 'Shirt', kind: 'choice', choices: 'None\nLarge = 15.50', fee: '', sort: '2' }
  for (const [choices, sentence] of [
    ['Large', 'Write at least two choices'],
    ['A = x\nB', 'the fee is not an amount like 12.00.'],
    ['A\nA = 2', 'A stands there twice.'],
  ] as const) {
    const bad = await send('/questions', { ...shirt, choices })
    const text = await bad.text()
    expect([bad.status, words(text)]).toEqual([422, expect.stringContaining(sentence)])
    expect(text).toContain(`${choices}</textarea>`)
  }
  expect((await send('/questions', { ...shirt, label: '' })).status).toBe(422)
  const key = crypto.randomUUID()
  expect((await send('/questions', { ...shirt, key })).status).toBe(303)
  expect((await send('/questions', { ...shirt, key })).status).toBe(303)
  expect((await send('/questions', shirt)).status).toBe(409)
  const rows = () => pick(sql`select id, label, choices, retired_at from camp_questions where class_id = ${camp.id}`)
  const [made] = await rows()
  expect(await rows()).toEqual([
    {
      id: expect.any(Number),
      label: 'Shirt',
      choices: '[{"label":"None","cents":0},{"label":"Large","cents":1550}]',
      retired_at: null,
    },
  ])
  expect((await send(`/questions/${made?.id}`, { ...shirt, label: 'T-shirt' })).status).toBe(303)
  const other = await winterCamp(c)
  const elsewhere = await ask(`/a/demo/camps/${other.id}/questions/${made?.id}`, {
    cookie,
    form: { key: crypto.randomUUID(), ...shirt },
    bindings,
  })
  expect(elsewhere.status).toBe(404)
  expect((await send(`/questions/${made?.id}`, { ...shirt, label: 'T-shirt', retired: '1' })).status).toBe(303)
  expect(words(await (await ask(`/a/demo/camps/${camp.id}`, { cookie, bindings })).text())).toContain(
    'Not asked any more',
  )
  expect(words(await (await ask(`/p/demo/camps/${camp.id}`, { bindings })).text())).not.toContain('T-shirt')
  const told = await pick<{ summary: string }>(
    sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'camp_question' and s.subject_id = ${made?.id ?? 0} order by a.id`,
  )
  expect(told.map(({ summary }) => summary)).toEqual([
    'added the question Shirt',
    'changed the question T-shirt',
    'stopped asking T-shirt',
  ])
})
