import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { received } from './mailbox.ts'
import { codeFor, household, logIn, office, password, portal, send, surname } from './people.ts'

const at = portal()
const phone = { width: 390, height: 844 }
const told = (tab: Page, sentence: string) => tab.getByRole('status').filter({ hasText: sentence }).waitFor()
const sideways = (tab: Page) => tab.evaluate(() => document.documentElement.scrollWidth > innerWidth)

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test(`a guardian adds, changes, opts out and deletes an e-mail on a phone, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: phone })
    await household(tab)
    const [first, second] = [`${surname().toLowerCase()}@demo.test`, `${surname().toLowerCase()}@demo.test`]
    const sound = async () => {
      if (javaScriptEnabled) expect([await axe(tab), await sideways(tab)]).toEqual([[], false])
    }
    await tab.goto(`${at}/account`)
    await tab.getByRole('link', { name: 'Add Email' }).click()
    await tab.getByLabel('Email').fill('somebody@nowhere')
    await tab.getByLabel('News and offers may come').check()
    await tab.getByRole('button', { name: 'Add Email' }).click()
    await tab.getByText('Email does not look like an e-mail address.').waitFor()
    expect(await tab.getByLabel('Email').inputValue()).toBe('somebody@nowhere')
    expect(await tab.getByLabel('News and offers may come').isChecked()).toBe(true)
    await sound()
    await tab.getByLabel('Email').fill(first)
    await tab.getByRole('button', { name: 'Add Email' }).click()
    await told(tab, 'Added.')
    await tab.getByRole('link', { name: first }).click()
    await tab.getByLabel('Email').fill(second)
    await tab.getByRole('button', { name: 'Save' }).click()
    await told(tab, 'Saved.')
    const link = tab.getByRole('link', { name: second })
    expect(await link.textContent()).not.toContain('Unsubscribed')
    await link.click()
    await tab.getByRole('button', { name: 'Opt out of Email Blasts' }).click()
    await told(tab, 'Opted out of Email Blasts.')
    await sound()
    await tab.goto(`${at}/account`)
    const out = link.locator('i', { hasText: 'Unsubscribed' })
    expect(await out.evaluate(mark => getComputedStyle(mark).fontStyle)).toBe('italic')
    await sound()
    await link.click()
    await tab.getByRole('button', { name: 'Delete Email' }).click()
    await told(tab, 'Deleted.')
    expect(await link.count()).toBe(0)
  })

  test(`a guardian logs in with another address from now on, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: phone })
    const family = await household(tab)
    const next = `${surname().toLowerCase()}@demo.test`
    await tab.goto(`${at}/account`)
    await tab.getByRole('link', { name: `${family.email} Login` }).click()
    await tab.getByLabel('Email').fill(next)
    await tab.getByLabel('Password').fill('not this one')
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('The password does not fit.').waitFor()
    expect(await tab.getByLabel('Email').inputValue()).toBe(next)
    await tab.getByLabel('Password').fill(password)
    await tab.getByRole('button', { name: 'Save' }).click()
    await told(tab, 'Your log-in address was changed.')
    const elsewhere = await page({ javaScriptEnabled })
    // Nobody has shown yet that the new address is theirs: the first log-in with it asks for its code.
    await elsewhere.goto(`${at}/login`)
    await elsewhere.getByLabel('E-mail').fill(next)
    await elsewhere.getByLabel('Password').fill(password)
    await elsewhere.getByRole('button', { name: 'Log In' }).click()
    await elsewhere.getByLabel('Code').fill(codeFor(next))
    await elsewhere.getByRole('button', { name: 'Log In' }).click()
    await elsewhere.waitForURL(address => !address.pathname.includes('/login'))
    expect(new URL(elsewhere.url()).pathname).not.toContain('/login')
  })

  test(`the reader of a blast unsubscribes by its link, and takes it back, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: phone })
    const family = await household(tab)
    const staff = await page({ javaScriptEnabled: false })
    await logIn(staff, office(), 'owner@demo.test')
    const list = await (await staff.request.get(`${office()}/families?q=${family.surname.toLowerCase()}`)).text()
    const [, id = ''] = list.match(/\/families\/(\d+)/) ?? []
    await tab.goto(`${at}/account`)
    await tab.getByRole('link', { name: `${family.email} Login` }).click()
    await tab.getByRole('button', { name: 'Opt in to Email Blasts' }).click()
    await told(tab, 'Opted in to Email Blasts.')
    const subject = `News for ${family.surname}`
    await send(staff, `${office()}/email-blast`, { families: id, subject, body: 'We open at nine.', act: 'send' })
    const { headers } = await received(family.email, subject)
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const address = new URL(headers['List-Unsubscribe']?.slice(1, -1) ?? '')
    // Whoever reads the mail is not logged in.
    const reader = await page({ javaScriptEnabled, viewport: phone })
    await reader.goto(address.pathname)
    await reader.getByText(`${family.email[0]}…@demo.test gets e-mails`).waitFor()
    if (javaScriptEnabled) expect([await axe(reader), await sideways(reader)]).toEqual([[], false])
    await tab.goto(`${at}/account`)
    expect(await tab.getByText('Unsubscribed').count()).toBe(0)
    await reader.getByRole('button', { name: 'Unsubscribe' }).click()
    await reader.getByRole('heading', { name: 'Unsubscribed' }).waitFor()
    await tab.goto(`${at}/account`)
    expect(await tab.getByText('Unsubscribed').count()).toBe(1)
    await reader.getByRole('button', { name: 'Subscribe again' }).click()
    await reader.getByRole('heading', { name: 'Subscribed', exact: true }).waitFor()
    await tab.goto(`${at}/account`)
    expect(await tab.getByText('Unsubscribed').count()).toBe(0)
  })
}
