import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

// A test browser talks to the app and to nobody else.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** Starts the Chromium named by CHROMIUM, else an installed one, else the one that came with the dependencies. */
export async function launch() {
  const path = process.env.CHROMIUM ?? installed.find(path => existsSync(path))
  if (path) return chromium.launchServer({ executablePath: path, args: flags })
  const { default: packaged } = await import('@sparticuz/chromium')
  return chromium.launchServer({ executablePath: await packaged.executablePath(), args: [...packaged.args, ...flags] })
}
