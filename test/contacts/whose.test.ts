import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { contactOf, deleteContact } from '../../src/contacts/contacts'
import { answer, pick } from '../cast'
import { address, at, audited, contact, contactRow, home, joe, mailTo, password, place } from './household'

describe('whose contacts are whose', () => {
  test('another household’s are not there, to read or to write', async () => {
    const h = await home()
    const other = await home()
    const elm = await place(other.familyId, null, '1 Elm St')
    const loose = await contact(other.familyId, { guardianId: null, kind: 'phone', value: '555 010 8800' })
    const form = { value: address(), street: '9 Mine', to: 'out', guardian: String(h.joeId) }
    for (const thing of [`contacts/${other.joes}`, `contacts/${other.logIn}`, `contacts/${loose}`, `addresses/${elm}`])
      for (const path of ['', '/deletion', '/guardian', ...(thing.startsWith('contacts') ? ['/consent'] : [])]) {
        if (!path) expect([thing, (await h.ana.get(`${at}/${thing}`)).status]).toEqual([thing, 404])
        expect([thing, path, (await h.ana.post(`${at}/${thing}${path}`, form)).status]).toEqual([thing, path, 404])
      }
    for (const kind of ['emails', 'phones', 'addresses']) {
      const path = `${at}/guardians/${other.joeId}/${kind}`
      expect([kind, (await h.ana.get(`${path}/new`)).status]).toEqual([kind, 404])
      expect([kind, (await h.ana.post(path, form)).status]).toEqual([kind, 404])
    }
    expect(await audited(other.familyId)).toEqual([])
  })

  test.each(['limited', 'full'] as const)(
    'once a secondary guardian logs in (%s), only they change theirs, and nothing else',
    async access => {
      const h = await home()
      const visitor = await joe(h, access)
      const loose = await contact(h.familyId, { guardianId: null, kind: 'phone', value: '555 010 9900' })
      const number = await contact(h.familyId, { guardianId: h.joeId, kind: 'phone', value: '555 010 1100' })
      // The primary neither reads nor writes them.
      expect((await h.ana.get(at)).text).not.toContain(`contacts/${number}`)
      expect((await h.ana.get(`${at}/contacts/${number}`)).status).toBe(404)
      expect((await h.ana.post(`${at}/contacts/${number}`, { value: '555 010 0000' })).status).toBe(404)
      expect((await h.ana.post(`${at}/guardians/${h.joeId}/emails`, { value: address() })).status).toBe(404)
      // The secondary does, also with the limited view.
      expect((await visitor.get(at)).text).toContain(`${at}/contacts/${number}`)
      expect((await visitor.post(`${at}/contacts/${number}`, { value: '555 010 1212' })).status).toBe(303)
      expect((await visitor.post(`${at}/guardians/${h.joeId}/emails`, { value: address() })).status).toBe(303)
      expect((await visitor.post(`${at}/contacts/${number}/consent`, { to: 'out' })).status).toBe(303)
      expect(await contactRow(number)).toMatchObject({ value: '555 010 1212', blast_consent: 'out' })
      // But not the primary's, nor what belongs to nobody.
      for (const id of [h.phone, h.logIn, loose]) {
        expect([id, (await visitor.get(`${at}/contacts/${id}`)).status]).toEqual([id, 404])
        expect([id, (await visitor.post(`${at}/contacts/${id}/deletion`)).status]).toEqual([id, 404])
      }
      expect((await visitor.post(`${at}/contacts/${loose}/guardian`, { guardian: String(h.joeId) })).status).toBe(409)
      expect(await contactRow(loose)).toMatchObject({ guardian_id: null })
    },
  )

  test('an invitation that is accepted meanwhile shuts the primary out within the batch', async () => {
    const h = await home('invited')
    const read = await contactOf(h.c.account, h.c.guardian, h.joes)
    await pick(sql`update guardians set access = 'limited' where id = ${h.joeId} returning id`)
    await expect(deleteContact(h.c.account, h.c.guardian, read, answer)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    expect(await contactRow(h.joes)).toBeDefined()
  })

  test('a log-in address of somebody whose access was revoked is not the primary’s to change', async () => {
    const h = await home()
    await joe(h, 'limited')
    await pick(sql`update guardians set access = 'revoked' where id = ${h.joeId} returning id`)
    // Not even to see: what a guardian keeps after accepting stays theirs (MA14).
    expect((await h.ana.get(`${at}/contacts/${h.joes}`)).status).toBe(404)
    const sent = await h.ana.post(`${at}/contacts/${h.joes}`, { value: address(), password })
    expect(sent.status).toBe(404)
    expect((await contactRow(h.joes))?.is_login).toBe(1)
  })
})

describe('the log-in address', () => {
  const logInOf = (loginId: number) => pick<{ id: string }>(sql`select email as id from logins where id = ${loginId}`)

  test('changes with the password, everywhere it stands; both addresses are told', async () => {
    const h = await home()
    const was = h.c.guardian.email
    const next = address()
    await contact(h.familyId, { guardianId: h.c.guardian.id, kind: 'email', value: next })
    const form = { value: next, password, key: crypto.randomUUID() }
    for (const time of [1, 2]) {
      const sent = await h.ana.post(`${at}/contacts/${h.logIn}`, form)
      expect([time, sent.location]).toEqual([time, `${at}?done=log-in-changed`])
    }
    expect(await logInOf(h.c.guardian.loginId)).toEqual([{ id: next }])
    expect(await contactRow(h.logIn)).toMatchObject({ value: next, folded: next, is_login: 1 })
    expect(await pick(sql`select id from contacts where folded = ${next}`)).toHaveLength(1)
    for (const email of [was, next]) {
      const [mail, more] = await mailTo(email)
      expect([email, mail?.data.includes(next), more]).toEqual([email, true, undefined])
    }
    expect(await audited(h.familyId)).toEqual(['change log-in address'])
  })

  test('stays with a wrong password, which comes back beside its field and is counted', async () => {
    const h = await home()
    const value = address()
    const sent = await h.ana.post(`${at}/contacts/${h.logIn}`, { value, password: 'a guess' })
    expect(sent.status).toBe(422)
    expect(sent.text).toMatch(/id="password-error">The password does not fit\./)
    expect([sent.text.includes(`value="${value}"`), sent.text.includes('a guess')]).toEqual([true, false])
    const without = await h.ana.post(`${at}/contacts/${h.logIn}`, { value })
    expect([without.status, without.text.includes('Password is missing.')]).toEqual([422, true])
    for (let nth = 0; nth < 5; nth += 1) await h.ana.post(`${at}/contacts/${h.logIn}`, { value, password: 'a guess' })
    const right = await h.ana.post(`${at}/contacts/${h.logIn}`, { value, password })
    expect([right.status, right.text.includes('Too many tries')]).toEqual([409, true])
    expect(await logInOf(h.c.guardian.loginId)).toEqual([{ id: h.c.guardian.email }])
  })

  test('does not become one that somebody else logs in with', async () => {
    const [h, other] = [await home(), await home()]
    const sent = await h.ana.post(`${at}/contacts/${h.logIn}`, { value: other.c.guardian.email, password })
    expect([sent.status, sent.text.includes('Check the details and try again.')]).toEqual([422, true])
    expect(await mailTo(other.c.guardian.email)).toEqual([])
    expect(await contactRow(h.logIn)).toMatchObject({ value: h.c.guardian.email })
  })
})
