import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { enroll } from '../../src/enrollments/enroll'
import { createPolicy, publishPolicy } from '../../src/policies/policies'
import { policies } from '../../src/schema/policies'
import { answer, asStaff, type Cast, cast, pick, todayThere } from '../cast'
import { intoCart, loggedIn, set } from '../visit'

const make = (
  c: Cast,
  kind: 'family' | 'student',
  required: boolean,
  name = `Rules ${crypto.randomUUID().slice(0, 6)}`,
) =>
  createPolicy(asStaff(c.account), c.staffId, {
    kind,
    name,
    body: 'Shoes off.\n\nNo running.',
    required,
    showWeb: true,
    active: true,
  })

afterEach(async () => {
  const { account } = await cast()
  await commit(account, [account.db.update(policies).set({ active: 0 })])
  await set(account, 'policy.prevent_reject_required', false)
})

const told = (c: Cast) =>
  pick<{ kind: string; student_id: number | null; answer: string }>(
    sql`select kind, student_id, json_extract(particulars, '$.answer') as answer from activity where family_id = ${c.family.id} order by id`,
  )

describe('a required family policy', () => {
  test('shuts My Account until it is accepted, leaves public pages and the policies open, and leads back', async () => {
    const c = await cast()
    const id = await make(c, 'family', true)
    const visitor = await loggedIn(c)
    const turned = await visitor.get('/p/demo/account/payments')
    expect(turned.location).toBe(`/p/demo/account/policies/${id}?next=%2Fp%2Fdemo%2Faccount%2Fpayments`)
    for (const path of ['', `/classes/${c.class.id}`, '/account/policies', `/account/policies/${id}`])
      expect([path, (await visitor.get(`/p/demo${path}`)).status]).toEqual([path, 200])
    const child = { first: 'Noa', last: 'Rivera', birthday: '2020-02-29' }
    expect((await visitor.post('/p/demo/account/students', child)).status).toBe(409)

    const page = await visitor.get(turned.location ?? '')
    expect(page.text).not.toContain('I reject')
    const sent = await visitor.post(`/p/demo/account/policies/${id}`, {
      answer: 'accept',
      version: '1',
      next: '/p/demo/account/payments',
    })
    expect((await visitor.get(sent.location ?? '')).location).toBe('/p/demo/account/payments')
    expect((await visitor.get('/p/demo/account/payments')).status).toBe(200)
    expect(await told(c)).toEqual([{ kind: 'policy', student_id: null, answer: 'accepted' }])
  })

  test('cannot be rejected, whatever is posted', async () => {
    const c = await cast()
    const id = await make(c, 'family', true)
    const visitor = await loggedIn(c)
    const sent = await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'reject', version: '1' })
    expect(sent.status).toBe(409)
    expect(sent.text).toContain('This policy can only be accepted')
    expect(await told(c)).toEqual([])
  })

  test('asks again when a new version is published, and an answer to the old one is refused', async () => {
    const c = await cast()
    const id = await make(c, 'family', true)
    const visitor = await loggedIn(c)
    await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'accept', version: '1' })
    await publishPolicy(asStaff(c.account), c.staffId, id, { body: 'Shoes on.' })
    expect((await visitor.get('/p/demo/account')).status).toBe(303)
    const old = await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'accept', version: '1' })
    expect(old.status).toBe(409)
    expect((await visitor.get('/p/demo/account')).status).toBe(303)
    await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'accept', version: '2' })
    expect((await visitor.get('/p/demo/account')).status).toBe(200)
  })

  test('is answered by the primary guardian alone', async () => {
    const c = await cast()
    const id = await make(c, 'family', true)
    const visitor = await loggedIn(c)
    await pick(sql`update guardians set role = 'secondary' where id = ${c.guardian.id}`)
    const page = await visitor.get(`/p/demo/account/policies/${id}`)
    expect(page.text).toContain('Only the primary guardian can accept policies')
    const sent = await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'accept', version: '1' })
    expect(sent.status).toBe(409)
    expect(await told(c)).toEqual([])
  })
})

test('an optional family policy can be put off and blocks nothing', async () => {
  const c = await cast()
  const id = await make(c, 'family', false)
  const visitor = await loggedIn(c)
  expect((await visitor.get('/p/demo/account/policies/next')).location).toContain(`/policies/${id}`)
  expect((await visitor.get('/p/demo/account')).status).toBe(200)
  await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'later', version: '1' })
  expect((await visitor.get('/p/demo/account/policies/next')).location).toBe('/p/demo/account')
})

describe('student policies', () => {
  test('follow the family policies, all of one child before the next, the name on each', async () => {
    const c = await cast()
    const [photo, family, medical] = [
      await make(c, 'student', false, 'Photos'),
      await make(c, 'family', true, 'House rules'),
      await make(c, 'student', true, 'Medical'),
    ]
    const visitor = await loggedIn(c)
    const asked: string[] = []
    for (let step = 0; step < 5; step += 1) {
      const { location } = await visitor.get('/p/demo/account/policies/next')
      const page = await visitor.get(location ?? '')
      const [, id = '', student = ''] = location?.match(/policies\/(\d+)(?:\?student=(\d+))?/) ?? []
      asked.push(`${id} ${student}`)
      if (student) expect(page.text).toContain(student === String(c.students[0].id) ? 'Mia' : 'Leo')
      await visitor.post(`/p/demo/account/policies/${id}`, {
        answer: 'accept',
        version: '1',
        ...(student ? { student } : {}),
      })
    }
    const [mia, leo] = c.students.map(({ id }) => id)
    expect(asked).toEqual([
      `${family} `,
      `${photo} ${mia}`,
      `${medical} ${mia}`,
      `${photo} ${leo}`,
      `${medical} ${leo}`,
    ])
    expect((await visitor.get('/p/demo/account/policies/next')).location).toBe('/p/demo/account')
    expect(await told(c)).toHaveLength(5)
  })

  test('rejected while required block that child and not the other, and lead from the class to the policy and back', async () => {
    const c = await cast()
    const id = await make(c, 'student', true)
    const [mia, leo] = c.students
    const visitor = await loggedIn(c)
    await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'reject', version: '1', student: String(mia.id) })
    await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'accept', version: '1', student: String(leo.id) })
    // Nobody asks for Leo's answer to this one while Mia is about to be enrolled.
    const photo = await make(c, 'student', false)
    await visitor.post(`/p/demo/account/policies/${photo}`, { answer: 'reject', version: '1', student: String(mia.id) })
    const wish = { classId: c.class.id, type: 'active' as const, startDate: todayThere, notes: null }
    await expect(enroll(c.account, c.guardian, { ...wish, studentId: mia.id }, answer)).rejects.toThrow('policy-open')
    expect(await enroll(c.account, c.guardian, { ...wish, studentId: leo.id }, answer)).toBe('requested')

    const form = { student: String(mia.id), kind: 'active', date: todayThere }
    const refused = await intoCart(visitor, c.class.id, form)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('A required policy has not been accepted yet')
    const href = refused.text
      .match(/<a class="out" href="([^"]+)">\s*Has Rejected Policies/)?.[1]
      ?.replaceAll('&amp;', '&')
    const page = await visitor.get(href ?? '')
    expect(page.text).toContain(`Acceptance is required for enrollment of Mia`)
    const hidden = (name: string) =>
      page.text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1]?.replaceAll('&amp;', '&') ?? ''
    const sent = await visitor.post(`/p/demo/account/policies/${id}`, {
      answer: 'accept',
      version: '1',
      student: hidden('student'),
      for: hidden('for'),
      next: hidden('next'),
    })
    const back = await visitor.get(sent.location ?? '')
    expect(back.location).toBe(`/p/demo/classes/${c.class.id}?child=${mia.id}`)
    expect((await intoCart(visitor, c.class.id, form)).status).toBe(303)
  })

  test('cannot be rejected while the setting prevents it, when they are required', async () => {
    const c = await cast()
    const [required, optional] = [await make(c, 'student', true), await make(c, 'student', false)]
    const student = String(c.students[0].id)
    const visitor = await loggedIn(c)
    expect((await visitor.get(`/p/demo/account/policies/${required}?student=${student}`)).text).toContain('I reject')
    await set(c.account, 'policy.prevent_reject_required', true)
    expect((await visitor.get(`/p/demo/account/policies/${required}?student=${student}`)).text).not.toContain(
      'I reject',
    )
    expect((await visitor.get(`/p/demo/account/policies/${optional}?student=${student}`)).text).toContain('I reject')
    const reject = { answer: 'reject', version: '1', student }
    expect((await visitor.post(`/p/demo/account/policies/${required}`, reject)).status).toBe(409)
    expect((await visitor.post(`/p/demo/account/policies/${optional}`, reject)).status).toBe(303)
  })

  test('of another family are not found', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    const id = await make(mine, 'student', true)
    const student = String(theirs.students[0].id)
    const visitor = await loggedIn(mine)
    expect((await visitor.get(`/p/demo/account/policies/${id}?student=${student}`)).status).toBe(404)
    expect(
      (await visitor.post(`/p/demo/account/policies/${id}`, { answer: 'accept', version: '1', student })).status,
    ).toBe(404)
    expect(await told(theirs)).toEqual([])
  })
})

describe('publishing', () => {
  test('keeps old versions as they were and refuses what nobody could accept', async () => {
    const c = await cast()
    const staff = asStaff(c.account)
    const id = await make(c, 'family', true)
    await publishPolicy(staff, c.staffId, id, { body: 'Shoes on.' })
    expect(
      await pick<{ number: number; body: string }>(
        sql`select number, body from policy_versions where policy_id = ${id} order by number`,
      ),
    ).toEqual([
      { number: 1, body: 'Shoes off.\n\nNo running.' },
      { number: 2, body: 'Shoes on.' },
    ])
    await expect(publishPolicy(staff, c.staffId, id, { showWeb: false })).rejects.toThrow('required-hidden')
    const draft = { kind: 'family' as const, name: 'Hidden', body: 'x', required: true, showWeb: false, active: true }
    await expect(createPolicy(staff, c.staffId, draft)).rejects.toThrow('required-hidden')
  })
})
