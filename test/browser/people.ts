import type { BrowserContext, Page } from 'playwright-core'
import { url } from './browser.ts'
import { ask as read } from './mailbox.ts'

/** The password of every log-in of the demo businesses. */
export const password = 'demo-password'

/** Where each portal begins; the second business is quiet, so that what a test counts there is its own. */
export const office = (slug = 'demo') => `/a/${slug}`
export const portal = (slug = 'demo') => `/p/${slug}`
export const staffPortal = (slug = 'demo') => `/s/${slug}`

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
const known = new Map<string, Cookies>()

/** Logs in by the form of a portal and stands on its first page; the same person's second visit brings the cookies of the first. */
export async function logIn(page: Page, home: string, email: string) {
  const cookies = known.get(email)
  if (cookies) {
    await page.context().addCookies(cookies)
    await page.goto(home)
    return
  }
  await page.goto(`${home}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log In' }).click()
  await page.waitForURL(address => !address.pathname.endsWith('/login'))
  known.set(email, await page.context().cookies())
}

/** A form sent beside the page, with its cookies, as its own site sends it: for what a test needs beforehand. */
export async function send(page: Page, path: string, form: Record<string, string>) {
  const answer = await page.request.post(path, {
    form: { key: crypto.randomUUID(), ...form },
    headers: { origin: url },
    maxRedirects: 0,
  })
  if (answer.status() >= 400) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`)
  return answer
}

/** A family that only this test knows. */
export interface Household {
  surname: string
  email: string
  slug: string
  /** Ids of the children, in the order of their names. */
  children: { id: number; name: string }[]
}

let count = 0

/** A name nobody else has: the tests share two businesses. */
export const surname = () => `Test${Date.now().toString(36)}${(count++).toString(36)}`

/** "2020-04-01" for somebody who is so old by now. */
export const born = (years: number) =>
  new Date(Date.now() - (years * 365.25 + 60) * 86_400_000).toISOString().slice(0, 10)

/** The code of a first log-in as it was written down to be mailed: nobody waits for the queue here. */
export function codeFor(email: string): string {
  const written = "select data from messages where address = ? and template = 'address-code' order by id desc limit 1"
  const [mail] = read<{ data: string }>(written, email)
  return mail?.data.match(/"code":"(\d{6})"/)?.[1] ?? ''
}

/** Signs up a family, logs the page in as its guardian and accepts every policy. */
export async function household(
  page: Page,
  { slug = 'demo', children = { Mia: 6 } }: { slug?: string; children?: Record<string, number> } = {},
): Promise<Household> {
  const at = portal(slug)
  const last = surname()
  const email = `${last.toLowerCase()}@${slug}.test`
  const ages = Object.entries(children)
  const rooms = ages.flatMap(([name, years], nth) => [
    [`student_${nth + 1}_first`, name],
    [`student_${nth + 1}_birthday`, born(years)],
  ])
  await send(page, `${at}/sign-up`, {
    first: 'Ines',
    last,
    email,
    password,
    referral: '1',
    ...Object.fromEntries(rooms),
  })
  await send(page, `${at}/login`, { email, password })
  await send(page, `${at}/login/code`, { code: codeFor(email) })
  await send(page, `${at}/account/policies/1`, { answer: 'accept', version: '1' })
  const list = await (await page.request.get(`${at}/account/policies`)).text()
  const questions = [...list.matchAll(/\/account\/policies\/(\d+)\?student=(\d+)/g)]
  for (const [, policy, student] of questions)
    await send(page, `${at}/account/policies/${policy}`, {
      answer: 'accept',
      version: '1',
      student: String(student),
    })
  const ids = [...new Set(questions.map(([, , student]) => Number(student)))].sort((a, b) => a - b)
  return { surname: last, email, slug, children: ages.map(([name], nth) => ({ id: ids[nth] ?? 0, name })) }
}

/** The class of this name that has the most places left, or the nth of them, by its id: the tests use the places up. */
export async function classNamed(page: Page, name: string, slug = 'demo', nth = 0): Promise<number> {
  const list = await (await page.request.get(`${portal(slug)}/classes?q=${encodeURIComponent(name)}&openings=1`)).text()
  const found = new Map<number, number>()
  for (const card of list.split('<li class="class">').slice(1)) {
    const id = Number(card.match(/\/classes\/(\d+)/)?.[1])
    found.set(id, Number(card.match(/>(\d+) openings</)?.[1] ?? 1))
  }
  const [id] = [...found].sort((one, other) => other[1] - one[1])[nth] ?? []
  if (!id) throw new Error(`No class named ${name} has an opening: ${list}`)
  return id
}

/** The date so many days from today. */
export const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Asks for a place as the family the page is logged in as: into the cart, and out of it. */
export async function ask(page: Page, family: Household, classId: number, more: Record<string, string> = {}) {
  const at = portal(family.slug)
  await send(page, `${at}/cart/classes/${classId}`, {
    student: String(family.children[0]?.id),
    kind: 'active',
    date: day(5),
    ...more,
  })
  const cart = await (await page.request.get(`${at}/cart`)).text()
  const hidden = (name: string) => cart.match(new RegExp(`name="${name}" value="(\\d+)"`))?.[1] ?? ''
  await send(page, `${at}/cart/checkout`, { cart: hidden('cart'), total: hidden('total') })
}

/** The ways of looking at the Office that a test of it takes: on a desk with JavaScript, and on a phone without. */
export const looks = [
  { how: 'on a desk with JavaScript', visitor: { javaScriptEnabled: true, viewport: { width: 1366, height: 844 } } },
  {
    how: 'on a phone without JavaScript',
    visitor: { javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
  },
]

/** A family with children of a surname nobody else has, made by the Office's own form; each child's page by its name. */
export async function addFamily(staff: Page, at: string, children: [name: string, birthday: string][]) {
  const last = surname()
  const rooms = children.flatMap(([name, birthday], nth) => [
    [`student_${nth + 1}_first`, name],
    [`student_${nth + 1}_birthday`, birthday],
  ])
  const added = await send(staff, `${at}/families`, { first: 'Ines', last, ...Object.fromEntries(rooms) })
  const record = added.headers().location?.split('?')[0] ?? ''
  const made = read<{ id: number; name: string }>(
    'select id, first_name as name from students where last_name = ?',
    last,
  )
  return { last, record, child: (name: string) => `${at}/students/${made.find(one => one.name === name)?.id}` }
}
