import { expect, test } from 'vitest'
import { axe, page, shot } from './browser.ts'
import { received } from './mailbox.ts'
import { classNamed, household, logIn, office, portal, surname } from './people.ts'

const [home, at] = [portal('sunrise'), office('sunrise')]

for (const [javaScriptEnabled, width] of [
  [true, 1366],
  [false, 390],
] as const) {
  const how = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`
  const visitor = { javaScriptEnabled, viewport: { width, height: 844 } }
  const isFine = async (tab: Awaited<ReturnType<typeof page>>, name: string) => {
    await shot(tab, `${name}-${width}`)
    if (javaScriptEnabled) expect(await axe(tab)).toEqual([])
    const wide = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(wide, tab.url()).toBeLessThanOrEqual(0)
  }

  test(`what the business requires of a student is asked for before it is enrolled, ${how}`, {
    timeout: 120_000,
  }, async () => {
    const parent = await page(visitor)
    const family = await household(parent, { slug: 'sunrise', children: { Mia: 7 } })
    const staff = await page(visitor)
    await logIn(staff, at, 'owner@sunrise.test')
    const school = `School ${surname()}`
    await staff.goto(`${at}/set-up`)
    await staff.getByRole('link', { name: 'Custom Fields', exact: true }).click()
    await staff.getByRole('link', { name: /^New / }).click()
    await staff.getByLabel('Name').fill(school)
    await staff.getByLabel('Kind').selectOption('One of several')
    await staff.getByLabel('Customer Portal').last().selectOption('Required')
    await staff.getByLabel('Order').fill('1')
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByText('One of several needs two choices at least.').waitFor()
    await staff.getByLabel('Choices').fill('Lincoln\nRoosevelt')
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByRole('heading', { name: 'Custom Fields' }).waitFor()
    try {
      const id = await classNamed(parent, 'Ninja Kids', 'sunrise')
      await parent.goto(`${home}/classes/${id}`)
      await parent.getByRole('link', { name: 'The profile of this student is not complete.' }).click()
      await parent.getByRole('button', { name: 'Save' }).click()
      expect(new URL(parent.url()).pathname).toContain('/account/students/')
      await isFine(parent, 'asked-profile')
      await parent.getByLabel(school).selectOption('Roosevelt')
      await parent.getByRole('button', { name: 'Save' }).click()
      await parent.getByRole('button', { name: 'Add to cart' }).waitFor()
      expect(new URL(parent.url()).pathname).toBe(`${home}/classes/${id}`)
      await staff.goto(`${at}/students/${family.children[0]?.id}`)
      expect(await staff.locator('main').textContent()).toContain('Roosevelt')
      await staff.goto(`${at}/audit-log?who=${family.email}`)
      await staff.getByText(`changed Mia ${family.surname}`).first().waitFor()
    } finally {
      await staff.goto(`${at}/set-up/custom-fields`)
      await staff.getByRole('link', { name: school }).click()
      await staff.getByRole('button', { name: 'Retire' }).click()
      await staff.waitForURL(address => !/[0-9]$/.test(address.pathname))
    }
  })

  test(`a membership stands in the cart once and is charged with the approval, ${how}`, {
    timeout: 120_000,
  }, async () => {
    const parent = await page(visitor)
    const family = await household(parent, { slug: 'sunrise', children: { Mia: 7 } })
    const staff = await page(visitor)
    await logIn(staff, at, 'owner@sunrise.test')
    const fee = `Membership ${surname()}`
    await staff.goto(`${at}/set-up`)
    await staff.getByRole('link', { name: 'Anniversary Fees', exact: true }).click()
    await staff.getByRole('link', { name: /^New / }).click()
    await staff.getByLabel('Name').fill(fee)
    await staff.getByLabel('For each').selectOption('Family')
    await staff.getByLabel('Amount').fill('35')
    await staff.getByLabel('Every so many months').fill('12')
    await staff.getByLabel('Booked under').selectOption({ index: 1 })
    await staff.getByLabel('Charge category').selectOption({ index: 1 })
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByRole('heading', { name: 'Anniversary Fees' }).waitFor()
    try {
      const id = await classNamed(parent, 'Ninja Kids', 'sunrise')
      await parent.goto(`${home}/classes/${id}`)
      await parent.getByRole('button', { name: 'Add to cart' }).click()
      await parent.getByText(fee).first().waitFor()
      await isFine(parent, 'asked-fee')
      await parent.getByRole('button', { name: 'Send request' }).click()
      await parent.getByRole('heading', { name: 'We have it' }).waitFor()
      await staff.goto(`${at}/online-activity?type=enrollment`)
      await staff
        .getByRole('row', { name: family.surname })
        .getByRole('button', { name: /^Approve/ })
        .click()
      await staff.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
      await parent.goto(`${home}/account?transactions=charges`)
      expect(await parent.locator('#history').textContent()).toMatch(new RegExp(`${fee}.*\\$35\\.00`))
    } finally {
      await staff.goto(`${at}/set-up/anniversary-fees`)
      await staff.getByRole('link', { name: fee }).click()
      await staff.getByRole('button', { name: 'Retire' }).click()
      await staff.waitForURL(address => !/[0-9]$/.test(address.pathname))
    }
  })

  test(`a guest buys a gift certificate and has its code by mail, ${how}`, { timeout: 60_000 }, async () => {
    const guest = await page(visitor)
    const email = `${surname().toLowerCase()}@guests.test`
    await guest.goto(`${portal()}/gift-certificates`)
    await guest.getByRole('radio').first().check({ force: true })
    await guest.getByLabel('Your name').fill('Rosa Vega')
    await guest.getByLabel('Your e-mail').fill(email)
    await isFine(guest, 'asked-guest')
    await guest.getByRole('button', { name: 'Buy and pay' }).click()
    await guest.getByRole('heading', { name: 'Test payment' }).waitFor()
    await guest.getByLabel('Card').selectOption('tok_ok_4242')
    await guest.getByRole('button').first().click()
    await guest.getByRole('heading', { name: 'Thank you for the gift certificate' }).waitFor()
    await isFine(guest, 'asked-guest-back')
    expect((await received(email, /gift certificate/i)).text).toMatch(/[A-Z0-9]{4}-[A-Z0-9]{4}/)
    const staff = await page(visitor)
    await logIn(staff, office(), 'owner@demo.test')
    await staff.goto(`${office()}/online-activity?type=gift_card`)
    await staff.getByText('Rosa Vega').first().waitFor()
  })
}
