import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { type readPage, Visitor } from '../../scripts/visitor.mjs'
import { page as browserPage } from './browser.ts'
import { ask, bring, family, here, owner, pool, rows, serveSunrise, url } from './sunrise.ts'

type Page = ReturnType<typeof readPage>
type Form = Page['forms'][number]

/** The Big List of Naughty Strings where it lies beside the repository, else a dozen of our own. */
const list = new URL('../../../shared/data/blns.json', import.meta.url)
const strings: string[] = existsSync(list)
  ? JSON.parse(readFileSync(list, 'utf8'))
  : [
      '',
      '  ',
      'null',
      "'; drop table students; --",
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'javascript:alert(1)',
      '{{7*7}}%s%n<%= 7*7 %>',
      '../../etc/passwd\u0000.png',
      '\u202egnirts desrever\u202c \u200b\ufeff',
      'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮ 👩‍👩‍👧 田中さん',
      '999999999999999999999999999999e99',
    ]

// Another beginning each time a field takes its turn, so that few strings a field still use them all.
let turn = 0
const some = (count: number) => Array.from({ length: count }, () => strings[turn++ % strings.length] as string)

let staff: Visitor
let parent: Visitor
const faults: string[] = []

/** Notes an answer that is a fault of ours. */
function watch(answer: Page, what: string) {
  if (answer.status >= 500) faults.push(`${answer.status} ${answer.path} ${what}`)
  return answer
}

/** Looks at every page that links lead to, two of a kind, and gives the forms found, one of a kind. */
async function walk(visitor: Visitor, portal: string, starts: string[]): Promise<Form[]> {
  const kind = (path: string) => (path.split('?')[0] ?? '').replace(/\d+/g, '#')
  const seen = new Map<string, number>()
  const forms = new Map<string, Form>()
  const queue = [...starts]
  for (let path = queue.shift(); path; path = queue.shift()) {
    const times = seen.get(kind(path)) ?? 0
    if (times >= 2) continue
    seen.set(kind(path), times + 1)
    const page = watch(await visitor.get(path), 'walking')
    for (const form of page.forms) if (!forms.has(kind(form.action))) forms.set(kind(form.action), form)
    for (const link of page.links) if (link === portal || link.startsWith(`${portal}/`)) queue.push(link)
  }
  return [...forms.values()].filter(({ action }) => !action.endsWith('/logout'))
}

/** What makes a form whole, so that one bad field is the only one. */
const whole: Record<string, string> = {
  email: 'naughty@families.example',
  first: 'Plain',
  last: 'Plain',
  student_1_first: 'Plain',
  student_1_birthday: '2019-05-01',
  birthday: '2019-05-01',
  password: 'demo-password',
}

serveSunrise()
beforeAll(async () => {
  staff = await owner()
  parent = await family()
})

describe('bad input', () => {
  test('every field of every form takes every kind of string without a fault', async () => {
    const stranger = new Visitor(url)
    const p = here.portal
    const children = ask(
      "select c.student_id id from logins l join guardians g on g.login_id = l.id join family_students c on c.family_id = g.family_id where l.email = 'rivera@sunrise.test'",
    )
    const ways = [
      { visitor: stranger, forms: await walk(stranger, p, [p, `${p}/login`, `${p}/sign-up`]) },
      {
        visitor: parent,
        forms: await walk(parent, p, [
          `${p}/account`,
          `${p}/account/payments`,
          `${p}/account/deletion`,
          `${p}/password`,
          ...children.map(({ id }) => `${p}/classes?child=${id}`),
          ...['by-date', 'by-enrollment'].map(way => `${p}/account/students/${children[0]?.id}/absences/${way}`),
        ]),
      },
      { visitor: new Visitor(url), forms: await walk(new Visitor(url), here.office, [`${here.office}/login`]) },
      { visitor: staff, forms: await walk(staff, here.office, [here.office, `${here.office}/imports`]) },
    ]
    const fields: string[] = []
    for (const { visitor, forms } of ways)
      await pool(4, forms, async form => {
        const slow = form.controls.some(({ type }) => type === 'password')
        const names = [...new Set(form.controls.map(({ name }) => name))]
        const rest = Object.fromEntries(names.filter(name => name in whole).map(name => [name, whole[name] as string]))
        for (const name of names) {
          fields.push(`${form.action} ${name}`)
          for (const text of some(slow ? 2 : 8))
            watch(
              await visitor.send(form, { ...rest, key: crypto.randomUUID(), [name]: text }, form.buttons[0]),
              `${name}=${JSON.stringify(text)}`,
            )
        }
      })
    // Whoever asked too often waits; nobody was logged out by what they typed.
    expect((await parent.get(`${p}/account`)).path).toBe(`${p}/account`)
    expect(faults).toEqual([])
    expect(fields.length).toBeGreaterThan(80)
  }, 120_000)

  test('every filter in an address takes every string without a fault', async () => {
    const { office, portal } = here
    const pages: [Visitor, string, string[]][] = [
      [
        staff,
        `${office}/online-activity`,
        ['type', 'notes', 'status', 'location', 'per', 'page', 'after', 'before', 'was', 'answer'],
      ],
      [staff, `${office}/families`, ['q', 'status', 'after', 'id']],
      [staff, `${office}/students`, ['q', 'status', 'after', 'id']],
      [staff, `${office}/classes`, ['q', 'status', 'after', 'id', 'page']],
      [staff, `${office}/audit-log`, ['who', 'from', 'at', 'id']],
      [staff, `${office}/imports`, ['page', 'show']],
      [parent, `${portal}/classes`, ['q', 'child', 'day', 'time', 'location', 'program', 'openings']],
      [parent, `${portal}/account`, ['transactions', 'lines', 'done']],
      [parent, `${portal}/account/policies/next`, ['next', 'for']],
      [parent, `${portal}/account/students/new`, ['next']],
      [new Visitor(url), `${portal}/login`, ['next']],
      [new Visitor(url), `${office}/login`, ['next']],
    ]
    await pool(6, strings, async (text, nth) => {
      for (const [visitor, path, names] of [pages[nth % pages.length], pages[(nth * 5 + 1) % pages.length]].filter(
        page => page !== undefined,
      )) {
        const all = await visitor.get(`${path}?${new URLSearchParams(names.map(name => [name, text]))}`)
        const name = names[nth % names.length] as string
        for (const answer of [all, await visitor.get(`${path}?${new URLSearchParams([[name, text]])}`)]) {
          watch(answer, JSON.stringify(text))
          // Nobody is led out of their portal.
          if (!answer.path.startsWith(path.slice(0, 11))) faults.push(`${path} led to ${answer.path}`)
        }
      }
    })
    expect(faults).toEqual([])
  }, 60_000)

  test('what is accepted is stored as it was typed and shown as it is stored', async () => {
    const child = ask(
      "select c.student_id id from logins l join guardians g on g.login_id = l.id join family_students c on c.family_id = g.family_id where l.email = 'rivera@sunrise.test'",
    )[0]
    const path = `${here.portal}/account/students/${child?.id}`
    const plain = { first: 'Plain', last: 'Plain', birthday: '2019-05-01', gender: 'unstated' }
    const fields = { first: 'first_name', medical: 'medical' }
    let kept = 0
    const wrong: string[] = []
    for (const [nth, text] of strings.entries()) {
      const field = nth % 3 ? 'first' : 'medical'
      const before = rows()
      const answer = await parent.post(path, { ...plain, key: crypto.randomUUID(), [field]: text })
      const [stored] = ask(`select ${fields[field]} value from students where id = ?`, Number(child?.id))
      if (answer.status === 200) {
        kept += 1
        const expected = text.trim() || (field === 'medical' ? null : 'Plain')
        if (stored?.value !== expected)
          wrong.push(`${field} ${JSON.stringify(text)} is stored as ${JSON.stringify(stored?.value)}`)
        const shown = (await parent.get(path)).form(path)?.controls.find(({ name }) => name === field)
        if (shown?.value !== (expected ?? ''))
          wrong.push(`${field} ${JSON.stringify(text)} is shown as ${JSON.stringify(shown?.value)}`)
      } else {
        const blank = !text.trim() || text.trim().length > 60 || /[^\P{Cc}\t]/u.test(text)
        if (answer.status !== 422 || !answer.wrong.length || !blank)
          wrong.push(`${answer.status} ${answer.sentence()} for ${JSON.stringify(text)}`)
        expect(rows()).toEqual(before)
      }
    }
    expect(wrong).toEqual([])
    expect(kept).toBeGreaterThan(strings.length / 2)
  }, 60_000)
})
