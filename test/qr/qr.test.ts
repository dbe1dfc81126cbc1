import { sql } from 'drizzle-orm'
import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { drawing } from '../../src/qr/codes'
import { cast, pick } from '../cast'
import { loggedIn, set } from '../visit'

/** The picture that a reader sees: the path of the page, eight pixels a square. */
function seen(path: string, size: number) {
  const scale = 8
  const side = size * scale
  const data = new Uint8Array(side * side * 4).fill(255)
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let dy = 0; dy < scale; dy++)
      for (let dx = 0; dx < Number(run) * scale; dx++)
        data.set([0, 0, 0], ((Number(y) * scale + dy) * side + Number(x) * scale + dx) * 4)
  return { width: side, height: side, data }
}

test('the squares that are drawn read as the code', () => {
  const code = '0123456789ABCDEF0123456789ABCDEF'
  const { path, size } = drawing(code)
  expect(decodeQR(seen(path, size))).toBe(code)
})

test('a family makes a code, shows it as a picture without a script, and a new one ends it', async () => {
  const c = await cast()
  const [mia] = c.students
  const ana = await loggedIn(c)
  const at = `/p/demo/account/students/${mia.id}/qr-codes`
  expect((await ana.get('/p/demo/account')).text).toContain(at)
  expect((await ana.get(at)).text).toContain('There is no code yet.')
  const codeOf = async () =>
    (await pick<{ code: string }>(sql`select qr_token as code from students where id = ${mia.id}`))[0]?.code ?? ''
  expect((await ana.post(at)).status).toBe(303)
  const first = await codeOf()
  expect(first).toMatch(/^[0-9A-F]{32}$/)
  const page = (await ana.get(at)).text
  const [, size, path = ''] = page.match(/viewBox="0 0 (\d+) \d+".*?<path d="([^"]+)"/s) ?? []
  expect(decodeQR(seen(path, Number(size)))).toBe(first)
  // Nothing of the child is in it, nor in the page beside its picture.
  expect(page).not.toContain(first)
  const key = crypto.randomUUID()
  for (const time of [1, 2]) expect([time, (await ana.post(at, { key })).status]).toEqual([time, 303])
  const second = await codeOf()
  expect(second).not.toBe(first)
  expect(
    await pick<{ action: string }>(
      sql`select a.action from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'student' and s.subject_id = ${mia.id}`,
    ),
  ).toHaveLength(2)
})

test('it is not there for another family, where it is switched off, or to make for who only looks', async () => {
  const c = await cast()
  const other = await cast()
  const ana = await loggedIn(c)
  const theirs = `/p/demo/account/students/${other.students[0].id}/qr-codes`
  const own = `/p/demo/account/students/${c.students[0].id}/qr-codes`
  expect([(await ana.get(theirs)).status, (await ana.post(theirs)).status]).toEqual([404, 404])
  await set(c.account, 'portal.show_qr', false)
  expect([(await ana.get(own)).status, (await ana.post(own)).status]).toEqual([404, 404])
  await set(c.account, 'portal.show_qr', true)
  await pick(sql`update guardians set role = 'secondary', access = 'limited' where id = ${c.guardian.id}`)
  expect((await ana.get(own)).text).not.toContain('Make a code')
  expect((await ana.post(own)).status).toBe(409)
})
