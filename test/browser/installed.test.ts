import { expect, test } from 'vitest'
import { page, url } from './browser.ts'
import { logIn, portal } from './people.ts'

const at = portal()

test('the worker may ask for pages, and stands beside the portal alone', async () => {
  const tab = await page()
  await tab.goto(at)
  const worker = await tab.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL)
  const { headers } = await fetch(String(worker))
  expect(headers.get('service-worker-allowed')).toBe('/p/')
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'")
  const manifest = await (await fetch(`${url}${at}/manifest.webmanifest`)).json()
  expect(manifest).toMatchObject({ scope: at, display: 'standalone' })
  expect((await fetch(`${url}${manifest.icons[0].src}`)).headers.get('content-type')).toBe('image/svg+xml')
})

test('without a network a family reads the schedule it saw last and of when it is, until it logs out', async () => {
  const tab = await page({ mayComplain: /ERR_INTERNET_DISCONNECTED|network/i })
  await tab.goto(at)
  await tab.evaluate(() => navigator.serviceWorker.ready)
  await logIn(tab, at, 'rivera@demo.test')
  await tab.goto(`${at}/account`)
  await tab.context().setOffline(true)
  await tab.goto(`${at}/account`)
  await tab.getByRole('heading', { name: 'No network' }).waitFor()
  await tab.context().setOffline(false)

  await tab.goto(`${at}/account/schedule`)
  const online = await tab.locator('main').innerText()
  await tab.context().setOffline(true)
  await tab.goto(`${at}/account`)
  await tab.getByText('No network. This is your schedule as of').waitFor()
  expect(await tab.locator('main').innerText()).toContain(online.split('\n').at(-1))
  await tab.getByRole('heading', { name: 'Schedule' }).waitFor()

  await tab.context().setOffline(false)
  await tab.goto(`${at}/account`)
  await tab.getByRole('button', { name: 'Log Out' }).click()
  await tab.getByRole('link', { name: 'Log In' }).waitFor()
  const kept = await tab.evaluate(async () => {
    const names = await caches.keys()
    const paths = await Promise.all(
      names.map(async name => (await (await caches.open(name)).keys()).map(one => one.url)),
    )
    return paths.flat()
  })
  expect(kept.filter(one => one.includes('/account'))).toEqual([])
})
