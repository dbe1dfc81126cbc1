import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page, shot } from './browser.ts'
import { logIn, office, portal, staffPortal } from './people.ts'

const people = [
  { who: 'the owner', home: office(), email: 'owner@demo.test', least: 15 },
  { who: 'a family', home: portal(), email: 'rivera@demo.test', least: 15 },
  { who: 'a coach', home: staffPortal(), email: 'coach@demo.test', least: 2 },
]
const looks = [
  { width: 1366, height: 850, colorScheme: 'light' },
  { width: 1366, height: 850, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const

/** "/a/demo/families/:id": pages that differ by their number, or a notice's name, and query alone are one kind of page. */
const kindOf = (path: string) =>
  path
    .split('?')[0]
    ?.replaceAll(/\/\d+(?=\/|$)/g, '/:id')
    .replace(/(?<=\/templates\/)(?!new$)[a-z-]+$/, ':id') ?? ''

/** One address of each kind of page that links lead to, from the first page on. */
async function findPages(page: Page, home: string): Promise<string[]> {
  const kinds = new Map<string, string>([[kindOf(home), home]])
  for (const path of kinds.values()) {
    const answer = await page.request.get(path)
    expect(answer.status(), path).toBe(200)
    // A file is no page, and a mail as its reader gets it is none of ours: no script runs in it, axe neither.
    const { 'content-type': type, 'content-security-policy': policy } = answer.headers()
    if (!type?.startsWith('text/html') || policy?.includes('sandbox')) kinds.delete(kindOf(path))
    for (const [, href = ''] of (await answer.text()).matchAll(/<a[^>]* href="([^"#]+)/g)) {
      const link = href.replaceAll('&amp;', '&')
      if ((link === home || link.startsWith(`${home}/`) || link.startsWith(`${home}?`)) && !kinds.has(kindOf(link)))
        kinds.set(kindOf(link), link)
    }
  }
  return [...kinds.values()]
}

const classesIn = (sheet: string) =>
  Array.from(readFileSync(`static/css/${sheet}.css`, 'utf8').matchAll(/\.([a-z][\w-]*)/g), ([, name = '']) => name)

/** What has its looks in the second sheet of the Office alone. */
const everywhere = new Set(classesIn('office'))
const onlyMore = classesIn('office-more').filter(name => !everywhere.has(name))

/** On a page of the Office without its second sheet: what would need it. */
const undressed = (one: Page) =>
  one.evaluate(
    some =>
      document.querySelector('script[src*="/js/office."]') && !document.querySelector('link[href*="office-more"]')
        ? [...document.querySelectorAll(some)].map(({ className }) => `has no sheet for ${className}`)
        : [],
    ['progress', ...onlyMore.map(name => `.${name}`)].join(),
  )

for (const { who, home, email, least } of people)
  test(`on every page of ${who} axe finds nothing and nothing scrolls sideways, on a desk and on a phone, light and dark`, async () => {
    const tab = await page()
    await logIn(tab, home, email)
    const found = await findPages(tab, home)
    expect(found.length).toBeGreaterThanOrEqual(least)
    const wrong: string[] = []
    // Each width in one of the two schemes: colours are tokens, which the details below see in both. SHOTS=1 takes all.
    const some = process.env.SHOTS ? looks : [looks[0], looks[3]]
    const look = async (one: Page, path: string, nth: number) => {
      await one.goto(path)
      wrong.push(...(await undressed(one)).map(line => `${path}: ${line}`))
      for (const { width, height, colorScheme } of some) {
        await one.setViewportSize({ width, height })
        await one.emulateMedia({ colorScheme })
        const how = `${path} at ${width} px, ${colorScheme}`
        const { wide, shown } = await one.evaluate(() => ({
          wide: document.documentElement.scrollWidth,
          shown: document.documentElement.clientWidth,
        }))
        if (wide > shown) wrong.push(`${how}: ${wide} px wide`)
        // What axe sees hardly differs with the width, and it is slow: every other page on a desk, the rest on a phone.
        if (process.env.SHOTS || width === (nth % 2 ? looks[3] : looks[0]).width)
          wrong.push(...(await axe(one)).map(line => `${how}: ${line}`))
        if (process.env.SHOTS)
          await shot(one, `${kindOf(path).slice(1).replaceAll(/\W+/g, '-')}-${width}-${colorScheme}`)
      }
    }
    // Two tabs side by side, each with every other page.
    const second = await page()
    await logIn(second, home, email)
    await Promise.all(
      [tab, second].map(async (one, nth) => {
        for (const [at, path] of found.filter((_, at) => at % 2 === nth).entries()) await look(one, path, at)
      }),
    )
    expect(wrong).toEqual([])
  }, 900_000)

test('of every type the demo has an entry, whose details are free of what axe finds and whose links lead somewhere', async () => {
  const tab = await page()
  await logIn(tab, office(), 'owner@demo.test')
  await tab.goto(`${office()}/online-activity`)
  const types = await tab
    .locator('[name=type] option')
    .evaluateAll(all => all.map(one => (one as HTMLOptionElement).value))
  const wrong: string[] = []
  const followed = new Set<string>()
  let seen = 0
  for (const type of types.filter(Boolean)) {
    await tab.goto(`${office()}/online-activity?type=${type}`)
    const details = tab.locator('a.look').first()
    if ((await details.count()) === 0) continue
    seen++
    await tab.goto((await details.getAttribute('href')) ?? '')
    for (const [nth, { width, height, colorScheme }] of [looks[0], looks[3]].entries()) {
      await tab.setViewportSize({ width, height })
      await tab.emulateMedia({ colorScheme })
      if (seen % 2 === nth) wrong.push(...(await axe(tab)).map(line => `${type} at ${width} px: ${line}`))
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth)
      if (wide > width) wrong.push(`${type} at ${width} px: ${wide} px wide`)
      if (process.env.SHOTS) await shot(tab, `details-${type}-${width}-${colorScheme}`)
    }
    const hrefs = await tab.locator('.details a').evaluateAll(all => all.map(one => one.getAttribute('href') ?? ''))
    for (const href of hrefs.filter(each => each.startsWith('/') && !followed.has(each))) {
      followed.add(href)
      const status = (await tab.request.get(href)).status()
      if (status !== 200) wrong.push(`${type}: ${href} answered ${status}`)
    }
  }
  expect(wrong).toEqual([])
  expect(seen).toBeGreaterThanOrEqual(12)
}, 300_000)
