import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { page } from './browser.ts'
import { received } from './mailbox.ts'
import {
  ask,
  born,
  classNamed,
  day,
  type Household,
  household,
  logIn,
  office,
  password,
  portal,
  surname,
} from './people.ts'

const at = portal()
const ways = [true, false].map(javaScriptEnabled => ({
  javaScriptEnabled,
  way: javaScriptEnabled ? 'with JavaScript' : 'without JavaScript',
}))

/** What the window says of a family, newest first. */
async function rowsOf(family: Pick<Household, 'surname'>): Promise<string[]> {
  const staff = await page({ javaScriptEnabled: false })
  await logIn(staff, office(), 'owner@demo.test')
  await staff.goto(`${office()}/online-activity?per=100`)
  const rows = await staff.getByRole('row', { name: family.surname }).allTextContents()
  return rows.map(text => text.replaceAll(/\s+/g, ' '))
}

/** A family with a child that has a place in a class; what it opens itself is in `tab`. */
async function enrolled(javaScriptEnabled: boolean) {
  const tab = await page({ javaScriptEnabled, viewport: { width: 390, height: 844 } })
  const family = await household(tab, { children: { Mia: 7 } })
  await ask(tab, family, await classNamed(tab, 'Ninja Kids'), { date: day(2) })
  const staff = await page({ javaScriptEnabled: false })
  await logIn(staff, office(), 'owner@demo.test')
  await staff.goto(`${office()}/online-activity`)
  await staff.getByRole('button', { name: `Approve, ${family.surname}, Mia` }).click()
  await staff.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
  await tab.goto(`${at}/account`)
  return { tab, family }
}

const told = (tab: Page, sentence: string) => tab.getByRole('status').filter({ hasText: sentence }).waitFor()

for (const { javaScriptEnabled, way } of ways) {
  test(`a new family signs up, answers the policies and asks for a class, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: { width: 390, height: 844 } })
    const last = surname()
    const email = `${last.toLowerCase()}@demo.test`
    await tab.goto(at)
    await tab.goto(`${at}/sign-up`)
    const you = tab.locator('section.card').filter({ hasText: 'This is your log-in.' })
    await you.getByLabel('First name').fill('Ines')
    await you.getByLabel('Last name').fill(last)
    await you.getByLabel('Email').fill(email)
    await you.getByLabel('Password').fill(password)
    const rooms = tab.locator('fieldset.card')
    for (const [nth, [name, years]] of [['Mia', 7] as const, ['Leo', 4] as const].entries()) {
      await rooms.nth(nth).getByLabel('First name').fill(name)
      await rooms.nth(nth).getByLabel('Birthday').fill(born(years))
    }
    await tab.getByLabel('How did you hear of us?').selectOption({ label: 'A friend' })
    await tab.getByRole('button', { name: 'Create account' }).click()
    await tab.getByRole('link', { name: 'Log In' }).last().click()
    await tab.getByLabel('E-mail').fill(email)
    await tab.getByLabel('Password').fill(password)
    await tab.getByRole('button', { name: 'Log In' }).click()
    await tab.getByText('It shows that the address is yours').waitFor()
    await tab.getByLabel('Code').fill('12345')
    await tab.getByRole('button', { name: 'Log In' }).click()
    await tab.getByText('That is not the code.').waitFor()
    const { subject } = await received(email, /is your code/)
    await tab.getByLabel('Code').fill(subject.slice(0, 6))
    await tab.getByRole('button', { name: 'Log In' }).click()
    const asked: string[] = []
    for (let more = true; more; ) {
      const accept = tab.getByRole('button', { name: 'Accept' })
      await accept
        .or(tab.getByRole('link', { name: 'Booking' }))
        .first()
        .waitFor()
      more = (await accept.count()) > 0
      if (!more) break
      asked.push(await tab.getByRole('heading', { level: 1 }).innerText())
      const here = tab.url()
      await accept.click()
      await tab.waitForURL(url => String(url) !== here)
    }
    expect(asked[0]).toBe('House rules')
    expect(asked.length).toBe(5)
    await tab.goto(`${at}/classes`)
    await tab.getByRole('link', { name: 'Request Ninja Kids' }).first().click()
    // Leo is too young, so there is nobody else to choose.
    expect(await tab.getByLabel(`Mia ${last}`).isChecked()).toBe(true)
    expect(await tab.getByText(new RegExp(`Leo ${last}: Too young on`)).count()).toBe(1)
    await tab.getByRole('button', { name: 'Add to cart' }).click()
    await tab.getByRole('button', { name: 'Send request' }).click()
    await tab.getByRole('heading', { name: 'We have it' }).waitFor()
    const rows = (await rowsOf({ surname: last })).join('\n')
    expect(rows).toMatch(/Enrollments.*Ninja Kids.*Pending/)
    expect(rows).toMatch(new RegExp(`New accounts.*Ines ${last} made an account.*Mia ${last}.*Leo ${last}`))
    expect(rows.match(/Accepted: Liability waiver/g)?.length).toBe(2)
  })

  test(`a family drops a class, and takes the request back, ${way}`, async () => {
    const { tab, family } = await enrolled(javaScriptEnabled)
    await tab.getByRole('link', { name: 'Drop Ninja Kids' }).click()
    await tab.getByLabel('Note').fill('We are moving.')
    await tab.getByRole('button', { name: 'Request Drop' }).click()
    await told(tab, 'We have it.')
    expect((await rowsOf(family))[0]).toMatch(/Drop.*Ninja Kids.*We are moving\..*Pending/)
    await tab
      .getByRole('button', { name: /^Withdraw/ })
      .first()
      .click()
    await told(tab, 'Withdrawn.')
    expect((await rowsOf(family)).join('\n')).not.toMatch(/We are moving/)
  })

  test(`a family moves a child to another class, ${way}`, async () => {
    const { tab, family } = await enrolled(javaScriptEnabled)
    await tab.getByRole('link', { name: 'Transfer Ninja Kids' }).click()
    await tab.getByLabel('New class').selectOption({ index: 1 })
    await tab.getByRole('button', { name: 'Request Transfer' }).click()
    await told(tab, 'We have it.')
    expect((await rowsOf(family))[0]).toMatch(/Transfers.*Ninja Kids.* to .*Pending/)
  })

  test(`a family tells an absence by date, ${way}`, async () => {
    const { tab, family } = await enrolled(javaScriptEnabled)
    await tab.getByRole('link', { name: 'Future Absences' }).click()
    await tab.getByRole('link', { name: 'Create Future Absence By Date' }).click()
    await tab.getByLabel('First day').fill(day(2))
    await tab.getByLabel('Last day').fill(day(15))
    await tab
      .getByRole('button')
      .filter({ hasText: /absence|save|send/i })
      .first()
      .click()
    await told(tab, 'It stands in the list.')
    expect((await rowsOf(family))[0]).toMatch(/Absence.*Ninja Kids.*Approved/)
  })

  test(`a declined card is told and nothing is paid; the next card pays, ${way}`, async () => {
    const { tab, family } = await enrolled(javaScriptEnabled)
    const owed = await tab.locator('#payments .big').first().innerText()
    expect(owed).toMatch(/^\$[1-9]/)
    await tab.getByRole('link', { name: 'Make Payment' }).click()
    const method = tab.getByLabel('Pay with')
    await method.selectOption({ label: 'Test: Visa ending 0002 (declined)' })
    await tab.getByRole('button', { name: 'Make Payment' }).click()
    await tab
      .getByRole('alert')
      .filter({ hasText: /declined/ })
      .waitFor()
    expect(await tab.locator('form').first().textContent()).toContain(owed)
    await method.selectOption({ label: 'Test: Visa ending 4242 (accepted)' })
    await tab.getByRole('button', { name: 'Make Payment' }).click()
    await told(tab, 'Thank you.')
    expect(await tab.locator('#payments .big').first().innerText()).toBe('$0.00')
    expect((await rowsOf(family))[0]).toContain(owed)
  })

  test(`a family asks for its deletion with its password, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled })
    const family = await household(tab)
    await tab.goto(`${at}/account`)
    await tab.getByRole('link', { name: 'Ask for deletion' }).click()
    await tab.getByLabel('Password').fill('not the password')
    await tab.getByLabel('Note').fill('We moved away.')
    await tab.getByRole('button', { name: /deletion/i }).click()
    await tab.locator('.error').waitFor()
    expect(await tab.getByLabel('Note').inputValue()).toBe('We moved away.')
    await tab.getByLabel('Password').fill(password)
    await tab.getByRole('button', { name: /deletion/i }).click()
    await told(tab, 'We have your request')
    expect((await rowsOf(family))[0]).toMatch(/Deletion request.*We moved away\./)
  })

  test(`a request whose session had ended is sent after the log-in, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled })
    const family = await household(tab, { children: { Mia: 7 } })
    const classId = await classNamed(tab, 'Ninja Kids')
    await tab.goto(`${at}/classes/${classId}`)
    await tab.getByLabel('Note').fill('Half an hour of writing.')
    await tab.context().clearCookies()
    await tab.getByRole('button', { name: 'Add to cart' }).click()
    await tab.getByText('You were logged out.').waitFor()
    await tab.getByLabel('E-mail').fill(family.email)
    await tab.getByLabel('Password').fill(password)
    await tab.getByRole('button', { name: 'Log In' }).click()
    await tab.getByRole('button', { name: 'Continue' }).click()
    await tab.getByRole('button', { name: 'Send request' }).click()
    await tab.getByRole('heading', { name: 'We have it' }).waitFor()
    expect((await rowsOf(family))[0]).toMatch(/Enrollments.*Half an hour of writing\./)
  })
}
