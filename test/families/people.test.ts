import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { atDesk, type Desk } from '../staff/desk'
import { loggedIn } from '../visit'

let one: Cast
let desk: Desk
let viewer: Desk
let login = 0
beforeEach(async () => {
  one = await cast()
  desk = await atDesk(one.account, { rights: { 'Office Portal': 2, Families: 2 } })
  viewer = await atDesk(one.account, { rights: { 'Office Portal': 2, Families: 1 } })
  const { email } = one.guardian
  await pick(
    sql`insert into contacts (family_id, guardian_id, kind, value, folded, is_login, is_primary, created_at) values (${one.family.id}, ${one.guardian.id}, 'email', ${email}, ${email}, 1, 1, 0) returning id`,
  )
  login = (await contactsOf())[0]?.id ?? 0
})

const path = (end = '') => `/families/${one.family.id}${end}`
const contactsOf = () =>
  pick<{
    id: number
    value: string
    label: string | null
    blast_consent: string
    is_primary: number
    is_login: number
  }>(
    sql`select id, value, label, blast_consent, is_primary, is_login from contacts where family_id = ${one.family.id} order by id`,
  )
const logOf = () =>
  pick<{ who: string; action: string; before: string | null; after: string | null }>(
    sql`select a.who, a.action, a.before, a.after from audit_subjects x join audit a on a.id = x.audit_id where x.subject = 'family' and x.subject_id = ${one.family.id} order by a.id desc`,
  )
const mailsTo = async (address: string) =>
  (await pick<{ template: string }>(sql`select template from messages where address = ${address} order by id`)).map(
    ({ template }) => template,
  )

test('the name of a family is changed, and of two editors the second sees both', async () => {
  const form = await desk.form(path('/edit'))
  expect((await desk.post(path('/edit'), { ...form, name: '' })).says).toContain('Family name is missing.')
  expect((await desk.post(path('/edit'), { ...form, name: 'Rivera-Sol' })).location).toContain('done=saved')
  const late = await desk.post(path('/edit'), { ...form, name: 'Rivera y Sol' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('value="Rivera y Sol"')
  expect(late.says).toContain('Saved meanwhile: Rivera-Sol')
  // Having seen both, the second sending counts.
  const again = late.text.match(/name="was" value="([^"]*)"/)?.[1]?.replaceAll('&quot;', '"') ?? ''
  expect((await desk.post(path('/edit'), { ...form, was: again, name: 'Rivera y Sol' })).status).toBe(303)
  const [family] = await pick<{ name: string; sort_name: string }>(
    sql`select name, sort_name from families where id = ${one.family.id}`,
  )
  expect(family).toEqual({ name: 'Rivera y Sol', sort_name: 'rivera y sol, ana' })
  expect((await logOf())[0]).toMatchObject({ who: desk.email, action: 'edit family' })
  expect((await logOf())[0]?.before).toContain('Rivera-Sol')
})

test('guardians are added, changed and removed', async () => {
  expect((await desk.post(path('/guardians'), { first: 'Bo', last: '', email: 'no' })).status).toBe(422)
  const email = `bo-${one.family.id}@example.test`
  expect((await desk.post(path('/guardians'), { first: 'Bo', last: 'Sol', email, phone: '' })).status).toBe(303)
  const [bo] = await pick(sql`select max(id) as id from guardians where family_id = ${one.family.id}`)
  const here = path(`/guardians/${bo?.id}`)
  const form = await desk.form(here)
  expect((await desk.post(here, { ...form, relationship: 'Uncle' })).location).toContain('done=guardian-saved')
  expect((await desk.post(here, { ...form, relationship: 'Father' })).says).toContain('Saved meanwhile: Uncle')
  expect((await desk.get(path())).says).toMatch(/Bo Sol Secondary, Uncle/)
  await pick(
    sql`insert into payment_methods (family_id, guardian_id, kind, gateway, token, last_four, recurring, created_at) values (${one.family.id}, ${bo?.id}, 'card', 'test', ${`t${bo?.id}`}, '4242', 1, 0) returning id`,
  )
  expect((await desk.get(here)).says).toContain('Takes 1 payment method off the file.')
  expect((await desk.post(`${here}/removal`)).location).toContain('done=guardian-removed')
  expect((await desk.get(path())).says).not.toContain(email)
  expect(
    await pick(sql`select id from payment_methods where family_id = ${one.family.id} and removed_at is null`),
  ).toEqual([])
  expect((await desk.get(here)).status).toBe(404)
  expect((await desk.post(path(`/guardians/${one.guardian.id}/removal`))).says).toContain(
    'A family needs its primary guardian.',
  )
})

test('addresses and numbers are added, changed and deleted, with their type, consent and which comes first', async () => {
  const here = path(`/guardians/${one.guardian.id}`)
  expect((await desk.post(`${here}/phones`, { value: 'call me' })).says).toContain('does not look like a phone number')
  expect(
    (await desk.post(`${here}/phones`, { value: '(555) 010-7788', type: 'Mobile', blasts: '1', first: '1' })).status,
  ).toBe(303)
  const [, phone] = await contactsOf()
  expect(phone).toMatchObject({ label: 'Mobile', blast_consent: 'in', is_primary: 1 })
  const edit = path(`/contacts/${phone?.id}`)
  const form = await desk.form(edit)
  expect(form.blasts).toEqual(['1'])
  const { blasts, ...without } = form
  expect((await desk.post(edit, { ...without, value: '555 0199', type: 'Work' })).status).toBe(303)
  expect((await contactsOf())[1]).toMatchObject({ value: '555 0199', label: 'Work', blast_consent: 'out' })
  const late = await desk.post(edit, { ...form, type: 'Home' })
  expect(late.status).toBe(409)
  expect(late.says).toContain('Saved meanwhile: 555 0199')
  expect(late.says).toContain('Saved meanwhile: no')
  expect((await desk.post(`${here}/emails`, { value: one.guardian.email })).says).toContain(
    'This guardian has that already.',
  )
  // An e-mail address that comes first takes that from the one before.
  expect((await desk.post(`${here}/emails`, { value: `two-${one.family.id}@example.test`, first: '1' })).status).toBe(
    303,
  )
  expect((await contactsOf()).map(({ is_primary }) => is_primary)).toEqual([0, 1, 1])
  expect((await desk.post(`${edit}/deletion`)).status).toBe(303)
  expect((await contactsOf()).length).toBe(2)
  expect((await desk.post(`${here}/addresses`, { street: '1 Elm St', city: 'Springfield' })).status).toBe(303)
  const [place] = await pick(sql`select id from addresses where family_id = ${one.family.id}`)
  const at = path(`/addresses/${place?.id}`)
  const was = await desk.form(at)
  expect((await desk.post(at, { ...was, zip: '62701' })).status).toBe(303)
  expect((await desk.post(at, { ...was, zip: '62702' })).says).toContain('Saved meanwhile: 62701')
  expect((await desk.get(path())).says).toContain('1 Elm St, Springfield, 62701')
  expect((await desk.post(`${at}/deletion`)).status).toBe(303)
  expect((await logOf())[0]).toMatchObject({ who: desk.email, action: 'delete address' })
})

test('a log-in gets another address: both are told, every device is logged out, and it is proved anew', async () => {
  const visitor = await loggedIn(one)
  expect((await visitor.get('/p/demo/account')).status).toBe(200)
  const to = `new-${one.family.id}@example.test`
  const taken = await cast()
  const form = await desk.form(path(`/contacts/${login}`))
  expect((await desk.post(path(`/contacts/${login}`), { ...form, value: taken.guardian.email })).says).toContain(
    'Somebody else logs in with this address.',
  )
  expect((await desk.post(path(`/contacts/${login}/deletion`))).status).toBe(409)
  expect((await desk.post(path(`/contacts/${login}`), { ...form, value: to })).status).toBe(303)
  expect(await pick(sql`select email, verified_at from logins where id = ${one.guardian.loginId}`)).toEqual([
    { email: to, verified_at: null },
  ])
  expect((await visitor.get('/p/demo/account')).location).toContain('/login')
  for (const address of [one.guardian.email, to]) expect(await mailsTo(address)).toEqual(['log-in-changed'])
  expect((await logOf()).map(({ action }) => action)).toContain('change log-in address')
})

test('the language of a log-in is chosen, and a link to a new password is mailed to the guardian alone', async () => {
  const here = path(`/guardians/${one.guardian.id}`)
  const form = await desk.form(here)
  expect((await desk.post(here, { ...form, language: 'fr' })).status).toBe(422)
  expect((await desk.post(here, { ...form, language: 'es' })).status).toBe(303)
  expect(await pick(sql`select language from logins where id = ${one.guardian.loginId}`)).toEqual([{ language: 'es' }])
  expect((await desk.post(`${here}/password-reset`)).location).toContain('done=password-link')
  expect(await mailsTo(one.guardian.email)).toEqual(['password-forgotten'])
  expect((await logOf())[0]).toMatchObject({ who: desk.email, action: 'reset password' })
})

test('an invitation that waits is taken back, also the primary guardian’s', async () => {
  await pick(sql`update guardians set login_id = null, access = 'none' where id = ${one.guardian.id} returning id`)
  expect((await desk.post(path('/invitation'))).status).toBe(303)
  expect((await desk.get(path())).says).toMatch(/Invite Sent.*Re-Send Invite Email.*Revoke/)
  expect((await desk.post(path(`/guardians/${one.guardian.id}/revocation`))).status).toBe(303)
  expect((await desk.get(path())).says).toMatch(/Invite Revoked.*Send Invite Email/)
  expect(
    await pick(sql`select id from guardian_links where guardian_id = ${one.guardian.id} and ended_at is null`),
  ).toEqual([])
})

test('what belongs to nobody is given to a guardian', async () => {
  await pick(
    sql`insert into contacts (family_id, kind, value, folded, created_at) values (${one.family.id}, 'phone', '555 0100', '5550100', 0) returning id`,
  )
  const [, phone] = await contactsOf()
  expect((await desk.get(path(`/contacts/${phone?.id}`))).says).toContain('Assign to guardian')
  const to = { guardian: String(one.guardian.id) }
  expect((await desk.post(path(`/contacts/${phone?.id}/guardian`), to)).status).toBe(303)
  expect((await desk.post(path(`/contacts/${phone?.id}/guardian`), to)).status).toBe(409)
})

test('another family’s are not there, and only full Families may change them', async () => {
  const other = await cast()
  for (const end of [
    `/guardians/${other.guardian.id}`,
    `/guardians/${other.guardian.id}/emails/new`,
    '/contacts/999999',
    '/addresses/999999',
  ])
    expect((await desk.get(path(end))).status, end).toBe(404)
  for (const end of ['/edit', '/guardians/new', `/guardians/${one.guardian.id}`, `/contacts/${login}`])
    expect((await viewer.get(path(end))).says, end).toContain('Families')
  for (const end of [
    '/edit',
    '/guardians',
    `/guardians/${one.guardian.id}/removal`,
    `/contacts/${login}`,
    `/contacts/${login}/deletion`,
  ])
    expect((await viewer.post(path(end), { value: 'x@example.test' })).status, end).toBe(403)
  expect((await viewer.get(path())).text).not.toContain(`/contacts/${login}`)
})
