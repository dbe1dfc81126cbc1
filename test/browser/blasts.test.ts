import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { household, logIn, office, surname } from './people.ts'

const at = office()
const looks = [
  { javaScriptEnabled: true, width: 1366 },
  { javaScriptEnabled: true, width: 390 },
  { javaScriptEnabled: false, width: 1366 },
  { javaScriptEnabled: false, width: 390 },
]

for (const { javaScriptEnabled, width } of looks) {
  const look = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`

  test(`what is ticked in the window gets one mail a family, ${look}`, async () => {
    const tab = await page()
    const families = [await household(tab), await household(tab)]
    const staff = await page({ javaScriptEnabled, viewport: { width, height: 850 } })
    await logIn(staff, at, 'owner@demo.test')
    await staff.goto(`${at}/online-activity?type=new_account`)
    for (const { surname: name } of families) await staff.getByRole('checkbox', { name: `Select ${name}` }).check()
    await staff.getByRole('button', { name: 'E-mail', exact: true }).click()
    await staff.getByRole('heading', { name: 'Email Blast' }).waitFor()
    // They signed up without saying yes to news.
    await staff.getByText('2: Unsubscribed.').waitFor()
    expect(await staff.getByRole('button', { name: 'Send now to 0 families' }).count()).toBe(1)

    // From one row's own button, which says whom it writes to.
    await staff.goto(`${at}/online-activity?type=new_account`)
    await staff.getByRole('link', { name: `E-mail, ${families[0]?.surname}` }).click()
    await staff.getByRole('heading', { name: 'Email Blast' }).waitFor()
  })

  test(`a blast is written, found wrong, put right, previewed and sent, ${look}`, async () => {
    const staff = await page({ javaScriptEnabled, viewport: { width, height: 850 } })
    await logIn(staff, at, 'owner@demo.test')
    await staff.goto(`${at}/families?status=active`)
    // The first two who stand there, whoever they are.
    const rows = staff.locator('tbody tr')
    for (const nth of [0, 1]) await rows.nth(nth).getByRole('checkbox').check()
    const other = ((await rows.nth(1).getByRole('link').first().textContent()) ?? '').trim()
    await staff.getByRole('button', { name: 'E-mail', exact: true }).click()
    const title = `News ${surname()}`
    await staff.getByLabel('Subject').fill(`${title} for [[family_frist]]`)
    await staff.getByLabel('Text', { exact: true }).fill('Hello [[family_first]],\n\n**no class** on Monday.')
    await staff.getByRole('button', { name: 'Preview' }).click()
    await staff.getByText('Perhaps [[family_first]]').waitFor()
    expect(await staff.getByLabel('Text', { exact: true }).inputValue()).toContain('**no class**')
    await staff.getByLabel('Subject').fill(`${title} for [[family_first]]`)
    await staff
      .getByLabel('Attachments')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the plan') })
    await staff.getByLabel('Another family').fill(other)
    await staff.getByRole('button', { name: 'Preview' }).click()
    await staff.getByRole('heading', { name: `As ${other} gets it` }).waitFor()
    await staff.getByText(new RegExp(`^${title} for [A-Z]`)).waitFor()
    expect(await staff.locator('.letter strong').textContent()).toBe('no class')
    if (javaScriptEnabled) expect(await axe(staff)).toEqual([])
    expect(await staff.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await staff.getByRole('button', { name: 'Send a test to me' }).click()
    await staff.getByText('A test is on its way to you.').waitFor()
    await staff.getByRole('button', { name: /^Send now to \d famil/ }).click()
    await staff.getByRole('heading', { name: title }).waitFor()
    // Behind the page it goes on by itself; without a script somebody looks again.
    await expect
      .poll(
        async () => {
          if (!javaScriptEnabled) await staff.reload()
          return staff.getByText(/\d of \d done\./).count()
        },
        { timeout: 15_000, interval: 500 },
      )
      .toBe(1)
    if (javaScriptEnabled) expect(await axe(staff)).toEqual([])
    await staff.goto(`${at}/scheduled-emails`)
    await staff.getByRole('link', { name: new RegExp(title) }).waitFor()
  }, 45_000)
}

test('a blast is scheduled from a list, changed, seen among the Scheduled Emails, and called off', async () => {
  const staff = await page()
  await logIn(staff, at, 'owner@demo.test')
  await staff.goto(`${at}/students?q=a`)
  await staff.getByRole('link', { name: 'E-mail all of this list' }).click()
  const title = `Later ${surname()}`
  await staff.getByLabel('Subject').fill(title)
  await staff.getByLabel('Text', { exact: true }).fill('See you.')
  await staff.getByLabel('Whoever is in this list when it goes').check()
  await staff.getByLabel('Date').fill('2031-05-06')
  await staff.getByLabel('Time').fill('09:30')
  await staff.getByRole('button', { name: 'Schedule', exact: true }).click()
  await staff.getByText('That is more than a year away.').waitFor()
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  await staff.getByLabel('Date').fill(soon)
  await staff.getByRole('button', { name: 'Schedule', exact: true }).click()
  await staff.getByText(/^Scheduled for /).waitFor()
  expect(await staff.getByLabel('Whoever is in this list when it goes').isChecked()).toBe(true)
  await staff.goto(`${at}/scheduled-emails`)
  const row = staff.getByRole('row', { name: title })
  expect(await row.textContent()).toMatch(/9:30/)
  await row.getByRole('link').click()
  await staff.getByLabel('Text', { exact: true }).fill('See you soon.')
  // ENTER keeps, and neither sends nor calls off.
  await staff.getByLabel('Subject').press('Enter')
  await staff.getByText('Saved.').waitFor()
  await staff.getByText(/^Scheduled for /).waitFor()
  await staff.getByRole('button', { name: 'Cancel this e-mail' }).click()
  await staff.waitForURL(/scheduled-emails/)
  expect(await staff.getByRole('row', { name: title }).textContent()).toContain('cancelled')
})
