import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { day, type Household, household, logIn, office, portal, surname } from './people.ts'

const [home, at] = [portal(), office()]

/** A lesson to which a family invites others, for children of five to eight, priced by how many come, closed on the blackout dates of a program of its own. */
async function setUpLessons(staff: Page, mark: string, isFine: (tab: Page) => Promise<void>) {
  await staff.goto(`${at}/set-up/programs/new`)
  await staff.getByLabel('Name').fill(`Circus ${mark}`)
  await staff.getByRole('button', { name: 'Save' }).click()
  await staff.getByRole('heading', { name: 'Programs' }).waitFor()

  await staff.goto(`${at}/appointments/pricing`)
  const prices = staff.getByRole('form', { name: 'New pricing schedule' })
  await prices.getByLabel('Name').fill(`Trio ${mark}`)
  await prices.getByLabel('Minutes, row 1').fill('30')
  await prices.getByLabel('Price, row 1, 1 student').fill('60')
  await prices.getByLabel('Price, row 1, 2 students').fill('forty')
  await prices.getByRole('button', { name: 'Add pricing schedule' }).click()
  await staff.getByText('Row 1: Price is not an amount like 92.00.').waitFor()
  await isFine(staff)
  await prices.getByLabel('Price, row 1, 2 students').fill('40')
  await prices.getByRole('button', { name: 'Add pricing schedule' }).click()
  await staff.getByText('Saved.').waitFor()

  await staff.goto(`${at}/appointments/setup`)
  const making = staff.locator('form', { has: staff.getByRole('button', { name: 'Add service' }) })
  await making.getByLabel('Name').fill(`Juggling ${mark}`)
  await making.getByLabel('Minutes').fill('30')
  await making.getByRole('button', { name: 'Add service' }).click()
  await staff.getByText('Saved.').waitFor()
  const offering = staff.locator('form', { has: staff.getByRole('button', { name: 'Add appointment' }) })
  await offering.getByLabel('Service').selectOption({ label: `Juggling ${mark}` })
  await offering.getByLabel('Instructor').selectOption({ label: 'Ana Reyes' })
  await offering.getByLabel('Location').selectOption({ label: 'Northgate Studio' })
  await offering.getByLabel('Program').selectOption({ label: `Circus ${mark}` })
  await offering.getByLabel('Pricing Schedule').selectOption({ label: `Trio ${mark}` })
  await offering.getByLabel('Sharing').selectOption('invite')
  await offering.getByRole('button', { name: 'Add appointment' }).click()
  await staff.getByText('Sharing needs two places or more.').waitFor()
  await isFine(staff)
  await offering.getByLabel('Places').fill('3')
  await offering.getByLabel('From age, years').fill('5')
  await offering.getByLabel('To age, years').fill('4')
  await offering.getByRole('button', { name: 'Add appointment' }).click()
  await staff.getByText('This is younger than From age.').waitFor()
  await isFine(staff)
  await offering.getByLabel('To age, years').fill('8')
  expect(await offering.getByLabel('Apply Blackout Dates').isChecked()).toBe(true)
  await offering.getByRole('button', { name: 'Add appointment' }).click()
  await staff.getByText('Saved.').waitFor()
  await staff.getByRole('link', { name: `Juggling ${mark} with Ana Reyes` }).click()
}

async function openTime(staff: Page, date: string, time: string) {
  await staff.getByLabel('First day').fill(date)
  await staff.getByLabel('Time', { exact: true }).fill(time)
  await staff.getByRole('button', { name: 'Open times' }).click()
  await staff.getByText('Saved.').waitFor()
}

/** Accepts the appointment policy that stands on the way, and asks for the time. */
async function request(parent: Page, child: string, family: Household) {
  await parent.getByRole('link', { name: 'Appointment policy' }).click()
  await parent.getByRole('button', { name: 'Accept' }).click()
  await parent.getByLabel('Who is it for?').selectOption({ label: `${child} ${family.surname}` })
  await parent.getByRole('button', { name: 'Request' }).click()
  await parent.getByText('We have your request.').waitFor()
}

async function approve(staff: Page, family: Household, child: string) {
  await staff.goto(`${at}/online-activity?type=appointment`)
  await staff.getByRole('button', { name: `Approve, ${family.surname}, ${child}` }).click()
  await staff.getByText(`Approved: ${family.surname}, ${child}.`).waitFor()
}

const charged = async (parent: Page) => {
  await parent.goto(`${home}/account?transactions=charges`)
  return parent.locator('#history').textContent()
}

for (const [javaScriptEnabled, width] of [
  [true, 1366],
  [false, 390],
] as const) {
  const how = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`
  const visitor = { javaScriptEnabled, viewport: { width, height: 844 } }
  const isFine = async (tab: Page) => {
    if (javaScriptEnabled) expect(await axe(tab)).toEqual([])
    const wide = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(wide, tab.url()).toBeLessThanOrEqual(0)
  }

  test(`a family invites another one to its lesson, both pay less, and a closed day takes the other time, ${how}`, {
    timeout: 180_000,
  }, async () => {
    const [host, guest] = [
      await household(await page(), { children: { Mia: 7, Zoe: 12 } }),
      await household(await page(), { children: { Leo: 7 } }),
    ]
    const [parent, staff, friend] = [await page(visitor), await page(visitor), await page(visitor)]
    await logIn(parent, home, host.email)
    await logIn(staff, at, 'owner@demo.test')
    const mark = surname()
    const [date, closed] = javaScriptEnabled ? [day(20), day(23)] : [day(21), day(24)]
    await setUpLessons(staff, mark, isFine)
    const appointment = staff.url()
    await openTime(staff, date, '09:00')
    await openTime(staff, closed, '09:00')

    const list = async () => {
      await parent.goto(`${home}/appointments`)
      await parent.getByLabel('Service').selectOption({ label: `Juggling ${mark}` })
      await parent.getByRole('button', { name: 'Apply Filters' }).click()
      return parent.getByRole('link', { name: 'Request' }).count()
    }
    expect(await list()).toBe(2)
    // Whom it is not for reads why; for whom it is, finds it and is chosen on its page.
    const pick = async (child: RegExp) => {
      const choice = parent.getByLabel('Child', { exact: true })
      const named = (await choice.locator('option').allTextContents()).find(text => child.test(text)) ?? ''
      await choice.selectOption({ label: named })
      await parent.getByRole('button', { name: 'Apply Filters' }).click()
    }
    await pick(/^Zoe/)
    await parent.getByText('0 fit Zoe.').waitFor()
    expect(await parent.locator('main').textContent()).toMatch(/These do not fit.*Juggling.*Too old on/s)
    await isFine(parent)
    await pick(/^Mia/)
    await parent.getByText('2 fit Mia.').waitFor()
    await parent.getByRole('link', { name: 'Request' }).first().click()
    await parent.getByText('Why this amount?').click()
    await parent.getByText(`Trio ${mark}, 30 minutes, one student: $60.00.`).waitFor()
    expect(await parent.locator('main').textContent()).toMatch(/When 2 come\s*\$40 each/)
    await isFine(parent)
    await request(parent, 'Mia', host)
    await approve(staff, host, 'Mia')
    expect(await charged(parent)).toContain('$60.00')

    await parent.goto(`${home}/account/appointments`)
    await parent.getByRole('link', { name: /^Invite others/ }).click()
    await parent.getByLabel('Their e-mail').fill(`nobody-${mark}@example.test`.toLowerCase())
    await parent.getByRole('button', { name: 'Send invitation' }).click()
    await parent.getByText('The invitation is on its way.').waitFor()
    await parent.getByRole('button', { name: 'Make a link' }).click()
    const link = await parent.getByLabel('The link').inputValue()
    await isFine(parent)
    await parent.getByText('Every place of this time is taken or kept for somebody who is invited.').waitFor()
    await parent.getByRole('button', { name: /^Withdraw nobody|^Withdraw, nobody/ }).click()
    await parent.getByText('The invitation was taken back.').waitFor()

    // Before the log-in, through it, and back.
    await friend.goto(link)
    await friend.getByText(`${host.surname} invites you.`).waitFor()
    await isFine(friend)
    await friend.getByRole('link', { name: 'Log In' }).last().click()
    await friend.getByLabel('E-mail').fill(guest.email)
    await friend.getByLabel('Password').fill('demo-password')
    await friend.getByRole('button', { name: 'Log In' }).click()
    await friend.getByText('1 of 3 taken').waitFor()
    await isFine(friend)
    await request(friend, 'Leo', guest)
    await friend.goto(link)
    await friend.getByText('This link does not open any more').waitFor()
    await approve(staff, guest, 'Leo')
    expect(await charged(friend)).toContain('$40.00')
    expect(await charged(parent)).toMatch(/reduced\$20\.00/)

    // Whoever invited leaves: the other one stays, as the page says before.
    await parent.goto(`${home}/account/appointments`)
    await parent.getByRole('link', { name: /^Cancel appointment/ }).click()
    await parent.getByText('Those you invited keep their places and what they pay.').waitFor()
    await parent.getByRole('button', { name: 'Cancel appointment' }).click()
    await parent.getByText('Canceled.').waitFor()
    await friend.goto(`${home}/account/appointments`)
    await friend.getByText('Booked', { exact: true }).waitFor()
    await friend.getByRole('link', { name: /^Invite others/ }).waitFor()

    await staff.goto(`${at}/set-up/blackout-dates/new`)
    await staff.getByLabel('Name').fill(`Fair ${mark}`)
    await staff.getByLabel('Effect').selectOption('both')
    await staff.getByLabel('Dates').fill(`${date}\n${closed} Fair`)
    await staff.getByLabel(`Circus ${mark}`).check()
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByRole('heading', { name: 'Blackout Dates' }).waitFor()
    expect(await list()).toBe(0)
    await staff.goto(appointment)
    await staff.getByText('A booking stands on blackout dates.').waitFor()
    expect(await staff.locator('main').textContent()).toContain(`Leo ${guest.surname}`)
    await isFine(staff)

    // Staff book all the same for whom it is not, having read why, and what it costs.
    const later = day(javaScriptEnabled ? 28 : 29)
    await openTime(staff, later, '09:00')
    await staff.goto(`${at}/appointments?from=${later}&to=${later}`)
    await staff.getByRole('link', { name: new RegExp(`^Book,? ?Juggling ${mark}`) }).click()
    await staff.getByLabel('Last name begins with').fill(host.surname)
    await staff.getByLabel('Last name begins with').press('Enter')
    await staff.waitForURL(/q=/)
    await isFine(staff)
    await staff.getByRole('link', { name: `Zoe ${host.surname}`, exact: true }).click()
    await staff.getByText('Too old on').waitFor()
    await isFine(staff)
    await staff.getByRole('button', { name: 'Book', exact: true }).click()
    await staff.getByText('Say that it may happen all the same').waitFor()
    await staff.getByLabel('Book all the same').check()
    await staff.getByRole('button', { name: 'Book', exact: true }).click()
    await staff.getByText('Booked.').waitFor()
    await parent.goto(`${home}/account/appointments`)
    await parent.getByText(`Zoe ${host.surname}`).first().waitFor()
    await parent.getByText('$60', { exact: true }).waitFor()
    await isFine(parent)
  })
}
