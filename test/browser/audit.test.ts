import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { addFamily, logIn, looks, office, send } from './people.ts'

const at = office()

for (const { how, visitor } of looks)
  test(`the audit log says who changed what, from what to what, and leaves as a file, ${how}`, async () => {
    const owner = await page(visitor)
    await logIn(owner, at, 'owner@demo.test')
    const { last, child } = await addFamily(owner, at, [['Mia', '2019-05-04']])
    const form = await (await owner.request.get(`${child('Mia')}/edit`)).text()
    const seen = form.match(/name="seen" value="(\d+)"/)?.[1] ?? ''
    const birthday = '2018-05-04'
    await send(owner, `${child('Mia')}/edit`, { seen, first: 'Mila', last, birthday, gender: 'female' })

    // From the user menu; free words, a log-in and days.
    await owner.goto(at)
    await owner.locator('summary[title="User Menu"]').click()
    await owner.getByRole('link', { name: 'Audit Log' }).click()
    const filters = owner.getByRole('form', { name: 'Filter Audit Log' })
    const go = async () => {
      await filters.getByRole('button', { name: 'Go' }).click()
    }
    await filters.getByLabel('Search').fill(`changed Mia ${last}`)
    await go()
    await owner.waitForURL(/q=changed/)
    const lines = owner.getByRole('table', { name: 'Audit Log' })
    const line = lines.getByRole('row').filter({ hasText: `changed Mia ${last}` })
    await line.locator('summary').click()
    const changes = line.getByRole('table', { name: 'Before and after' })
    expect(await changes.getByRole('row').filter({ hasText: 'Mila' }).textContent()).toMatch(/Mia.*Mila/)
    expect(await changes.getByRole('row').filter({ hasText: '2018' }).textContent()).toMatch(/2019.*2018/)
    if (visitor.javaScriptEnabled) expect(await axe(owner)).toEqual([])

    await filters.getByLabel('Who').fill('nobody@demo.test')
    await go()
    await owner.getByText(/Nothing fits these filters/).waitFor()
    await filters.getByLabel('Who').fill('owner@demo.test')
    await filters.getByLabel('Since').fill('2090-01-01')
    await go()
    await owner.getByText(/Nothing fits these filters/).waitFor()
    await filters.getByLabel('Since').fill('')
    await filters.locator('[name=from]').selectOption({ label: 'Office' })
    await go()
    await line.waitFor()

    // The same lines for a spreadsheet, and those of one record.
    const coming = owner.waitForEvent('download')
    const link = owner.getByRole('link', { name: 'Export these lines (CSV)' })
    await link.click()
    expect((await coming).suggestedFilename()).toMatch(/^audit-log-.*\.csv$/)
    const file = await (await owner.request.get((await link.getAttribute('href')) ?? '')).text()
    expect(file).toMatch(/Day,Time,Who,From,IP,Act,What,Field,Before,After/)
    expect(file.split('\n').filter(row => row.includes(`changed Mia ${last}`) && row.includes('Mila'))).toHaveLength(1)
    expect(file).not.toContain('logged in')
    await line.getByRole('link', { name: 'Student' }).click()
    await owner.getByRole('heading', { name: `Mila ${last}`, level: 1 }).waitFor()
    await owner.goto(`${at}/audit-log?subject=student&of=${child('Mia').split('/').pop()}`)
    await owner.getByText(`Of Mila ${last}`).waitFor()
    await owner.getByRole('link', { name: 'All lines' }).click()
    await owner.getByText('Of the whole business').waitFor()
  })
