import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { nounOf } from '../../src/setup/nouns'
import { addThing, endThing } from '../../src/setup/things'
import { asStaff, type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'
import { Visitor } from '../visit'

let one: Cast
beforeEach(async () => {
  one = await cast({ now: Date.now() })
})

const noun = (path: string) => nounOf(path) as NonNullable<ReturnType<typeof nounOf>>

test('signing up asks how a family heard of the business once there is a source, and keeps it', async () => {
  const staff = asStaff(one.account)
  const name = `Fair ${crypto.randomUUID().slice(0, 8)}`
  await addThing(staff, noun('referral-sources'), { name, sort: 1 })
  const [source] = await pick(sql`select id from referral_sources where name = ${name}`)
  const email = `ines-${crypto.randomUUID().slice(0, 8)}@example.test`
  const form = {
    first: 'Ines',
    last: 'Vega',
    email,
    password: 'a long sentence',
    student_1_first: 'Mia',
    student_1_birthday: '2019-05-04',
  }
  const silent = await new Visitor().post('/p/demo/sign-up', form)
  expect(silent.status).toBe(422)
  expect(silent.text).toContain('Choose how you heard of us.')
  expect((await new Visitor().post('/p/demo/sign-up', { ...form, referral: '999999' })).status).toBe(422)
  const told = await new Visitor().post('/p/demo/sign-up', { ...form, referral: String(source?.id) })
  expect(told.status).toBe(303)
  expect(
    await pick(
      sql`select f.referral_source_id as id from families f join contacts c on c.family_id = f.id where c.value = ${email}`,
    ),
  ).toEqual([{ id: source?.id }])
  // Without a source in use nobody is asked.
  for (const { id } of await pick(sql`select id from referral_sources where retired_at is null`))
    await endThing(staff, noun('referral-sources'), id, false)
  const again = { ...form, email: `x${email}` }
  expect((await new Visitor().get('/p/demo/sign-up')).text).not.toContain('How did you hear of us?')
  expect((await new Visitor().post('/p/demo/sign-up', again)).status).toBe(303)
})

test('a family has keywords on its page', async () => {
  const { account, family } = one
  const { cookie } = await employ(account, { isOwner: true })
  const viewer = (await employ(account, { rights: { 'Office Portal': 2, Families: 1 } })).cookie
  const name = `Team ${crypto.randomUUID().slice(0, 8)}`
  await addThing(asStaff(account), noun('keywords'), { name, givesPriority: 1 })
  const [word] = await pick(sql`select id from keywords where name = ${name}`)
  const path = `/a/demo/families/${family.id}`
  const send = (form: Record<string, string>, who = cookie) =>
    ask(`${path}/keywords`, { cookie: who, form: { key: crypto.randomUUID(), ...form } })
  const has = () =>
    pick(sql`select keyword_id as id from keyword_links where subject = 'family' and subject_id = ${family.id}`)

  expect((await send({ keyword: String(word?.id), was: '' }, viewer)).status).toBe(403)
  expect((await send({ keyword: String(word?.id), was: '' })).status).toBe(303)
  expect(await has()).toEqual([{ id: word?.id }])
  expect(words(await (await ask(path, { cookie })).text())).toContain(`${name} (priority)`)
  // Whoever still saw none of them is told.
  expect((await send({ was: '' })).status).toBe(409)
  expect(await has()).toHaveLength(1)
  const [line] = await pick<{ summary: string }>(sql`select summary from audit order by id desc limit 1`)
  expect(line?.summary).toBe('changed the keywords of the family')
  expect((await send({ was: String(word?.id) })).status).toBe(303)
  expect(await has()).toEqual([])
})
