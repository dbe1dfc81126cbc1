import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { page } from './browser.ts'
import { born, type Household, household, logIn, office, portal } from './people.ts'

const [home, at] = [portal(), office()]

/** Finds the entry of an act in the window by its type, and dismisses it there. */
async function dismissed(staff: Page, family: Household, type: string, says: string) {
  await staff.goto(`${at}/online-activity?type=${type}`)
  const row = staff.getByRole('row', { name: family.surname }).filter({ hasText: says })
  await row.getByRole('button', { name: 'Dismiss' }).click()
  await row.waitFor({ state: 'detached' })
}

for (const javaScriptEnabled of [true, false])
  test(`a student is added, a card kept on the gateway’s page and its recurring billing switched off, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: { width: 390, height: 844 } })
    const staff = await page({ javaScriptEnabled })
    const family = await household(tab)
    await logIn(staff, at, 'owner@demo.test')

    await tab.goto(`${home}/account`)
    await tab.getByRole('link', { name: 'Add Student' }).first().click()
    await tab.getByLabel('First name').fill('Noa')
    await tab.getByLabel('Last name').fill(family.surname)
    await tab.getByLabel('Birthday').fill(born(4))
    await tab.getByRole('button', { name: /Add|Save/ }).click()
    await tab.waitForURL(address => !address.pathname.endsWith('/new'))
    await dismissed(staff, family, 'student', 'Noa')

    await tab.goto(`${home}/account/payment-methods/new`)
    await tab.getByLabel('Payment Method Type').selectOption('new')
    await tab.getByLabel('This payment method is authorized for recurring billing').check()
    await tab.getByRole('button', { name: 'Add Payment Method' }).click()
    await tab.getByRole('heading', { name: 'Test payment' }).waitFor()
    await tab.getByLabel('Card').selectOption('tok_ok_5454')
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('Mastercard ending 5454').first().waitFor()
    await dismissed(staff, family, 'autopay', '5454')

    await tab.getByRole('link', { name: 'View/Edit Mastercard ending 5454' }).click()
    await tab.getByLabel('This payment method is authorized for recurring billing').uncheck()
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('Mastercard ending 5454').first().waitFor()
    await dismissed(staff, family, 'opt_out', '5454')
    // What only informs changes nothing when it is dismissed.
    await tab.reload()
    expect(await tab.getByText('Mastercard ending 5454').count()).toBeGreaterThan(0)
  }, 90_000)
