import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { visit } from '../budgets/site'
import { type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

const list = '/a/demo/templates'
const path = `${list}/student-added`
// The doors read the real clock.
let c: Cast
let cookie: string

beforeEach(async () => {
  await pick(sql`delete from templates`)
  c = await cast({ now: Date.now() })
  cookie = (await employ(c.account, { rights: { 'Office Portal': 2, Settings: 2, Families: 1 } })).cookie
})

const page = async (at: string, who = cookie) => {
  const answer = await ask(at, { cookie: who })
  const html = await answer.text()
  return { status: answer.status, html, text: words(html), version: html.match(/name="version" value="(\d+)"/)?.[1] }
}
const send = async (at: string, form: Record<string, string>) => {
  const answer = await ask(at, { cookie, form: { key: crypto.randomUUID(), ...form } })
  const html = await answer.text()
  return {
    status: answer.status,
    location: answer.headers.get('Location') ?? '',
    html,
    text: words(html),
    version: html.match(/name="version" value="(\d+)"/)?.[1],
  }
}
const mine = { subject: 'Hi [[student_first]]', body: 'Hello [[family_first]], **[[student_name]]** is in.' }

test('the list names every notice, when it goes and whose words it has', async () => {
  const before = await page(list)
  expect(before.text).toContain('Student added A family added a student. The program’s')
  expect(before.text).toContain('Enrollment approved')
  await send(path, { ...mine, version: '0' })
  expect((await page(list)).text).toContain('Student added A family added a student. Our own 1')
  expect((await page('/a/demo/settings')).html).toContain('href="/a/demo/templates"')
})

test('a notice is worded, shown with its versions, and given back', async () => {
  const fresh = await page(path)
  expect(fresh.version).toBe('0')
  expect(fresh.text).toContain('[[student_first]] The first name of the student')
  expect(fresh.text).toContain('Mia Rivera was added to your account')
  const saved = await send(path, { ...mine, version: '0' })
  expect(saved.location).toBe(`${path}?said=saved`)
  const after = await page(saved.location)
  expect(after.version).toBe('1')
  expect(after.text).toContain('Version 1')
  expect(after.html).toContain('<strong>Mia Rivera</strong> is in.')
  for (const at of [path, list]) expect((await visit(at, cookie)).trips).toBeLessThanOrEqual(2)
  await send(path, { subject: 'Else', body: 'Else.', version: '1' })
  await send(`${path}/versions/1/return`, { version: '2' })
  expect(await page(path)).toMatchObject({ version: '3', html: expect.stringContaining('Hi [[student_first]]') })
  const back = await send(`${path}/retirement`, { version: '3' })
  expect((await page(back.location)).text).toContain('The program’s own words are in use again.')
  expect((await page(path)).version).toBe('0')
})

test('a variable that nobody knows comes back with those it may have meant, and what was typed', async () => {
  const sent = await send(path, { subject: 'Hi [[student_frist]]', body: 'It was [[amount]].', version: '0' })
  expect(sent.status).toBe(422)
  expect(sent.text).toContain('There is no variable [[student_frist]]. Perhaps [[student_first]]')
  expect(sent.text).toContain('There is no variable [[amount]].')
  expect(sent.html).toContain('value="Hi [[student_frist]]"')
  expect(sent.html).toContain('It was [[amount]].')
  expect((await send(path, { subject: '', body: '', version: '0' })).text).toContain('The text is missing.')
  expect(await pick(sql`select template_id as id from template_versions`)).toEqual([])
})

test('a preview is what a family would read, and saves nothing', async () => {
  // Sign-up folds it.
  await pick(sql`update families set sort_name = lower(name) where id = ${c.family.id}`)
  const html = { ...mine, body: '<b>[[family_name]]</b> & [[student_name]]' }
  const seen = await send(`${path}/preview`, { ...html, version: '0', family: c.family.name.slice(0, 12) })
  expect(seen.status).toBe(200)
  expect(seen.text).toContain(`As ${c.family.name} gets it`)
  expect(seen.html).toContain(`&lt;b&gt;${c.family.name}&lt;/b&gt; &amp; Mia Rivera`)
  expect(seen.html).toContain('value="Hi [[student_first]]"')
  expect(seen.version).toBe('0')
  const nobody = await send(`${path}/preview`, { ...mine, version: '0', family: 'Zzzz' })
  expect(nobody).toMatchObject({ status: 422, text: expect.stringContaining('No family’s name begins like that.') })
  expect(await pick(sql`select id from templates`)).toEqual([])
})

test('whoever saves second sees both, loses nothing, and may then mean it', async () => {
  await send(path, { subject: 'First', body: 'The first text.', version: '0' })
  const late = await send(path, { subject: 'Second', body: 'The second text.', version: '0' })
  expect(late.status).toBe(422)
  expect(late.text).toContain('Somebody changed this at the same moment.')
  expect(late.text).toContain('The first text.')
  expect(late.html).toMatch(/<textarea[^>]*>The second text\./)
  expect(late.version).toBe('1')
  expect((await send(path, { subject: 'Second', body: 'The second text.', version: '1' })).status).toBe(303)
})

test('a template for Email Blasts is made, copied under another name, and retired', async () => {
  const form = { name: 'Monthly', subject: 'News', body: 'Hello [[family_first]].' }
  const made = await send(list, form)
  expect(made.location).toMatch(/^\/a\/demo\/templates\/\d+\?said=saved$/)
  const at = made.location.replace(/\?.*/, '')
  expect((await send(list, form)).text).toContain('There is a template of that name already.')
  expect((await send(list, { ...form, name: 'Other', body: '[[class_name]]' })).text).toContain('[[class_names]]')
  const copy = await page(`${list}/new?from=${at.split('/').pop()}`)
  expect(copy.html).toContain('Hello [[family_first]].')
  expect((await page(list)).text).toContain('Monthly News')
  const gone = await send(`${at}/retirement`, { version: '1' })
  expect((await page(gone.location)).text).toContain('The template is retired.')
  expect((await page(at)).status).toBe(404)
})

test('Settings to look at shows the words without a form; without it nothing', async () => {
  const looking = (await employ(c.account, { rights: { 'Office Portal': 2, Settings: 1 } })).cookie
  const seen = await page(path, looking)
  expect(seen.text).toContain('[[student_name]] was added to your account')
  expect(seen.html).not.toContain('name="body"')
  expect((await page(`${list}/new`, looking)).status).toBe(403)
  const form = { key: crypto.randomUUID(), ...mine, version: '0' }
  expect((await ask(path, { cookie: looking, form })).status).toBe(403)
  const nobody = (await employ(c.account, { rights: { 'Office Portal': 2 } })).cookie
  expect((await page(list, nobody)).status).toBe(403)
  for (const name of ['nonsense', 'plain', 'toString', '0', '99999'])
    expect((await page(`${list}/${name}`)).status, name).toBe(404)
})

test('a notice has words of our own in Spanish beside the English ones, and the page says who gets which', async () => {
  const inSpanish = `${path}.es`
  const program = await page(path)
  expect(program.text).toContain('Whoever reads Spanish gets the program’s words in Spanish.')
  expect(program.html).toContain(`href="${inSpanish}"`)
  expect(program.html).toMatch(/lang="es".*Se agregó a Mia Rivera a su cuenta/s)
  await send(path, { ...mine, version: '0' })
  expect((await page(path)).text).toContain('so whoever reads Spanish gets our English words too.')
  expect((await page(list)).text).toContain('As in English')
  const spanish = await page(inSpanish)
  expect(spanish.text).toContain('Our English words')
  // The form begins with the program's Spanish; what goes out meanwhile is what the preview shows.
  expect(spanish.html).toMatch(/<textarea[^>]*>Hola, \[\[family_first\]\]:/)
  expect(spanish.html).toContain('<strong>Mia Rivera</strong> is in.')
  const hola = { subject: 'Hola', body: 'Hola [[family_first]]: [[student_name]] ya viene, [[student_names]].' }
  expect((await send(inSpanish, { ...hola, body: '[[nombre]]', version: '0' })).status).toBe(422)
  const seen = await send(`${inSpanish}/preview`, { ...hola, version: '0', family: '' })
  expect(seen.text).toContain('Mia Rivera ya viene, Mia y Leo.')
  const saved = await send(inSpanish, { ...hola, version: '0' })
  expect(saved.location).toBe(`${inSpanish}?said=saved`)
  expect((await page(path)).text).toContain('Whoever reads Spanish gets our own words in Spanish.')
  expect((await page(inSpanish)).text).toContain('Whoever reads English gets our own words in English.')
  // Either is given up without the other.
  await send(`${path}/retirement`, { version: '1' })
  expect((await page(path)).version).toBe('0')
  expect((await page(inSpanish)).version).toBe('1')
  const back = await send(`${inSpanish}/retirement`, { version: '1' })
  expect((await page(back.location)).text).toContain('Our Spanish words are out of use.')
  const lines = await pick<{ summary: string }>(sql`select summary from audit order by id desc limit 4`)
  expect(lines.map(({ summary }) => summary)).toEqual([
    'went back to the program’s words for the notice “Student added” in Spanish',
    'went back to the program’s words for the notice “Student added”',
    'worded the notice “Student added” in Spanish',
    'worded the notice “Student added”',
  ])
  for (const name of ['student-added.fr', 'nonsense.es', 'student-added.es.es'])
    expect((await page(`${list}/${name}`)).status, name).toBe(404)
})
