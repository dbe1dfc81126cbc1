import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { pick } from '../cast'
import { words } from '../knock'
import { address, at, audited, contact, contactRow, type Home, home, mailTo, place } from './household'

let h: Home
beforeEach(async () => {
  h = await home()
})

const emails = (guardianId: number) =>
  pick<{ value: string; blast_consent: string }>(
    sql`select value, blast_consent from contacts where guardian_id = ${guardianId} and kind = 'email' and is_login = 0`,
  )

describe('Account Information', () => {
  test('leads to a page for each contact and to forms for new ones', async () => {
    const elm = await place(h.familyId, h.c.guardian.id, '1 Elm St')
    const { text } = await h.ana.get(at)
    for (const path of [
      `contacts/${h.logIn}`,
      `contacts/${h.phone}`,
      `contacts/${h.joes}`,
      `addresses/${elm}`,
      `guardians/${h.c.guardian.id}/emails/new`,
      `guardians/${h.joeId}/phones/new`,
    ]) {
      expect(text, path).toContain(`href="${at}/${path}"`)
      expect((await h.ana.get(`${at}/${path}`)).status, path).toBe(200)
    }
    expect((await h.ana.get(`${at}/contacts/${h.phone}`)).headers.get('Server-Timing')).toMatch(/trips;desc="[12]"/)
  })

  test('says Unsubscribed beside an address and a number that opted out', async () => {
    expect((await h.ana.get(at)).text).not.toContain('Unsubscribed')
    for (const id of [h.logIn, h.phone]) await h.ana.post(`${at}/contacts/${id}/consent`, { to: 'out' })
    expect((await h.ana.get(at)).text.split('<i class="out">Unsubscribed</i>')).toHaveLength(3)
  })

  test('is nothing that a household must have: without any the page stands', async () => {
    await pick(sql`delete from contacts where family_id = ${h.familyId} returning id`)
    const page = await h.ana.get(at)
    expect([page.status, page.text.includes('Add Mailing Address')]).toEqual([200, true])
  })
})

describe('an e-mail', () => {
  test('is added once, folded, with the wish that was ticked, and audited without an entry', async () => {
    const email = address()
    const path = `${at}/guardians/${h.c.guardian.id}/emails`
    const form = { value: ` ${email.toUpperCase()} `, consent: '1', key: crypto.randomUUID() }
    for (const time of [1, 2])
      expect([time, (await h.ana.post(path, form)).location]).toEqual([time, `${at}?done=contact-added`])
    expect(await emails(h.c.guardian.id)).toEqual([{ value: email, blast_consent: 'in' }])
    expect(await audited(h.familyId)).toEqual(['add email'])
    expect(await pick(sql`select id from activity where family_id = ${h.familyId}`)).toEqual([])
    const again = await h.ana.post(path, { value: email })
    expect([again.status, words(again.text).includes('This guardian has that already.')]).toEqual([422, true])
    await h.ana.post(path, { value: address() })
    expect((await emails(h.c.guardian.id)).map(each => each.blast_consent)).toEqual(['in', 'out'])
  })

  test('comes back with what was typed and a sentence beside the field', async () => {
    const sent = await h.ana.post(`${at}/guardians/${h.c.guardian.id}/emails`, { value: 'ana at home', consent: '1' })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('value="ana at home"')
    expect(sent.text).toMatch(/id="value-error">Email does not look like an e-mail address\./)
    expect(sent.text).toMatch(/name="consent"[^>]*checked/)
    const none = await h.ana.post(`${at}/contacts/${h.joes}`, { value: ' ' })
    expect([none.status, none.text.includes('Email is missing.')]).toEqual([422, true])
  })

  test('keeps its wish when it changes, but whoever unsubscribed from the new one stays so', async () => {
    const [free, out] = [address(), address()]
    const other = await home()
    await contact(other.familyId, { guardianId: other.c.guardian.id, kind: 'email', value: out, consent: 'out' })
    const saved = await h.ana.post(`${at}/contacts/${h.joes}`, { value: free })
    expect(saved.location).toBe(`${at}?done=contact-saved`)
    expect(await contactRow(h.joes)).toMatchObject({ value: free, folded: free, blast_consent: 'in' })
    await h.ana.post(`${at}/contacts/${h.joes}`, { value: out })
    expect(await contactRow(h.joes)).toMatchObject({ value: out, blast_consent: 'out' })
    await h.ana.post(`${at}/guardians/${h.joeId}/emails`, { value: free, consent: '1' })
    await h.ana.post(`${at}/guardians/${h.c.guardian.id}/emails`, { value: out, consent: '1' })
    expect((await emails(h.c.guardian.id)).map(each => each.blast_consent)).toEqual(['out'])
    expect(await audited(h.familyId)).toEqual(['edit email', 'edit email', 'add email', 'add email'])
  })

  test('goes when it is deleted, and a log-in address never does', async () => {
    expect((await h.ana.post(`${at}/contacts/${h.joes}/deletion`)).location).toBe(`${at}?done=contact-deleted`)
    expect(await contactRow(h.joes)).toBeUndefined()
    expect((await h.ana.get(`${at}/contacts/${h.joes}`)).status).toBe(404)
    const kept = await h.ana.post(`${at}/contacts/${h.logIn}/deletion`)
    expect([kept.status, words(kept.text).includes('it has to stay')]).toEqual([409, true])
    expect((await h.ana.get(`${at}/contacts/${h.logIn}`)).text).not.toContain('Delete Email')
    expect(await contactRow(h.logIn)).toBeDefined()
  })

  test('is one of ten at most', async () => {
    const path = `${at}/guardians/${h.joeId}/emails`
    for (let nth = 1; nth < 10; nth += 1) expect((await h.ana.post(path, { value: address() })).status).toBe(303)
    const eleventh = await h.ana.post(path, { value: address() })
    expect([eleventh.status, (await emails(h.joeId)).length]).toEqual([409, 10])
  })
})

describe('a phone', () => {
  test('is added, changed and found by its digits; letters are none', async () => {
    const path = `${at}/guardians/${h.joeId}/phones`
    for (const value of ['call me', '123', '1'.repeat(16), '555 010 22 OO'])
      expect([value, (await h.ana.post(path, { value })).status]).toEqual([value, 422])
    await h.ana.post(path, { value: '+1 (555) 010-3300', consent: '1' })
    expect(
      await pick(
        sql`select folded as id, blast_consent from contacts where guardian_id = ${h.joeId} and kind = 'phone'`,
      ),
    ).toEqual([{ id: '15550103300', blast_consent: 'in' }])
    await h.ana.post(`${at}/contacts/${h.phone}`, { value: '555-010-4400' })
    expect(await contactRow(h.phone)).toMatchObject({ folded: '5550104400' })
  })

  test('opts out of texts and in again, on its own page', async () => {
    const page = await h.ana.get(`${at}/contacts/${h.phone}`)
    expect(words(page.text)).toContain('Opt out of SMS/Text')
    const { location } = await h.ana.post(`${at}/contacts/${h.phone}/consent`, { to: 'out' })
    const after = words((await h.ana.get(location ?? '')).text)
    expect([after.includes('Opted out of SMS/Text.'), after.includes('Opt in to SMS/Text')]).toEqual([true, true])
    expect(await contactRow(h.phone)).toMatchObject({ blast_consent: 'out' })
    expect((await h.ana.post(`${at}/contacts/${h.phone}/consent`, { to: 'maybe' })).status).toBe(422)
    expect(await audited(h.familyId)).toEqual(['opt out'])
  })
})

describe('opting in and out of Email Blasts', () => {
  test('speaks for every household with one’s own log-in address, and tells it', async () => {
    const other = await home()
    const { email } = h.c.guardian
    const theirs = await contact(other.familyId, { guardianId: other.joeId, kind: 'email', value: email })
    await h.ana.post(`${at}/contacts/${h.logIn}/consent`, { to: 'out' })
    expect([(await contactRow(h.logIn))?.blast_consent, (await contactRow(theirs))?.blast_consent]).toEqual([
      'out',
      'out',
    ])
    expect([await audited(h.familyId), await audited(other.familyId)]).toEqual([['opt out'], ['opt out']])
    expect(await mailTo(email)).toHaveLength(1)
  })

  test('speaks for this household alone with any other address', async () => {
    const other = await home()
    const value = (await contactRow(h.joes))?.value ?? ''
    const theirs = await contact(other.familyId, { guardianId: other.joeId, kind: 'email', value, consent: 'out' })
    await pick(sql`update contacts set blast_consent = 'out' where id = ${h.joes} returning id`)
    await h.ana.post(`${at}/contacts/${h.joes}/consent`, { to: 'in' })
    expect([(await contactRow(h.joes))?.blast_consent, (await contactRow(theirs))?.blast_consent]).toEqual([
      'in',
      'out',
    ])
    expect(await mailTo(value)).toEqual([])
  })

  test('lifts nothing that the mail system told, and the page says so', async () => {
    const { email } = h.c.guardian
    const told = sql`select reason as id from suppressions where folded = ${email}`
    await pick(
      sql`insert into suppressions (channel, folded, reason, at) values ('email', ${email}, 'bounced', 0) returning reason as id`,
    )
    await h.ana.post(`${at}/contacts/${h.logIn}/consent`, { to: 'out' })
    const { location } = await h.ana.post(`${at}/contacts/${h.logIn}/consent`, { to: 'in' })
    expect(words((await h.ana.get(location ?? '')).text)).toContain(
      'Mail to this address came back, so no Email Blasts',
    )
    expect(await pick(told)).toEqual([{ id: 'bounced' }])
  })
})

describe('a mailing address', () => {
  test('is added, changed and deleted; only the street has to be there', async () => {
    const path = `${at}/guardians/${h.c.guardian.id}/addresses`
    const bad = await h.ana.post(path, { city: 'Springfield' })
    expect([bad.status, bad.text.includes('Street is missing.'), bad.text.includes('value="Springfield"')]).toEqual([
      422,
      true,
      true,
    ])
    expect((await h.ana.post(path, { street: '1 Elm St' })).location).toBe(`${at}?done=contact-added`)
    const [elm] = await pick(sql`select id from addresses where family_id = ${h.familyId}`)
    const page = `${at}/addresses/${elm?.id}`
    expect((await h.ana.get(page)).text).toContain('value="1 Elm St"')
    await h.ana.post(page, { street: '2 Oak Ave', city: 'Salem', state: 'OR', zip: '97301' })
    expect(words((await h.ana.get(at)).text)).toContain('2 Oak Ave, Salem, OR, 97301')
    await h.ana.post(`${page}/deletion`)
    expect((await h.ana.get(page)).status).toBe(404)
    expect(await audited(h.familyId)).toEqual(['add address', 'edit address', 'delete address'])
  })
})

describe('what belongs to nobody', () => {
  test('stands under Unassigned and is given to a guardian, once', async () => {
    const phone = await contact(h.familyId, { guardianId: null, kind: 'phone', value: '555 010 7700' })
    const elm = await place(h.familyId, null, '1 Elm St')
    const page = (await h.ana.get(at)).text
    expect(words(page)).toContain('Unassigned')
    for (const path of [`contacts/${phone}/guardian`, `addresses/${elm}/guardian`]) {
      expect(page).toContain(`action="${at}/${path}"`)
      const given = await h.ana.post(`${at}/${path}`, { guardian: String(h.joeId) })
      expect(given.location).toBe(`${at}?done=contact-assigned`)
      expect((await h.ana.post(`${at}/${path}`, { guardian: String(h.c.guardian.id) })).status).toBe(409)
    }
    expect(await contactRow(phone)).toMatchObject({ guardian_id: h.joeId })
    expect(words((await h.ana.get(at)).text)).not.toContain('Unassigned')
  })

  test('is not given to a guardian of another household, nor to one who has the same', async () => {
    const other = await home()
    const value = (await contactRow(h.joes))?.value ?? ''
    const same = await contact(h.familyId, { guardianId: null, kind: 'email', value })
    const path = `${at}/contacts/${same}/guardian`
    expect((await h.ana.post(path, { guardian: String(other.joeId) })).status).toBe(404)
    expect((await h.ana.post(path, { guardian: String(h.joeId) })).status).toBe(409)
    expect((await h.ana.post(path)).status).toBe(409)
    expect(await contactRow(same)).toMatchObject({ guardian_id: null })
  })
})
