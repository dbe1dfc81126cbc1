import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { audit } from '../../src/audit/audit'
import { changesIn } from '../../src/audit/changes'
import { csv } from '../../src/csv'
import { commit } from '../../src/database'
import { type Cast, cast, now } from '../cast'
import { ask, clockAt, employ, words } from '../knock'

const db = (env as unknown as { DB: D1Database }).DB
let one: Cast
let cookie = ''
const log = async (query = '') => {
  const answer = await ask(`/a/demo/audit-log${query}`, { cookie, bindings: clockAt(now) })
  const html = await answer.text()
  const [, read = '0'] = answer.headers.get('Server-Timing')?.match(/read;desc="(\d+)"/) ?? []
  const [, trips = '0'] = answer.headers.get('Server-Timing')?.match(/trips;desc="(\d+)"/) ?? []
  return {
    status: answer.status,
    html,
    text: words(html),
    read: Number(read),
    trips: Number(trips),
    headers: answer.headers,
  }
}

beforeAll(async () => {
  one = await cast()
  cookie = (
    await employ(one.account, { rights: { 'Office Portal': 2, 'Audit Log': 1, Families: 1, Classes: 1, Students: 1 } })
  ).cookie
  // Two years of a busy business: 60,000 lines of one person in the Office, among them few of anybody else.
  await db
    .prepare(
      `insert into audit (at, who, made_in, action, summary)
       with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
       select ? - i * 1000000, 'busy@example.test', 'office', 'note', 'kept note ' || i from n`,
    )
    .bind(now)
    .run()
  await commit(one.account, [
    ...audit(
      one.account,
      'change price',
      'changed the price of Tumbling',
      [
        ['family', one.family.id],
        ['student', one.students[0].id],
      ],
      {
        before: { feeCents: 1500, dropDate: null, same: 1 },
        after: { feeCents: 2000, dropDate: '2026-11-30', same: 1 },
      },
    ),
  ])
})

describe('the audit log', () => {
  test('shows who, when, from where and what changed, in words', async () => {
    const { text, html, trips } = await log('?q=TUMBLING+price')
    expect(text).toContain(one.account.actor.name)
    expect(text).toContain('Customer Portal, 192.0.2.1')
    expect(text).toContain('Mon, Nov 2, 10:00 am, 2026'.replace('Nov 2', 'Nov\u00a02').replaceAll('\u00a0', ' '))
    expect(text).toContain('Fee 15.00 20.00')
    expect(text).toContain('Drop date none 2026-11-30')
    expect(text).not.toContain('Same')
    expect(html).toContain(`href="/a/demo/families/${one.family.id}"`)
    expect(trips).toBeLessThanOrEqual(2)
  })

  test('is narrowed by who, by where from, by days and by words, all at once', async () => {
    const who = encodeURIComponent(one.account.actor.name)
    expect((await log(`?who=${who}&from=customer_portal&since=2026-11-02&until=2026-11-02&q=price`)).text).toContain(
      'Tumbling',
    )
    for (const other of ['from=import', 'since=2026-11-03', 'until=2026-11-01', 'q=price+vault'])
      expect((await log(`?who=${who}&${other}`)).text, other).toContain('Nothing fits these filters')
    expect((await log('?who=BUSY@example.test')).html.split('kept note')).toHaveLength(51)
  })

  test('of one record holds its lines alone, and the record leads there', async () => {
    for (const [subject, id, path] of [
      ['family', one.family.id, 'families'],
      ['student', one.students[0].id, 'students'],
    ] as const) {
      const { text } = await log(`?subject=${subject}&of=${id}`)
      expect(text).toContain('Tumbling')
      expect(text).not.toContain('kept note')
      const record = await (await ask(`/a/demo/${path}/${id}`, { cookie, bindings: clockAt(now) })).text()
      expect(record).toContain(`/a/demo/audit-log?subject=${subject}&amp;of=${id}`)
    }
    expect((await log(`?subject=class&of=${one.class.id}`)).text).toContain(`Of ${one.class.name}`)
  })

  test('goes on where the page before ended', async () => {
    const first = await log('?who=busy@example.test')
    const [, next = ''] = first.html.match(/href="\/a\/demo\/audit-log(\?[^"]*)" rel="next"/) ?? []
    const second = await log(next.replaceAll('&amp;', '&'))
    expect(second.text).toContain('kept note 51 ')
    expect(second.text).not.toContain('kept note 50 ')
  })

  test('looks for words in two thousand lines at a time, and says how far it came', async () => {
    const first = await log('?who=busy@example.test&q=note+2500')
    expect(first.text).toContain('Nothing fits these filters since')
    expect(first.read).toBeLessThanOrEqual(4500)
    const [, further = ''] = first.html.match(/href="\/a\/demo\/audit-log(\?[^"]*)" rel="next"/) ?? []
    expect((await log(further.replaceAll('&amp;', '&'))).text).toContain('kept note 2500')
  })

  test.each([
    '',
    '?from=import',
    '?from=office',
    '?who=nobody',
    '?q=nothing+like+it',
    '?from=office&who=busy@example.test&q=zzz',
  ])('reads no more than it looks at: %s', async query => {
    expect((await log(query)).read).toBeLessThanOrEqual(4600)
  })

  test('is taken away as a file with the filters of the page', async () => {
    const answer = await ask(`/a/demo/audit-log/lines.csv?subject=family&of=${one.family.id}`, {
      cookie,
      bindings: clockAt(now),
    })
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('Content-Disposition')).toContain('audit-log-2026-11-02.csv')
    const lines = (await answer.text()).split('\r\n')
    expect(lines[0]).toContain('Day,Time,Who')
    expect(lines.some(line => line.endsWith('changed the price of Tumbling,Fee,15.00,20.00'))).toBe(true)
    const long = await (
      await ask('/a/demo/audit-log/lines.csv?who=busy@example.test', { cookie, bindings: clockAt(now) })
    ).text()
    expect(long.split('\r\n')).toHaveLength(5003)
    expect(long).toContain('This file ends here. For older lines choose Until 2026-')
  })

  test('is shut without its permission, which the page names', async () => {
    const { cookie } = await employ(one.account, { rights: { 'Office Portal': 2, Families: 1 } })
    for (const path of ['/a/demo/audit-log', '/a/demo/audit-log/lines.csv']) {
      const answer = await ask(path, { cookie, bindings: clockAt(now) })
      expect(answer.status).toBe(403)
      expect(await answer.text()).toContain('Audit Log')
    }
    const record = await (await ask(`/a/demo/families/${one.family.id}`, { cookie, bindings: clockAt(now) })).text()
    expect(record).not.toContain('/audit-log?')
  })

  test('makes sense of whatever its address says', async () => {
    for (const query of ['?at=x&id=-1', '?subject=moon&of=1', '?since=yesterday', '?from=mars', '?of=1', "?q=%'%22"])
      expect((await log(query)).status, query).toBe(200)
  })
})

test('a change of any shape is a table of words', () => {
  expect(changesIn(null, null, 'UTC')).toEqual([])
  expect(changesIn('true', 'false', 'UTC')).toEqual([{ what: 'Value', before: 'Yes', after: 'No' }])
  expect(changesIn(null, '{"fromAt":1793635200000,"places":[1,2]}', 'UTC')).toEqual([
    { what: 'From at', before: '', after: expect.stringContaining('2') },
    { what: 'Places', before: '', after: '1, 2' },
  ])
})

test('a cell is never a formula in a spreadsheet', () => {
  expect(csv(['a'], [['=1+1'], ['-5.20'], ['say "hi", you'], ['+1 555']])).toBe(
    '\ufeffa\r\n\'=1+1\r\n-5.20\r\n"say ""hi"", you"\r\n\'+1 555\r\n',
  )
})
