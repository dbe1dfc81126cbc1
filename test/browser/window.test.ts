import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { ask, classNamed, day, type Household, household, logIn, office, portal } from './people.ts'

const at = office()

/** The owner, on a page of the Office. */
async function owner(path = '/families', visitor?: Parameters<typeof page>[0]) {
  const staff = await page(visitor)
  await logIn(staff, at, 'owner@demo.test')
  await staff.goto(`${at}${path}`)
  return staff
}

/** A family that has just asked for so many of these classes. */
async function asking(children: Record<string, number>, className = 'Ninja Kids') {
  const tab = await page()
  const family = await household(tab, { children })
  const classId = await classNamed(tab, className)
  for (const { id } of family.children) await ask(tab, family, classId, { student: String(id) })
  return { tab, family, classId }
}

const open = async (staff: Page) => {
  await staff
    .getByRole('link', { name: /^Online Activity/ })
    .first()
    .click()
  await staff.getByRole('dialog', { name: 'Online Activity' }).waitFor()
}
const row = (staff: Page, family: Household, text: string | RegExp) =>
  staff.getByRole('row', { name: family.surname }).filter({ hasText: text })
const address = (staff: Page) => staff.url().replace(/^.*\/a\/demo/, '')
/** What a screen reader calls what these are: by its own label, or by the elements it points at. */
const namesOf = (all: Locator) =>
  all.evaluateAll(elements =>
    elements.map(
      each =>
        each.getAttribute('aria-label') ??
        each
          .getAttribute('aria-labelledby')
          ?.split(' ')
          .map(id => document.getElementById(id)?.textContent ?? '')
          .join(' '),
    ),
  )
const focused = async (staff: Page) => {
  const at = staff.locator(':focus')
  return (await namesOf(at))[0] ?? (await at.getAttribute('id'))
}
const counted = async (place: Locator) => Number(((await place.textContent()) ?? '').match(/\d+/)?.[0] ?? 0)

/** Presses TAB until this has the focus. */
async function tabTo(staff: Page, target: Locator, most = 60) {
  for (let pressed = 0; pressed < most; pressed++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await staff.keyboard.press('Tab')
  }
  throw new Error(`The keyboard did not get there: it is at ${await focused(staff)}.`)
}

test('the window opens over the page, and every way out leaves what was typed beneath', async () => {
  const staff = await owner()
  const typed = staff.getByRole('searchbox', { name: 'Search' })
  await typed.fill('half a sentence')
  for (const out of ['Escape', 'Close', 'Back', 'beside']) {
    await open(staff)
    expect(address(staff), out).toBe('/online-activity')
    expect(await staff.title(), out).toContain('Online Activity')
    if (out === 'Escape') await staff.keyboard.press('Escape')
    else if (out === 'Close') await staff.getByRole('link', { name: 'Close Online Activity' }).click()
    else if (out === 'Back') await staff.goBack()
    else await staff.mouse.click(4, 300)
    await staff.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(() => address(staff), { message: out }).toBe('/families')
    expect(await typed.inputValue(), out).toBe('half a sentence')
    expect(await staff.title(), out).toContain('Families')
  }
})

test('a filter changes the rows in place, the address says it, and Back and Forward walk through them', async () => {
  const staff = await owner()
  const dialog = staff.getByRole('dialog')
  await open(staff)
  await staff.getByLabel('Type').selectOption('enrollment')
  await expect.poll(() => address(staff)).toBe('/online-activity?type=enrollment')
  await dialog.getByLabel('Status').selectOption('pending')
  await expect.poll(() => address(staff)).toBe('/online-activity?type=enrollment&status=pending')
  const types = await staff.locator('#rows .c-type').allTextContents()
  expect(types.length).toBeGreaterThan(0)
  expect(new Set(types.map(text => text.trim()))).toEqual(new Set(['Enrollments']))

  await staff.goBack()
  await expect.poll(() => dialog.getByLabel('Status').inputValue()).toBe('')
  expect(address(staff)).toBe('/online-activity?type=enrollment')
  await staff.goBack()
  await expect.poll(() => staff.getByLabel('Type').inputValue()).toBe('')
  expect(await staff.getByRole('dialog').isVisible()).toBe(true)
  await staff.goForward()
  await expect.poll(() => staff.getByLabel('Type').inputValue()).toBe('enrollment')
  await staff.goBack()
  await expect.poll(() => staff.getByLabel('Type').inputValue()).toBe('')
  await staff.goBack()
  await staff.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(address(staff)).toBe('/families')
  await staff.goForward()
  await staff.getByRole('dialog').waitFor()
  expect(address(staff)).toBe('/online-activity')
})

test('after a reload the window stands there as a page, with the filters of its address', async () => {
  const staff = await owner()
  await open(staff)
  await staff.getByLabel('Type').selectOption('transfer')
  await expect.poll(() => address(staff)).toBe('/online-activity?type=transfer')
  await staff.reload()
  expect(await staff.getByRole('dialog').count()).toBe(0)
  expect(await staff.getByLabel('Type').inputValue()).toBe('transfer')
  await staff.getByLabel('Type').selectOption('')
  await expect.poll(() => address(staff)).toBe('/online-activity')
  await staff.getByRole('link', { name: 'Close Online Activity' }).click()
  await staff.getByRole('heading', { name: 'Dashboard' }).waitFor()
})

test('TAB applies the boxes of the pages with one request, and a number out of range is put right and said', async () => {
  const staff = await owner()
  await open(staff)
  const asked: string[] = []
  staff.on('request', request => {
    if (request.url().includes('/online-activity?')) asked.push(request.url())
  })
  await staff.getByLabel('Items per page').fill('3')
  await staff.keyboard.press('Tab')
  await expect.poll(() => staff.locator('#rows tbody tr').count()).toBe(3)
  expect(address(staff)).toBe('/online-activity?per=3')
  expect(asked.length).toBe(1)
  const pageBox = staff.getByRole('textbox', { name: /^Page/ })
  expect(await pageBox.evaluate(box => box === document.activeElement)).toBe(true)

  await pageBox.fill('2')
  await staff.keyboard.press('Tab')
  await expect.poll(() => address(staff)).toBe('/online-activity?per=3&page=2')
  await pageBox.fill('3000')
  await staff.keyboard.press('Enter')
  await staff.getByText('so this is the last one.').waitFor()
  expect(await pageBox.inputValue()).not.toBe('3000')
  expect(address(staff)).toContain(`page=${await pageBox.inputValue()}`)
  expect(asked.length).toBe(3)
  await staff.getByLabel('Items per page').fill('many')
  await staff.keyboard.press('Tab')
  await staff.getByText('Items per page was not a number, so it is 50.').waitFor()
  await expect.poll(() => staff.getByLabel('Items per page').inputValue()).toBe('50')
})

test('Select All ticks the rows that are shown, and is not ticked when one of them is not', async () => {
  const staff = await owner()
  await open(staff)
  await staff.getByLabel('Items per page').fill('5')
  await staff.keyboard.press('Tab')
  const boxes = staff.locator('#rows [name=entry]')
  await expect.poll(() => boxes.count()).toBe(5)
  const all = staff.getByLabel('Select All')
  await all.check()
  expect(await staff.locator('#rows [name=entry]:checked').count()).toBe(5)
  await boxes.nth(2).uncheck()
  expect(await all.isChecked()).toBe(false)
  await boxes.nth(2).check()
  expect(await all.isChecked()).toBe(true)
  await all.uncheck()
  expect(await staff.locator('#rows [name=entry]:checked').count()).toBe(0)
  await staff.getByRole('button', { name: 'Approve', exact: true }).click()
  await staff.getByText('Nothing is selected.').waitFor()
})

test('several entries are approved after one summary, and the report tells how many', async () => {
  const { family } = await asking({ Mia: 7, Leo: 9 })
  const staff = await owner()
  await open(staff)
  const waiting = await counted(staff.locator('#waiting'))
  for (const child of ['Mia', 'Leo'])
    await row(staff, family, 'Ninja Kids')
      .getByRole('checkbox', { name: `Select ${family.surname}, ${child}` })
      .check()
  await staff.getByRole('button', { name: 'Approve', exact: true }).click()
  await staff.getByRole('heading', { name: 'Approve 2 entries' }).waitFor()
  expect(await staff.locator('#window dl').textContent()).toBe('Enrollments2')
  await staff.getByRole('button', { name: 'Approve', exact: true }).click()
  await staff.getByText('2 approved.').waitFor()
  expect(await row(staff, family, 'Ninja Kids').count()).toBe(0)
  expect(await counted(staff.locator('#waiting'))).toBe(waiting - 2)
  expect(await counted(staff.locator('#badge'))).toBe(waiting - 2)
})

test('approving takes the row away in place, tells it, counts down, and leads the keyboard to the next row', async () => {
  const { family } = await asking({ Mia: 7, Leo: 9 })
  const staff = await owner()
  await open(staff)
  const waiting = await counted(staff.locator('#waiting'))
  const rows = staff.locator('#rows tbody tr')
  const before = await rows.count()
  // The newest stands first: Leo, then Mia.
  await staff.getByRole('button', { name: `Approve, ${family.surname}, Leo` }).focus()
  await staff.keyboard.press('Enter')
  await staff.getByText(`Approved: ${family.surname}, Leo.`).waitFor()
  expect(await rows.count()).toBe(before - 1)
  expect(await counted(staff.locator('#waiting'))).toBe(waiting - 1)
  expect(await focused(staff)).toBe(`Approve, ${family.surname}, Mia`)
  expect(address(staff)).toBe('/online-activity')
})

test('denying takes the request away from the family too, and dismissing puts what only informs away', async () => {
  const { tab, family } = await asking({ Mia: 7 })
  const staff = await owner()
  await open(staff)
  await staff.getByRole('button', { name: `Deny, ${family.surname}, Mia` }).click()
  await staff.getByText(`Denied: ${family.surname}, Mia.`).waitFor()
  const account = row(staff, family, 'made an account')
  await account.getByRole('button', { name: `Dismiss, ${family.surname}` }).click()
  await staff.getByText(`Dismissed: ${family.surname}.`).waitFor()
  expect(await account.count()).toBe(0)
  await tab.goto(`${portal()}/account`)
  expect(await tab.locator('#students').textContent()).not.toContain('Ninja Kids')
})

test('what waits is not dismissed with the rest, and the report says how many', async () => {
  const { family } = await asking({ Mia: 7 })
  const staff = await owner()
  await open(staff)
  await row(staff, family, 'Ninja Kids').getByRole('checkbox').check()
  await staff.getByRole('button', { name: 'Dismiss', exact: true }).click()
  await staff.getByText('1 waits for a decision and cannot be dismissed.').waitFor()
  expect(await staff.locator('#report').textContent()).toContain('Nothing was dismissed.')
  expect(await row(staff, family, 'Ninja Kids').count()).toBe(1)
})

test('the details show what was asked, keep a note of the staff, and lead back to the same filter', async () => {
  const { family } = await asking({ Mia: 7 })
  const staff = await owner()
  await open(staff)
  await staff.getByLabel('Type').selectOption('enrollment')
  await expect.poll(() => address(staff)).toBe('/online-activity?type=enrollment')
  await staff
    .getByRole('link', { name: `Details, ${family.surname}, Mia` })
    .first()
    .click()
  await staff.getByRole('heading', { name: `Enrollments: ${family.surname}, Mia` }).waitFor()
  expect(await staff.locator('.details').textContent()).toContain(family.email)
  expect(await axe(staff)).toEqual([])
  await staff.getByLabel('Add a note').fill('Called the mother.')
  await staff.getByRole('button', { name: 'Save note' }).click()
  await staff.locator('.said').filter({ hasText: 'Called the mother.' }).waitFor()
  await staff.getByRole('link', { name: 'Back to Online Activity' }).click()
  await expect.poll(() => staff.getByLabel('Type').inputValue()).toBe('enrollment')
  expect(await row(staff, family, 'Has a staff note.').count()).toBe(1)
})

test('a transfer asks for its date and the drop date of the previous class before it is approved', async () => {
  const { tab, family, classId } = await asking({ Mia: 7 })
  const staff = await owner()
  await open(staff)
  await staff.getByRole('button', { name: `Approve, ${family.surname}, Mia` }).click()
  await staff.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
  await tab.goto(`${portal()}/account`)
  await tab.getByRole('link', { name: /^Transfer/ }).click()
  const other = await classNamed(tab, 'Ninja Kids', 'demo', 1)
  expect(other).not.toBe(classId)
  await tab.getByLabel('New class').selectOption(String(other))
  await tab.getByLabel('Transfer date').fill(day(14))
  await tab.getByRole('button', { name: 'Request Transfer' }).click()
  await tab.getByText('We have it.').waitFor()

  await staff.reload()
  await staff.getByRole('link', { name: `Approve, ${family.surname}, Mia` }).click()
  // The first lesson of the new class from the asked day on, and the day before it.
  const on = Date.parse(await staff.getByLabel('Transfer Date').inputValue())
  expect(on).toBeGreaterThanOrEqual(Date.parse(day(14)))
  expect(Date.parse(await staff.getByLabel('Drop Date for Previous Class').inputValue())).toBe(on - 86_400_000)
  const last = new Date(on - 2 * 86_400_000).toISOString().slice(0, 10)
  await staff.getByLabel('Drop Date for Previous Class').fill(last)
  await staff.getByRole('button', { name: 'Approve', exact: true }).click()
  await staff.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
  await staff.goto(`${at}/families?q=${family.surname}`)
  await staff.getByRole('link', { name: family.surname, exact: true }).click()
  await staff.getByText(`last day in the previous class ${last}`).waitFor()
})

test('a double click approves and charges once', async () => {
  const { family } = await asking({ Mia: 7 })
  const staff = await owner()
  await open(staff)
  await staff.getByRole('button', { name: `Approve, ${family.surname}, Mia` }).dblclick()
  await staff.getByText(`${family.surname}, Mia`).first().waitFor()
  await expect.poll(() => row(staff, family, 'Ninja Kids').count()).toBe(0)
  await staff.waitForLoadState('networkidle')
  expect(await staff.locator('#report').textContent()).toContain(`Approved: ${family.surname}, Mia.`)
  await staff.goto(`${at}/families?q=${family.surname}`)
  await staff.getByRole('link', { name: family.surname, exact: true }).click()
  expect(await staff.getByRole('table', { name: 'Charges' }).getByText('Ninja Kids').count()).toBe(1)
})

test('while the network is gone a notice says so, and Retry does what was asked', async () => {
  const { family } = await asking({ Mia: 7 })
  const staff = await owner('/families', { mayComplain: /Failed to fetch/ })
  await open(staff)
  await staff.context().setOffline(true)
  await staff.getByRole('button', { name: `Approve, ${family.surname}, Mia` }).click()
  const notice = staff.getByRole('alert').filter({ hasText: 'No connection. Nothing was changed.' })
  await notice.waitFor()
  expect(await row(staff, family, 'Ninja Kids').count()).toBe(1)
  await staff.context().setOffline(false)
  await notice.getByRole('button', { name: 'Retry' }).click()
  await staff.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
  expect(await notice.count()).toBe(0)
})

test('with the keyboard alone the window is opened, filtered, used and closed', async () => {
  const { family } = await asking({ Mia: 7, Leo: 9 })
  // From a page of few links: the way to the footer leads through all of them.
  const staff = await owner('/news')
  const icon = staff.getByRole('link', { name: /^Online Activity/ }).first()
  await tabTo(staff, icon)
  await staff.keyboard.press('Enter')
  await staff.getByRole('dialog', { name: 'Online Activity' }).waitFor()
  await tabTo(staff, staff.getByLabel('Type'))
  await staff.keyboard.press('E')
  await expect.poll(() => address(staff)).toBe('/online-activity?type=enrollment')
  await expect.poll(() => staff.getByLabel('Type').evaluate(box => box === document.activeElement)).toBe(true)
  await tabTo(staff, staff.getByRole('button', { name: `Approve, ${family.surname}, Leo` }))
  await staff.keyboard.press('Enter')
  await staff.getByText(`Approved: ${family.surname}, Leo.`).waitFor()
  await expect.poll(() => focused(staff)).toBe(`Approve, ${family.surname}, Mia`)
  await staff.keyboard.press(' ')
  await staff.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
  await staff.keyboard.press('Escape')
  await staff.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await icon.evaluate(link => link === document.activeElement)).toBe(true)
})

test('a screen reader hears what the window is, whom each button concerns, and what came of it', async () => {
  const { family } = await asking({ Mia: 7 })
  const staff = await owner()
  expect(
    await staff
      .getByRole('link', { name: /^Online Activity/ })
      .first()
      .textContent(),
  ).toMatch(/\d+ pending/)
  await open(staff)
  expect(await focused(staff)).toBe('window-title')
  const dialog = staff.getByRole('dialog', { name: 'Online Activity' })
  expect(await dialog.getByRole('table', { name: 'Entries' }).count()).toBe(1)
  expect(await dialog.getByRole('columnheader').allTextContents()).toContain('Family, student')
  const names = await namesOf(dialog.locator('tbody :is(button, .acts a, input)'))
  expect(names.filter(name => !/^(Select |[\w -]+, )\w/.test(name ?? ''))).toEqual([])
  expect(await axe(staff)).toEqual([])
  await dialog.getByRole('button', { name: `Approve, ${family.surname}, Mia` }).click()
  await dialog
    .getByRole('status')
    .filter({ hasText: `Approved: ${family.surname}, Mia.` })
    .waitFor()
})

test('who may only look sees every row and no button that acts', async () => {
  await asking({ Mia: 7 })
  const desk = await page()
  await logIn(desk, at, 'desk@demo.test')
  await desk.goto(`${at}/families`)
  await open(desk)
  expect(await desk.locator('#rows tbody tr').count()).toBeGreaterThan(0)
  expect(await desk.locator('#rows button, #rows [type=checkbox], .mass').count()).toBe(0)
})

for (const javaScriptEnabled of [true, false])
  test(`of two people on one entry one wins, and the other reads who did it, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const { family } = await asking({ Mia: 7 })
    const first = await owner('/online-activity', { javaScriptEnabled })
    const second = await owner('/online-activity', { javaScriptEnabled })
    await first.getByRole('button', { name: `Approve, ${family.surname}, Mia` }).click()
    await first.getByText(`Approved: ${family.surname}, Mia.`).waitFor()
    await second.getByRole('button', { name: `Deny, ${family.surname}, Mia` }).click()
    await second.getByText(/Already approved by owner@demo\.test at \d+:\d\d\s[ap]m/).waitFor()
    expect(await row(second, family, 'Ninja Kids').count()).toBe(0)
    await second.goto(`${at}/families?q=${family.surname}`)
    await second.getByRole('link', { name: family.surname, exact: true }).click()
    expect(await second.getByRole('table', { name: 'Charges' }).getByText('Ninja Kids').count()).toBe(1)
  })

test('a class that filled up meanwhile asks again and names the numbers', async () => {
  const [tab, other] = [await page(), await page()]
  const family = await household(tab, { slug: 'sunrise', children: { Mia: 4, Leo: 4, Ada: 4 } })
  const others = await household(other, { slug: 'sunrise', children: { Noor: 4, Emil: 4 } })
  const classId = await classNamed(tab, 'Learn to Swim 1', 'sunrise')
  const staff = await page()
  await logIn(staff, office('sunrise'), 'owner@sunrise.test')
  const settings = `${office('sunrise')}/settings`
  // A request keeps its place unless this is off, so that more may be asked for than there is.
  const count = staff.getByLabel('Count Class Requests Against Openings')
  await staff.goto(settings)
  await count.uncheck()
  await staff.getByRole('button', { name: 'Save', exact: true }).click()
  for (const [from, asked] of [
    [tab, family],
    [other, others],
  ] as const)
    for (const { id } of asked.children) await ask(from, asked, classId, { student: String(id) })
  await staff.goto(settings)
  await count.check()
  await staff.getByRole('button', { name: 'Save', exact: true }).click()

  await staff.goto(`${office('sunrise')}/families`)
  await open(staff)
  const anyway = staff.getByRole('button', { name: 'Approve anyway' })
  const whom = [family, others].flatMap(({ surname, children }) => children.map(({ name }) => `${surname}, ${name}`))
  for (const who of whom) {
    await staff.getByRole('button', { name: `Approve, ${who}` }).click()
    const done = staff.getByText(`Approved: ${who}.`)
    await done.or(anyway).first().waitFor()
    if (await done.count()) continue
    expect(await staff.locator('.details').textContent()).toContain(
      'Learn to Swim 1 is full: 4 of 4 places are taken. Approving makes it 5 of 4.',
    )
    await anyway.click()
    await done.waitFor()
    return
  }
  throw new Error('Five children went into four places without a question.')
})
