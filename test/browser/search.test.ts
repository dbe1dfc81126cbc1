import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { addFamily, logIn, looks, office } from './people.ts'

const at = office()

for (const { how, visitor } of looks)
  test(`families, students, classes and staff are found from any page, by the keyboard alone, ${how}`, async () => {
    const owner = await page(visitor)
    await logIn(owner, at, 'owner@demo.test')
    const { last } = await addFamily(owner, at, [['Mia', '2019-05-04']])
    /** Types into the search of the toolbar and sends it, as the keyboard does. */
    const look = async (from: string, text: string) => {
      await owner.goto(`${at}/${from}`)
      if (visitor.javaScriptEnabled) await owner.keyboard.press('/')
      else await owner.getByRole('search').getByLabel('Search').focus()
      expect(await owner.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q')
      await owner.keyboard.type(text)
      await owner.keyboard.press('Enter')
      await owner.getByRole('heading', { name: 'Search', level: 1 }).waitFor()
    }
    const group = (name: string) => owner.getByRole('region', { name, exact: true })

    await look('families', last)
    await group('Families').getByRole('link', { name: last }).waitFor()
    if (visitor.javaScriptEnabled) expect(await axe(owner)).toEqual([])
    // Names in any order.
    await look('calendar', `${last} mia`)
    const hit = group('Students').getByRole('link', { name: `Mia ${last}` })
    await hit.waitFor()
    for (let steps = 0; steps < 60; steps++) {
      await owner.keyboard.press('Tab')
      if (await hit.evaluate(link => link === document.activeElement)) break
    }
    await owner.keyboard.press('Enter')
    await owner.getByRole('heading', { name: `Mia ${last}`, level: 1 }).waitFor()

    await look('settings', 'Ninja')
    await group('Classes').getByRole('link', { name: /Ninja/ }).first().click()
    await owner.getByRole('heading', { level: 1, name: /Ninja/ }).waitFor()
    await look('reports'.replace('reports', 'skills'), 'coach@demo')
    await group('Staff').getByRole('link').first().click()
    await owner.waitForURL(/\/staff\/\d+/)

    await look('news', 'nobody is called so')
    await owner.getByText('Nothing is called like that.').waitFor()
    // The same box asks again, and who may not see a part does not find it.
    await owner.getByLabel('Name, e-mail or phone').fill(last)
    await owner.getByRole('form', { name: 'Search again' }).getByRole('button', { name: 'Go' }).click()
    await group('Families').getByRole('link', { name: last }).waitFor()
    const desk = await page(visitor)
    await logIn(desk, at, 'desk@demo.test')
    await desk.goto(`${at}/search?q=coach@demo`)
    expect(await desk.getByRole('region', { name: 'Staff', exact: true }).count()).toBe(0)
  })
