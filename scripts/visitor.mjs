// Somebody with a browser that runs no script. Pages are read by parse5, which follows the HTML standard to the letter:
// what it finds in a form is what a browser would send.
import { parse } from 'parse5'

/**
 * @typedef {{ name: string, type: string, value: string, values: string[] }} Control
 * @typedef {{ name: string, value: string, action?: string, text: string }} FormButton
 * @typedef {{ id: string, action: string, method: string, fields: [string, string][], controls: Control[], buttons: FormButton[] }} Form
 */

/** Cookies, redirects, and the forms a page shows. */
export class Visitor {
  #cookies = new Map()

  /**
   * @param {string} url
   * @param {string[]} cookies what Set-Cookie said: a session that was opened elsewhere
   * @param {(at: URL, init: RequestInit) => Response | Promise<Response>} ask who answers: a server, or the app itself
   */
  constructor(url, cookies = [], ask = fetch) {
    this.url = url
    this.ask = ask
    this.#keep(cookies)
  }

  /** Opens a page and follows where it leads. */
  get(path) {
    return this.request(path)
  }

  /** Sends fields to an address: an object, or pairs where a name repeats. */
  post(path, fields) {
    return this.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Sends a form as the page filled it in, changed by `fill`; `button` is the one that is pressed. */
  /** @param {Form} form @param {Record<string, string | string[]>} fill @param {FormButton} [button] */
  send(form, fill = {}, button = undefined) {
    const fields = filled(form, fill, button)
    const action = button?.action ?? form.action
    if (form.method !== 'post') return this.get(`${action.split('?')[0]}?${new URLSearchParams(fields)}`)
    return this.post(action, fields)
  }

  /** What a browser would send as Cookie. */
  cookie() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async request(path, init = {}, hops = 0) {
    const answer = await this.ask(new URL(path, this.url), {
      ...init,
      redirect: 'manual',
      headers: { cookie: this.cookie(), origin: this.url, ...init.headers },
    })
    this.#keep(answer.headers.getSetCookie())
    const next = answer.headers.get('location')
    if (next && answer.status < 400 && hops < 10) {
      await answer.arrayBuffer()
      return this.request(next, {}, hops + 1)
    }
    return readPage(answer.status, new URL(path, this.url), await answer.text())
  }

  #keep(cookies) {
    for (const cookie of cookies) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/) ?? []
      if (value) this.#cookies.set(name, value)
      else this.#cookies.delete(name)
    }
  }
}

/** What a form sends: as the page filled it in, changed by `fill`, with the button that is pressed. */
/** @param {Form} form @param {Record<string, string | string[]>} fill @param {FormButton} [button] @returns {[string, string][]} */
export function filled(form, fill = {}, button = undefined) {
  const fields = form.fields.filter(([name]) => !(name in fill))
  for (const [name, value] of Object.entries(fill)) for (const one of [value ?? []].flat()) fields.push([name, one])
  if (button?.name && !(button.name in fill)) fields.push([button.name, button.value])
  return fields
}

/**
 * A page as somebody meets it: its status, where it stands, its forms, its links, and what it says is wrong.
 * Sentences that are wrong stand in red notices, beside fields, or alone on an error page.
 */
export function readPage(status, at, html) {
  /** @type {{ forms: Form[], links: string[], wrong: string[], title: string }} */
  const found = { forms: [], links: [], wrong: [], title: '' }
  const loose = new Map()
  const document = parse(html)
  const path = at.pathname + at.search
  visit(document, undefined)
  // Controls may stand outside their form and name it.
  for (const [id, controls] of loose) {
    const form = found.forms.find(each => each.id === id)
    for (const control of form ? controls : []) take(form, control)
  }
  const main = first(document, node => node.tagName === 'main')
  return {
    status,
    path,
    html,
    ...found,
    /** The form that posts to an address ending so, or the one whose address fits. */
    /** @param {string | RegExp} ending */
    form: ending =>
      found.forms.find(({ action }) => (ending instanceof RegExp ? ending.test(action) : action.endsWith(ending))),
    text: () => textOf(main ?? document),
    /** Every text and attribute value of the page, as a browser understands them. */
    values: () => valuesOf(document),
    sentence: () =>
      found.wrong[0] ??
      (status >= 400
        ? textOf(first(main ?? document, n => n.tagName === 'p' && !classes(n).includes('brand')))
        : undefined),
  }

  function visit(node, form) {
    const tag = node.tagName
    if (tag === 'script' || tag === 'style') return
    if (tag === 'title' && !found.title) found.title = textOf(node)
    if (tag === 'a' && has(node, 'href')) found.links.push(attribute(node, 'href'))
    if (tag === 'form') {
      form = {
        id: attribute(node, 'id'),
        action: attribute(node, 'action') || path,
        method: attribute(node, 'method').toLowerCase() || 'get',
        fields: [],
        controls: [],
        buttons: [],
      }
      found.forms.push(form)
    }
    if (says(node)) found.wrong.push(textOf(node))
    if (['input', 'select', 'textarea', 'button'].includes(tag)) {
      const owner = attribute(node, 'form')
      if (owner) loose.set(owner, [...(loose.get(owner) ?? []), node])
      else if (form) take(form, node)
    }
    for (const child of node.childNodes ?? []) visit(child, form)
  }
}

/** Adds a control to its form: what it would send, and what it is. */
function take(form, node) {
  const name = attribute(node, 'name')
  const type = node.tagName === 'input' ? attribute(node, 'type') || 'text' : node.tagName
  if (type === 'button' || type === 'submit') {
    form.buttons.push({
      name,
      value: attribute(node, 'value'),
      action: attribute(node, 'formaction') || undefined,
      text: textOf(node),
    })
    return
  }
  if (!name || has(node, 'disabled')) return
  const options = type === 'select' ? all(node, each => each.tagName === 'option') : []
  const values = options.map(option => (has(option, 'value') ? attribute(option, 'value') : textOf(option)))
  const picked = options.findIndex(option => has(option, 'selected'))
  const value =
    type === 'select'
      ? values[Math.max(0, picked)]
      : type === 'textarea'
        ? plain(node)
        : has(node, 'value')
          ? attribute(node, 'value')
          : type === 'checkbox' || type === 'radio'
            ? 'on'
            : ''
  form.controls.push({ name, type, value, values: type === 'select' ? values : [value] })
  const sent = type === 'checkbox' || type === 'radio' ? has(node, 'checked') : type !== 'file' && value !== undefined
  if (sent) form.fields.push([name, value])
}

const attribute = (node, name) => node.attrs?.find(each => each.name === name)?.value ?? ''
const has = (node, name) => Boolean(node.attrs?.some(each => each.name === name))
const classes = node => attribute(node, 'class').split(' ')
const says = node =>
  (node.tagName === 'p' && classes(node).includes('error')) ||
  (node.tagName === 'div' && classes(node).includes('notice') && classes(node).includes('red'))

const plain = node => (node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(plain).join(''))
const textOf = node => (node ? plain(node).replace(/\s+/g, ' ').trim() : '')

function all(node, fits) {
  return [...(fits(node) ? [node] : []), ...(node.childNodes ?? []).flatMap(child => all(child, fits))]
}

const first = (node, fits) => all(node, fits)[0]

function valuesOf(node) {
  return [
    ...(node.nodeName === '#text' ? [node.value] : []),
    ...(node.tagName === 'textarea' ? [plain(node)] : []),
    ...(node.attrs ?? []).map(({ value }) => value),
    ...(node.childNodes ?? []).flatMap(valuesOf),
  ]
}
