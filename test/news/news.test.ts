import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let one: Cast
const who: Record<'writer' | 'other' | 'owner' | 'reader' | 'nobody', string> = {} as never
const get = async (path: string, cookie: string) => {
  const answer = await ask(path, { cookie })
  const html = await answer.text()
  return {
    status: answer.status,
    html,
    text: words(html),
    trips: answer.headers.get('Server-Timing')?.match(/trips;desc="(\d+)"/)?.[1],
  }
}
const send = (path: string, cookie: string, form: Record<string, string>) =>
  ask(path, { cookie, form: { key: crypto.randomUUID(), ...form } })
const today = new Date().toISOString().slice(0, 10)
const idOf = async (title: string) => (await pick(sql`select id from news where title = ${title}`))[0]?.id ?? 0

beforeAll(async () => {
  one = await cast({ now: Date.now() })
  const right = (level: 1 | 2) => ({ rights: { 'Office Portal': 2, 'News and Announcements': level } as const })
  who.writer = (await employ(one.account, right(2))).cookie
  who.other = (await employ(one.account, right(2))).cookie
  who.owner = (await employ(one.account, { isOwner: true })).cookie
  who.reader = (await employ(one.account, right(1))).cookie
  who.nobody = (await employ(one.account, { rights: { 'Office Portal': 2 } })).cookie
  const answer = await send('/a/demo/news', who.writer, {
    title: 'Floor is wet',
    text: 'Use **the mats** [here](https://gym.example) <script>x</script> [[guardian]]',
    from: '2026-01-01',
    until: '',
  })
  expect(answer.status).toBe(303)
})

describe('news for staff', () => {
  test('stands on the Welcome page and on a dashboard, with its markup and nothing else', async () => {
    const { html, trips } = await get('/a/demo/welcome', who.nobody)
    expect(html).toContain('Floor is wet')
    expect(html).toContain('<strong>the mats</strong>')
    expect(html).toContain('[[guardian]]')
    expect(html).not.toContain('<script>x')
    expect(Number(trips)).toBeLessThanOrEqual(2)
    await send('/a/demo/dashboard/arrangement', who.nobody, {})
    expect((await send('/a/demo/dashboard/widgets', who.nobody, { kind: 'news' })).status).toBe(303)
    const dashboard = await get('/a/demo/dashboard', who.nobody)
    expect(dashboard.text).toContain('Floor is wet')
    expect(Number(dashboard.trips)).toBeLessThanOrEqual(2)
  })

  test('is told from one day to another', async () => {
    await send('/a/demo/news', who.writer, {
      title: 'Over long ago',
      text: 'x',
      from: '2026-01-01',
      until: '2026-01-02',
    })
    await send('/a/demo/news', who.writer, { title: 'Not yet', text: 'x', from: '2099-01-01', until: '' })
    const { html } = await get('/a/demo/welcome', who.nobody)
    expect(html).not.toContain('Over long ago')
    expect(html).not.toContain('Not yet')
    const list = await get('/a/demo/news', who.reader)
    expect(list.text).toContain('Over long ago')
    expect(list.html).not.toContain('/deletion')
    expect(list.html).not.toContain('name="title"')
  })

  test('of another location is not told', async () => {
    const [place] = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${crypto.randomUUID()}, 'Far', 'UTC', 0) returning id`,
    )
    await send('/a/demo/news', who.owner, {
      title: 'Far away',
      text: 'x',
      location: String(place?.id),
      from: '2026-01-01',
      until: '',
    })
    const near = await employ(one.account, {
      rights: { 'Office Portal': 2, 'News and Announcements': 2 },
      locationIds: [one.locationId],
    })
    expect((await get('/a/demo/welcome', near.cookie)).html).not.toContain('Far away')
    expect((await get('/a/demo/news', near.cookie)).html).not.toContain('Far away')
    expect((await get('/a/demo/welcome', who.owner)).html).toContain('Far away')
    expect((await send(`/a/demo/news/${await idOf('Far away')}/deletion`, near.cookie, {})).status).toBe(404)
    expect(
      (
        await send('/a/demo/news', near.cookie, {
          title: 'No',
          text: 'x',
          location: String(place?.id),
          from: today,
          until: '',
        })
      ).status,
    ).toBe(422)
  })

  test('is changed and deleted by who wrote it or an administrator, with a line in the log', async () => {
    const id = await idOf('Floor is wet')
    const fields = { title: 'Floor is dry', text: 'Again', from: '2026-01-01', until: '' }
    expect((await send(`/a/demo/news/${id}`, who.other, fields)).status).toBe(409)
    expect((await send(`/a/demo/news/${id}/deletion`, who.other, {})).status).not.toBe(303)
    expect((await get(`/a/demo/news/${id}`, who.other)).status).toBe(404)
    const seenIn = (text: string) => text.match(/name="seen" value="(\d+)"/)?.[1] ?? ''
    const seen = seenIn((await get(`/a/demo/news/${id}`, who.writer)).html)
    // What is wrong says so; nobody else saved, so nothing else is said.
    const bad = await send(`/a/demo/news/${id}`, who.writer, { ...fields, seen, title: '' })
    expect([bad.status, (await bad.text()).includes('Saved meanwhile')]).toEqual([422, false])
    expect((await send(`/a/demo/news/${id}`, who.writer, { ...fields, seen })).status).toBe(303)
    // Whoever looked before that is shown both, and the next sending counts.
    await pick(sql`update news set updated_at = updated_at + 1 where id = ${id} returning id`)
    const late = await send(`/a/demo/news/${id}`, who.owner, { ...fields, title: 'Floor is fine', seen })
    expect(late.status).toBe(409)
    const both = await late.text()
    expect(both).toContain('Saved meanwhile: Floor is dry')
    expect(both).toContain('value="Floor is fine"')
    const next = { ...fields, seen: seenIn(both) }
    expect((await send(`/a/demo/news/${id}`, who.owner, next)).status).toBe(303)
    expect(await idOf('Floor is dry')).toBe(id)
    expect((await send(`/a/demo/news/${id}/deletion`, who.owner, {})).status).toBe(303)
    expect(await idOf('Floor is dry')).toBe(0)
    const log = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'news' and s.subject_id = ${id} order by a.id`,
    )
    expect(log.map(({ summary }) => summary)).toEqual([
      'posted the news “Floor is wet”',
      'changed the news “Floor is dry”',
      'changed the news “Floor is dry”',
      'deleted the news “Floor is dry”',
    ])
  })

  test('is written by those who may, and what is wrong with it stands beside the field', async () => {
    const { status, text } = await get('/a/demo/news', who.nobody)
    expect(status).toBe(403)
    expect(text).toContain('News and Announcements')
    expect((await send('/a/demo/news', who.reader, { title: 'x', text: 'x', from: today, until: '' })).status).toBe(403)
    const answer = await send('/a/demo/news', who.writer, { title: 'Kept', text: '', from: today, until: '2020-01-01' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('Text is missing.')
    expect(html).toContain('value="Kept"')
  })
})
