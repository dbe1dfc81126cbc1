import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page, shot } from './browser.ts'
import { day, type Household, household, logIn, office, portal, surname } from './people.ts'

const [home, at] = [portal(), office()]

/** A form of the Office by its name. */
const formOf = (staff: Page, name: string) => staff.getByRole('form', { name, exact: true })

async function setUpCamp(staff: Page, name: string, first: string, places = 2) {
  await staff.goto(`${at}/camps`)
  await staff.getByRole('link', { name: 'Set up' }).click()
  const type = formOf(staff, 'New camp type')
  await type.getByLabel('Title', { exact: true }).fill(`Event ${name}`)
  await type.getByLabel('Plural title').fill(`Events ${name}`)
  await type.getByRole('button').click()
  await staff.getByText('Saved.').waitFor()
  const prices = formOf(staff, 'New pricing schedule')
  await prices.getByLabel('Name').fill(`Days ${name}`)
  await prices.getByLabel('1, First child').fill('60')
  await prices.getByRole('button').click()
  await staff.getByText('Saved.').waitFor()
  await staff.goto(`${at}/camps`)
  await staff.getByRole('link', { name: 'New camp' }).first().click()
  const camp = formOf(staff, 'New camp')
  await camp.getByLabel('Name').fill(name)
  await camp.getByLabel('Camp type').selectOption({ label: `Event ${name}` })
  await camp.getByLabel('Program').selectOption({ label: 'Dance' })
  await camp.getByLabel('Location').selectOption({ label: 'Northgate Studio' })
  await camp.getByLabel('Pricing schedule').selectOption({ label: `Days ${name}` })
  await camp.getByLabel('Places', { exact: true }).fill(String(places))
  await camp.getByLabel('Waitlist').check()
  await camp.getByLabel('First day').fill(first)
  await camp.getByLabel('Last day').fill(first)
  await camp.getByLabel('From', { exact: true }).fill('09:00')
  await camp.getByLabel('Until', { exact: true }).fill('08:00')
  await camp.getByRole('button', { name: 'Add camp' }).click()
  await staff.getByText('This is before the beginning.').waitFor()
  expect(await camp.getByLabel('Name').inputValue()).toBe(name)
  await camp.getByLabel('Until', { exact: true }).fill('15:00')
  await camp.getByRole('button', { name: 'Add camp' }).click()
  await staff.getByRole('link', { name }).click()
}

/** Another day of the camp's block. */
async function addDay(staff: Page, date: string) {
  const days = formOf(staff, 'Add days')
  await days.getByLabel('Block', { exact: true }).fill('Week 1')
  await days.getByLabel('First day').fill(date)
  await days.getByLabel('From', { exact: true }).fill('09:00')
  await days.getByLabel('Until', { exact: true }).fill('15:00')
  await days.getByRole('button').click()
  await staff.getByText('Saved.').waitFor()
}

async function setUpPass(staff: Page, title: string) {
  await staff.goto(`${at}/punch-passes`)
  const pass = formOf(staff, 'New punch pass')
  await pass.getByLabel('Title').fill(title)
  await pass.getByLabel('Price').fill('90')
  await pass.getByLabel('Punches').fill('3')
  await pass.getByLabel('Dance').check()
  await pass.getByRole('button').click()
  await staff.getByText('Saved.').waitFor()
}

/** Decides the newest request of a family in the window. */
async function decide(staff: Page, family: Household, verb: 'Approve' | 'Deny', text: string) {
  await staff.goto(`${at}/online-activity?type=enrollment`)
  await staff
    .getByRole('row', { name: family.surname })
    .filter({ hasText: text })
    .getByRole('button', { name: `${verb}, ${family.surname}, Mia` })
    .click()
  await staff.getByText(`${verb === 'Deny' ? 'Denied' : 'Approved'}: ${family.surname}, Mia.`).waitFor()
}

const looks = [
  { javaScriptEnabled: true, width: 1366, colorScheme: 'light' },
  { javaScriptEnabled: false, width: 390, colorScheme: 'dark' },
] as const

for (const { javaScriptEnabled, width, colorScheme } of looks) {
  const how = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`
  const visitor = { javaScriptEnabled, viewport: { width, height: 844 }, colorScheme }
  const isFine = async (tab: Page, name?: string) => {
    if (name) await shot(tab, `camps-${name}-${width}`)
    if (javaScriptEnabled) expect(await axe(tab)).toEqual([])
    const wide = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(wide, tab.url()).toBeLessThanOrEqual(0)
  }

  test(`a camp and a punch pass are set up, taken, approved and denied, ${how}`, { timeout: 180_000 }, async () => {
    const family = await household(await page(), { children: { Mia: 7 } })
    const parent = await page(visitor)
    await logIn(parent, home, family.email)
    const staff = await page(visitor)
    await logIn(staff, at, 'owner@demo.test')
    const name = surname()
    const first = day(javaScriptEnabled ? 30 : 40)
    const second = day(javaScriptEnabled ? 32 : 42)
    await setUpCamp(staff, name, first)
    await addDay(staff, second)
    await isFine(staff, 'office-camp')
    await setUpPass(staff, `Pass ${name}`)
    await isFine(staff, 'office-passes')

    // Before the log-in: under the title of its type.
    const stranger = await page(visitor)
    await stranger.goto(`${home}/camps`)
    await stranger.getByRole('heading', { name: `Events ${name}` }).waitFor()
    await isFine(stranger, 'list')

    await parent.goto(home)
    await parent.getByRole('link', { name: 'Camps' }).click()
    await parent.getByLabel('Child').selectOption({ label: 'Mia, 7' })
    await parent.getByRole('button', { name: 'Apply Filters' }).click()
    await parent.getByRole('link', { name: `Request ${name}` }).click()
    await parent.getByRole('heading', { name, level: 1 }).waitFor()
    await isFine(parent, 'camp')
    await parent.getByRole('button', { name: 'Add to cart' }).click()
    await parent.getByText('Choose days of this camp.').waitFor()
    for (const chip of await parent.locator('input[name=day]').all()) await chip.check({ force: true })
    await parent.getByLabel('Note').fill('She needs a nap.')
    await parent.getByRole('button', { name: 'Add to cart' }).click()
    await parent.getByText('Holding 1 place for you').waitFor()
    expect(await parent.locator('main').textContent()).toMatch(/\$120\.00/)

    await parent.goto(`${home}/punch-passes`)
    await isFine(parent, 'shelf')
    await parent
      .getByRole('form', { name: `Pass ${name}` })
      .getByRole('button')
      .click()
    await parent.getByText('Punch pass for the family').waitFor()
    await isFine(parent, 'cart')
    await parent.getByLabel('Pay with').selectOption('token:tok_ok_4242')
    await parent.getByRole('button', { name: /^Pay/ }).click()
    await parent.getByText('$90.00 were paid with').waitFor()
    await isFine(parent, 'confirmation')

    // A punch for one day of a class.
    await parent.goto(`${home}/account/students/${family.children[0]?.id}/passes`)
    expect(await parent.locator('main').textContent()).toMatch(/0 used, 3 remaining.*Amount Paid\$90\.00/s)
    await isFine(parent, 'passes')
    await parent.getByRole('link', { name: `Use a punch Pass ${name}` }).click()
    await parent.getByLabel('Location').selectOption({ label: 'Northgate Studio' })
    let found = 0
    for (let nth = 1; nth < 8 && !found; nth++) {
      await parent.getByLabel('Date').fill(day(nth + 1))
      await parent.getByRole('button', { name: 'Find classes' }).click()
      await parent.waitForLoadState()
      await parent.getByLabel('Location').selectOption({ label: 'Northgate Studio' })
      found = await parent.getByRole('button', { name: /^Request/ }).count()
    }
    await isFine(parent, 'find')
    await parent
      .getByRole('button', { name: /^Request/ })
      .first()
      .click()
    await parent.getByText('We have your request.').waitFor()
    expect(await parent.locator('main').textContent()).toContain('1 used, 2 remaining')

    await decide(staff, family, 'Approve', name)
    await decide(staff, family, 'Deny', 'Paid with a punch pass.')
    await staff.goto(`${at}/camps`)
    await staff.getByRole('link', { name }).click()
    expect(await staff.getByRole('table').textContent()).toMatch(new RegExp(`1 of 2.*Mia ${family.surname}`))
    await isFine(staff)

    await parent.reload()
    expect(await parent.locator('main').textContent()).toContain('0 used, 3 remaining')
    await parent.goto(`${home}/account?transactions=charges`)
    expect(await parent.locator('#history').textContent()).toContain('$120.00')
    const place = parent.getByRole('listitem').filter({ hasText: name }).first()
    expect(await place.textContent()).toMatch(/Coming/)
    expect(await place.getByRole('link').allTextContents()).toEqual([`Drop ${name}`])
    await staff.goto(`${at}/audit-log?who=${family.email}`)
    expect(await staff.locator('main').textContent()).toMatch(new RegExp(`bought the punch pass Pass ${name}`))
  })

  test(`a camp asks with a fee, is waited for when it is full, and a day is given back, ${how}`, {
    timeout: 180_000,
  }, async () => {
    const [one, two] = [
      await household(await page(), { children: { Mia: 7 } }),
      await household(await page(), { children: { Leo: 8 } }),
    ]
    const staff = await page(visitor)
    await logIn(staff, at, 'owner@demo.test')
    const name = surname()
    const [first, second] = [day(javaScriptEnabled ? 50 : 60), day(javaScriptEnabled ? 52 : 62)]
    await setUpCamp(staff, name, first, 1)
    await addDay(staff, second)
    const question = formOf(staff, 'New question')
    await question.getByLabel('Question').fill('Lunch?')
    await question.getByLabel('Fee for a yes').fill('a lot')
    await question.getByRole('button', { name: 'Add question' }).click()
    await staff.getByText(/is not an amount/).waitFor()
    await question.getByLabel('Fee for a yes').fill('12.50')
    await question.getByLabel('Has to be answered').check()
    await question.getByRole('button', { name: 'Add question' }).click()
    await staff.getByText('Saved.').waitFor()
    await isFine(staff, 'office-question')
    const camp = staff.url().replace('/a/', '/p/').split('?')[0] ?? ''

    const parent = await page(visitor)
    await logIn(parent, home, one.email)
    await parent.goto(camp)
    await parent.getByLabel(`Mia ${one.surname}`).first().check({ force: true })
    for (const chip of await parent.locator('input[name=day]').all()) await chip.check({ force: true })
    await parent.getByRole('button', { name: 'Add to cart' }).click()
    await parent.locator('.error').first().waitFor()
    await parent.getByLabel('Lunch?').first().selectOption({ index: 1 })
    await isFine(parent, 'asked')
    await parent.getByRole('button', { name: 'Add to cart' }).click()
    await parent.getByText('Holding 1 place for you').waitFor()
    expect(await parent.locator('main').textContent()).toMatch(/\$132\.50/)
    await parent.getByRole('button', { name: 'Send request' }).click()
    await parent.getByRole('heading', { name: 'We have it' }).waitFor()
    await decide(staff, one, 'Approve', name)

    // It is full: another family waits.
    const other = await page(visitor)
    await logIn(other, home, two.email)
    await other.goto(camp)
    const wait = other.locator('form').filter({ has: other.getByRole('button', { name: 'Join waitlist' }) })
    await wait.getByLabel(`Leo ${two.surname}`).check({ force: true })
    for (const chip of await wait.locator('input[name=day]').all()) await chip.check({ force: true })
    await wait.getByLabel('Lunch?').selectOption({ index: 2 })
    await isFine(other, 'waitlist')
    await wait.getByRole('button', { name: 'Join waitlist' }).click()
    await other.waitForURL(/done=/)
    await staff.goto(`${at}/online-activity?type=enrollment`)
    const row = staff.getByRole('row', { name: two.surname }).filter({ hasText: name })
    await row.getByRole('button', { name: /^Approve/ }).click()
    await staff.getByText(`Approved: ${two.surname}, Leo.`).waitFor()

    // A day comes back, and staff give it to who waits.
    await parent.goto(`${home}/account`)
    await parent.getByRole('listitem').filter({ hasText: name }).first().getByRole('link', { name: 'Drop' }).click()
    await parent.locator('input[name=day]').last().check({ force: true })
    await isFine(parent, 'drop')
    await parent.getByRole('button', { name: 'Request Drop' }).click()
    await parent.waitForURL(/done=/)
    await staff.goto(`${at}/online-activity?type=drop`)
    await staff
      .getByRole('row', { name: one.surname })
      .getByRole('button', { name: /^Approve/ })
      .click()
    await staff.getByText(`Approved: ${one.surname}, Mia.`).waitFor()
    await staff.goto(`${at}/camps`)
    await staff.getByRole('link', { name }).click()
    await isFine(staff, 'office-waitlist')
    await staff
      .getByRole('form', { name: `Give Leo ${two.surname} a place` })
      .getByRole('button')
      .click()
    await staff.getByText('Saved.').waitFor()
    await other.goto(`${home}/account`)
    const places = other.getByRole('listitem').filter({ hasText: name })
    await places.filter({ hasText: 'Coming' }).first().waitFor()
    await staff.goto(`${at}/audit-log?who=${two.email}`)
    expect(await staff.locator('main').textContent()).toContain(name)
  })
}
