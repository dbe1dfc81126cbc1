import { beforeEach, describe, expect, test } from 'vitest'
import { helpPages } from '../../src/support/pages'
import { updates } from '../../src/updates/entries'
import { type Cast, cast } from '../cast'
import { ask, employ, words } from '../knock'
import { set } from '../visit'

let one: Cast
const menuOf = async (cookie: string) => {
  const html = await (await ask('/a/demo/support', { cookie })).text()
  const menu = html.match(/<details class="menu".*?<\/details>/s)?.[0] ?? ''
  return [...menu.matchAll(/<a href="([^"]*)">([^<]*)/g)].map(([, , label]) => label?.trim())
}

beforeEach(async () => {
  one = await cast({ now: Date.now() })
})

describe('the user menu', () => {
  test('has the entries of the seed in its order, each with its condition', async () => {
    const owner = await employ(one.account, { isOwner: true })
    expect(await menuOf(owner.cookie)).toEqual([
      'My Log-in',
      'Settings',
      'Support',
      'Feature Requests',
      'Customer Portal',
      'Staff Portal',
      'News and Announcements',
      'Audit Log',
      'Point of Sale',
      'Punch Passes',
      'Updates',
    ])
    const desk = await employ(one.account, { rights: { 'Office Portal': 2 } })
    const all = ['My Log-in', 'Support', 'Feature Requests', 'Customer Portal', 'Staff Portal', 'Updates']
    expect(await menuOf(desk.cookie)).toEqual(all)
    await set(one.account, 'portal.enabled', false)
    expect(await menuOf(desk.cookie)).toEqual(all.filter(label => label !== 'Customer Portal'))
    await set(one.account, 'portal.enabled', true)
  })

  test('has something real behind each entry', async () => {
    const { cookie } = await employ(one.account, { isOwner: true })
    const html = await (await ask('/a/demo/support', { cookie })).text()
    const menu = html.match(/<details class="menu".*?<\/details>/s)?.[0] ?? ''
    for (const [, href = ''] of menu.matchAll(/<a href="(\/a\/[^"]*)"/g))
      expect((await ask(href, { cookie })).status, href).toBe(200)
  })
})

describe('Updates', () => {
  test('count and mark what is new since the last visit', async () => {
    const { cookie } = await employ(one.account, { rights: { 'Office Portal': 2 } })
    const look = async () => {
      const html = await (await ask('/a/demo/updates', { cookie })).text()
      return html
    }
    const first = await look()
    expect(first.split('>New</span>')).toHaveLength(updates.length + 1)
    expect(first).toContain(`${updates.length}<span class="away"> new</span>`)
    // What is kept behind the answer is there a moment later.
    await expect.poll(async () => (await look()).split('>New</span>').length).toBe(1)
    expect(await look()).not.toContain('> new</span>')
  })

  test('stand with the newest first, one a day', () => {
    const days = updates.map(({ on }) => on)
    expect(days).toEqual([...new Set(days)].sort().reverse())
  })
})

describe('Support', () => {
  test('helps with the areas that the person may use, and says whom to ask', async () => {
    const { cookie } = await employ(one.account, { rights: { 'Office Portal': 2, Families: 1 } })
    await set(one.account, 'support.contact', 'Call Pat at 555 0100')
    const html = await (await ask('/a/demo/support', { cookie })).text()
    expect(words(html)).toContain('Call Pat at 555 0100')
    expect(html).toContain('/a/demo/support/families"')
    expect(html).not.toContain('/a/demo/support/audit-log"')
    for (const { slug, title, paragraphs } of helpPages(one.account.settings)) {
      const answer = await ask(`/a/demo/support/${slug}`, { cookie })
      expect(answer.status).toBe(200)
      expect(words(await answer.text())).toContain(title)
      expect(paragraphs.length).toBeGreaterThan(0)
    }
    expect((await ask('/a/demo/support/moon', { cookie })).status).toBe(404)
  })
})
