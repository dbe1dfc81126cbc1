import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { localDriver } from '../../src/messages/local-driver'
import { notify } from '../../src/messages/notices'
import { sendStep } from '../../src/messages/send'
import { publish } from '../../src/templates/templates'
import { decide, shopper, wish } from '../cart/people'
import { asStaff, type Cast, later, pick } from '../cast'
import { address, at, audited, type Home, home, joe } from '../contacts/household'
import { checkOutCart, intoCart, Visitor } from '../visit'

interface Mail {
  subject: string
  text: string
  html: string
}

/** What went to an address, oldest first, once everything that is due has gone. */
async function mailed({ account }: Pick<Cast, 'account'>, to: string): Promise<Mail[]> {
  const sender = { ...account, origin: 'https://gym.test' }
  while (await sendStep(sender, localDriver(sender))) {}
  const rows = await pick<{ mail: string }>(sql`select mail from local_mail where recipient = ${to} order by id`)
  return rows.map(({ mail }) => JSON.parse(mail))
}

const addressOf = async ({ c, joeId }: Home) =>
  (
    await pick<{ email: string }>(
      sql`select l.email from logins l join guardians g on g.login_id = l.id where g.id = ${joeId} and g.family_id = ${c.family.id}`,
    )
  )[0]?.email ?? ''

const keptFor = async (email: string) =>
  (
    await pick<{ language: string; known: number }>(
      sql`select language, language_at is not null as known from logins where email = ${email} and door = 'guardian'`,
    )
  )[0]

const chooses = async (visitor: Visitor, language: 'en' | 'es') => {
  await visitor.get(`${at}?language=${language}`)
  return visitor.get(at)
}
const welcome = ({ account, family }: Cast) =>
  commit(account, [notify(account, { familyId: family.id, template: 'welcome', values: {} })])

describe('the language of a log-in', () => {
  test('is what was chosen on a page, with a line in the audit log, and mail is written in it', async () => {
    const { c, ana, familyId } = await home()
    await welcome(c)
    await chooses(ana, 'es')
    await chooses(ana, 'es')
    expect(await keptFor(c.guardian.email)).toEqual({ language: 'es', known: 1 })
    expect(await audited(familyId)).toEqual(['choose language'])
    // Also what waited: it is worded when it goes.
    const [mail] = await mailed(c, c.guardian.email)
    expect(mail?.subject).toMatch(/^Le damos la bienvenida a /)
    expect(mail?.html).toContain('<html lang="es">')
    expect(mail?.text).toContain('Este mensaje es sobre su cuenta con nosotros.')
    await chooses(ana, 'en')
    await welcome(c)
    expect((await mailed(c, c.guardian.email))[1]?.html).toContain('<html lang="en">')
  })

  test('is first what a device asks for, and no later device overrides it', async () => {
    const h = await home()
    const joes = await joe(h, 'limited')
    const email = await addressOf(h)
    const asking = (wanted: string) => joes.fetch(at, { headers: { 'Accept-Language': wanted } })
    expect(await keptFor(email)).toEqual({ language: 'en', known: 0 })
    await asking('es-MX,es;q=0.9')
    expect(await keptFor(email)).toEqual({ language: 'es', known: 1 })
    await asking('en')
    expect(await keptFor(email)).toEqual({ language: 'es', known: 1 })
    expect(await audited(h.familyId)).toEqual([])
  })

  test('comes from the page that somebody signs up on', async () => {
    const stranger = new Visitor()
    await stranger.get('/p/demo?language=es')
    const email = address('nueva')
    const done = await stranger.post('/p/demo/sign-up', {
      first: 'Rosa',
      last: 'Vega',
      email,
      phone: '(555) 010-2299',
      password: 'un secreto bien largo',
      student_1_first: 'Luz',
      student_1_birthday: '2019-05-04',
    })
    expect(done.status).toBe(303)
    expect(await keptFor(email)).toEqual({ language: 'es', known: 1 })
    const { c } = await home()
    expect((await mailed(c, email)).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Le damos la bienvenida/),
    ])
    // Her first log-in: the code is mailed in Spanish, and so is a link to a new password.
    await stranger.post('/p/demo/login', { email, password: 'un secreto bien largo' })
    await stranger.post('/p/demo/forgotten-password', { email })
    const [, code, link] = await mailed(c, email)
    expect(code?.text).toMatch(/Su código es \**\d{6}/)
    expect(link?.subject).toMatch(/^Elija una contraseña nueva/)
  })
})

describe('a family with guardians of two languages', () => {
  test('each reads their own where a mail goes to each; one mail to the family is in the primary’s', async () => {
    const h = await home()
    const joes = await joe(h, 'limited')
    const email = await addressOf(h)
    await chooses(joes, 'es')
    await h.ana.post(`${at}/guardians/${h.joeId}/access`, { pay: '1' })
    await welcome(h.c)
    const [toAna, family] = await mailed(h.c, h.c.guardian.email)
    const [toJoe] = await mailed(h.c, email)
    expect(toAna?.text).toContain('may make payments, with a limited view')
    expect(toJoe?.text).toContain('puede hacer pagos, con vista limitada')
    expect([toAna, toJoe, family].map(mail => mail?.html.match(/lang="(\w+)"/)?.[1])).toEqual(['en', 'es', 'en'])
  })

  test('whom nobody knows is written to in the language of the family that asks them', async () => {
    const h = await home()
    await chooses(h.ana, 'es')
    await h.ana.post(`${at}/guardians/${h.joeId}/invitation`)
    const [{ value: email } = { value: '' }] = await pick<{ value: string }>(
      sql`select value from contacts where id = ${h.joes}`,
    )
    const [invitation] = await mailed(h.c, email)
    expect(invitation?.subject).toMatch(/ le invita a /)
    // Nothing that opens an account stays behind in either language.
    expect(await pick(sql`select id from messages where address = ${email} and data like '%/invitation%'`)).toEqual([])
  })
})

describe('what a mail says of days and times', () => {
  test('is said in the reader’s language, whoever caused it', async () => {
    const c = await shopper()
    await pick(
      sql`insert into contacts (family_id, guardian_id, kind, value, folded, is_login, created_at) values (${c.family.id}, ${c.guardian.id}, 'email', ${c.guardian.email}, ${c.guardian.email}, 1, 0)`,
    )
    await chooses(c.visitor, 'es')
    await intoCart(c.visitor, c.class.id, wish(c))
    await checkOutCart(c.visitor)
    await decide(c)
    const [cart, approved] = await mailed(c, c.guardian.email)
    expect(cart?.text).toMatch(/Mia, lun 4:15\sp\.\sm\. desde el \d+\snov\): solicitado/)
    expect(approved?.text).toMatch(/lun 4:15\sp\.\sm\. a partir del \d+\snov/)
    // What staff read of it is English.
    const lines = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'family' and s.subject_id = ${c.family.id}`,
    )
    expect(lines.map(({ summary }) => summary).join()).not.toMatch(/lun |nov\b/)
  })

  test('stays in the language of the first try, with its words', async () => {
    const { c, ana } = await home()
    const driver = localDriver(c.account)
    await chooses(ana, 'es')
    await welcome(c)
    await sendStep(c.account, { ...driver, send: async mails => mails.map(() => ({ state: 'later', reason: 'busy' })) })
    await chooses(ana, 'en')
    const after = later(c.account, 10 * 60_000)
    expect(
      (await mailed({ account: after }, c.guardian.email)).map(({ html }) => html.match(/lang="(\w+)"/)?.[1]),
    ).toEqual(['es'])
  })
})

describe('words of the business’s own', () => {
  const staff = (c: Cast) => asStaff(c.account)
  const word = (c: Cast, subject: string, language?: 'es') =>
    publish(staff(c), { kind: 'automatic', name: 'welcome', language }, { subject, body: '[[date]]' }, 0, {
      location: '/done',
    })

  test('are for everybody, until there are Spanish ones beside them', async () => {
    await pick(sql`delete from templates`)
    const { c, ana } = await home()
    await chooses(ana, 'es')
    await word(c, 'Ours')
    await welcome(c)
    expect((await mailed(c, c.guardian.email)).map(({ subject }) => subject)).toEqual(['Ours'])
    await word(c, 'Lo nuestro', 'es')
    await welcome(c)
    const [, mail] = await mailed(c, c.guardian.email)
    expect([mail?.subject, mail?.text]).toEqual(['Lo nuestro', expect.stringMatching(/^lun, 2\snov, 2026/)])
    await pick(sql`delete from templates`)
  })
})
