// Registration day: two thousand families look at the class list and five hundred book in the same minute. No class may
// be oversold, no cart lost, and nobody may meet a fault.
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { serveDemo } from '../demo.mjs'
import { openDatabases } from '../migrate.mjs'

const places = 8
/** So many classes are what everybody wants: a third of those who book find a place. */
const wanted = 20

/** Gives the figures as lines. */
export async function bench({ small }) {
  const [browsing, booking] = small ? [400, 100] : [2_000, 500]
  const minute = small ? 12_000 : 60_000
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwheel-registration-'))
  const filled = await serveDemo({ dataDir, quiet: true, fill: ['demo'] })
  await filled.stop()
  const families = await fillFamilies(dataDir, booking)
  const server = await serveDemo({ dataDir, quiet: true, fill: [] })
  const classes = await classesIn(dataDir)
  const took = { list: [], book: [] }
  const faults = []
  const came = { booked: 0, full: 0 }

  const ask = async (what, path, { cookie, form } = {}) => {
    const began = performance.now()
    const answer = await fetch(server.url + path, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { ...(cookie ? { cookie } : {}), origin: server.url },
      body: form && new URLSearchParams({ key: randomUUID(), ...form }),
    }).catch(error => ({ status: 599, text: async () => String(error), headers: new Headers() }))
    const text = await answer.text()
    took[what].push(performance.now() - began)
    if (answer.status >= 500) faults.push(`${answer.status} ${path}`)
    return { status: answer.status, location: answer.headers.get('location') ?? '', text }
  }
  const sentence = ({ text }) => text.match(/role="alert"[^>]*>[\s\S]*?<p>([^<]+)/)?.[1] ?? ''

  /** From the list to a sent request: what a family does that knows what it wants. */
  async function book({ cookie, child }, nth) {
    const classId = classes[nth % wanted]
    await ask('list', '/p/demo/classes', { cookie })
    await ask('book', `/p/demo/classes/${classId}`, { cookie })
    const form = { student: String(child), kind: 'active', date: dateIn(3) }
    const added = await ask('book', `/p/demo/cart/classes/${classId}`, { cookie, form })
    if (added.status !== 303) {
      if (sentence(added)) came.full += 1
      else faults.push(`${added.status} without a sentence`)
      return
    }
    const cart = await ask('book', '/p/demo/cart', { cookie })
    const hidden = name => cart.text.match(new RegExp(`name="${name}" value="(\\d+)"`))?.[1] ?? ''
    const sent = await ask('book', '/p/demo/cart/checkout', {
      cookie,
      form: { cart: hidden('cart'), total: hidden('total') },
    })
    if (sent.status === 303) came.booked += 1
    else faults.push(`${sent.status} at the checkout: ${sentence(sent)}`)
  }

  const at = (share, work) => setTimeout(share * minute).then(work)
  const began = performance.now()
  await Promise.all([
    ...Array.from({ length: browsing }, (_, nth) => {
      // One in four is logged in, the others look before they do.
      const cookie = nth % 4 ? undefined : families[nth % families.length]?.cookie
      return at(nth / browsing, () => ask('list', `/p/demo/classes?day=${nth % 7}`, { cookie }))
    }),
    ...families.map((family, nth) => at(nth / families.length, () => book(family, nth))),
  ])
  const seconds = (performance.now() - began) / 1000
  await server.stop()
  const { oversold, requests, held } = await judge(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  const spread = list => {
    const sorted = list.toSorted((a, b) => a - b)
    return `median ${Math.round(sorted[Math.floor(sorted.length / 2)])} ms, 95 % ${Math.round(sorted[Math.floor(sorted.length * 0.95)])} ms`
  }
  const right = !faults.length && !oversold && requests === came.booked && !held
  return [
    `Registration day: ${browsing.toLocaleString('en-US')} look and ${booking} book within ${seconds.toFixed(0)} s: ${came.booked} have a place, ${came.full} read that it is full; lists ${spread(took.list)}; booking pages ${spread(took.book)}`,
    `  oversold classes ${oversold}, requests ${requests} of ${came.booked}, places left in a cart ${held}, faults ${faults.length}${faults.length ? ` (${[...new Set(faults)].slice(0, 5).join('; ')})` : ''}: ${right ? 'as it should be' : 'NOT as it should be'}`,
  ]
}

const dateIn = days => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Families with a log-in, a session and a child of eight, who have accepted everything; classes that anybody fits. */
async function fillFamilies(dataDir, many) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const now = Date.now()
  const families = Array.from({ length: many }, (_, nth) => {
    const token = createHash('sha256').update(randomUUID()).digest('hex').slice(0, 40)
    return { nth, token, hash: createHash('sha256').update(token).digest('hex') }
  })
  const list = JSON.stringify(families)
  const each = 'from json_each(?) j'
  const name = "'bench-' || json_extract(j.value, '$.nth')"
  const run = text => databases.DB.prepare(text).bind(list).run()
  const family = `(select f.id from families f where f.source = ${name})`
  const login = `(select l.id from logins l where l.email = ${name} || '@example.test')`
  await run(
    `insert into families (name, sort_name, location_id, public_code, source, created_at, updated_at) select ${name}, ${name}, 1, ${name}, ${name}, ${now}, ${now} ${each}`,
  )
  await run(
    `insert into logins (door, email, created_at) select 'guardian', ${name} || '@example.test', ${now} ${each}`,
  )
  await run(
    `insert into guardians (family_id, first_name, last_name, role, access, login_id, created_at) select ${family}, 'Ann', ${name}, 'primary', 'full', ${login}, ${now} ${each}`,
  )
  await run(
    `insert into students (first_name, last_name, sort_name, birth_date, created_at, updated_at, source) select 'Mia', ${name}, ${name}, '${dateIn(-8 * 365 - 60)}', ${now}, ${now}, ${name} ${each}`,
  )
  const child = `(select s.id from students s where s.source = ${name})`
  await run(
    `insert into family_students (family_id, student_id, created_at) select ${family}, ${child}, ${now} ${each}`,
  )
  await run(
    `insert into login_sessions (id, login_id, created_at, seen_at, expires_at) select json_extract(j.value, '$.hash'), ${login}, ${now}, ${now}, ${now + 86_400_000} ${each}`,
  )
  await run(
    `insert into policy_answers (version_id, family_id, student_id, answer, electronic, at) select p.version_id, ${family}, iif(p.kind = 'student', ${child}, null), 'accepted', 1, ${now} ${each}, policies p where p.active = 1 and p.kind in ('family','student')`,
  )
  await databases.DB.prepare(
    `update classes set max_students = ${places} + (select count(*) from seats s where s.class_id = classes.id and s.to_date > '${dateIn(0)}'), min_age = null, max_age = null, gender = 'any'`,
  ).run()
  const { results } = await databases.DB.prepare("select id, source from students where source like 'bench-%'").all()
  await close()
  const children = new Map(results.map(({ id, source }) => [source, id]))
  return families.map(({ nth, token }) => ({
    cookie: `__Host-guardian-demo=${token}`,
    child: children.get(`bench-${nth}`),
  }))
}

async function classesIn(dataDir) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const { results } = await databases.DB.prepare(
    "select id from classes where kind = 'class' and state = 'active' order by id",
  ).all()
  await close()
  return results.map(({ id }) => id)
}

async function judge(dataDir) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const figures = await databases.DB.prepare(
    `select (select count(*) from classes c where (select count(*) from seats s where s.class_id = c.id and s.to_date > '${dateIn(3)}') > c.max_students) as oversold,
      (select count(*) from enrollments e join families f on f.id = e.family_id where f.source like 'bench-%' and e.state = 'requested') as requests,
      (select count(*) from seats s where s.cart_item_id is not null and s.expires_at > ${Date.now()}) as held`,
  ).first()
  await close()
  return figures
}
