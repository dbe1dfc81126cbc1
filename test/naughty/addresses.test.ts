import { expect, test } from 'vitest'
import { filled } from '../../scripts/visitor.mjs'
import { app } from '../../src/app'
import { type Desk, doors, type Outcome, slug } from './desk'
import { headersOf, plainFaults } from './fields'
import { atScene } from './scene'
import { every, share, strings } from './share'
import { kind, walk } from './walk'

const { office, portal, staff } = doors

/** A header is one line of ASCII; what is more never leaves a browser. */
const sendable = /^[ -~]*$/

/** What doors read from an address though no link of the stage says it: reports, what is done, pages further on. */
const unlinked = {
  [`${portal}/account`]: ['done', 'lines'],
  [`${portal}/account/policies/next`]: ['next', 'for'],
  [`${portal}/account/payments`]: ['location'],
  [office]: ['staff-portal'],
  [`${office}/enrollments`]: ['after', 'id'],
  [`${office}/families`]: ['after', 'id'],
  [`${office}/students`]: ['after', 'id'],
  [`${office}/classes`]: ['after', 'id'],
  [`${office}/audit-log`]: ['at', 'id'],
  [`${office}/online-activity`]: ['answer', 'after', 'before', 'here'],
  [`${office}/online-activity/total`]: ['type'],
  [`${office}/imports/1`]: ['page'],
  [`${office}/settings`]: ['saved'],
}

/** Asks for pages and keeps what is wrong with the answers; a page that is looked at writes nothing. */
function reader(desk: Desk) {
  const faults: string[] = []
  let pages = 0
  const look = (what: string, text: string) => (outcome: Outcome) => {
    pages += 1
    const found = [...plainFaults(text, outcome)]
    if (outcome.written.size) found.push(`has written: ${[...outcome.written.keys()]}`)
    for (const fault of found) faults.push(`${what}=${JSON.stringify(text)}: ${fault}`)
  }
  return {
    faults,
    pages: () => pages,
    ask: (what: string, text: string, path: string, headers: Record<string, string>) =>
      desk.trial(path, { headers }, look(what, text)),
  }
}

test(
  'every filter, and whatever stands in the query of a link, takes every string',
  () =>
    atScene(async (desk, people) => {
      const { faults, pages, ask } = reader(desk)
      const turns = new Set<string>()
      for (const { visitor, home, starts } of people) {
        const { forms, queries } = await walk(visitor, home, starts, 4)
        const asked = forms
          .filter(({ method }) => method === 'get')
          .flatMap(form =>
            [...new Set(form.controls.map(({ name }) => name))].map(name => ({
              path: form.action,
              name,
              rest: filled(form),
            })),
          )
        for (const [, names] of queries)
          for (const [name, link] of names)
            asked.push({ path: link, name, rest: [...new URLSearchParams(link.split('?')[1])] })
        for (const [path, names] of Object.entries(unlinked))
          if (path.startsWith(home) && visitor.cookie()) for (const name of names) asked.push({ path, name, rest: [] })
        for (const { path, name, rest } of asked) {
          const turn = `${kind(path)} ${name}`
          if (turns.has(turn)) continue
          turns.add(turn)
          for (const [nth, text] of share().entries()) {
            const query = new URLSearchParams([...rest.filter(([each]) => each !== name), [name, text]])
            await ask(turn, text, `${path.split('?')[0]}?${query}`, headersOf(visitor, nth % 2 === 1))
          }
        }
      }
      console.info(`${turns.size} filters, ${pages()} pages`)
      expect(faults).toEqual([])
      expect(turns.size).toBeGreaterThan(50)
    }),
  900_000,
)

test(
  'an account, an id or a word in an address may be any string: nothing is there',
  () =>
    atScene(async (desk, people) => {
      const faults: string[] = []
      const parts = [...new Map(app.routes.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()]
        // What a mail leads to looks alike for every key.
        .filter(({ path }) => !/\/(unsubscribe|invitations|new-password|first-owner)\//.test(path))
        .filter(({ method, path }) => method !== 'ALL' && /^\/[aps]\//.test(path))
        .flatMap(({ method, path }) => [...path.matchAll(/:\w+/g)].map(([part]) => ({ method, path, part })))
      let nth = 0
      // Eight addresses a string: all of them would take longer and say no more.
      for (const text of strings)
        for (let times = 0; times < 8; times++) {
          const { method, path, part } = parts[nth++ % parts.length] ?? expect.unreachable()
          const at = path
            .replace(part, () => encodeURIComponent(text.toWellFormed()))
            .replace(':account', slug)
            .replace(/:\w+/g, '1')
          const { visitor } = people.findLast(({ home }) => path.startsWith(home.slice(0, 3))) ?? expect.unreachable()
          const body = method === 'POST' ? new URLSearchParams({ key: crypto.randomUUID() }) : undefined
          await desk.trial(at, { method, body, headers: headersOf(visitor, false) }, outcome => {
            const found = [...plainFaults(text, outcome)]
            if (![303, 401, 404].includes(outcome.status) && !/^[1-9.]\d*$|^$/.test(text))
              found.push(`${outcome.status}`)
            for (const fault of found) faults.push(`${method} ${at}: ${fault}`)
          })
        }
      expect(faults).toEqual([])
    }),
  900_000,
)

test(
  'every header that is read takes every string',
  () =>
    atScene(async (desk, people) => {
      const { faults, pages, ask } = reader(desk)
      const owner = people.find(({ name }) => name === 'owner')?.visitor ?? expect.unreachable()
      const parent = people.find(({ name }) => name === 'parent')?.visitor ?? expect.unreachable()
      const [entry] = desk.ask('select max(id) id from activity where closed_at is null')
      const window = `${office}/online-activity`
      const piece = headersOf(owner, true)
      const tries: [name: string, path: string, headers: Record<string, string>, value?: (text: string) => string][] = [
        ['Referer', `${window}/${entry?.id}`, headersOf(owner, false)],
        ['Referer', `${window}/${entry?.id}`, headersOf(owner, false), text => `https://gym.test${window}?${text}`],
        ['X-Back', window, piece],
        ['HX-Target', window, piece],
        ['HX-Request-Type', window, piece],
        ['Sec-Fetch-Site', `${portal}/account`, headersOf(parent, false)],
        ['CF-Connecting-IP', `${portal}/account`, headersOf(parent, false)],
        ['cookie', `${portal}/account`, {}, text => `${parent.cookie()}; __Host-at-${slug}=${text}`],
        ['cookie', `${portal}/account`, {}, text => `__Host-guardian-${slug}=${text}`],
        ['cookie', office, {}, text => `__Host-staff-${slug}=${text}`],
        ['cookie', staff, {}, text => text],
      ]
      let unsendable = 0
      let sendings = 0
      for (const [name, path, headers, value = (text: string) => text] of tries)
        for (const text of share()) {
          const sent = { ...headers, [name]: value(text.toWellFormed()) }
          // A header is one line; what is more never leaves a browser.
          sendings += 1
          if (!sendable.test(text)) unsendable += 1
          else await ask(name, text, path, sent)
        }
      // A log-in keeps the name of the browser, up to 200 characters of it.
      const login = { email: 'owner@sunrise.test', password: 'demo-password' }
      for (const text of share()) {
        const headers = { ...headersOf(owner, false), cookie: '', 'user-agent': text.toWellFormed() }
        if (!sendable.test(text)) continue
        await desk.trial(`${office}/login`, { method: 'POST', body: new URLSearchParams(login), headers }, outcome => {
          const kept = new Headers(headers).get('user-agent')?.slice(0, 200)
          for (const fault of plainFaults(text, outcome)) faults.push(`User-Agent ${text}: ${fault}`)
          if (outcome.status !== 303 || (kept && !desk.holds(['login_sessions'], kept)))
            faults.push(`User-Agent ${JSON.stringify(text)}: ${outcome.status}, not kept`)
        })
      }
      expect(faults).toEqual([])
      expect(pages()).toBe(sendings - unsendable)
      expect(sendings).toBeGreaterThanOrEqual(tries.length * Math.floor(strings.length / every))
      expect(unsendable).toBeLessThan(pages() / 2)
    }),
  900_000,
)
