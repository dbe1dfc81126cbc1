import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { page } from './browser.ts'
import { household, logIn, office, portal } from './people.ts'

const slug = 'sunrise'

/** How much waits, as the icon of the footer says it. */
const badge = async (staff: Page) =>
  Number(((await staff.locator('#badge').textContent()) ?? '').match(/\d+/)?.[0] ?? 0)

for (const [javaScriptEnabled, width] of [
  [true, 1366],
  [false, 1366],
  [true, 390],
  [false, 390],
] as const)
  test(`what a family asks for is approved in the window and charged, ${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`, async () => {
    const visitor = { javaScriptEnabled, viewport: { width, height: 844 } }
    const known = await household(await page(), { slug, children: { Mia: 7 } })

    const family = await page(visitor)
    await logIn(family, portal(slug), known.email)
    const staff = await page(visitor)
    await logIn(staff, office(slug), `owner@${slug}.test`)
    const before = await badge(staff)

    await family.getByRole('link', { name: 'Booking' }).click()
    await family.getByRole('link', { name: 'Request Ninja Kids' }).click()
    expect(await family.getByLabel(`Mia ${known.surname}`).isChecked()).toBe(true)
    await family.getByLabel('Note').fill('She has done this before.')
    await family.getByRole('button', { name: 'Add to cart' }).click()
    await family.getByText('Holding 1 place for you').waitFor()
    await family.getByRole('button', { name: 'Send request' }).click()
    await family.getByRole('heading', { name: 'We have it' }).waitFor()
    await family.getByRole('link', { name: 'My Account' }).last().click()
    expect(await family.locator('#students').textContent()).toMatch(/Ninja Kids\s*(Requested|Pending)/)

    await staff.reload()
    expect(await badge(staff)).toBe(before + 1)
    await staff
      .getByRole('link', { name: /^Online Activity/ })
      .first()
      .click()
    const row = staff.getByRole('row', { name: known.surname }).filter({ hasText: 'Ninja Kids' })
    expect(await row.textContent()).toContain('“She has done this before.”')
    await row.getByRole('button', { name: `Approve, ${known.surname}, Mia` }).click()
    await staff.getByText(`Approved: ${known.surname}, Mia.`).waitFor()
    expect(await row.count()).toBe(0)
    expect(await badge(staff)).toBe(before)

    await family.reload()
    expect(await family.locator('#students').textContent()).toMatch(/Ninja Kids\s*(Active|Coming)/)

    await staff.goto(`${office(slug)}/families?q=${known.surname}`)
    await staff.getByRole('link', { name: known.surname, exact: true }).click()
    const charges = staff.getByRole('table', { name: 'Charges' })
    expect(await charges.textContent()).toMatch(/Ninja Kids.*\$\d+\.\d\d/)
    await staff.goto(`${office(slug)}/audit-log?who=owner@sunrise.test`)
    const lines = staff.getByRole('row').filter({ hasText: known.surname })
    expect(await lines.first().textContent()).toMatch(/owner@sunrise\.test.*approved.*Ninja Kids/)
  })
