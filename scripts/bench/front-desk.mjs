// A front desk on a processor slowed six times: what each page of the day takes until it stands, and each filter until its
// rows do. A hundred thousand entries lie in the window, and the files are in the browser already, as they are all day.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { launch } from '../../test/browser/chromium.ts'
import { serveDemo } from '../demo.mjs'
import { openDatabases } from '../migrate.mjs'
import { fill, sessionOf } from './fill.mjs'
import { median } from './workers.mjs'

const rounds = 5
const pages = {
  Dashboard: '/dashboard',
  Welcome: '/welcome',
  'Online Activity': '/online-activity',
  Families: '/families',
  'a family': '/families/1',
  Students: '/students',
  'a student': '/students/1',
  Classes: '/classes',
  'a class': '/classes/1',
  Enrollments: '/enrollments',
  Calendar: '/calendar',
  Staff: '/staff',
  'Audit Log': '/audit-log',
}
/** A list, a filter of it, and what is chosen there. */
const filters = [
  ['Online Activity', '/online-activity', 'select[name=status]', 'pending'],
  ['Families', '/families', 'select[name=status]', 'inactive'],
  ['Students', '/students', 'select[name=status]', 'inactive'],
  ['Classes', '/classes', 'select[name=program]', '2'],
]

/** Gives the figures as lines. */
export async function bench({ small }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwheel-desk-'))
  const filled = await serveDemo({ dataDir, quiet: true, fill: ['demo'] })
  await filled.stop()
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  await fill(databases.DB, small ? 1_000 : 100_000, Date.now())
  const [name, ...value] = (await sessionOf(databases.DB, 'staff', 'owner@demo.test', Date.now())).split('=')
  await close()
  const server = await serveDemo({ dataDir, quiet: true, fill: [] })
  const launched = await launch()
  const browser = await chromium.connect(launched.wsEndpoint())
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    await context.addCookies([{ name, value: value.join('='), domain: 'localhost', path: '/', secure: true }])
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 })
    const at = path => `${server.url}/a/demo${path}`
    const lines = ['', `At a front desk (CPU x6), the median of ${rounds} and the slowest, in milliseconds:`]
    for (const [what, path] of Object.entries(pages)) {
      const took = []
      for (let nth = 0; nth <= rounds; nth++) {
        await page.goto(at(path), { waitUntil: 'load' })
        took.push(await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd))
      }
      lines.push(said(what, took.slice(1)))
    }
    for (const [what, path, select, choice] of filters) {
      const took = []
      for (let nth = 0; nth <= rounds; nth++) {
        await page.goto(at(path), { waitUntil: 'load' })
        took.push(await filter(page, select, choice))
      }
      lines.push(said(`${what}, filtered`, took.slice(1)))
    }
    return lines
  } finally {
    await browser.close()
    await launched.close()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/**
 * From the choice, or from Go where a list has it, until what it leads to is painted. The page itself takes the time:
 * what drives it is slowed as well, and no person has that.
 */
async function filter(page, select, choice) {
  const box = page.locator(select).first()
  if (await box.evaluate(it => Boolean(it.closest('#window')))) return box.evaluate(inPlace, choice)
  await box.selectOption(choice)
  await page.locator('form.filters button:text-is("Go")').first().click()
  await page.waitForURL(new RegExp(`=${choice}(&|$)`), { waitUntil: 'load' })
  return page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd)
}

/** Runs in the page: chooses, and gives the milliseconds until the frame after the new rows. */
function inPlace(box, choice) {
  return new Promise(done => {
    const began = performance.now()
    const watch = new MutationObserver(() => {
      const states = [...document.querySelectorAll('.c-state')]
      if (!states.length || states.some(state => state.textContent !== 'Pending')) return
      watch.disconnect()
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
    })
    watch.observe(document.body, { subtree: true, childList: true, characterData: true })
    box.value = choice
    box.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

const said = (what, took) =>
  `  ${what.padEnd(26)} ${String(Math.round(median(took))).padStart(5)} ${String(Math.round(Math.max(...took))).padStart(6)}`
