import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app'
import type { Env } from '../../src/env'

const bindings = env as unknown as Env
const origin = 'https://cartwheel.example'
const waiting = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext

beforeAll(async () => {
  const run = (sql: string) => bindings.DB.prepare(sql)
  await bindings.DB.batch([
    run("insert into locations (id, slug, name, time_zone, created_at) values (1, 'main', 'Main', 'UTC', 0)"),
    run(
      "insert into logins (id, door, email, password_hash, created_at) values (1, 'guardian', 'file@families.example', null, 0), (2, 'guardian', 'own@families.example', 'scrypt$', 0), (3, 'guardian', 'childless@families.example', null, 0), (4, 'staff', 'owner@gym.test', null, 0)",
    ),
    ...[1, 2, 3].map(id =>
      run(
        `insert into families (id, name, sort_name, location_id, public_code, source, created_at, updated_at) values (${id}, 'F', 'f', 1, 'c${id}', 'households:${id}', 0, 0)`,
      ),
    ),
    ...[1, 2, 3].map(id =>
      run(
        `insert into guardians (id, family_id, first_name, last_name, role, login_id, access, created_at) values (${id}, ${id}, 'G', 'F', 'primary', ${id}, 'full', 0)`,
      ),
    ),
    ...[1, 2].flatMap(id => [
      run(
        `insert into students (id, first_name, last_name, sort_name, created_at, updated_at) values (${id}, 'C', 'F', 'f', 0, 0)`,
      ),
      run(`insert into family_students (family_id, student_id, created_at) values (${id}, ${id}, 0)`),
    ]),
  ])
})

const knock = (secret: string | undefined, given: string) =>
  app.request(
    `${origin}/__play/demo?families=10`,
    { method: 'POST', headers: { 'x-import-secret': given } },
    { ...bindings, IMPORT_SECRET: secret },
    waiting,
  )

test('there is no door for who plays without the secret of the start', async () => {
  expect((await knock(undefined, '')).status).toBe(404)
  expect((await knock('right', 'wrong')).status).toBe(404)
  expect(await bindings.DB.prepare('select count(*) n from login_sessions').first('n')).toBe(0)
})

test('with it, it lets in families of a file that have a child and no password, and gives them none', async () => {
  const answer = await knock('right', 'right')
  const [{ email, cookie }, ...others] = (await answer.json()) as [{ email: string; cookie: string }]
  expect([email, others]).toEqual(['file@families.example', []])
  expect(await bindings.DB.prepare('select password_hash h from logins where id = 1').first('h')).toBeNull()
  const session = { headers: { cookie: cookie.split(';')[0] as string } }
  const page = await app.request(`${origin}/p/demo/account`, session, bindings, waiting)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('F family')
})
