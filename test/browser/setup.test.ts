import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page, shot } from './browser.ts'
import { day, household, logIn, office, portal } from './people.ts'

const [home, at] = [portal(), office()]

/** Fills the form of a new thing of the set-up and saves it. */
async function make(staff: Page, noun: string, fill: (form: ReturnType<Page['getByRole']>) => Promise<void>) {
  await staff.goto(`${at}/settings`)
  await staff.getByRole('link', { name: 'Set-up' }).click()
  await staff.getByRole('link', { name: noun, exact: true }).click()
  await staff.getByRole('link', { name: /^New / }).click()
  await fill(staff.getByRole('form', { name: /^New / }))
  await staff.getByRole('button', { name: 'Save' }).click()
  await staff.getByRole('heading', { name: noun }).waitFor()
}

for (const [javaScriptEnabled, width, colorScheme] of [
  [true, 1366, 'light'],
  [false, 390, 'dark'],
] as const) {
  const how = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`
  const visitor = { javaScriptEnabled, viewport: { width, height: 844 }, colorScheme }
  const isFine = async (tab: Page, name: string) => {
    await shot(tab, `${name}-${width}-${colorScheme}`)
    if (javaScriptEnabled) expect(await axe(tab)).toEqual([])
    const wide = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(wide, tab.url()).toBeLessThanOrEqual(0)
  }

  test(`staff close a location to which nobody comes, and open it again, ${how}`, async () => {
    const staff = await page(visitor)
    await logIn(staff, at, 'owner@demo.test')
    const name = `Annex ${width}`
    await make(staff, 'Locations', async form => {
      await form.getByLabel('Name').fill(name)
      await form.getByLabel('Time zone').fill('America/Chicago')
      await form.getByLabel('Currency').fill('USD')
      await form.getByLabel('Order').fill('90')
    })
    const toClosing = async () => {
      await staff.getByRole('link', { name, exact: true }).click()
      await staff.getByRole('link', { name: 'Close …' }).click()
    }
    const status = async (word: string) => {
      const filter = staff.getByRole('form', { name: 'Filter Locations' })
      await filter.getByLabel('Status').selectOption(word)
      await filter.getByRole('button', { name: 'Go' }).click()
    }
    await toClosing()
    await isFine(staff, 'location-closing')
    await staff.getByRole('button', { name: `Close ${name}` }).click()
    await staff.getByText('Saved.').waitFor()
    expect(await staff.getByRole('link', { name, exact: true }).count()).toBe(0)
    await status('Closed')
    await staff.getByRole('link', { name, exact: true }).click()
    await staff.getByRole('button', { name: 'Open again' }).click()
    await toClosing()
    await staff.getByRole('button', { name: `Close ${name}` }).click()
    await staff.getByText('Saved.').waitFor()
    // Where families come it says what stands in the way, and has no button.
    await staff.goto(`${at}/set-up/locations/1/closing`)
    await staff.getByRole('heading', { name: 'In the way' }).waitFor()
    expect(await staff.getByRole('button', { name: /^Close / }).count()).toBe(0)
    await isFine(staff, 'location-in-use')
  })

  test(`staff set up everything for a class from nothing, and a family enrolls with the code, ${how}`, async () => {
    const family = await household(await page(), { children: { Mia: 7 } })
    const staff = await page(visitor)
    await logIn(staff, at, 'owner@demo.test')
    const mark = family.surname
    const names = {
      program: `Trampoline ${mark}`,
      level: `Level ${mark}`,
      session: `Term ${mark}`,
      discounts: `Siblings ${mark}`,
      code: `WELCOME-${mark}`.toUpperCase(),
      class: `Bounce ${mark}`,
    }

    await make(staff, 'Levels', async form => {
      await form.getByLabel('Name').fill(names.level)
      await form.getByLabel('Order').fill('first')
      await form.getByLabel('Colour').selectOption('Blue')
      // What is wrong stands beside its field, and what was typed is still there.
      await staff.getByRole('button', { name: 'Save' }).click()
      await staff.getByText('Order is not a whole number from 0 to 999.').waitFor()
      expect(await form.getByLabel('Name').inputValue()).toBe(names.level)
      await form.getByLabel('Order').fill('7')
    })
    await isFine(staff, 'setup-list')
    await make(staff, 'Sessions', async form => {
      await form.getByLabel('Name').fill(names.session)
      await form.getByLabel('First day').fill(day(-14))
      await form.getByLabel('Last day').fill(day(90))
      await isFine(staff, 'setup-session')
    })
    await make(staff, 'Discount Schedules', async form => {
      await form.getByLabel('Name').fill(names.discounts)
      await form.getByLabel('Count students').selectOption('Total')
      await form.getByLabel('Class 1, student 2').fill('15')
      await isFine(staff, 'setup-discounts')
    })
    await make(staff, 'Programs', async form => {
      await form.getByLabel('Name').fill(names.program)
      await form.getByLabel('Discount schedule').selectOption(names.discounts)
    })
    await make(staff, 'Promo Codes', async form => {
      await form.getByLabel('Code').fill(names.code)
      await form.getByLabel('Off').fill('25')
      await form.getByLabel('Once a family').check()
      await form.getByLabel(names.program).check()
    })

    await staff.goto(`${at}/classes`)
    await staff.getByRole('link', { name: 'New Class' }).click()
    await staff.getByLabel('Name').fill(names.class)
    await staff.getByLabel('Location').last().selectOption('Northgate Studio')
    await staff.getByLabel('Program').selectOption(names.program)
    await staff.getByLabel('Level').selectOption(names.level)
    await staff.getByLabel('From age, years').fill('6')
    await staff.getByLabel('To age, years').fill('9')
    await staff.getByLabel('Places').fill('5')
    await staff.getByLabel('Bianca Moretti').check()
    await staff.getByLabel('Description').fill('Up, and down again.')
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByText('Add at least one time.').waitFor()
    for (const [nth, weekday] of ['Monday', 'Thursday'].entries()) {
      await staff.getByLabel(`Day of time ${nth + 1}`).selectOption(weekday)
      await staff.getByLabel(`Beginning of time ${nth + 1}`).fill('17:00')
      await staff.getByLabel(`End of time ${nth + 1}`).fill('17:45')
    }
    await staff.getByLabel('Price 1', { exact: true }).fill('80')
    await staff.getByLabel('Bill dates', { exact: true }).selectOption('Session')
    await staff.getByLabel(names.session).check()
    await isFine(staff, 'setup-class')
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByRole('heading', { name: names.class }).waitFor()
    const about = await staff.locator('main').innerText()
    for (const fact of ['Mon, Thu 5:00', 'Northgate Studio', names.program, '6 to 9 years', '0 of 5 taken'])
      expect(about.replaceAll('\u00a0', ' ')).toContain(fact)
    await isFine(staff, 'setup-class-made')

    const parent = await page(visitor)
    await logIn(parent, home, family.email)
    await parent.goto(`${home}/classes?q=${encodeURIComponent(names.class)}`)
    await parent
      .getByRole('link', { name: new RegExp(names.class) })
      .first()
      .click()
    await parent.getByLabel(`Mia ${family.surname}`).check({ force: true })
    await parent.getByRole('button', { name: 'Add to cart' }).click()
    await parent.getByLabel('Promo code').fill(names.code.toLowerCase())
    await parent.getByRole('button', { name: 'Apply' }).click()
    await parent
      .getByText(/: 25 % off/)
      .first()
      .waitFor({ state: 'attached' })
    await shot(parent, `setup-cart-${width}-${colorScheme}`)
    await parent.getByRole('button', { name: 'Send request' }).click()
    await parent.getByRole('heading', { name: 'We have it' }).waitFor()

    // Who made it all stands in the log.
    await staff.goto(`${at}/audit-log`)
    await staff.getByText(`created the class ${names.class}`).first().waitFor()

    // Changed times begin on a day, and the old ones end the day before.
    await staff.goto(`${at}/classes?q=${encodeURIComponent(names.class)}`)
    await staff.getByRole('link', { name: names.class }).click()
    await staff.getByRole('link', { name: 'Edit' }).click()
    await staff.getByLabel('Day of time 2').selectOption('Friday')
    await staff.getByLabel('Changed times count from').fill(day(10))
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByText(/Fri 5:00.pm from/).waitFor()
    await staff.getByRole('button', { name: 'Inactivate' }).click()
    await staff.getByText('Inactive', { exact: true }).waitFor()
  }, 90_000)
}
