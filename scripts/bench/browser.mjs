import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { brotliCompressSync, constants } from 'node:zlib'
import { chromium } from 'playwright-core'
import { serve } from '../serve.mjs'
import { get, median } from './workers.mjs'

const path = '/a/demo/online-activity'
const slow = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 }

/** Stands before a Worker as the edge does: compresses pages at once and files well, and knows the visitor's cookie. */
async function edge(url, cookie) {
  const files = new Map()
  const server = createServer(async (request, answer) => {
    const { status, headers, body } = await get(url + request.url, {
      ...request.headers,
      host: new URL(url).host,
      cookie,
      'accept-encoding': 'identity',
    })
    const page = headers['content-type']?.startsWith('text/html')
    const compressed =
      files.get(request.url) ??
      brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: page ? 5 : 11 } })
    if (!page) files.set(request.url, compressed)
    const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...kept } = headers
    answer.writeHead(status, { ...kept, 'content-encoding': 'br', 'content-length': compressed.length }).end(compressed)
    server.bytes += compressed.length
    server.requests += 1
  })
  server.bytes = 0
  server.requests = 0
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${server.address().port}` }
}

async function visit(browser, { server, url }) {
  server.bytes = 0
  server.requests = 0
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', slow)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(url + path, { waitUntil: 'commit' })
  const status = page.locator('select[name=status]')
  await status.waitFor()
  const began = await page.evaluate(() => performance.timeOrigin)
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length)
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime)
  const ours = await page.evaluate(() => Boolean(document.querySelector('#window')))
  if (ours) await page.waitForFunction(() => window.htmx)
  const [bytes, requests] = [server.bytes, server.requests]
  await status.selectOption('pending')
  if (ours)
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.c-state')].every(cell => cell.textContent === 'Pending'),
    )
  else await Promise.all([page.waitForURL(/status=pending/), page.locator('button').click()])
  const filtered = (await page.evaluate(() => performance.timeOrigin + performance.now())) - began
  const more = server.bytes - bytes
  await context.close()
  return { bytes, requests, paint, filtered, more }
}

/** What the window takes on a slow phone beside the bare Worker, as lines. */
export async function onSlowPhone({ dataDir, cookie, bare }) {
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    one => one && existsSync(one),
  )
  if (!executablePath) return ['No Chromium: CHROMIUM=/path/to/it npm run bench']
  const ours = await serve({ dataDir, quiet: true })
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  const lines = ['', 'On a slow phone (400 kbit/s, 400 ms, CPU x4), the median of five first visits:']
  for (const [name, url] of [
    ['ours', ours.url],
    ['bare', bare.url],
  ]) {
    const before = await edge(url, cookie)
    const visits = []
    for (let i = 0; i < 5; i++) visits.push(await visit(browser, before))
    const of = what => Math.round(median(visits.map(one => one[what])))
    lines.push(
      `  ${name}: ${of('bytes')} bytes in ${of('requests')} requests, first paint ${of('paint')} ms, ` +
        `first filter result ${of('filtered')} ms (${of('more')} bytes)`,
    )
    before.server.close()
  }
  await browser.close()
  await ours.stop()
  await bare.stop()
  return lines
}
