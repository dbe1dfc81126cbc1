import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app'
import { createAppointment, createService } from '../../src/appointments/setup'
import { child, plainSettings, type Shopper, shopper, wish } from '../cart/people'
import { asStaff, pick, rowCounts } from '../cast'
import { contact, place } from '../contacts/household'
import { words } from '../knock'
import { checkOutCart, intoCart, Visitor } from '../visit'

/** What English pages say all the time and Spanish ones never; names and titles of the cast have none of them. */
const english =
  /\b(the|your|you|we|is|are|was|with|from|until|this|that|and|for|of|to|on|by|Add|Ask|Cancel|Choose|Delete|Drop|Edit|Enroll|Enrollments|Find|Log|Make|None|Nothing|Note|Payments|Pending|Request|Requests|Save|Schedule|Search|Send|Show|Students?|Waitlist|Withdraw|Years?|Months?)\b/

/** What the books and a cart wrote down stays as staff read it. */
const writtenDown = /\b(Nov\W\d+ to Nov\W\d+|from (\w+, )?Nov\W\d+)\b/g

let here: Shopper
/** Rows that pages are about, by the word before them in an address. */
let ids: Record<string, number> = {}

beforeAll(async () => {
  const switches = ['portal.show_parties', 'portal.show_appointments', 'shop.enabled', 'gift.enabled', 'gift.guests']
  const on = Object.fromEntries(
    [...switches, 'staff_page.enabled', 'classreg.auto_approve', 'portal.show_qr'].map(name => [name, true]),
  )
  here = await shopper({ settings: on })
  // One child is enrolled and will miss a day, the place of the other lies in the cart.
  await intoCart(here.visitor, here.class.id, wish(here))
  await checkOutCart(here.visitor, { method: 'token:tok_ok_4242' })
  await here.visitor.post(`/p/demo/account/students/${child(here, 0)}/absences/by-date`, {
    from: '2026-12-01',
    to: '2026-12-20',
  })
  await intoCart(here.visitor, here.class.id, wish(here, { student: child(here, 1) }))
  await here.visitor.post('/p/demo/account/payment-methods', { token: 'tok_ok_4242' })
  const method = await pick(sql`select max(id) as id from payment_methods`)
  const { family, guardian, staffId, locationId, programId } = here
  const staff = asStaff(here.account)
  const serviceId = await createService(staff, { name: 'Gimnasia', minutes: 30 })
  const offer = { serviceId, staffId, locationId, programId, cents: 4500 }
  ids = {
    contacts: await contact(family.id, { guardianId: guardian.id, kind: 'phone', value: '(555) 010-2200' }),
    addresses: await place(family.id, guardian.id, '12 Elm St'),
    'payment-methods': method[0]?.id ?? 0,
    appointments: await createAppointment(staff, offer),
  }
  const counts = await rowCounts()
  expect([counts.enrollments, counts.payments]).toEqual([1, 1])
  return plainSettings
})

const addresses = (of: 'GET' | 'POST') => [
  ...new Set(
    app.routes
      .filter(({ method, path }) => method === of && path.startsWith('/p/:account') && !/\*/.test(path))
      .map(({ path }) => path),
  ),
]

/** All but what ends the session that the others are sent with. */
const forms = addresses('POST').filter(path => !path.endsWith('/logout'))

const inSpanish = { headers: { 'Accept-Language': 'es-MX,es;q=0.9' } }

const real = (path: string) =>
  path
    .replace(':account', 'demo')
    .replace(/students\/:\w+/, `students/${here.students[0].id}`)
    .replace(/classes\/:\w+/, `classes/${here.class.id}`)
    .replace(/(contacts|addresses|payment-methods|(?<!account\/)appointments)\/:\w+/, (_, of) => `${of}/${ids[of]}`)
    .replace(/:\w+/g, '1')

const sendEmpty = (visitor: Visitor, path: string, headers: Record<string, string> = inSpanish.headers) =>
  visitor.fetch(path, {
    method: 'POST',
    body: new URLSearchParams({ key: crypto.randomUUID() }),
    headers: { ...headers, Origin: 'https://gym.test' },
  })

/** What is on the page in English; the choice of the other language is. */
async function left(response: Response) {
  const html = await response.text()
  const text = words(html.replace(/<a href="\?language=en".*?<\/a>/gs, '').replace(/<(script|style)\b.*?<\/\1>/gs, ''))
  const spoken = [...html.matchAll(/ (?:aria-label|title|placeholder|alt)="([^"]*)"/g)]
    .map(([, said]) => said)
    .join(' ')
  return {
    status: response.status,
    language: html.match(/<html lang="(\w+)"/)?.[1],
    english: [...new Set(`${text} ${spoken}`.replace(writtenDown, '').match(new RegExp(english, 'g')))],
  }
}

/** What nobody here has bought, booked or waits for; these say so in Spanish as well. */
const notThere =
  /(pictures|camps|guests|test-gateway|policies|orders)\/:\w+$|certificate$|waitlist-cancellation$|passes\/:\w+$|account\/(appointments|parties|camps)\/:/

test.each(addresses('GET'))('%s is Spanish for whoever reads Spanish', async path => {
  for (const visitor of [here.visitor, new Visitor()]) {
    const { status, language, english } = await left(await visitor.fetch(real(path), inSpanish))
    expect(visitor === here.visitor && !notThere.test(path) ? [200, 303] : [200, 303, 404, 409]).toContain(status)
    if (status === 303 || !language) continue
    expect({ language, english }).toEqual({ language: 'es', english: [] })
  }
})

test('a page that answers a form is Spanish as a whole for whoever reads Spanish', async () => {
  const drawn = []
  for (const path of forms) {
    const { status, language, english } = await left(await sendEmpty(here.visitor, real(path)))
    expect(status).toBeLessThan(500)
    if (!language) continue
    if (status === 409 || status === 422) drawn.push(path)
    expect.soft({ path, language, english }).toEqual({ path, language: 'es', english: [] })
  }
  expect(drawn.length).toBeGreaterThan(20)
})

test('two families who send a form at the same time are each answered in their language', async () => {
  const path = `/p/demo/cart/classes/${here.class.id}`
  const languages = ['es', 'en', 'es', 'en', 'es', 'en']
  const answers = await Promise.all(
    languages.map(async asked => left(await sendEmpty(here.visitor, path, { 'Accept-Language': asked }))),
  )
  expect(answers.map(({ language }) => language)).toEqual(languages)
  expect(answers.map(({ english }) => english.length > 0)).toEqual(languages.map(asked => asked === 'en'))
})

test('a form that was not understood says so in Spanish, beside its fields', async () => {
  const answered = await here.visitor.fetch('/p/demo/account/students', {
    method: 'POST',
    body: new URLSearchParams({ key: crypto.randomUUID(), first: '', last: '' }),
    headers: { ...inSpanish.headers, Origin: 'https://gym.test' },
  })
  const text = words(await answered.text())
  expect(answered.status).toBe(422)
  expect(text).toContain('Falta: Nombre.')
  expect(text).not.toMatch(english)
})
