import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { day, type Household, household, logIn, office, portal, surname } from './people.ts'

const [home, at] = [portal(), office()]

/** The Saturday of some week from now on. */
const saturday = (weeks: number) =>
  Array.from({ length: 7 }, (_, nth) => day(weeks * 7 + nth)).find(
    date => new Date(`${date}T00:00:00Z`).getUTCDay() === 6,
  ) ?? ''

/** The window over the Office, or its page without a script, with one type chosen. */
async function windowOf(staff: Page, type: string) {
  await staff.goto(`${at}/online-activity?type=${type}`)
}

const rowOf = (staff: Page, family: Household, text: string) =>
  staff.getByRole('row', { name: family.surname }).filter({ hasText: text })

async function setUpAppointments(staff: Page, service: string) {
  await staff.goto(`${at}/appointments`)
  await staff.getByRole('link', { name: 'Set up' }).first().click()
  const making = staff.locator('form', { has: staff.getByRole('button', { name: 'Add service' }) })
  await making.getByLabel('Name').fill(service)
  await making.getByLabel('Minutes').fill('30')
  await making.getByRole('button', { name: 'Add service' }).click()
  await staff.getByText('Saved.').waitFor()
  const offering = staff.locator('form', { has: staff.getByRole('button', { name: 'Add appointment' }) })
  await offering.getByLabel('Service').selectOption({ label: service })
  await offering.getByLabel('Instructor').selectOption({ label: 'Bo Larsen' })
  await offering.getByLabel('Location').selectOption({ label: 'Northgate Studio' })
  await offering.getByLabel('Program').selectOption({ label: 'Dance' })
  await offering.getByLabel('Price').fill('45')
  await offering.getByRole('button', { name: 'Add appointment' }).click()
  await staff.getByText('Saved.').waitFor()
  await staff.getByRole('link', { name: `${service} with Bo Larsen` }).click()
}

/** Opens three lessons one after the other on a day. */
async function openTimes(staff: Page, date: string, from: string, until: string) {
  await staff.getByLabel('First day').fill(date)
  await staff.getByLabel('Time', { exact: true }).fill(from)
  await staff.getByLabel('Until').fill(until)
  await staff.getByRole('button', { name: 'Open times' }).click()
  await staff.getByText('Saved.').waitFor()
}

async function setUpParties(staff: Page, name: string) {
  await staff.goto(`${at}/parties`)
  await staff.getByRole('link', { name: 'Set up' }).first().click()
  const station = staff.getByRole('form', { name: 'Add station' })
  await station.getByLabel('Name').fill(`Room ${name}`)
  await station.getByLabel('Location').selectOption({ label: 'Northgate Studio' })
  await station.getByRole('button').click()
  const slot = staff.getByRole('form', { name: 'Add time slot' })
  await slot.getByLabel('Station').selectOption({ label: `Room ${name}` })
  await slot.getByLabel('From').fill('10:00')
  await slot.getByLabel('Until').fill('12:00')
  await slot.getByRole('button').click()
  const pack = staff.getByRole('form', { name: 'Add package' })
  await pack.getByLabel('Name').fill(`Jungle ${name}`)
  await pack.getByLabel('Program').selectOption({ label: 'Dance' })
  await pack.getByLabel('Price').fill('200')
  await pack.getByLabel('Guests').fill('10')
  await pack.getByLabel('Each further guest').fill('15')
  await pack.getByRole('button').click()
  const addOn = staff.getByRole('form', { name: 'Add add-on' })
  await addOn.getByLabel('Name').fill(`Cake ${name}`)
  await addOn.getByLabel('Price').fill('35')
  await addOn.getByRole('button').click()
  await staff.getByText(`Cake ${name}`).first().waitFor()
}

async function setUpShop(staff: Page, title: string) {
  await staff.goto(`${at}/products`)
  const product = staff.locator('form', { has: staff.getByRole('button', { name: 'Add product' }) })
  await product.getByLabel('Title').fill(title)
  await product.getByLabel('Program').selectOption({ label: 'Dance' })
  await product.getByRole('button', { name: 'Add product' }).click()
  await staff.goto(`${at}/products?q=${encodeURIComponent(title)}`)
  await staff.getByRole('link', { name: title }).click()
  const variation = staff.locator('form', { has: staff.getByRole('button', { name: 'Add variation' }) })
  await variation.getByLabel('Name').fill('Blue')
  await variation.getByLabel('Price', { exact: true }).fill('20')
  await variation.getByRole('button', { name: 'Add variation' }).click()
  await staff.getByText('Saved.').waitFor()
  await staff.locator('summary', { hasText: 'Stock' }).click()
  const stock = staff.locator('form', { has: staff.getByRole('button', { name: 'Save stock' }) })
  await stock.getByLabel('Location').selectOption({ label: 'Northgate Studio' })
  await stock.getByLabel('Quantity').fill('5')
  await stock.getByRole('button', { name: 'Save stock' }).click()
  await staff.getByText('Northgate Studio: 5').waitFor()
}

const looks = [
  { javaScriptEnabled: true, width: 1366 },
  { javaScriptEnabled: false, width: 390 },
]

for (const { javaScriptEnabled, width } of looks) {
  const how = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`
  const visitor = { javaScriptEnabled, viewport: { width, height: 844 } }

  /** A family and the owner, each in a window of their own. */
  const people = async () => {
    const family = await household(await page(), { children: { Mia: 7 } })
    const parent = await page(visitor)
    await logIn(parent, home, family.email)
    const staff = await page(visitor)
    await logIn(staff, at, 'owner@demo.test')
    return { family, parent, staff }
  }
  const isFine = async (tab: Page) => {
    if (javaScriptEnabled) expect(await axe(tab)).toEqual([])
    await tab.waitForLoadState()
    const wide = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(wide, tab.url()).toBeLessThanOrEqual(0)
  }

  test(`an appointment is asked for, approved, moved, and given back, ${how}`, { timeout: 120_000 }, async () => {
    const { family, parent, staff } = await people()
    const service = `Evaluation ${surname()}`
    const date = day(javaScriptEnabled ? 9 : 11)
    await setUpAppointments(staff, service)
    await openTimes(staff, date, '09:00', '10:30')
    await isFine(staff)

    await parent.goto(`${home}/appointments`)
    await parent.getByLabel('Service').selectOption({ label: service })
    await parent.getByRole('button', { name: 'Apply Filters' }).click()
    await parent.getByRole('heading', { name: service }).waitFor()
    await isFine(parent)
    await parent.getByRole('link', { name: 'Request' }).first().click()
    // The appointment policy of the demo stands on the way, and leads back here.
    await parent.getByRole('link', { name: 'Appointment policy' }).click()
    await parent.getByRole('button', { name: 'Accept' }).click()
    await parent.getByLabel('Who is it for?').selectOption({ label: `Mia ${family.surname}` })
    await parent.getByLabel('Note').fill('She is shy.')
    await isFine(parent)
    await parent.getByRole('button', { name: 'Request' }).click()
    await parent.getByText('We have your request.').waitFor()

    await windowOf(staff, 'appointment')
    const asked = rowOf(staff, family, service)
    expect(await asked.textContent()).toContain('“She is shy.”')
    await asked.getByRole('button', { name: `Approve, ${family.surname}, Mia` }).click()
    await staff.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
    await parent.goto(`${home}/account/appointments`)
    await parent.getByText('Booked', { exact: true }).waitFor()
    await parent.goto(`${home}/account/payments`)
    await parent.goto(`${home}/account?transactions=charges`)
    expect(await parent.locator('#history').textContent()).toContain('$45.00')

    for (const verb of ['Deny', 'Approve'] as const) {
      await parent.goto(`${home}/account/appointments`)
      await parent.getByRole('link', { name: /^Reschedule/ }).click()
      await parent.getByLabel('New time').selectOption({ index: 1 })
      await parent.getByRole('button', { name: 'Request new time' }).click()
      await parent.getByText('New time requested').waitFor()
      await windowOf(staff, 'appointment_reschedule')
      await rowOf(staff, family, service)
        .getByRole('button', { name: `${verb}, ${family.surname}, Mia` })
        .click()
      await staff.getByText(`${verb === 'Deny' ? 'Denied' : 'Approved'}: ${family.surname}, Mia.`).waitFor()
    }
    await parent.goto(`${home}/account/appointments`)
    const coming = parent.locator('main ul.card').first()
    expect(await coming.textContent()).toMatch(/9:30.*Booked/s)
    await isFine(parent)

    await parent.getByRole('link', { name: /^Cancel appointment/ }).click()
    await parent.getByText('The charge is taken back.').waitFor()
    await parent.getByRole('button', { name: 'Cancel appointment' }).click()
    await parent.getByText('Canceled.').waitFor()
    await windowOf(staff, 'appointment_cancelled')
    await rowOf(staff, family, service)
      .getByRole('button', { name: `Dismiss, ${family.surname}, Mia` })
      .click()
    await staff.getByText(`Dismissed: ${family.surname}, Mia.`).waitFor()
    await staff.goto(`${at}/audit-log?who=${family.email}`)
    expect(await staff.getByRole('row').filter({ hasText: service }).first().textContent()).toMatch(/canceled/)
  })

  test(`a party is planned in five steps, paid, and confirmed, ${how}`, { timeout: 120_000 }, async () => {
    const { family, parent, staff } = await people()
    const name = surname()
    const date = saturday(javaScriptEnabled ? 5 : 6)
    await setUpParties(staff, name)
    await isFine(staff)

    await parent.goto(`${home}/parties`)
    await parent.getByLabel('Day', { exact: true }).fill(date)
    await parent.getByRole('button', { name: 'Show this day' }).click()
    await isFine(parent)
    await parent.getByRole('link', { name: `Choose Room ${name}` }).click()
    await parent.getByLabel(`Jungle ${name}`).check()
    await parent.getByLabel(`Cake ${name}`).fill('2')
    await parent.getByRole('button', { name: 'Update total' }).click()
    await expect.poll(() => parent.locator('.paybar').textContent()).toContain('$270.00')
    await isFine(parent)
    await parent.getByRole('button', { name: 'Continue' }).click()
    await parent.getByLabel('Title').fill('Mia turns eight')
    await parent.getByLabel('Guests').fill('12')
    await parent.getByLabel('Whose party is it?').selectOption({ label: 'Mia' })
    await parent.getByLabel('Notes').fill('No nuts')
    await isFine(parent)
    await parent.getByRole('button', { name: 'Continue' }).click()
    await parent.getByText('$300.00').waitFor()
    await parent.getByRole('button', { name: 'Change details' }).click()
    expect(await parent.getByLabel('Notes').inputValue()).toBe('No nuts')
    await parent.getByRole('button', { name: 'Continue' }).click()
    await parent.getByLabel('Pay with').selectOption('token:tok_ok_4242')
    await isFine(parent)
    await parent.getByRole('button', { name: 'Book the party' }).click()
    await parent.getByText('The time is yours.').waitFor()
    expect(await parent.locator('main').textContent()).toMatch(/Mia turns eight.*\$300\.00, paid/s)

    await windowOf(staff, 'payment')
    await rowOf(staff, family, '$300.00')
      .getByRole('button', { name: `Dismiss, ${family.surname}` })
      .click()
    await staff.getByText(`Dismissed: ${family.surname}.`).waitFor()
    await windowOf(staff, 'party')
    await rowOf(staff, family, 'Mia turns eight').getByRole('link', { name: 'Mia turns eight' }).click()
    await staff.getByRole('button', { name: 'Confirm' }).click()
    await staff.getByText('Confirmed, and the family was told.').waitFor()
    await isFine(staff)
    await parent.reload()
    await parent.getByText('Confirmed', { exact: true }).waitFor()

    await windowOf(staff, 'party')
    await rowOf(staff, family, 'Mia turns eight')
      .getByRole('button', { name: `Dismiss, ${family.surname}, Mia` })
      .click()
    await staff.getByText(`Dismissed: ${family.surname}, Mia.`).waitFor()
    await staff.goto(`${at}/parties?from=${date}&to=${date}`)
    await staff.getByRole('row').filter({ hasText: name }).getByRole('link', { name: 'Mia turns eight' }).click()
    await staff.getByRole('link', { name: 'Cancel' }).click()
    expect(await staff.locator('main').textContent()).toMatch(/Charged\s*\$300\.00.*Paid of it\s*\$300\.00/s)
    await staff.getByLabel('Cancellation charge').fill('100')
    await staff.getByRole('button', { name: 'Cancel party' }).click()
    await staff.getByText('Canceled, and the family was told.').waitFor()
    await parent.goto(`${home}/account`)
    expect(await parent.locator('#payments').textContent()).toContain('$200.00')
  })

  test(`an order is paid, picked and picked up; a gift certificate is bought and used, ${how}`, {
    timeout: 120_000,
  }, async () => {
    const { family, parent, staff } = await people()
    const title = `Leotard ${surname()}`
    await setUpShop(staff, title)
    await isFine(staff)

    await parent.goto(`${home}/shop`)
    await parent.getByLabel('Pick up at').selectOption({ label: 'Northgate Studio' })
    await parent.getByRole('button', { name: 'Go', exact: true }).first().click()
    await parent.getByLabel(`Quantity, ${title}, Blue`).fill('2')
    await isFine(parent)
    await parent.getByRole('button', { name: 'To the basket' }).click()
    await parent.getByLabel('Pay with').selectOption('token:tok_ok_4242')
    await isFine(parent)
    await parent.getByRole('button', { name: 'Buy and pay' }).click()
    await parent.getByText('Thank you. We pick it').waitFor()
    expect(await parent.locator('main').textContent()).toMatch(/2 × Leotard.*\$40\.00/s)

    await windowOf(staff, 'online_order')
    await rowOf(staff, family, title).getByRole('link', { name: title }).click()
    await staff.getByLabel(title).check()
    await staff.getByRole('button', { name: 'Picked up, Dismiss' }).click()
    await staff.getByText(`Dismissed: ${family.surname}.`).waitFor()
    await parent.reload()
    await parent.getByText('Picked up', { exact: true }).waitFor()

    await parent.goto(`${home}/gift-certificates`)
    await parent.getByText('Another amount').first().click()
    await parent.getByLabel('Another amount', { exact: true }).last().fill('30')
    await parent.getByLabel('Pay with').selectOption('token:tok_ok_4242')
    await isFine(parent)
    await parent.getByRole('button', { name: 'Buy and pay' }).click()
    await parent.getByText('Thank you. The gift certificate of $30.00 is paid.').waitFor()
    const [code = ''] = (await parent.locator('main').textContent())?.match(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/) ?? []
    expect(code).not.toBe('')
    await windowOf(staff, 'gift_card')
    await rowOf(staff, family, '$30.00')
      .getByRole('button', { name: `Dismiss, ${family.surname}` })
      .click()
    await staff.getByText(`Dismissed: ${family.surname}.`).waitFor()
    await parent.goto(`${home}/account/gift-certificates`)
    await parent.getByLabel('Code').fill(code)
    await isFine(parent)
    await parent.getByRole('button', { name: 'Use it' }).click()
    await parent.getByText('The gift certificate was used.').waitFor()
    await parent.goto(`${home}/account`)
    expect(await parent.locator('#payments').textContent()).toContain('$30.00')
    await staff.goto(`${at}/gift-certificates`)
    expect(await staff.getByRole('row').filter({ hasText: family.surname }).textContent()).toContain('Used')
  })
}
