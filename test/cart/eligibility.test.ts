import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { commit, newest } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { keywordLinks, keywords } from '../../src/schema/keywords'
import { now, pick } from '../cast'
import { words } from '../knock'
import { checkOutCart, intoCart, set } from '../visit'
import { anotherClass, child, decide, enrollmentsOf, plainSettings, type Shopper, shopper, wish } from './people'

afterEach(plainSettings)

const day = 86_400_000
const page = async (c: Shopper, classId = c.class.id) => words((await c.visitor.get(`/p/demo/classes/${classId}`)).text)
const change = (c: Shopper, set: string) => pick(sql.raw(`update classes set ${set} where id = ${c.class.id}`))

describe('every reason has its name, on the page and behind it', () => {
  test('too young and too old say on which day', async () => {
    const c = await shopper()
    await change(c, "min_age = 'P9Y'")
    expect(await page(c)).toMatch(/Mia Rivera \S+: Too young on Nov.2, 2026\./)
    const sent = await intoCart(c.visitor, c.class.id, wish(c))
    expect([sent.status, words(sent.text).includes('The student is too young for this on that date.')]).toEqual([
      409,
      true,
    ])
    await change(c, "min_age = null, max_age = 'P3Y'")
    expect(await page(c)).toMatch(/Too old on Nov.2, 2026\./)
  })

  test('several reasons are all told', async () => {
    const c = await shopper()
    await change(c, `min_age = 'P9Y', registration_from = ${now + day}`)
    expect(await page(c)).toMatch(/Registration opens on Tue, Nov.3, 10:00.am\. Too young on Nov.2, 2026\./)
  })

  test('registration opens and closes at its moment', async () => {
    const c = await shopper()
    await change(c, `registration_from = ${now + 1}`)
    expect((await intoCart(c.visitor, c.class.id, wish(c))).status).toBe(409)
    await change(c, `registration_from = ${now}, registration_to = ${now}`)
    expect((await intoCart(c.visitor, c.class.id, wish(c))).status).toBe(303)
    await change(c, `registration_to = ${now - 1}`)
    expect((await checkOutCart(c.visitor)).status).toBe(409)
    expect(await enrollmentsOf(c)).toEqual([])
  })

  test('priority lets in families with the keyword, and tells the others from when', async () => {
    const [c, other] = [await shopper(), await shopper()]
    await change(c, `registration_from = ${now + day}, priority_from = ${now - day}, priority_to = ${now + day}`)
    const { db } = c.account
    await commit(c.account, [
      db.insert(keywords).values({ name: `Team ${crypto.randomUUID()}`, givesPriority: 1 }),
      db.insert(keywordLinks).values({
        keywordId: newest(keywords) as unknown as number,
        subject: 'family',
        subjectId: c.family.id,
      }),
    ])
    expect(await page(other, c.class.id)).toMatch(/Until Tue, Nov.3, 10:00.am only families with priority can enroll\./)
    const refused = await intoCart(other.visitor, c.class.id, wish(other))
    expect([refused.status, words(refused.text).includes('Only families with priority')]).toEqual([409, true])
    expect((await intoCart(c.visitor, c.class.id, wish(c))).status).toBe(303)
    expect((await checkOutCart(c.visitor)).status).toBe(303)
  })

  test('new or returning families only, at adding and at checkout', async () => {
    const c = await shopper()
    await set(c.account, 'classreg.families', 'returning')
    expect(await page(c)).toContain('Only families who were enrolled here before can enroll online now.')
    expect((await intoCart(c.visitor, c.class.id, wish(c))).status).toBe(409)
    await set(c.account, 'classreg.families', 'new')
    expect((await intoCart(c.visitor, c.class.id, wish(c))).status).toBe(303)
    await set(c.account, 'classreg.families', 'returning')
    const late = await checkOutCart(c.visitor)
    expect(late.status).toBe(409)
    await set(c.account, 'classreg.families', 'new')
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    await pick(sql`update enrollments set state = 'approved' where family_id = ${c.family.id}`)
    const again = await intoCart(c.visitor, (await anotherClass(c)).id, wish(c))
    expect(words(again.text)).toContain('Only families who are new here can enroll online now.')
  })

  test('a balance past its due date, where the business wants it paid first', async () => {
    const c = await shopper()
    const line = { kind: 'other' as const, cents: 5000, categoryId: 6, programId: c.programId }
    const about = { familyId: c.family.id, locationId: c.locationId, kind: 'other' as const, title: 'Leotard' }
    await commit(c.account, postCharge(c.account, { ...about, on: '2026-10-01', due: '2026-10-01', lines: [line] }))
    expect((await intoCart(c.visitor, c.class.id, wish(c))).status).toBe(303)
    await set(c.account, 'classreg.block_overdue', true)
    expect(await page(c, (await anotherClass(c)).id)).toContain('There is a balance past its due date. Pay it first.')
    expect((await checkOutCart(c.visitor)).status).toBe(409)
  })

  test('a clash of times is only said', async () => {
    const c = await shopper()
    await set(c.account, 'classreg.auto_approve', true)
    await set(c.account, 'fin.pay_at_checkout', false)
    await intoCart(c.visitor, c.class.id, wish(c))
    await checkOutCart(c.visitor)
    const clashing = await anotherClass(c, { weekday: 1, start: '16:45', end: '17:30' })
    expect(await page(c, clashing.id)).toContain(`At the same time as ${c.class.name}.`)
    expect((await intoCart(c.visitor, clashing.id, wish(c))).status).toBe(303)
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain(`At the same time as ${c.class.name}.`)
    expect((await checkOutCart(c.visitor)).status).toBe(303)
  })
})

describe('how and from when', () => {
  const starts = async (c: Shopper) =>
    (await pick<{ id: string }>(sql`select start_date as id from cart_items where class_id = ${c.class.id}`))[0]?.id

  test('a single day is offered where it has a price, takes one day, and costs it', async () => {
    const c = await shopper({ settings: { 'classreg.auto_approve': true } })
    expect((await intoCart(c.visitor, c.class.id, wish(c, { kind: 'single_day' }))).status).toBe(409)
    await set(c.account, 'classreg.allow_single_day', true)
    await change(c, 'single_day_cents = 2500')
    expect((await c.visitor.get(`/p/demo/classes/${c.class.id}`)).text).toContain('value="single_day"')
    expect((await intoCart(c.visitor, c.class.id, wish(c, { kind: 'single_day' }))).status).toBe(303)
    expect((await checkOutCart(c.visitor, { method: 'token:tok_ok_4242' })).status).toBe(303)
    expect(await pick(sql`select type as id, drop_date from enrollments where family_id = ${c.family.id}`)).toEqual([
      { id: 'single_day', drop_date: '2026-11-09' },
    ])
    expect(await pick(sql`select cents as id from charges where family_id = ${c.family.id}`)).toEqual([{ id: 2500 }])
    await change(c, 'single_day_only = 1')
    const next = wish(c, { student: child(c, 1) })
    expect((await intoCart(c.visitor, c.class.id, next)).status).toBe(409)
  })

  test('the first day keeps its distance, and is a meeting unless the business lets it be any day', async () => {
    const c = await shopper({ settings: { 'classreg.start_min_days': 3 } })
    const soon = await intoCart(c.visitor, c.class.id, wish(c, { date: '2026-11-04' }))
    expect([soon.status, words(soon.text).includes('That date is sooner than we take enrollments.')]).toEqual([
      409,
      true,
    ])
    await set(c.account, 'classreg.force_start_to_meeting', false)
    expect((await intoCart(c.visitor, c.class.id, wish(c, { date: '2026-11-05' }))).status).toBe(303)
    expect(await starts(c)).toBe('2026-11-05')
  })

  test('is not chosen where the business chooses it', async () => {
    const c = await shopper({ settings: { 'classreg.choose_start': false, 'classreg.allow_trial': false } })
    expect((await c.visitor.get(`/p/demo/classes/${c.class.id}`)).text).not.toContain('name="date"')
    const sent = await c.visitor.post(`/p/demo/cart/classes/${c.class.id}`, { student: child(c), kind: 'active' })
    expect(sent.status).toBe(303)
    expect(await starts(c)).toBe('2026-11-02')
  })

  test('a lesson that is about to begin is over for whoever asks now', async () => {
    // It is 10 am, and the class begins at 4:15 pm.
    const c = await shopper({ settings: { 'classreg.same_day_cutoff_min': 375 } })
    const late = await intoCart(c.visitor, c.class.id, wish(c, { date: '2026-11-02', kind: 'trial' }))
    expect(words(late.text)).toContain('That date has passed.')
    await set(c.account, 'classreg.same_day_cutoff_min', 374)
    expect((await intoCart(c.visitor, c.class.id, wish(c, { date: '2026-11-02', kind: 'trial' }))).status).toBe(303)
  })

  test('of several ways to pay the chosen one is priced, kept with the request, and charged when it is approved', async () => {
    const c = await shopper()
    await pick(
      sql`insert into billing_schedules (name, cycle) values (${`Twice ${crypto.randomUUID()}`}, 'month_session')`,
    )
    const [schedule] = await pick(sql`select max(id) as id from billing_schedules`)
    await pick(
      sql`insert into class_tuitions (class_id, billing_schedule_id, cents) values (${c.class.id}, ${schedule?.id}, 20000)`,
    )
    expect((await c.visitor.get(`/p/demo/classes/${c.class.id}`)).text).toContain('name="schedule"')
    await intoCart(c.visitor, c.class.id, wish(c, { schedule: String(schedule?.id) }))
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('$160.00 are due when it is approved.')
    await checkOutCart(c.visitor)
    await decide(c)
    expect(await pick(sql`select cents as id from charges where family_id = ${c.family.id}`)).toEqual([{ id: 16000 }])
  })
})
