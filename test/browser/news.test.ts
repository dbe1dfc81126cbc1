import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { day, logIn, looks, office, surname } from './people.ts'

const at = office()

for (const { how, visitor } of looks)
  test(`news is written, read on the Welcome page, changed and removed, ${how}`, async () => {
    const owner = await page(visitor)
    await logIn(owner, at, 'owner@demo.test')
    await owner.goto(at)
    await owner.locator('summary[title="User Menu"]').click()
    await owner.getByRole('link', { name: 'News and Announcements' }).click()
    const title = `Mats ${surname()}`
    const write = async (fields: Record<string, string>) => {
      for (const [label, text] of Object.entries(fields)) await owner.getByLabel(label, { exact: true }).fill(text)
      await owner.getByRole('button', { name: 'Save', exact: true }).click()
    }
    await write({ Title: title, Text: 'The **blue** ones are wet.', From: day(3), Until: day(1) })
    await owner.getByText('The end is not after the beginning.').waitFor()
    expect(await owner.getByLabel('Text', { exact: true }).inputValue()).toBe('The **blue** ones are wet.')
    if (visitor.javaScriptEnabled) expect(await axe(owner)).toEqual([])
    await write({ From: day(-1), Until: '' })
    await owner.getByText('Saved.').waitFor()
    const post = owner.getByRole('region', { name: title })
    await post.getByText('Shown').waitFor()

    // Everybody on the staff reads it, and its markup, on the first page.
    const desk = await page(visitor)
    await logIn(desk, at, 'desk@demo.test')
    await desk.goto(`${at}/welcome`)
    const read = desk.getByRole('article').filter({ hasText: title })
    await read.waitFor()
    expect(await read.locator('strong').textContent()).toBe('blue')

    await post.getByRole('link', { name: 'Edit' }).click()
    await owner.getByRole('heading', { name: 'Change', exact: true }).waitFor()
    expect(await owner.getByLabel('Title', { exact: true }).inputValue()).toBe(title)
    await write({ Text: 'They are dry.' })
    await owner.getByText('Saved.').waitFor()
    await desk.reload()
    await read.getByText('They are dry.').waitFor()

    // What is for later waits, and what is deleted is gone.
    await post.getByRole('link', { name: 'Edit' }).click()
    await write({ From: day(2) })
    await post.getByText('Later').waitFor()
    await desk.reload()
    expect(await read.count()).toBe(0)
    await post.getByRole('button', { name: /^Delete/ }).click()
    await owner.getByText('Deleted.', { exact: true }).waitFor()
    expect(await post.count()).toBe(0)
  })
