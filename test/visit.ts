import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../src/app'
import { startSession } from '../src/auth/sessions'
import { commit } from '../src/database'
import type { Cast } from './cast'
import { now } from './cast'
import { clockAt } from './knock'

const origin = 'https://gym.test'

/** A browser without a script: keeps its cookies, sends forms from the site itself, does not follow redirects. */
export class Visitor {
  cookies = new Map<string, string>()

  async fetch(path: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers)
    headers.set('Cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const context = createExecutionContext()
    const bindings = { ...(env as object), ...clockAt(now) }
    const response = await app.request(`${origin}${path}`, { ...init, headers, redirect: 'manual' }, bindings, context)
    await waitOnExecutionContext(context)
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = cookie.match(/^([^=]+)=([^;]*)/) ?? []
      if (/max-age=0/i.test(cookie) || !value) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }

  async get(path: string) {
    const response = await this.fetch(path)
    return {
      status: response.status,
      location: response.headers.get('Location'),
      text: await response.text(),
      headers: response.headers,
    }
  }

  /** Sends a form with a key of its own, unless it brings one. */
  async post(path: string, fields: Record<string, string | string[]> = {}) {
    const body = new URLSearchParams({ key: crypto.randomUUID() })
    for (const [name, value] of Object.entries(fields)) {
      body.delete(name)
      for (const each of [value].flat()) body.append(name, each)
    }
    const response = await this.fetch(path, { method: 'POST', body, headers: { Origin: origin } })
    return {
      status: response.status,
      location: response.headers.get('Location'),
      text: await response.text(),
      headers: response.headers,
    }
  }
}

/** The guardian of a cast, logged in to the Customer Portal. */
export async function loggedIn({ account, guardian }: Pick<Cast, 'account' | 'guardian'>): Promise<Visitor> {
  const visitor = new Visitor()
  const { cookie, statement } = await startSession(account, 'guardian', 'demo', {
    loginId: guardian.loginId,
    now,
    stay: false,
    ip: null,
    agent: null,
  })
  await commit(account, [statement])
  const [, name = '', value = ''] = cookie.match(/^([^=]+)=([^;]*)/) ?? []
  visitor.cookies.set(name, value)
  return visitor
}

/** A switch of the business, stored as staff would. */
export async function set(account: Cast['account'], name: string, value: boolean | number | string) {
  const { settings } = await import('../src/schema/settings')
  const row = { name, locationId: 0, value: JSON.stringify(value), updatedAt: now, who: 'test' }
  await commit(account, [
    account.db
      .insert(settings)
      .values(row)
      .onConflictDoUpdate({ target: [settings.name, settings.locationId], set: row }),
  ])
}

/** Puts places in a class into the cart of whoever visits; the answer is the first one. */
export const intoCart = (visitor: Visitor, classId: number, form: Record<string, string | string[]>) =>
  visitor.post(`/p/demo/cart/classes/${classId}`, form)

/** What the cart's page says has to be sent along with its checkout. */
export async function checkoutForm(visitor: Visitor): Promise<Record<string, string>> {
  const { text } = await visitor.get('/p/demo/cart')
  const form = text.match(/<form[^>]*action="[^"]*\/cart\/checkout".*?<\/form>/s)?.[0] ?? ''
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
}

/** Checks the cart out as its page offers it. */
export const checkOutCart = async (visitor: Visitor, more: Record<string, string | string[]> = {}) =>
  visitor.post('/p/demo/cart/checkout', { ...(await checkoutForm(visitor)), ...more })
