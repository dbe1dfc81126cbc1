import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { intoCart, loggedIn } from '../visit'

const at = '/p/demo/account'

/** One log-in in two households: the parent of the first is a guardian of the second too. */
async function twoHouseholds() {
  const [first, second] = [await cast(), await cast()]
  await pick(
    sql`update guardians set login_id = ${first.guardian.loginId}, access = 'full' where id = ${second.guardian.id}`,
  )
  return { first, second, visitor: await loggedIn(first) }
}

const names = ({ family }: Cast) => `${family.name} family`

describe('a parent of two households', () => {
  test('turns from one to the other, and stays there', async () => {
    const { first, second, visitor } = await twoHouseholds()
    const page = await visitor.get(at)
    expect(page.text).toContain(names(first))
    expect(page.text).toContain(`<option value="${second.family.id}"`)
    expect((await visitor.post('/p/demo/household', { family: String(second.family.id) })).location).toBe(at)
    expect((await visitor.get(at)).text).toContain(names(second))
    expect((await visitor.get(at)).text).not.toContain(names(first))
  })

  test('cannot turn to a household that is not theirs, nor see a switch for one alone', async () => {
    const { first, visitor } = await twoHouseholds()
    const stranger = await cast()
    for (const family of [String(stranger.family.id), 'x', ''])
      expect((await visitor.post('/p/demo/household', { family })).status).toBe(404)
    expect((await visitor.get(at)).text).toContain(names(first))
    expect((await (await loggedIn(stranger)).get(at)).text).not.toContain('/p/demo/household')
  })

  test.each([
    ['suspended', (c: Cast) => sql`update families set state = 'suspended' where id = ${c.family.id}`],
    ['revoked', (c: Cast) => sql`update guardians set access = 'revoked' where id = ${c.guardian.id}`],
  ])('whose first one is %s still gets into the other', async (_, shut) => {
    const { first, second, visitor } = await twoHouseholds()
    await visitor.post('/p/demo/household', { family: String(first.family.id) })
    await pick(shut(first))
    const page = await visitor.get(at)
    expect([page.status, page.text.includes(names(second))]).toEqual([200, true])
    expect((await visitor.post('/p/demo/household', { family: String(first.family.id) })).status).toBe(404)
  })
})

test('a child that only the other household may enroll is refused here', async () => {
  const c = await cast()
  const [mia] = c.students
  await pick(sql`update family_students set may_enroll = 0 where family_id = ${c.family.id} and student_id = ${mia.id}`)
  const visitor = await loggedIn(c)
  const form = { student: String(mia.id), kind: 'active', date: '2026-11-09' }
  const sent = await intoCart(visitor, c.class.id, form)
  expect(sent.status).toBe(409)
  expect(sent.text).toContain('Only the other household of this student can enroll here.')
  expect(await pick(sql`select id from enrollments where family_id = ${c.family.id}`)).toEqual([])
})
