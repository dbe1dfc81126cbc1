import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { cast, pick } from '../cast'
import { codeMailedTo, noticesTo } from '../mail'
import { set, Visitor } from '../visit'

const form = (email: string, more: Record<string, string> = {}) => ({
  first: 'Ana',
  last: 'Lopez',
  email,
  password: 'a long sentence',
  phone: '555 0100',
  student_1_first: 'Mia',
  student_1_birthday: '2019-05-04',
  student_2_first: 'Theo',
  student_2_last: 'Vega',
  student_2_birthday: '2022-01-04',
  mail: '1',
  ...more,
})
const fresh = () => `ana-${crypto.randomUUID().slice(0, 8)}@example.test`
const withoutKeys = (text: string) => text.replace(/name="key" value="[^"]*"/g, 'name="key"')

describe('signing up', () => {
  test('makes the family with its log-in and children, and one entry that names them', async () => {
    const { account } = await cast()
    const email = fresh()
    const visitor = new Visitor()
    const sent = await visitor.post('/p/demo/sign-up', form(email))
    expect([sent.status, sent.location]).toEqual([303, '/p/demo/sign-up/done'])
    const [made] = await pick<{ family_id: number; role: string; access: string; consent: string }>(
      sql`select g.family_id, g.role, g.access, (select blast_consent from contacts c where c.guardian_id = g.id and is_login = 1) as consent from logins l join guardians g on g.login_id = l.id where l.email = ${email}`,
    )
    expect(made).toMatchObject({ role: 'primary', access: 'full', consent: 'in' })
    const family = made!.family_id
    const entries = await pick<{ kind: string; particulars: string }>(
      sql`select kind, particulars from activity where family_id = ${family}`,
    )
    expect(entries.map(({ kind }) => kind)).toEqual(['new_account'])
    expect(JSON.parse(entries[0]!.particulars).students).toEqual(['Mia Lopez', 'Theo Vega'])
    expect(
      await pick(sql`select 1 as id from audit_subjects where subject = 'family' and subject_id = ${family}`),
    ).toHaveLength(1)
    expect(account.slug).toBe('demo')

    await visitor.post('/p/demo/login', { email, password: 'a long sentence' })
    const entered = await visitor.post('/p/demo/login/code', { code: (await codeMailedTo(email)).code })
    expect(entered.location).toBe('/p/demo/account/policies/next')
    expect((await visitor.get('/p/demo/account')).text).toContain('Theo, 4')
  })

  test('asks for the street of an address rather than dropping the rest of it', async () => {
    await cast()
    const visitor = new Visitor()
    const email = fresh()
    const bad = await visitor.post('/p/demo/sign-up', form(email, { city: 'Springfield' }))
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Street is missing.')
    expect(bad.text).toContain('value="Springfield"')
    const whole = await visitor.post('/p/demo/sign-up', form(email, { street: '12 Elm St', city: 'Springfield' }))
    expect(whole.status).toBe(303)
    const kept = await pick<{ city: string }>(sql`select city from addresses order by id desc limit 1`)
    expect(kept).toEqual([{ city: 'Springfield' }])
  })

  test('answers a known address byte for byte like a new one, changes nothing and writes to its owner', async () => {
    const { account, guardian, family } = await cast()
    const families = await pick(sql`select count(*) as id from families`)
    const known = await new Visitor().post('/p/demo/sign-up', form(guardian.email.toUpperCase()))
    expect(await pick(sql`select count(*) as id from families`)).toEqual(families)
    const unknown = await new Visitor().post('/p/demo/sign-up', form(fresh()))
    const seen = ({ status, text, headers }: typeof known) => [status, withoutKeys(text), [...headers].sort()]
    expect(seen(known)).toEqual(seen(unknown))
    const mails = await noticesTo(account, family.id)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.subject).toContain('already have an account')
  })

  test('sent twice with one key makes one family', async () => {
    await cast()
    const email = fresh()
    const key = crypto.randomUUID()
    const visitor = new Visitor()
    const [first, second] = await Promise.all([
      visitor.post('/p/demo/sign-up', form(email, { key })),
      visitor.post('/p/demo/sign-up', form(email, { key })),
    ])
    expect([first.status, second.status, second.location]).toEqual([303, 303, first.location])
    expect(await pick(sql`select count(*) as id from logins where email = ${email}`)).toEqual([{ id: 1 }])
    expect(await pick(sql`select count(*) as id from contacts where folded = ${email}`)).toEqual([{ id: 1 }])
  })

  test('shows again what was typed, with a sentence beside each field, but never the password', async () => {
    await cast()
    const sent = await new Visitor().post('/p/demo/sign-up', form('no address', { student_2_birthday: '2999-01-01' }))
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('does not look like an e-mail address')
    expect(sent.text).toContain('The birthday is not in the past')
    expect(sent.text).toContain('value="Theo"')
    expect(sent.text).not.toContain('a long sentence')
  })

  test('refuses a password that everybody tries first', async () => {
    await cast()
    const sent = await new Visitor().post('/p/demo/sign-up', form(fresh(), { password: 'password123' }))
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Too many people use this password')
  })
})

describe('a switch', () => {
  afterEach(async () => {
    const { account } = await cast()
    await set(account, 'portal.allow_new_accounts', true)
    await set(account, 'portal.enabled', true)
  })

  test('that takes no new accounts leaves no form and refuses a posted one', async () => {
    const { account } = await cast()
    await set(account, 'portal.allow_new_accounts', false)
    expect((await new Visitor().get('/p/demo/sign-up')).text).not.toContain('name="password"')
    const email = fresh()
    expect((await new Visitor().post('/p/demo/sign-up', form(email))).status).toBe(409)
    expect(await pick(sql`select id from logins where email = ${email}`)).toEqual([])
  })

  test('that turns the portal off shows everybody one plain page', async () => {
    const { account } = await cast()
    await set(account, 'portal.enabled', false)
    for (const path of ['', '/classes', '/login', '/sign-up', '/account']) {
      const page = await new Visitor().get(`/p/demo${path}`)
      expect([path, page.status]).toEqual([path, 503])
      expect(page.text).toContain('currently unavailable')
    }
    expect((await new Visitor().post('/p/demo/login', { email: 'a@b.test', password: 'x' })).status).toBe(503)
  })
})

test('a wrong password answers a known and an unknown address alike, costs and all', async () => {
  const { guardian } = await cast()
  const known = await new Visitor().post('/p/demo/login', { email: guardian.email, password: 'not this one' })
  const unknown = await new Visitor().post('/p/demo/login', {
    email: 'xxxx-'.concat(guardian.email.slice(5)),
    password: 'not this one',
  })
  expect([known.status, unknown.status]).toEqual([401, 401])
  expect([...known.headers].sort()).toEqual([...unknown.headers].sort())
})
