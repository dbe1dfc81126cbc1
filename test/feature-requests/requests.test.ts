import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let one: Cast
let [desk, coach, owner] = ['', '', '']
const page = async (cookie: string, query = '') => {
  const html = await (await ask(`/a/demo/feature-requests${query}`, { cookie })).text()
  return { html, text: words(html) }
}
const send = (path: string, cookie: string, form: Record<string, string>) =>
  ask(`/a/demo/feature-requests${path}`, { cookie, form: { key: crypto.randomUUID(), ...form } })
const votes = async (id: number) =>
  (await pick<{ votes: number }>(sql`select votes from feature_requests where id = ${id}`))[0]?.votes

beforeAll(async () => {
  one = await cast({ now: Date.now() })
  desk = (await employ(one.account, { rights: { 'Office Portal': 2 } })).cookie
  coach = (await employ(one.account, { rights: { 'Office Portal': 2 } })).cookie
  owner = (await employ(one.account, { isOwner: true })).cookie
})

describe('feature requests', () => {
  test('are written by everybody, voted for once by each, and answered by the owner', async () => {
    expect((await send('', desk, { title: 'Dark rosters', text: 'For the <b>gym</b>' })).status).toBe(303)
    const [{ id = 0 } = {}] = await pick(sql`select id from feature_requests where title = 'Dark rosters'`)
    expect((await page(coach)).text).toContain('1 vote.')
    for (let n = 0; n < 2; n += 1) expect((await send(`/${id}/vote`, coach, { vote: '1' })).status).toBe(303)
    expect(await votes(id)).toBe(2)
    expect((await send(`/${id}/vote`, coach, {})).status).toBe(303)
    expect(await votes(id)).toBe(1)
    expect((await page(coach)).html).not.toContain('/answer"')
    expect((await send(`/${id}/answer`, desk, { state: 'done', answer: '' })).status).toBe(404)
    expect((await send(`/${id}/answer`, owner, { state: 'moon', answer: '' })).status).toBe(422)
    expect((await send(`/${id}/answer`, owner, { state: 'planned', answer: 'In spring' })).status).toBe(303)
    expect((await page(desk)).text).not.toContain('Dark rosters')
    const planned = await page(desk, '?state=planned')
    expect(planned.text).toContain('In spring Kim Desk')
    expect(planned.html).toContain('For the &lt;b&gt;')
    const log = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'feature_request' and s.subject_id = ${id} order by a.id`,
    )
    expect(log[0]?.summary).toBe('asked for “Dark rosters”')
    expect(log.at(-1)?.summary).toBe(`answered feature request ${id}: Planned`)
  })

  test('say what is missing, and that one is gone', async () => {
    const answer = await send('', desk, { title: ' ', text: 'kept' })
    expect(answer.status).toBe(422)
    expect(words(await answer.text())).toContain('Title is missing.')
    const gone = await send('/99999/vote', desk, { vote: '1' })
    expect(words(await gone.text())).toContain('This request is not there any more.')
  })
})
