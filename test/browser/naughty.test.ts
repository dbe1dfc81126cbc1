import { beforeAll, describe, expect, test } from 'vitest'
import { Visitor } from '../../scripts/visitor.mjs'
import { type Form, kind, type Page, walk } from '../naughty/walk.ts'
import { page as browserPage } from './browser.ts'
import { strings } from './strings.ts'
import { ask, bring, family, here, owner, pool, rows, serveSunrise, url } from './sunrise.ts'

// The whole list goes through every field in test/naughty; here some go all the way, over HTTP to real D1 and with real
// hashes. Another beginning each time a field takes its turn, so that few strings a field still use them all.
let turn = 0
const sample = process.env.NAUGHTY === 'all' ? strings : strings.filter((_, nth) => nth % 8 === 0)
const half = strings.filter((_, nth) => nth % 2 === 0)
const some = (count: number) => Array.from({ length: count }, () => strings[turn++ % strings.length] as string)

let staff: Visitor
let parent: Visitor
const faults: string[] = []

/** Notes an answer that is a fault of ours. */
function watch(answer: Page, what: string) {
  if (answer.status >= 500) faults.push(`${answer.status} ${answer.path} ${what}`)
  return answer
}

/** The forms of the pages that links lead to, one for each address. */
async function formsOf(visitor: Visitor, portal: string, starts: string[]): Promise<Form[]> {
  const { forms } = await walk(visitor, portal, starts, 2, page => watch(page, 'walking'))
  return [...new Map(forms.map(form => [kind(form.action), form])).values()]
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
      { visitor: stranger, forms: await formsOf(stranger, p, [p, `${p}/login`, `${p}/sign-up`]) },
      {
        visitor: parent,
        forms: await formsOf(parent, p, [
          `${p}/account`,
          `${p}/account/payments`,
          `${p}/account/deletion`,
          `${p}/password`,
          ...children.map(({ id }) => `${p}/classes?child=${id}`),
          ...['by-date', 'by-enrollment'].map(way => `${p}/account/students/${children[0]?.id}/absences/${way}`),
        ]),
      },
      { visitor: new Visitor(url), forms: await formsOf(new Visitor(url), here.office, [`${here.office}/login`]) },
      { visitor: staff, forms: await formsOf(staff, here.office, [here.office, `${here.office}/imports`]) },
    ]
    const fields: string[] = []
    for (const { visitor, forms } of ways)
      await pool(4, forms, async form => {
        const names = [...new Set(form.controls.map(({ name }) => name))]
        const rest = Object.fromEntries(names.filter(name => name in whole).map(name => [name, whole[name] as string]))
        for (const name of names) {
          fields.push(`${form.action} ${name}`)
          for (const text of some(1))
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
  }, 240_000)

  test('every filter in an address takes strings of every kind without a fault', async () => {
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
    await pool(6, strings.length < 50 || process.env.NAUGHTY === 'all' ? strings : half, async (text, nth) => {
      const [visitor, path, names] = pages[nth % pages.length] as (typeof pages)[number]
      const all = await visitor.get(`${path}?${new URLSearchParams(names.map(name => [name, text]))}`)
      const name = names[nth % names.length] as string
      for (const answer of [all, await visitor.get(`${path}?${new URLSearchParams([[name, text]])}`)]) {
        watch(answer, JSON.stringify(text))
        // Nobody is led out of their portal.
        if (!answer.path.startsWith(path.slice(0, 11))) faults.push(`${path} led to ${answer.path}`)
      }
    })
    expect(faults).toEqual([])
  }, 180_000)

  test('what is accepted is stored as it was typed and shown as it is stored', async () => {
    const child = ask(
      "select c.student_id id from logins l join guardians g on g.login_id = l.id join family_students c on c.family_id = g.family_id where l.email = 'rivera@sunrise.test'",
    )[0]
    const path = `${here.portal}/account/students/${child?.id}`
    const plain = { first: 'Plain', last: 'Plain', birthday: '2019-05-01', gender: 'unstated' }
    const fields = { first: 'first_name', medical: 'medical' }
    let kept = 0
    const wrong: string[] = []
    for (const [nth, text] of sample.entries()) {
      const field = nth % 3 ? 'first' : 'medical'
      const unfit = text.trim().length > 60 || /[^\P{Cc}\t]/u.test(text) || (field === 'first' && !text.trim())
      const before = unfit ? rows() : undefined
      const answer = await parent.post(path, { ...plain, key: crypto.randomUUID(), [field]: text })
      const [stored] = ask(`select ${fields[field]} value from students where id = ?`, Number(child?.id))
      if (answer.status === 200) {
        kept += 1
        const expected = text.trim() || (field === 'medical' ? null : 'Plain')
        if (stored?.value !== expected)
          wrong.push(`${field} ${JSON.stringify(text)} is stored as ${JSON.stringify(stored?.value)}`)
        // Looking at it again is the dear part, so every other one has to do.
        if (nth % 2) continue
        const shown = (await parent.get(path)).form(path)?.controls.find(({ name }: { name: string }) => name === field)
        if (shown?.value !== (expected ?? ''))
          wrong.push(`${field} ${JSON.stringify(text)} is shown as ${JSON.stringify(shown?.value)}`)
      } else {
        if (answer.status !== 422 || !answer.wrong.length || !unfit)
          wrong.push(`${answer.status} ${answer.sentence()} for ${JSON.stringify(text)}`)
        expect(rows()).toEqual(before)
      }
    }
    expect(wrong).toEqual([])
    expect(kept).toBeGreaterThan(sample.length / 2)
  }, 180_000)

  test('a browser shows pages full of them and runs nothing', async () => {
    const usable = (text: string) => text.trim() && text.trim().length <= 120 && !/[^\P{Cc}\t]/u.test(text)
    const person = (nth: number, text: string, child: boolean) => [
      `naughty-${nth}`,
      `naughty-${nth}-${child}`,
      text,
      text,
      child ? '7' : '35',
      child ? '2019-05-01' : '1990-01-01',
      'Household',
    ]
    await bring('households', 'naughty.csv', [
      ['household_id', 'simulant_id', 'first_name', 'last_name', 'age', 'date_of_birth', 'housing_type'],
      ...strings.flatMap((text, nth) => [person(nth, text, false), person(nth, text, true)]),
    ])
    for (const table of ['guardians', 'students']) {
      const kept = new Set(ask(`select first_name name from ${table}`).map(({ name }) => name))
      expect(strings.filter(usable).filter(text => !kept.has(text.trim()))).toEqual([])
    }

    const entry = ask('select id from activity where closed_at is null order by id desc limit 1')[0]?.id
    const details = `${here.office}/online-activity/${entry}`
    for (let from = 0; from < strings.length; from += 20) {
      const note = strings
        .slice(from, from + 20)
        .filter(text => !/[^\P{Cc}\t]/u.test(text))
        .join('\n')
        .slice(0, 1990)
      await staff.post(`${details}/notes`, { key: crypto.randomUUID(), note: note.toWellFormed() })
    }

    const page = await browserPage()
    const dialogs: string[] = []
    page.on('dialog', dialog => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    // One of the strings may be the password by now, so the browser comes in with what the visitor has.
    const cookies = staff.cookie().split('; ')
    await page.context().addCookies(
      cookies.map(pair => {
        const [name = '', value = ''] = pair.split(/=(.*)/s)
        return { name, value, domain: 'localhost', path: '/', secure: true }
      }),
    )
    const family = ask("select id from families where name like '%<script>%' or name like '%<%' order by id limit 1")[0]
      ?.id
    const paths = [
      'families',
      'students',
      `families/${family}`,
      `online-activity/${entry}`,
      'online-activity',
      'audit-log',
      'imports',
    ]
    for (const path of paths) {
      await page.goto(`${url}${here.office}/${path}`)
      expect(
        await page
          .locator('main script, main style, main iframe, [onerror], [onload], [onclick], a[href^="javascript:" i]')
          .evaluateAll(all => all.map(one => one.outerHTML.slice(0, 300))),
        path,
      ).toEqual([])
    }
    await page.goto(`${url}${details}`)
    expect(await page.getByText('<script>alert').count()).toBeGreaterThan(0)
    expect(dialogs).toEqual([])
  }, 180_000)

  test('a wrong account, id, filter, date or file gets a sentence and leaves nothing behind', async () => {
    const { office, portal } = here
    const child = ask(
      "select c.student_id id from logins l join guardians g on g.login_id = l.id join family_students c on c.family_id = g.family_id where l.email = 'rivera@sunrise.test'",
    )[0]?.id
    const stranger = ask(
      'select student_id id from family_students where family_id <> (select family_id from family_students where student_id = ?)',
      Number(child),
    )[0]?.id
    const plain = { first: 'Plain', last: 'Plain', birthday: '2019-05-01' }
    const absence = `${portal}/account/students/${child}/absences/by-date`
    const upload = (name: string, bytes: Uint8Array<ArrayBuffer> | string, kind = 'households') => {
      const body = new FormData()
      body.set('key', crypto.randomUUID())
      body.set('kind', kind)
      body.set('zone', 'America/Chicago')
      body.set('file', new File([bytes], name))
      return staff.request(`${office}/imports`, { method: 'POST', body })
    }
    const post = (path: string, fields: Record<string, string>) =>
      parent.post(path, { key: crypto.randomUUID(), ...fields })
    const tries: [what: string, ask: () => Promise<Page>, status: number, sentence: RegExp][] = [
      ['an account', () => parent.get('/p/nobody'), 404, /nothing at this address/],
      ['an account of the Office', () => staff.get("/a/'; drop table families"), 404, /nothing at this address/],
      ['an id', () => parent.get(`${portal}/account/students/999999`), 404, /nothing at this address/],
      ['a word for an id', () => staff.get(`${office}/families/-1e9`), 404, /nothing at this address/],
      [
        'another family’s student',
        () => post(`${portal}/account/students/${stranger}`, plain),
        404,
        /nothing at this address/,
      ],
      [
        'a class',
        () => post(`${portal}/cart/classes/999999`, { student: String(child), kind: 'active', date: '2030-01-01' }),
        404,
        /nothing at this address/,
      ],
      ['a date', () => post(absence, { from: '2026-02-30', to: 'tomorrow' }), 422, /First day is not a date like/],
      [
        'days in the wrong order',
        () => post(absence, { from: '2030-02-02', to: '2030-02-01' }),
        422,
        /before the first/,
      ],
      [
        'a birthday',
        () => post(`${portal}/account/students`, { first: 'A', last: 'B', birthday: '2999-01-01' }),
        422,
        /not in the past/,
      ],
      [
        'an amount',
        () => post(`${portal}/account/payments`, { charge: '1', amount: '12,3', method: 'token:tok_ok_4242' }),
        422,
        /not an amount/,
      ],
      ['a card', () => post(`${portal}/account/payment-methods`, { token: 'tok_nobody' }), 409, /not understood/],
      [
        'a setting',
        () => staff.post(`${office}/settings`, { key: crypto.randomUUID(), 'drop.min_days': 'soon' }),
        422,
        /whole number/,
      ],
      [
        'a character',
        () => staff.post(`${office}/settings`, { key: crypto.randomUUID(), 'business.name': 'a\u0000b' }),
        422,
        /cannot be used/,
      ],
      [
        'a damaged form',
        () =>
          parent.request(`${portal}/account/students`, {
            method: 'POST',
            body: '--x\r\nbroken',
            headers: { 'content-type': 'multipart/form-data; boundary=x' },
          }),
        422,
        /could not be read/,
      ],
      [
        'a form of 300 KB',
        () => post(`${portal}/account/students`, { ...plain, medical: 'a'.repeat(300_000) }),
        413,
        /larger than we accept/,
      ],
      ['no file', () => upload('empty.csv', ''), 422, /Choose a file/],
      ['a picture', () => upload('picture.png', new Uint8Array([137, 80, 78, 71, 0, 255, 254, 0, 10, 13])), 422, /\w/],
      ['another file', () => upload('other.csv', 'name,colour\nA,red\n'), 422, /no column/],
    ]
    for (const [what, attempt, status, sentence] of tries) {
      const before = rows(['login_attempts'])
      const answer = await attempt()
      expect([what, answer.status, answer.sentence()]).toEqual([what, status, expect.stringMatching(sentence)])
      expect([what, rows(['login_attempts'])]).toEqual([what, before])
    }
    const filtered = await staff.get(`${office}/online-activity?type=nonsense&location=77&per=0&page=x`)
    expect(filtered.text()).toMatch(/no such type.*not one of yours.*begins at 1.*not a number/)
  }, 30_000)
})
