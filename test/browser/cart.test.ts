import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page, shot } from './browser.ts'
import { classNamed, household, logIn, office, portal } from './people.ts'

const slug = 'sunrise'
const at = portal(slug)

/** Pages that were loaded, and what came over the wire for them. */
async function counted(tab: Page) {
  const wire = await tab.context().newCDPSession(tab)
  await wire.send('Network.enable')
  const count = { pages: 0, bytes: 0 }
  const documents = new Set<string>()
  wire.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    if (type === 'Document' && request.method === 'GET') documents.add(requestId)
  })
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    count.bytes += encodedDataLength
    if (documents.has(requestId)) count.pages += 1
  })
  return count
}

for (const [javaScriptEnabled, width, colorScheme] of [
  [true, 1366, 'light'],
  [false, 390, 'dark'],
] as const) {
  const way = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`

  test(`two children go into the cart, one comes out again, and the rest is sent, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: { width, height: 844 }, colorScheme })
    const family = await household(tab, { slug, children: { Mia: 7, Leo: 8 } })
    await logIn(tab, at, family.email)
    const count = await counted(tab)
    await tab.goto(`${at}/classes`)
    await tab.getByRole('link', { name: 'Request Ninja Kids' }).click()
    for (const { name } of family.children) await tab.getByLabel(`${name} ${family.surname}`).check({ force: true })
    await tab.getByLabel('Note').fill('They come together.')
    await tab.getByRole('button', { name: 'Add to cart' }).click()
    await tab.getByText('Holding 2 places for you').waitFor()
    expect(await tab.getByRole('link', { name: /^Cart/ }).textContent()).toContain('2')
    await shot(tab, `cart-${width}-${colorScheme}`)
    const clock = tab.locator('[data-clock]')
    if (javaScriptEnabled) await expect.poll(() => clock.innerText()).toMatch(/^1[45]:\d\d$/)
    else expect(await clock.innerText()).toBe('15 min')
    await tab.getByRole('button', { name: 'Remove Ninja Kids' }).last().click()
    await tab.getByText('Holding 1 place for you').waitFor()
    await tab.getByLabel('Promo code').fill('NOT-A-CODE')
    await tab.getByRole('button', { name: 'Apply' }).click()
    await tab.getByText('No promo code is spelled like that.').waitFor()
    expect(await tab.getByLabel('Promo code').inputValue()).toBe('NOT-A-CODE')
    if (javaScriptEnabled) expect(await axe(tab)).toEqual([])
    await tab.getByRole('button', { name: 'Send request' }).click()
    await tab.getByRole('heading', { name: 'We have it' }).waitFor()
    expect(await tab.getByText('Requested', { exact: true }).count()).toBe(1)
    await shot(tab, `confirmation-${width}-${colorScheme}`)
    if (javaScriptEnabled) expect(await axe(tab)).toEqual([])
    await tab.getByRole('link', { name: 'My Account' }).last().click()
    expect(await tab.locator('#students').textContent()).toMatch(/Ninja Kids\s*(Requested|Pending)/)
    expect(count.pages).toBeGreaterThan(3)
  })
}

test('from the list of classes to a request that is sent it is at most six pages and 120 KB', async () => {
  const tab = await page({ viewport: { width: 390, height: 844 } })
  const family = await household(tab, { slug, children: { Mia: 7 } })
  await logIn(tab, at, family.email)
  const count = await counted(tab)
  // As somebody who was never here with this browser: sheet, script and icons count too.
  await (await tab.context().newCDPSession(tab)).send('Network.clearBrowserCache')
  await tab.goto(`${at}/classes`)
  await tab.getByRole('link', { name: 'Request Ninja Kids' }).click()
  await tab.getByRole('button', { name: 'Add to cart' }).click()
  await tab.getByRole('button', { name: 'Send request' }).click()
  await tab.getByRole('heading', { name: 'We have it' }).waitFor()
  console.info(`${count.pages} pages, ${(count.bytes / 1000).toFixed(1)} KB`)
  expect(count.pages).toBeGreaterThanOrEqual(4)
  expect(count.pages).toBeLessThanOrEqual(6)
  expect(count.bytes).toBeLessThanOrEqual(120_000)
})

test('what a visitor chose is still chosen after the log-in', async () => {
  const known = await household(await page(), { slug, children: { Mia: 7 } })
  const tab = await page({ javaScriptEnabled: false })
  const classId = await classNamed(tab, 'Ninja Kids', slug)
  await tab.goto(`${at}/classes/${classId}`)
  await tab.getByLabel('How?').selectOption('trial')
  await tab.getByLabel('Note').fill('For a friend of Leo.')
  await tab.getByRole('button', { name: 'Log In' }).click()
  await tab.getByLabel('E-mail').fill(known.email)
  await tab.getByLabel('Password').fill('demo-password')
  await tab.getByRole('button', { name: 'Log In' }).click()
  expect(await tab.getByLabel('How?').inputValue()).toBe('trial')
  expect(await tab.getByLabel('Note').inputValue()).toBe('For a friend of Leo.')
  await tab.getByRole('button', { name: 'Add to cart' }).click()
  await tab.getByText('Holding 1 place for you').waitFor()

  const staff = await page({ javaScriptEnabled: false })
  await logIn(staff, office(slug), `owner@${slug}.test`)
  await staff.goto(`${office(slug)}/classes`)
  await staff.getByRole('link', { name: 'Enrollment Reservations' }).click()
  const row = staff.getByRole('row', { name: known.surname })
  expect(await row.textContent()).toContain('TRIAL')
  await row.getByRole('button', { name: /^Delete/ }).click()
  await staff.getByText('The place is free again.').waitFor()
  await tab.reload()
  await tab.getByText('The place is not kept any more.').waitFor()
  await tab.getByRole('button', { name: /^Take the place again/ }).click()
  await tab.getByText('Holding 1 place for you').waitFor()
})
