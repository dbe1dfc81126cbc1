// An Email Blast to twenty thousand families: how long until it is accepted, and until the local driver has every mail.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { serveDemo } from '../demo.mjs'
import { openDatabases } from '../migrate.mjs'
import { sessionOf } from './fill.mjs'

/** Seconds within which the mails of a blast are handed over, and a request is accepted. */
const wanted = { accepted: 1, handed: 180 }

/** Gives the figures as lines. */
export async function bench({ small }) {
  const many = small ? 2_000 : 20_000
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwheel-blast-'))
  const filled = await serveDemo({ dataDir, quiet: true, fill: ['demo'] })
  await filled.stop()
  const cookie = await fillFamilies(dataDir, many)
  const server = await serveDemo({ dataDir, quiet: true, fill: [] })
  const began = performance.now()
  const answer = await fetch(`${server.url}/a/demo/email-blast`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: server.url },
    body: new URLSearchParams({
      key: randomUUID(),
      list: 'families',
      q: 'bench',
      status: '',
      subject: 'News for [[family_first]]',
      body: 'Hello [[family_first]],\n\n**we are closed** on Monday. [[student_names]]\n\n[Your account]([[portal_url]])',
      act: 'send',
    }),
  })
  const accepted = (performance.now() - began) / 1000
  const path = answer.headers.get('location')
  if (answer.status !== 303 || !path) throw new Error(`The blast was answered with ${answer.status}.`)
  let slowest = 0
  for (let over = false; !over; ) {
    await setTimeout(500)
    const asked = performance.now()
    const page = await (await fetch(server.url + path, { headers: { cookie } })).text()
    slowest = Math.max(slowest, performance.now() - asked)
    over = /\d done\./.test(page)
    if (performance.now() - began > 20 * 60_000) throw new Error('The blast does not end.')
  }
  const handed = (performance.now() - began) / 1000
  await server.stop()
  const { mails, families } = await count(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  if (mails !== many || families !== many) throw new Error(`${mails} mails reached ${families} of ${many} families.`)
  const verdict = accepted <= wanted.accepted && handed <= wanted.handed ? 'within' : 'NOT within'
  return [
    `Email Blast to ${many.toLocaleString('en-US')} families: accepted after ${accepted.toFixed(2)} s, all handed over after ${handed.toFixed(0)} s, one mail each; its page took ${Math.round(slowest)} ms at most: ${verdict} ${wanted.accepted} s and ${wanted.handed} s`,
  ]
}

async function fillFamilies(dataDir, many) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const now = Date.now()
  for (let from = 0; from < many; from += 5000) {
    const nths = JSON.stringify(Array.from({ length: Math.min(5000, many - from) }, (_, at) => from + at))
    const run = text => databases.DB.prepare(text).bind(nths).run()
    await run(
      `insert into families (name, sort_name, location_id, public_code, source, created_at, updated_at) select 'Bench ' || value, 'bench ' || value, 1, 'bench-' || value, 'bench-' || value, ${now}, ${now} from json_each(?)`,
    )
    await run(
      `insert into guardians (family_id, first_name, last_name, role, created_at) select f.id, 'Ann', f.name, 'primary', ${now} from json_each(?) j join families f on f.source = 'bench-' || j.value`,
    )
    await run(
      `insert into contacts (family_id, guardian_id, kind, value, folded, blast_consent, created_at) select f.id, g.id, 'email', f.source || '@example.test', f.source || '@example.test', 'in', ${now} from json_each(?) j join families f on f.source = 'bench-' || j.value join guardians g on g.family_id = f.id`,
    )
  }
  const cookie = await sessionOf(databases.DB, 'staff', 'owner@demo.test', now)
  await close()
  return cookie
}

async function count(dataDir) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const found = await databases.DB.prepare(
    "select count(*) as mails, count(distinct recipient) as families from local_mail where recipient like 'bench-%'",
  ).first()
  await close()
  return found
}
