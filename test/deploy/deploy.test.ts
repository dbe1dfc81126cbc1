import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forget, run } from './run'
import { openStandIn, split } from './stand-in'

/** A deployment takes some seconds, and more where the machine is busy. */
const patience = 300_000

type StandIn = Awaited<ReturnType<typeof openStandIn>>
const named = ['--name', 'little-gym', '--region', 'weur']
const builds = (call: string) => /^(PUT|POST) \/workers\/scripts\/[^/]+(\/versions)?$/.test(call)

let cloud: StandIn
/** The first deployment and the first upgrade build the Worker; the others are given what the first one uploaded. */
const built: { CARTWHEEL_BUILT?: string } = {}

afterAll(() => rmSync(built.CARTWHEEL_BUILT ?? '', { recursive: true, force: true }))
afterEach(forget)

describe('npm run deploy', () => {
  let first: Awaited<ReturnType<typeof run>>

  beforeAll(async () => {
    forget()
    cloud = await openStandIn()
    first = await run('deploy', named, cloud.env)
    const folder = mkdtempSync(join(tmpdir(), 'cartwheel-built-'))
    for (const { name, text } of cloud.state.worker?.modules ?? []) writeFileSync(join(folder, name), text)
    built.CARTWHEEL_BUILT = folder
  }, patience)
  afterAll(() => cloud.close())

  test('makes everything that a business needs, and prints where it is', () => {
    expect(first.said).toContain('https://little-gym.little-gym-acc012.workers.dev/a/little-gym')
    expect(first.code).toBe(0)
    expect(first.said).toContain('On the Workers Free plan')
    expect(cloud.state.databases.map(({ name, where }) => [name, where])).toEqual([
      ['little-gym-db', { primary_location_hint: 'weur' }],
    ])
    expect(cloud.state.queues).toEqual(['little-gym-jobs', 'little-gym-jobs-dlq'])
    expect(cloud.state.consumers.get('little-gym-jobs')).toMatchObject({ dead_letter_queue: 'little-gym-jobs-dlq' })
    expect(cloud.state.crons).toEqual([{ cron: '*/5 * * * *' }])
    expect(cloud.state.worker?.metadata.limits?.cpu_ms).toBe(5000)
  })

  test('leaves no secret of its own, no door of a laptop and no password', async () => {
    const bound = cloud.state.worker?.metadata.bindings ?? []
    expect(
      bound
        .filter(({ type }) => type === 'plain_text')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['ACCOUNT', 'ORIGIN'])
    expect(cloud.state.secrets).toEqual({})
    // Not even closed: it is not in there.
    expect(cloud.state.worker?.modules.map(({ text }) => text).join('')).not.toContain('demo-password')
    expect(await cloud.rows('little-gym-db', 'select id from logins')).toEqual([])
  })

  test(
    'opens once to its first owner, and no demo, test gateway or mail of a laptop is there',
    async () => {
      const link = first.said.match(/https:\/\/\S+(\/a\/little-gym\/first-owner\/[\w-]{32})/)?.[1] ?? ''
      const [row] = await cloud.rows('little-gym-db', "select value from settings where name = 'opening.link'")
      expect(String(row?.value)).not.toContain(link.split('/').at(-1))
      const ask = await cloud.openWorker()
      const origin = 'https://little-gym.example.workers.dev'
      const send = (path: string, form: Record<string, string>, cookie = '') =>
        ask(path, {
          method: 'POST',
          body: new URLSearchParams({ key: crypto.randomUUID(), ...form }).toString(),
          headers: { Origin: origin, Cookie: cookie, 'content-type': 'application/x-www-form-urlencoded' },
        })
      // What a laptop has.
      for (const path of ['/__demo/little-gym', '/__import/little-gym', '/__play/little-gym/families'])
        for (const secret of ['', 'undefined', 'null'])
          expect(
            (
              await ask(path, {
                method: 'POST',
                headers: { Origin: origin, 'x-demo-secret': secret, 'x-import-secret': secret },
              })
            ).status,
            path,
          ).toBe(404)
      expect((await send('/a/little-gym/login', { email: 'owner@demo.test', password: 'demo-password' })).status).toBe(
        401,
      )
      const person = { first: 'Kit', last: 'Vale', email: 'kit@example.test', password: 'a sentence of my own' }
      const opened = await send(link, person)
      expect(opened.status).toBe(303)
      const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      expect((await send(link, person)).status).toBe(409)
      const page = await (await ask('/a/little-gym/first-steps', { headers: { Cookie: cookie } })).text()
      expect(page).toContain('Mail is not being sent')
      expect(page).toContain('0 of 5 done')
      expect((await ask('/a/little-gym/local-mail', { headers: { Cookie: cookie } })).status).toBe(404)
      const tried = await send('/a/little-gym/first-steps/payments/test', {}, cookie)
      expect(tried.status).toBe(409)
      expect(await tried.text()).toContain('works only on a machine where this is developed')
      const health = await (await ask('/a/little-gym/settings/health', { headers: { Cookie: cookie } })).text()
      expect(health).toContain('up to date')
      expect(health).not.toContain('<b>Laptop</b>')
      expect((await ask('/p/little-gym')).headers.get('strict-transport-security')).toContain('max-age=63072000')
    },
    patience,
  )

  test(
    'again is an upgrade: bookmark first, no link where there is an owner, the same address, and the way back',
    async () => {
      cloud.state.calls = []
      await cloud.rows('little-gym-db', "delete from d1_migrations where name like '0039%'")
      await cloud.rows('little-gym-db', 'drop table signs')
      for (const [name, slot] of [
        ['little-gym-db-recipes', 'slot-4'],
        ['little-gym-db-empty', 'slot-5'],
      ] as const)
        cloud.state.databases.push({ uuid: slot, name, slot, where: {} })
      await cloud.rows('little-gym-db-recipes', 'create table recipes (id integer)')
      const again = await run('deploy', ['--name', 'little-gym'], cloud.env)
      expect(again.said).toContain('The new version is open.')
      expect(again.code).toBe(0)
      expect(again.said).toContain('little-gym: 1 migrations')
      expect(again.said).toMatch(/npx wrangler d1 time-travel restore little-gym-db --bookmark=0000-\d+/)
      expect(again.said).toContain('npx wrangler rollback --name little-gym')
      expect(again.said).not.toContain('first-owner')
      expect(again.said).not.toContain('Free plan')
      const { calls } = cloud.state
      const nth = (word: string) => calls.findIndex(call => call.includes(word))
      expect(nth('bookmark')).toBeGreaterThan(-1)
      expect(nth('bookmark')).toBeLessThan(nth('0039'))
      expect(nth('0039')).toBeLessThan(calls.findIndex(builds))
      expect(calls.filter(call => call.startsWith('POST /d1/database') && !call.includes('query'))).toEqual([])

      // A name does not make a database ours.
      expect(again.said).toContain('little-gym-db-recipes belongs to something else and is left alone')
      const tables = "select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'"
      expect(await cloud.rows('little-gym-db-recipes', tables)).toEqual([{ name: 'recipes' }])
      expect(await cloud.rows('little-gym-db-empty', tables)).toEqual([])
      const taken = await run('account', ['add', 'recipes', '--name', 'little-gym'], cloud.env)
      expect(taken.said).toContain('something else')
      expect(taken.code).toBe(1)
      const gone = await run(
        'account',
        ['remove', 'recipes', '--name', 'little-gym', '--confirm', 'recipes'],
        cloud.env,
      )
      expect(gone.said).toContain('There is no business recipes')
      expect(cloud.state.databases.splice(1).map(({ name }) => name)).toEqual([
        'little-gym-db-recipes',
        'little-gym-db-empty',
      ])
    },
    patience,
  )

  test(
    'a second business has a database of its own, migrated before the Worker that knows it, and goes again',
    async () => {
      cloud.state.calls = []
      const added = await run('account', ['add', 'little-swim', '--name', 'little-gym'], { ...cloud.env, ...built })
      expect(added.said).toMatch(/\/a\/little-swim\/first-owner\/[\w-]{32}/)
      expect(added.code).toBe(0)
      const { calls } = cloud.state
      expect(calls.findLastIndex(call => call.includes('0001'))).toBeLessThan(calls.findIndex(builds))
      const bound = () =>
        (cloud.state.worker?.metadata.bindings ?? []).filter(({ type }) => type === 'd1').map(({ name }) => name)
      expect(bound()).toEqual(['DB', 'DB_LITTLE_SWIM'])
      const ask = await cloud.openWorker()
      expect((await ask('/p/little-swim')).status).toBe(200)
      expect((await ask('/p/little-sea')).status).toBe(404)
      const list = await run('account', ['list', '--name', 'little-gym'], cloud.env)
      expect(list.said).toContain('little-swim')
      expect(list.said).toContain('no owner yet')

      const kept = await run('account', ['remove', 'little-swim', '--name', 'little-gym'], cloud.env)
      expect(kept.said).toContain('Nothing was removed')
      expect(
        (await run('account', ['remove', 'little-gym', '--name', 'little-gym', '--confirm', 'little-gym'], cloud.env))
          .code,
      ).toBe(1)
      expect(cloud.state.databases).toHaveLength(2)
      const gone = await run('account', ['remove', 'little-swim', '--name', 'little-gym', '--confirm', 'little-swim'], {
        ...cloud.env,
        ...built,
      })
      expect(gone.said).toContain('little-swim is removed')
      const file = gone.said.match(/Saved to (\S+)/)?.[1] ?? ''
      expect(readFileSync(file, 'utf8')).toContain('everything of a business')
      rmSync(file)
      expect(gone.code).toBe(0)
      expect(bound()).toEqual(['DB'])
      expect(cloud.state.databases.map(({ name }) => name)).toEqual(['little-gym-db'])
    },
    patience,
  )
})

/** In one account that goes from one to the next: the databases of each anew would take most of the time. */
describe('what can go wrong', () => {
  beforeAll(async () => {
    cloud = await openStandIn()
  })
  beforeEach(() => {
    forget()
    cloud.breakAt()
    cloud.state.calls = []
  })
  afterAll(() => cloud.close())

  const deploy = (words: string[] = named, env: Record<string, string> = {}) =>
    run('deploy', words, { ...cloud.env, ...built, ...env })

  test(
    'each is one sentence that says what to do, before anything is made',
    async () => {
      const wrong: [string[], Record<string, string>, string][] = [
        [[], {}, 'Say what it is called'],
        [['--name', 'Little Gym'], {}, 'cannot be a name'],
        [['--name', 'little-gym', '--region', 'moon'], {}, '“moon” is no region'],
        [['--name', 'little-gym', '--domain', 'https://x'], {}, 'is no domain'],
        [named, { CLOUDFLARE_API_TOKEN: 'another' }, 'does not know this log-in any more'],
        [named, { CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:9/client/v4' }, 'could not be reached'],
        [['--nam', 'x'], {}, 'npm run deploy'],
      ]
      for (const [words, env, sentence] of wrong) {
        const { code, said } = await deploy(words, env)
        expect(said).toContain(sentence)
        expect(said, said).not.toMatch(/\n\s+at /)
        expect(code).toBe(1)
      }
      expect(cloud.state.databases).toEqual([])
    },
    patience,
  )

  test(
    'a name that something else has is refused',
    async () => {
      cloud.state.databases.push({ uuid: 'd', name: 'little-gym-db', slot: 'slot-5', where: {} })
      await cloud.rows('little-gym-db', 'create table recipes (id integer)')
      const { code, said } = await deploy()
      expect(said).toContain('tables of something else')
      expect(code).toBe(1)
      cloud.state.worker = {
        metadata: { main_module: 'x', compatibility_date: '', compatibility_flags: [], bindings: [] },
        modules: [],
      }
      expect((await deploy()).said).toContain('it is not Cartwheel')
      cloud.state.databases = []
      cloud.state.worker = undefined
    },
    patience,
  )

  test(
    'without the right for a call it says which permissions are needed',
    async () => {
      for (const at of ['GET /d1/database', 'POST /d1/database', 'GET /queues', 'GET /workers/subdomain']) {
        cloud.breakAt(call => call === at, 'forbidden')
        const { code, said } = await deploy()
        expect(said, at).toContain('Workers Scripts: Edit, D1: Edit, Queues: Edit')
        expect(code).toBe(1)
      }
      cloud.breakAt(builds, 'forbidden')
      expect((await deploy()).said).toContain('may not upload the Worker')
    },
    patience,
  )

  test(
    'a domain is looked at before anything is made',
    async () => {
      cloud.state.zones = [
        { name: 'example.com', status: 'active' },
        { name: 'example.org', status: 'pending' },
      ]
      cloud.state.domains = [{ id: 'd', hostname: 'www.example.com', service: 'shop', zone_name: 'example.com' }]
      for (const [domain, sentence] of [
        ['classes.example.net', 'belongs to no domain of this Cloudflare account'],
        ['classes.example.org', 'example.org is not active at Cloudflare yet (pending)'],
        ['www.example.com', 'www.example.com leads to the Worker shop already'],
      ] as const) {
        const { code, said } = await deploy([...named, '--domain', domain])
        expect(said).toContain(sentence)
        expect(code).toBe(1)
      }
      expect(cloud.state.calls.filter(call => !call.startsWith('GET ') && !call.includes('query'))).toEqual([])
    },
    patience,
  )

  test(
    'the free plan is named where Cloudflare refuses, and can be chosen; a domain leads to what is open then',
    async () => {
      cloud.state.plan = 'free'
      const { code, said } = await deploy()
      expect(said).toContain('This Cloudflare account has the free plan.')
      expect(code).toBe(1)
      // As Cloudflare's own form runs it: nobody to ask, and the name that it wrote into wrangler.toml.
      forget()
      await cloud.rename('little-gym-db', 'cartwheel-db', 'cartwheel')
      const free = await deploy([], {
        WORKERS_CI: '1',
        CARTWHEEL_PLAN: 'free',
        CARTWHEEL_DOMAIN: 'classes.example.com',
      })
      expect(free.said).toContain('https://classes.example.com/a/cartwheel')
      expect(free.code).toBe(0)
      const bound = (wanted: string) => cloud.state.worker?.metadata.bindings.find(({ name }) => name === wanted)?.text
      expect(bound('QUERIES')).toBe('40')
      expect(bound('ORIGIN')).toBe('https://classes.example.com')
      expect(cloud.state.domains.map(({ hostname, service }) => [hostname, service])).toEqual([
        ['www.example.com', 'shop'],
        ['classes.example.com', 'cartwheel'],
      ])
    },
    patience,
  )

  test(
    'a domain takes nothing from anybody, and the one that leads here stays',
    async () => {
      const before = structuredClone(cloud.state.domains)
      cloud.state.records = ['example.com']
      const taken = await deploy(['--name', 'cartwheel', '--domain', 'example.com'])
      expect(taken.said).toContain('example.com has DNS records, which would be lost')
      expect(taken.code).toBe(1)
      // A token that may not see zones learns it from the call itself, and a Worker that took the domain meanwhile, too.
      const { zones } = cloud.state
      cloud.state.zones = []
      const unknown = await deploy(['--name', 'cartwheel', '--domain', 'classes.example.net'])
      expect(unknown.said).toContain('belongs to no domain of this Cloudflare account')
      cloud.state.zones = zones
      expect(cloud.state.calls.filter(builds)).toEqual([])
      expect(cloud.state.domains).toEqual(before)

      const again = await deploy(['--name', 'cartwheel', '--domain', 'gym.example.com'])
      expect(again.said).toContain('https://gym.example.com/a/cartwheel')
      expect(cloud.state.domains.map(({ hostname }) => hostname)).toEqual([
        'www.example.com',
        'classes.example.com',
        'gym.example.com',
      ])
    },
    patience,
  )

  test(
    'a migration that stops in one database keeps none of the others, nor the Worker that runs, and goes on later',
    async () => {
      await cloud.rows('cartwheel-db', "delete from d1_migrations where name like '0039%'")
      await cloud.rows('cartwheel-db', 'drop table signs')
      cloud.breakAt(call => call.includes('0039_'), 'fault')
      const words = ['--name', 'cartwheel']
      const { code, said } = await deploy(words)
      expect(said).toContain('One database is behind')
      expect(said).toContain('0039_signs_of_life.sql stopped in cartwheel-db')
      expect(code).toBe(1)
      expect(cloud.state.calls.filter(builds)).toEqual([])
      cloud.breakAt()
      cloud.state.calls = []
      const again = await deploy(words)
      expect(again.code).toBe(0)
      expect(again.said).toContain('https://gym.example.com/a/cartwheel')
      expect(cloud.state.calls.some(call => call.includes('0001_'))).toBe(false)
    },
    patience,
  )
})

test('SQL is split as crudely as Cloudflare splits it', () => {
  expect(split("select 1; select ';'; -- ;\nCREATE TRIGGER t BEGIN select 1; select 2; END; select 3")).toHaveLength(4)
  expect(split('create trigger t begin select 1; end;')).toHaveLength(2)
})
