import { filled, readPage, type Visitor } from '../../scripts/visitor.mjs'
import { isDay } from '../../src/forms'
import { cents } from '../../src/money'
import { households } from '../import/files'
import { type Desk, type Outcome, origin } from './desk'
import { dayIn, importForm, type Person } from './scene'
import { share } from './share'
import { type Form, kind, walk } from './walk'
import { besides, type Fill, wantedBy } from './wholes'

/** What makes a form whole where its page leaves a field empty. */
const plain: Record<string, string> = {
  email: 'naughty@families.example',
  first: 'Plain',
  last: 'Plain',
  street: '1 Main Street',
  birthday: '2019-05-01',
  password: 'demo-password',
  new_password: 'another-password',
  note: 'Plain',
  name: 'Plain',
  body: 'Plain',
  title: 'Plain',
  phone: '555 0100',
  timeZone: 'America/Chicago',
  currency: 'USD',
  code: 'Plain',
  adult: '1',
  terms: '1',
  agreed: '1',
  overbook: '1',
  price: '10.00',
  quantity: '3',
  reason: 'Plain',
  text: 'Plain',
  sort: '1',
}
const members: Record<string, string> = { p: 'rivera@sunrise.test', a: 'owner@sunrise.test', s: 'coach@sunrise.test' }

export interface Tried {
  fields: Set<string>
  /** Fields of forms that could not be made whole; another page may have the same form in a better state. */
  waiting: Map<string, string>
  posts: number
  accepted: number
  faults: string[]
}

const nothingTried = (): Tried => ({
  fields: new Set(),
  waiting: new Map(),
  posts: 0,
  accepted: 0,
  faults: [],
})

export const headersOf = (visitor: Visitor, piece: boolean) => ({
  cookie: visitor.cookie(),
  origin,
  ...(piece ? { 'HX-Request': 'true', 'HX-Request-Type': 'partial' } : {}),
})

/** One of several parts of the forms: an object of the local runtime is given up after half a minute of work. */
export interface Part {
  nth: number
  of: number
}

const isIn = ({ action }: Form, part?: Part) =>
  !part || [...kind(action)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % part.of === part.nth

/** All forms that these people find, and what came of them. Nothing is left over that could not be tried. */
export async function tryEverything(desk: Desk, people: Person[], part?: Part): Promise<Tried> {
  const tried = nothingTried()
  for (const { visitor, home, starts } of people) {
    const { forms, faults } = await lookAround({ visitor, home, starts })
    if (!part) tried.faults.push(...faults)
    await tryFields(
      desk,
      visitor,
      forms.filter(form => form.method === 'post' && isIn(form, part)),
      tried,
    )
  }
  for (const [field, why] of tried.waiting)
    if (!tried.fields.has(field)) tried.faults.push(`${field} never had its turn: ${why}`)
  return tried
}

const looked = new Map<string, { forms: Form[]; faults: string[] }>()

/** What somebody finds, and which of their pages do not answer; every part of a test finds the same. */
export async function lookAround({ visitor, home, starts }: Omit<Person, 'name'>) {
  const known = looked.get(starts.join())
  if (known) return known
  const faults: string[] = []
  const { forms } = await walk(visitor, home, starts, 30, ({ status, path }) => {
    if (status >= 400) faults.push(`${status} ${path} while walking`)
  })
  looked.set(starts.join(), { forms, faults })
  return { forms, faults }
}

/** Gives every string to every field that had no turn yet, one at a time, while the rest of its form is whole. */
async function tryFields(desk: Desk, visitor: Visitor, found: Form[], tried: Tried) {
  const forms = [...found]
  // Answers bring further forms, to confirm or to go on.
  for (const form of forms) {
    // What a device has to prove nobody types: test/auth has the forms of passkeys.
    if (namesOf(form).includes('challenge')) continue
    const names = namesOf(form).filter(name => !tried.fields.has(fieldOf(form, name)))
    if (!names.length) continue
    const send = <T>(fill: Fill, piece: boolean, look: (outcome: Outcome) => T) => {
      const button = form.buttons.find(({ action }) => !action || action === form.action)
      const fields = filled(form, { key: crypto.randomUUID(), ...fill }, button)
      const brings = form.controls.some(({ type }) => type === 'file')
      const body = brings ? importForm(Object.fromEntries(fields), households) : new URLSearchParams(fields)
      return desk.trial(form.action, { method: 'POST', body, headers: headersOf(visitor, piece) }, look)
    }
    const rest = await makeWhole(form, send, forms)
    if (typeof rest === 'string') {
      for (const name of names) tried.waiting.set(fieldOf(form, name), rest)
      continue
    }
    for (const turn of turnsOf(form, names)) {
      const [name = ''] = turn
      const fill = (text: string | string[]) => ({
        ...rest,
        ...besides(form, name),
        ...Object.fromEntries(turn.map(each => [each, text])),
      })
      const without = await send(fill([]), false, ({ written }) => tally(written))
      const told = new Set<number>()
      // Every other one as htmx sends it, whose answers are written by code of their own.
      for (const [nth, text] of listFor(name, form, tried).entries())
        await send(fill(text), nth % 2 === 1, outcome => {
          tried.posts += 1
          if (outcome.written.size) tried.accepted += 1
          for (const fault of faultsOf(desk, form, { name, text, without, told }, outcome))
            tried.faults.push(`${kind(form.action)} ${turn}=${JSON.stringify(text)}: ${fault}`)
        })
      for (const each of turn) tried.fields.add(fieldOf(form, each))
    }
  }
}

/** Each field alone; tick boxes together, because any value is a tick and so none of them is ever the bad one. */
function turnsOf(form: Form, names: string[]): string[][] {
  const ticks = names.filter(name => {
    const controls = form.controls.filter(each => each.name === name)
    return controls.length === 1 && controls[0]?.type === 'checkbox' && isTick(controls[0].value)
  })
  return [...names.filter(name => !ticks.includes(name)).map(name => [name]), ...(ticks.length ? [ticks] : [])]
}

/** The others have the id of something for a value. */
const isTick = (value: string) => /^(1|on)$/.test(value)

/** A portal reads the key before it knows the form, so one form of it gets all strings and the others some. */
function listFor(name: string, form: Form, tried: Tried) {
  const read = `${form.action.slice(0, 3)} key`
  if (name !== 'key' || !tried.fields.has(read)) {
    if (name === 'key') tried.fields.add(read)
    return share()
  }
  return share().filter((_, nth) => nth % 20 === 0)
}

const fieldOf = (form: Form, name: string) => `${kind(form.action)} ${name}`
const namesOf = ({ controls, buttons }: Form) => [
  // Files have a test of their own.
  ...new Set([...controls.filter(({ type }) => type !== 'file'), ...buttons].map(({ name }) => name).filter(Boolean)),
]
/** Several children of one form. */
const bare = (name: string) => name.replace(/^student_\d_|(?<=^email)_1$/, '')
const tally = (written: Outcome['written']) => JSON.stringify([...written])

/** What to fill in so that the form is accepted as a whole, or the sentence why it never is. */
async function makeWhole(
  form: Form,
  send: <T>(fill: Fill, piece: boolean, look: (outcome: Outcome) => T) => Promise<T>,
  forms: Form[],
): Promise<Fill | string> {
  let refused = ''
  // A class meets on some day of the week, and some acts want notice.
  for (const date of [5, 6, 7, 8, 9, 10, 11, 40, 41, 42, 43, 44, 45, 46].map(dayIn))
    for (const way of ['first', 'all', 'as it stands']) {
      const rest: Fill = {}
      for (const { name, type, value, values } of form.controls) {
        const all = form.controls.filter(each => each.name === name)
        const left = !form.fields.some(([given, text]) => given === name && text)
        if (type === 'date' && !/birthday/.test(name)) rest[name] = way === 'as it stands' ? value : date
        // Another address than the one that somebody has.
        else if (name === 'value') rest[name] = type === 'tel' ? '555 0199' : (plain.email ?? '')
        else if (!left) continue
        else if (type === 'radio') rest[name] = all[0]?.value ?? ''
        else if (type === 'checkbox' && !isTick(value))
          rest[name] = all.slice(0, way === 'first' ? 1 : all.length).map(one => one.value)
        else if (type === 'select') rest[name] = values.find(Boolean) ?? ''
        else if (bare(name) in plain) rest[name] = plain[bare(name)] ?? ''
      }
      Object.assign(rest, wantedBy(form))
      if (form.action.endsWith('/login')) rest.email = members[form.action[1] ?? ''] ?? ''
      const whole = await send(rest, false, ({ status, html }) => {
        const page = readPage(status, new URL(form.action, origin), html)
        if (status === 200) forms.push(...page.forms.filter(({ method }) => method === 'post'))
        refused = `${status} ${page.sentence()}`
        return status < 400
      })
      if (whole) return rest
    }
  return refused
}

/** What is wrong with an answer, whatever was asked. */
export function* plainFaults(text: string, { status, location, html }: Outcome) {
  if (status >= 500) yield `${status}`
  if (location && !/^\/[aps]\/sunrise($|[/?])/.test(location)) yield `leads to ${location}`
  // Short ones stand in every page.
  if (text.length > 4 && /[<>"'&]/.test(text) && html.includes(text)) yield 'stands in the page as it was typed'
  if (/(href|src|action)="\s*javascript:/i.test(html)) yield 'is a link that runs'
}

interface Turn {
  name: string
  text: string
  /** What the same form writes when the field is left out. */
  without: string
  /** The statuses whose sentence was looked at. */
  told: Set<number>
}

function* faultsOf(desk: Desk, form: Form, { name, text, without, told }: Turn, outcome: Outcome) {
  yield* plainFaults(text, outcome)
  const { status, html, written } = outcome
  const tables = [...written.keys()]
  if (status >= 400) {
    // Wrong passwords are counted; nothing else is left by what was refused.
    if (tables.some(table => table !== 'login_attempts')) yield `${status} and written: ${tables}`
    if (![401, 404, 409, 422, 429].includes(status)) yield `${status}`
    // One page of a kind says enough, and reading it is the dear part.
    if (!told.has(status) && !readPage(status, new URL(origin), html).sentence()) yield `${status} without a sentence`
    told.add(status)
    return
  }
  const controls = form.controls.filter(control => control.name === name)
  const type = controls[0]?.type ?? 'button'
  const typed = text.toWellFormed().replaceAll('\r\n', '\n').trim()
  if (type === 'password') {
    // What a log-in compares is not written.
    if (!desk.holds(tables, `hash of ${text}`) && text !== plain.password) yield 'is not the password that was kept'
  } else if (['text', 'search', 'email', 'tel', 'textarea'].includes(type)) {
    // What stood in the form already is not written again.
    const stood = controls[0]?.value ?? ''
    const same = tables.join() === 'answers' && (typed === stood || (cents(typed) ?? stood) === cents(stood))
    // A setting keeps an amount as JSON, which is text.
    const forms = [...variants(typed), String(cents(typed) ?? typed)]
    const kept = () => forms.some(value => desk.holds(tables, value) || desk.holdsInside(tables, value))
    if (typed && !same && !onlyAsked(form, name) && !kept()) yield `${status} but not stored as typed: ${tables}`
  } else if (tables.length && !fits(controls, name, typed)) {
    // Whatever is no choice may count as none, and leaves no trace of itself.
    if (tally(written) !== without) yield `${status} and written: ${tables}`
    // What the act itself is called in the audit log is no trace of it.
    const [act] = desk.ask('select action from audit order by id desc limit 1')
    if (typed.length > 4 && typed !== act?.action && desk.holds(tables, typed)) yield 'is stored'
  }
}

/**
 * What is looked at and not kept: whom a preview is for, the lines a file should have, an amount beside one that was
 * chosen, and all that stands in a form whose other button was pressed, for a preview or for an end.
 */
const onlyAsked = ({ action }: Form, name: string) =>
  /^(announced|preview_name|family|other)$/.test(name) ||
  /\/(preview|cancellation|removal|retirement|return)$/.test(action)

/** As text, as a setting, as somebody's name in JSON, and what is a number as that number or as so many cents. */
function variants(typed: string): (string | number)[] {
  const number = Number(typed.replace(/^\$|[\s\u00a0\u202f]|,(?=\d{3})/g, ''))
  return [
    typed,
    JSON.stringify(typed),
    JSON.stringify({ name: typed }),
    ...(Number.isFinite(number) ? [String(number), number, number * 100] : []),
  ]
}

function fits(controls: Form['controls'], name: string, typed: string) {
  const { type } = controls[0] ?? {}
  return (
    (type === 'checkbox' && controls.length === 1 && isTick(controls[0]?.value ?? '')) ||
    controls.some(({ values }) => values.includes(typed)) ||
    (type === 'date' && isDay(typed)) ||
    (type === 'number' && /^\d+$/.test(typed)) ||
    // Another row of the list that a mail is for is a choice too.
    (/^(entries|families|students|enrollments)$/.test(name) && /^[1-9]\d{0,14}$/.test(typed)) ||
    (name === 'key' && /^[\w-]{8,64}$/.test(typed))
  )
}
