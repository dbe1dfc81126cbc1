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

/**
 * Starts the Chromium named by CHROMIUM, else the one that came with the dependencies, else an installed one. The
 * packaged one is a headless shell: it opens a window in a third of the time, because it draws no frame around it.
 */
export async function launch() {
  const path = process.env.CHROMIUM
  if (path) return chromium.launchServer({ executablePath: path, args: flags })
  const { default: packaged } = await import('@sparticuz/chromium')
  try {
    // Without the arguments it brings for itself: they switch off part of what keeps pages apart.
    return await chromium.launchServer({ executablePath: await packaged.executablePath(), args: flags })
  } catch (error) {
    // A library that it draws with is not there, or it is not made for this system.
    const path = installed.find(path => existsSync(path))
    if (!path) throw error
    return chromium.launchServer({ executablePath: path, args: flags })
  }
}
