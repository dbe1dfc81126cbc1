import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { logIn, office } from './people.ts'

const at = office()

for (const width of [1366, 390])
  for (const javaScriptEnabled of [true, false])
    test(`a class is canceled from the calendar and brought back, at ${width} px ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const staff = await page({ javaScriptEnabled, viewport: { width, height: 844 } })
      const isFine = async () => {
        if (javaScriptEnabled) expect(await axe(staff)).toEqual([])
        expect(await staff.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      }
      await logIn(staff, at, 'owner@demo.test')
      await staff.goto(`${at}/calendar`)
      await staff.getByRole('link', { name: 'Week after' }).click()
      await staff.waitForURL(/on=/)
      await isFine()
      await staff.getByRole('navigation', { name: 'View' }).getByRole('link', { name: 'Zone' }).click()
      await staff.getByRole('table').waitFor()
      await isFine()
      await staff.getByRole('navigation', { name: 'View' }).getByRole('link', { name: 'Week' }).click()
      const entry = staff.locator('.entry a').first()
      await entry.click()
      const cancel = staff.getByRole('button', { name: 'Cancel class' })
      await cancel.waitFor()
      const address = staff.url()
      await isFine()
      await cancel.click()
      await staff.getByText('Say why: the families read it.').waitFor()
      await staff.getByLabel('Reason').fill('The heating broke.')
      await cancel.click()
      await staff.getByText('The class is canceled on this day.').waitFor()
      await staff.getByText('The heating broke.').waitFor()
      await isFine()
      await staff.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Calendar' }).click()
      await staff.getByRole('row').filter({ hasText: 'The heating broke.' }).getByText('Canceled').waitFor()
      await staff.goto(address)
      await staff.getByRole('button', { name: 'Bring back' }).click()
      await staff.getByText('The class takes place.').waitFor()
    })

for (const width of [1366, 390])
  for (const javaScriptEnabled of [true, false])
    test(`the calendar is looked at on a grid of hours, at ${width} px ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const staff = await page({ javaScriptEnabled, viewport: { width, height: 844 } })
      await logIn(staff, at, 'owner@demo.test')
      await staff.goto(`${at}/calendar`)
      const layout = staff.getByRole('navigation', { name: 'Layout' })
      await layout.getByRole('link', { name: 'Staggered' }).click()
      await staff.waitForURL(/layout=staggered/)
      const grid = staff.getByRole('region', { name: 'Time grid' })
      for (const view of ['Week', 'Staff', 'Zone', 'Day']) {
        await staff.getByRole('navigation', { name: 'View' }).getByRole('link', { name: view, exact: true }).click()
        await grid.waitFor()
        if (javaScriptEnabled) expect(await axe(staff)).toEqual([])
        expect(await staff.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      }
      await staff.goto(`${at}/calendar?layout=staggered&on=2026-12-09`)
      await grid.waitFor()
      const boxes = await grid.locator('.entry').evaluateAll(entries =>
        entries.map(entry => {
          const { left, right, top, bottom } = entry.getBoundingClientRect()
          const [, hour, quarter] = entry.className.match(/ n(\d+) q(\d)/) ?? []
          return { left, right, top, bottom, quarter: Number(hour) * 4 + Number(quarter) }
        }),
      )
      expect(boxes.length).toBeGreaterThan(3)
      // Nothing covers anything else, and on a wide screen what begins later stands lower.
      const overlap = boxes.flatMap((one, nth) =>
        boxes
          .slice(nth + 1)
          .filter(
            other =>
              one.left < other.right - 1 &&
              other.left < one.right - 1 &&
              one.top < other.bottom - 1 &&
              other.top < one.bottom - 1,
          ),
      )
      expect(overlap).toEqual([])
      if (width > 1000)
        for (const one of boxes)
          for (const other of boxes) if (one.quarter < other.quarter) expect(one.top).toBeLessThan(other.top)
      const print = staff.getByRole('button', { name: 'Print' })
      expect(await print.isVisible()).toBe(javaScriptEnabled)
      if (!javaScriptEnabled) return
      await staff.evaluate(() => {
        window.print = () => {
          document.title = 'printed'
        }
      })
      await print.click()
      expect(await staff.title()).toBe('printed')
    })

for (const javaScriptEnabled of [true, false])
  test(`ticked classes change together after a preview ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const staff = await page({ javaScriptEnabled, viewport: { width: 390, height: 844 } })
    await logIn(staff, at, 'owner@demo.test')
    await staff.goto(`${at}/classes`)
    const ticks = staff.getByRole('checkbox', { name: /^Select / })
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await staff.getByRole('button', { name: 'Quick Edit' }).click()
    await staff.getByRole('button', { name: 'Preview' }).click()
    await staff.getByText('Choose something to change.').waitFor()
    await staff.getByLabel('Show openings').selectOption('On')
    await staff.getByRole('button', { name: 'Preview' }).click()
    await staff.getByText('Show openings: on').waitFor()
    if (javaScriptEnabled) expect(await axe(staff)).toEqual([])
    await staff.getByRole('button', { name: 'Change 2 classes' }).click()
    await staff.getByText('2 classes are changed.').waitFor()
    expect(await staff.getByRole('heading', { level: 1 }).count()).toBe(1)
  })
