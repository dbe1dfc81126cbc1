import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { enroll } from '../../src/enrollments/enroll'
import { classes } from '../../src/schema/classes'
import { answer, type Cast, cast, todayThere } from '../cast'
import { loggedIn, Visitor } from '../visit'

const change = (c: Cast, set: Partial<typeof classes.$inferInsert>) =>
  commit(c.account, [c.account.db.update(classes).set(set).where(eq(classes.id, c.class.id))])
const about = (c: Cast) => `q=${encodeURIComponent(c.class.name.split(' ').at(-1) ?? '')}`
/** What stands above the fold of classes that do not fit. */
const fitting = (text: string) => text.split('does not fit')[0] ?? ''

describe('the class list', () => {
  test('is the front page for everybody, and shows a guardian the way to My Account', async () => {
    const c = await cast()
    for (const path of ['/p/demo', '/p/demo/classes']) {
      const page = await new Visitor().get(`${path}?${about(c)}`)
      expect(page.text).toContain(c.class.name)
      expect(page.text).toContain('Log In')
    }
    expect((await (await loggedIn(c)).get('/p/demo')).text).toContain('My Account')
  })

  test('is narrowed by words, day, time and openings', async () => {
    const c = await cast({ places: 1 })
    const shows = async (query: string) =>
      (await new Visitor().get(`/p/demo?${about(c)}&${query}`)).text.includes(c.class.name)
    expect(await shows('')).toBe(true)
    expect(await shows('day=1&day=3')).toBe(true)
    expect(await shows('day=2')).toBe(false)
    expect(await shows('time=afternoon')).toBe(true)
    expect(await shows('time=morning')).toBe(false)
    expect(await shows('day=9')).toBe(true)
    // A word that every object knows is no time of day.
    expect(await shows('time=hasOwnProperty')).toBe(true)
    expect((await new Visitor().get('/p/demo?q=zzzz')).text).toContain('No class fits these filters')
    const wish = { classId: c.class.id, studentId: c.students[0].id, type: 'active' as const, startDate: todayThere }
    await enroll(c.account, c.guardian, { ...wish, notes: null }, answer)
    expect(await shows('openings=1')).toBe(false)
    expect((await new Visitor().get(`/p/demo?${about(c)}`)).text).toContain('Join waitlist')
  })

  test('says for a chosen child what fits, and why another does not', async () => {
    const c = await cast()
    await change(c, { minAge: 'P7Y' })
    const visitor = await loggedIn(c)
    const [mia, leo] = c.students
    expect(fitting((await visitor.get(`/p/demo?${about(c)}&child=${mia.id}`)).text)).toContain(c.class.name)
    const { text } = await visitor.get(`/p/demo?${about(c)}&child=${leo.id}`)
    expect(fitting(text)).not.toContain(c.class.name)
    expect(text).toContain('The student is too young for this on that date.')
  })

  test('takes no notice of a child of another family', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    const page = await (await loggedIn(mine)).get(`/p/demo?child=${theirs.students[0].id}`)
    expect(page.status).toBe(200)
    expect(page.text).not.toContain(theirs.family.name.concat(' fits'))
    expect(page.text).not.toContain('fit Mia')
  })

  test('leaves out a class that is not shown, also by its address', async () => {
    const c = await cast()
    await change(c, { showPortal: 0 })
    expect((await new Visitor().get(`/p/demo?${about(c)}`)).text).not.toContain(c.class.name)
    expect((await new Visitor().get(`/p/demo/classes/${c.class.id}`)).status).toBe(404)
    expect((await new Visitor().get('/p/demo/classes/nonsense')).status).toBe(404)
  })

  test('costs two trips to the database, with and without a log-in', async () => {
    const c = await cast()
    for (const visitor of [new Visitor(), await loggedIn(c)])
      for (const path of ['', `/classes/${c.class.id}`])
        expect((await visitor.get(`/p/demo${path}`)).headers.get('Server-Timing')).toContain('trips;desc="2"')
    expect((await (await loggedIn(c)).get('/p/demo/account')).headers.get('Server-Timing')).toContain('trips;desc="2"')
  })
})

describe('a class', () => {
  test('sends somebody who is not logged in to the log-in and back', async () => {
    const c = await cast()
    const page = await new Visitor().get(`/p/demo/classes/${c.class.id}`)
    expect(page.text).toContain(`action="/p/demo/classes/${c.class.id}/entry"`)
    expect(page.text).not.toContain('name="student"')
    const chosen = `/p/demo/classes/${c.class.id}?kind=trial&date=2026-11-16&note=Hello`
    const entry = (by: string) =>
      new Visitor().get(`/p/demo/classes/${c.class.id}/entry?kind=trial&date=2026-11-16&note=Hello&by=${by}`)
    expect((await entry('login')).location).toBe(`/p/demo/login?next=${encodeURIComponent(chosen)}`)
    expect((await entry('sign-up')).location).toBe(`/p/demo/sign-up?next=${encodeURIComponent(chosen)}`)
    const back = await (await loggedIn(c)).get(chosen)
    expect(back.text).toContain('value="2026-11-16"')
    expect(back.text).toMatch(/value="trial" selected/)
    expect(back.text).toContain('Hello</textarea>')
  })
})

test('the page a log-in leads to stays inside the portal', async () => {
  const { onwardIn } = await import('../../src/paths')
  const led = [
    '/p/demo',
    '/p/demo?child=1',
    '/p/demo/account',
    '/p/demonstration',
    '//evil.test',
    '/p/demo\\..',
    '/p/demo/a\nb',
  ]
  expect(led.map(next => onwardIn('demo', next))).toEqual([
    '/p/demo',
    '/p/demo?child=1',
    '/p/demo/account',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
