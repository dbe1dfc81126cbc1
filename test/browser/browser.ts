import { mkdir } from 'node:fs/promises'
import axeCore, { type AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'
import type { Served } from './serve.ts'

interface Visitor
  extends Pick<BrowserContextOptions, 'javaScriptEnabled' | 'viewport' | 'colorScheme' | 'storageState'> {
  /** What the console may say, where a test takes the network away. */
  mayComplain?: RegExp
}

let browser: Promise<Browser> | undefined

/** The demo business that this worker's files use one after another: some count what they find there. */
export const { url, data } = inject('served')[Number(process.env.VITEST_POOL_ID) - 1] as Served

/**
 * Opens a fresh browser window for this test: no cookies, addresses relative to the app (`page.goto('/p/demo')`).
 * It closes with the test, which fails if a script failed or the content security policy was broken meanwhile.
 */
export async function page({ mayComplain, ...visitor }: Visitor = {}): Promise<Page> {
  browser ??= chromium.connect(inject('chromium'))
  const context = await (await browser).newContext({ baseURL: url, ...visitor })
  // Well below a test's own limit, so that a failure names what was waited for.
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    // A 4xx answer is written there too; pages are allowed to refuse.
    const known = message.text().startsWith('Failed to load resource') || mayComplain?.test(message.text())
    if (message.type() === 'error' && !known) {
      complaints.push(message.text())
    }
  })
  onTestFinished(async () => {
    await context.close()
    expect(complaints, 'what the browser complained about').toEqual([])
  })
  return page
}

/**
 * What axe finds wrong with the page, as lines for people: `expect(await axe(page)).toEqual([])`.
 * It needs timers, so the page must be one with JavaScript. What is fine it does not write down, which is a third of its time.
 */
export async function axe(page: Page): Promise<string[]> {
  // Evaluated by the browser's debugger, so the page's content security policy does not stop it.
  await page.evaluate(axeCore.source)
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'], preload: false })")
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}

/** Writes a picture of the whole page to test/.shots/<name>.png. */
export async function shot(page: Page, name: string) {
  await mkdir('test/.shots', { recursive: true })
  await page.screenshot({ path: `test/.shots/${name}.png`, fullPage: true, animations: 'disabled' })
}
