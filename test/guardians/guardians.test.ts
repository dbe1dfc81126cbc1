import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { localDriver } from '../../src/messages/local-driver'
import { sendStep } from '../../src/messages/send'
import { asStaff, now, pick } from '../cast'
import { address, at, audited, contact, type Home, home, joe } from '../contacts/household'
import { ask, clockAt, employ, words } from '../knock'
import { set, Visitor } from '../visit'

const act = ({ joeId }: Home, what: string) => `${at}/guardians/${joeId}/${what}`
const joeRow = async ({ joeId }: Home) =>
  (
    await pick<{ access: string; may_pay: number; login_id: number | null }>(
      sql`select access, may_pay, login_id from guardians where id = ${joeId}`,
    )
  )[0]
const emailOf = async ({ joes }: Home) =>
  (await pick<{ value: string }>(sql`select value from contacts where id = ${joes}`))[0]?.value ?? ''
/** The path of the newest link that was mailed to an address. */
const linkTo = async (email: string) => {
  const [mail] = await pick<{ url: string }>(
    sql`select data ->> 'link_url' as url from messages where address = ${email} and data ->> 'link_url' is not null order by id desc limit 1`,
  )
  return mail?.url.replace('https://gym.test', '') ?? ''
}
const templates = async (familyId: number) =>
  (
    await pick<{ template: string; address: string }>(
      sql`select template, address from messages where family_id = ${familyId} order by id`,
    )
  ).map(({ template, address }) => `${template}${address ? ' to joe' : ''}`)
const consent = { adult: '1', terms: '1' }

describe('Add Guardian', () => {
  test('asks for a name alone, keeps what was typed, and no address is asked for', async () => {
    const h = await home()
    expect((await h.ana.get(`${at}/guardians/new`)).text).not.toContain('Street')
    const bad = await h.ana.post(`${at}/guardians`, { first: '', last: 'Rivera', email: 'nowhere' })
    expect(bad.status).toBe(422)
    for (const said of ['First name is missing.', 'does not look like an e-mail address', 'value="nowhere"'])
      expect(bad.text).toContain(said)
    const form = {
      first: 'Rosa',
      last: 'Rivera',
      relationship: 'Grandmother',
      email: '',
      phone: '',
      key: crypto.randomUUID(),
    }
    for (const time of [1, 2]) expect([time, (await h.ana.post(`${at}/guardians`, form)).status]).toEqual([time, 303])
    expect(
      await pick(
        sql`select first_name, relationship, role, access, may_pay from guardians where family_id = ${h.familyId} and first_name = 'Rosa'`,
      ),
    ).toEqual([{ first_name: 'Rosa', relationship: 'Grandmother', role: 'secondary', access: 'none', may_pay: 0 }])
    expect(await audited(h.familyId)).toEqual(['add guardian'])
  })

  test('is the primary’s alone, and ends at ten', async () => {
    const h = await home()
    const second = await joe(h, 'full')
    expect((await second.post(`${at}/guardians`, { first: 'A', last: 'B' })).status).toBe(409)
    expect((await second.get(at)).text).not.toContain('Add Guardian')
    for (let nth = 2; nth < 10; nth++)
      expect((await h.ana.post(`${at}/guardians`, { first: `N${nth}`, last: 'B' })).status).toBe(303)
    const eleventh = await h.ana.post(`${at}/guardians`, { first: 'More', last: 'B' })
    expect([eleventh.status, eleventh.text.includes('A family can have ten guardians.')]).toEqual([409, true])
  })
})

describe('secondary access', () => {
  test('is offered by its words, and asks for an address first', async () => {
    const h = await home()
    const page = (await h.ana.get(at)).text
    expect(page).toContain('Send Invite Email')
    expect(page).not.toContain('Re-Send Invite Email')
    await pick(sql`delete from contacts where id = ${h.joes}`)
    expect((await h.ana.get(at)).text).not.toContain('Send Invite Email')
    expect((await h.ana.post(act(h, 'invitation'))).text).toContain('Add an e-mail address first.')
  })

  test('an invitation makes a log-in with the limited view; the link opens once and is kept as a hash', async () => {
    const h = await home()
    const email = await emailOf(h)
    expect((await h.ana.post(act(h, 'invitation'))).location).toBe(`${at}?done=invited`)
    expect(words((await h.ana.get(at)).text)).toMatch(/Invite Sent.*Re-Send Invite Email.*Revoke/)
    const link = await linkTo(email)
    const token = link.split('/').at(-1) ?? ''
    expect(JSON.stringify(await pick(sql`select * from guardian_links where guardian_id = ${h.joeId}`))).not.toContain(
      token,
    )
    const guest = new Visitor()
    expect((await guest.get(link)).text).toContain(email)
    const bad = await guest.post(link, { password: 'password1' })
    expect(bad.status).toBe(422)
    for (const said of [
      'Too many people use this password',
      '18 or older can have a log-in',
      'terms have to be accepted',
    ])
      expect(bad.text).toContain(said)
    expect((await joeRow(h))?.access).toBe('invited')
    expect((await guest.post(link, { ...consent, password: 'a password of Joe' })).location).toBe(`${link}?done=1`)
    expect(await joeRow(h)).toMatchObject({ access: 'limited', may_pay: 0 })
    // Once, and never again.
    expect((await guest.post(link, { ...consent, password: 'another password' })).status).toBe(409)
    expect((await guest.get(link)).text).toContain('does not open any more')
    const logIn = await guest.post('/p/demo/login', { email, password: 'a password of Joe' })
    expect(logIn.status).toBe(303)
    const page = (await guest.get(at)).text
    expect(page).toContain('Your access is a limited view')
    expect(await templates(h.familyId)).toEqual([
      'guardian-invited to joe',
      'invitation-sent',
      'guardian-joined',
      'guardian-joined to joe',
    ])
    expect((await audited(h.familyId)).slice(0, 2)).toEqual(['invite guardian', 'accept invitation'])
    // From now on the primary sees the name, the indicator and the actions, and no contact.
    const seen = (await h.ana.get(at)).text
    expect(seen).not.toContain(email)
    expect(words(seen)).toMatch(/Can Log In.*looks after these alone.*Reset Password.*Revoke/)
    expect((await h.ana.get(`${at}/contacts/${h.joes}`)).status).toBe(404)
  })

  test('a link is over after 48 hours, after the next one, and when it is taken back', async () => {
    const h = await home()
    const email = await emailOf(h)
    await h.ana.post(act(h, 'invitation'))
    const first = await linkTo(email)
    await h.ana.post(act(h, 'invitation'))
    const second = await linkTo(email)
    const dead = async (link: string) => (await new Visitor().get(link)).text.includes('does not open any more')
    expect([await dead(first), await dead(second)]).toEqual([true, false])
    await pick(sql`update guardian_links set expires_at = ${now} where guardian_id = ${h.joeId} and ended_at is null`)
    expect(await dead(second)).toBe(true)
    expect((await h.ana.get(at)).text).toContain('The invitation has run out.')
    await h.ana.post(act(h, 'invitation'))
    const third = await linkTo(email)
    expect((await h.ana.post(act(h, 'revocation'))).status).toBe(303)
    expect([await dead(third), (await joeRow(h))?.access]).toEqual([true, 'revoked'])
    expect((await new Visitor().post(third, { ...consent, password: 'a password of Joe' })).status).toBe(409)
    expect(words((await h.ana.get(at)).text)).toMatch(/Invite Revoked.*Send Invite Email/)
  })

  test('of two who open one link at once, one gets in', async () => {
    const h = await home()
    const email = await emailOf(h)
    await h.ana.post(act(h, 'invitation'))
    const link = await linkTo(email)
    const answers = await Promise.all(
      [1, 2, 3].map(nth => new Visitor().post(link, { ...consent, password: `a password of ${nth}` })),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  })

  test('an address that logs in already joins the household after logging in, and by nobody else', async () => {
    const h = await home()
    const other = await home()
    const email = other.c.guardian.email
    await pick(sql`update contacts set value = ${email}, folded = ${email} where id = ${h.joes}`)
    await h.ana.post(act(h, 'invitation'))
    const link = await linkTo(email)
    const guest = new Visitor()
    const page = (await guest.get(link)).text
    expect(page).toContain('has a log-in already')
    expect(page).not.toContain('name="password"')
    for (const stranger of [guest, h.ana])
      expect((await stranger.post(link, { ...consent, password: 'taken over by' })).status).toBe(422)
    expect((await joeRow(h))?.access).toBe('invited')
    expect((await other.ana.post(link, consent)).status).toBe(303)
    expect(await joeRow(h)).toMatchObject({ access: 'limited', login_id: other.c.guardian.loginId })
    const households = await other.ana.get(at)
    expect(households.text).toContain(h.c.family.name)
  })

  test('nobody is invited who logs in to the family already', async () => {
    const h = await home()
    const own = h.c.guardian.email
    await pick(sql`update contacts set value = ${own}, folded = ${own} where id = ${h.joes}`)
    const sent = await h.ana.post(act(h, 'invitation'))
    expect([sent.status, sent.text.includes('already logs in to this family')]).toEqual([409, true])
  })

  test('revoking ends the sessions at once, and what the guardian keeps stays their own', async () => {
    const h = await home()
    const second = await joe(h, 'full')
    await pick(sql`update guardians set may_pay = 1, feed_token = ${crypto.randomUUID()} where id = ${h.joeId}`)
    expect((await second.get(at)).status).toBe(200)
    expect((await h.ana.post(act(h, 'revocation'))).status).toBe(303)
    expect((await second.get(at)).location).toContain('/login')
    expect(await pick(sql`select access, may_pay, feed_token from guardians where id = ${h.joeId}`)).toEqual([
      { access: 'revoked', may_pay: 0, feed_token: null },
    ])
    expect((await h.ana.get(at)).text).not.toContain(await emailOf(h))
    expect((await h.ana.post(act(h, 'revocation'))).status).toBe(409)
    expect(await templates(h.familyId)).toEqual(['access-revoked', 'access-revoked to joe'])
  })

  test('Reset Password mails a link to the guardian, who sets it; the primary sees neither', async () => {
    const h = await home()
    const second = await joe(h, 'limited')
    const email = await emailOf(h)
    const sent = await h.ana.post(act(h, 'password-reset'))
    const link = await linkTo(email)
    const told = await pick(sql`select data from messages where family_id = ${h.familyId} and address = ''`)
    for (const seen of [sent.text, (await h.ana.get(at)).text, JSON.stringify(told)])
      expect(seen).not.toContain(link.split('/').at(-1))
    expect((await second.get(at)).status).toBe(200)
    const guest = new Visitor()
    expect((await guest.post(link, { password: 'short' })).text).toContain('at least 8 characters')
    expect((await guest.post(link, { password: 'the new one of Joe' })).status).toBe(303)
    expect((await second.get(at)).location).toContain('/login')
    expect((await guest.post('/p/demo/login', { email, password: 'the new one of Joe' })).status).toBe(303)
    expect((await guest.post(link, { password: 'once more please' })).status).toBe(409)
    expect(await audited(h.familyId)).toEqual(['reset password', 'set password'])
  })

  test('payments and the full ledger are off until the primary gives them', async () => {
    const h = await home()
    const second = await joe(h, 'limited')
    expect((await second.get(at)).text).not.toContain('Transaction History')
    expect((await h.ana.post(act(h, 'access'), { pay: '1', full: '1' })).status).toBe(303)
    expect(await joeRow(h)).toMatchObject({ access: 'full', may_pay: 1 })
    expect((await second.get(at)).text).toContain('Transaction History')
    expect((await h.ana.post(act(h, 'access'), {})).status).toBe(303)
    expect(await joeRow(h)).toMatchObject({ access: 'limited', may_pay: 0 })
    for (const what of ['invitation', 'revocation', 'password-reset', 'access'])
      expect([what, (await second.post(act(h, what), { pay: '1' })).status]).toEqual([what, 409])
    expect(await joeRow(h)).toMatchObject({ access: 'limited', may_pay: 0 })
  })

  test('another family’s guardian is not there', async () => {
    const h = await home()
    const other = await home()
    for (const what of ['invitation', 'revocation', 'password-reset', 'access'])
      expect([what, (await other.ana.post(act(h, what), {})).status]).toEqual([what, 404])
    expect((await h.ana.post(`${at}/guardians/${h.c.guardian.id}/revocation`)).status).toBe(404)
  })

  test('a seventh link in a day waits', async () => {
    const h = await home()
    for (let nth = 1; nth <= 6; nth++)
      expect([nth, (await h.ana.post(act(h, 'invitation'))).status]).toEqual([nth, 303])
    expect((await h.ana.post(act(h, 'invitation'))).status).toBe(409)
  })

  test('the link leaves the database with its mail', async () => {
    const h = await home()
    const email = await emailOf(h)
    await h.ana.post(act(h, 'invitation'))
    const token = (await linkTo(email)).split('/').at(-1) ?? ''
    const { account } = h.c
    while ((await sendStep(account, localDriver(account))) > 0);
    const [mail] = await pick<{ state: string; body: string; data: string }>(
      sql`select state, body, data from messages where address = ${email} and template = 'guardian-invited'`,
    )
    expect(mail?.state).toBe('sent')
    expect(mail?.body).toContain('Accept the invitation')
    expect(`${mail?.body}${mail?.data}`).not.toContain(token)
    const [kept] = await pick<{ mail: string }>(sql`select mail from local_mail where recipient = ${email}`)
    expect(kept?.mail).toContain(token)
  })
})

describe('staff', () => {
  test('revoke and never grant', async () => {
    const h = await home()
    await joe(h, 'limited')
    const desk = await employ(asStaff(h.c.account), { rights: { 'Office Portal': 2, Families: 1 } })
    const owner = await employ(asStaff(h.c.account), { isOwner: true })
    const family = `/a/demo/families/${h.familyId}`
    const bindings = clockAt(now)
    const page = words(await (await ask(family, { cookie: owner.cookie, bindings })).text())
    expect(page).toContain('Can Log In')
    expect(page).not.toMatch(/Send Invite Email|Save access/)
    const path = `${family}/guardians/${h.joeId}/revocation`
    const send = (cookie: string) => ask(path, { cookie, bindings, form: { key: crypto.randomUUID() } })
    expect((await send(desk.cookie)).status).toBe(403)
    expect((await send(owner.cookie)).status).toBe(303)
    expect((await joeRow(h))?.access).toBe('revoked')
    expect(await templates(h.familyId)).toEqual(['access-revoked', 'access-revoked to joe'])
  })
})

test('a guest’s contact that was added by hand stays a contact: only the invited address becomes the log-in', async () => {
  const h = await home()
  const second = address('joe')
  const other = await contact(h.familyId, { guardianId: h.joeId, kind: 'email', value: second })
  await h.ana.post(act(h, 'invitation'))
  await new Visitor().post(await linkTo(await emailOf(h)), { ...consent, password: 'a password of Joe' })
  expect(await pick(sql`select id, is_login from contacts where guardian_id = ${h.joeId} order by id`)).toEqual([
    { id: h.joes, is_login: 1 },
    { id: other, is_login: 0 },
  ])
  await set(h.c.account, 'portal.enabled', true)
})
