import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { hashPassword } from '../../src/auth/passwords'
import { commit } from '../../src/database'
import { deletionNote, suspendFamily } from '../../src/families/suspension'
import { kinds } from '../../src/online-activity/kinds'
import { logins } from '../../src/schema/logins'
import { asStaff, type Cast, cast, detailsOf, pick } from '../cast'
import { ask, employ } from '../knock'
import { loggedIn, Visitor } from '../visit'

const entries = (c: Cast) =>
  pick<{ id: number; kind: string; status: string; closed_at: number | null; outcome: string | null }>(
    sql`select id, kind, status, closed_at, outcome from activity where family_id = ${c.family.id} order by id`,
  )

async function withPassword(c: Cast) {
  const passwordHash = await hashPassword('a long sentence')
  await commit(c.account, [c.account.db.update(logins).set({ passwordHash }).where(eq(logins.id, c.guardian.loginId))])
  return loggedIn(c)
}

const child = { first: 'Noa', last: 'Rivera', birthday: '2020-02-29', gender: 'female', medical: 'Peanuts' }

describe('students', () => {
  test('that a family adds appear under Students and in My Account, once for a doubled form', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    const key = crypto.randomUUID()
    const first = await visitor.post('/p/demo/account/students', { ...child, key })
    const second = await visitor.post('/p/demo/account/students', { ...child, key })
    expect([first.status, second.location]).toEqual([303, first.location])
    expect((await entries(c)).map(({ kind, status }) => [kind, status])).toEqual([['student', 'notification']])
    expect((await visitor.get('/p/demo/account')).text).toContain('Noa, 6')
  })

  test('are edited with a line in the audit log and no entry', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    const saved = await visitor.post(`/p/demo/account/students/${c.students[0].id}`, child)
    expect(saved.status).toBe(303)
    expect(await pick(sql`select first_name as name from students where id = ${c.students[0].id}`)).toEqual([
      { name: 'Noa' },
    ])
    expect(await entries(c)).toEqual([])
    expect(
      await pick<{ action: string }>(
        sql`select a.action from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'student' and s.subject_id = ${c.students[0].id}`,
      ),
    ).toEqual([{ action: 'edit student' }])
  })

  test('of another family are not found, to look at or to change', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    const visitor = await loggedIn(mine)
    const id = theirs.students[0].id
    for (const path of [`students/${id}`, `students/${id}/absences`, `students/${id}/absences/by-date`])
      expect([path, (await visitor.get(`/p/demo/account/${path}`)).status]).toEqual([path, 404])
    expect((await visitor.post(`/p/demo/account/students/${id}`, child)).status).toBe(404)
    expect(await pick(sql`select first_name as name from students where id = ${id}`)).toEqual([{ name: 'Mia' }])
  })
})

describe('a request to be deleted', () => {
  test('asks the password, makes one entry and can be withdrawn', async () => {
    const c = await cast()
    const visitor = await withPassword(c)
    const wrong = await visitor.post('/p/demo/account/deletion', { password: 'something else', note: 'We move' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('The password does not fit')
    expect(wrong.text).toContain('We move')
    expect((await visitor.post('/p/demo/account/deletion', { password: 'a long sentence' })).status).toBe(303)
    const again = await visitor.post('/p/demo/account/deletion', { password: 'a long sentence' })
    expect(again.status).toBe(409)
    expect(again.text).toContain('You have already asked for this')
    expect((await entries(c)).map(({ kind, status }) => [kind, status])).toEqual([['deletion_request', 'special']])
    expect((await visitor.post('/p/demo/account/deletion/withdrawal')).status).toBe(303)
    expect((await entries(c))[0]).toMatchObject({ outcome: 'withdrawn' })
  })

  test('says in the window what deleting would destroy', async () => {
    const c = await cast()
    const visitor = await withPassword(c)
    await visitor.post('/p/demo/account/deletion', { password: 'a long sentence' })
    const [entry] = await pick<Record<string, unknown>>(
      sql`select id, kind, status, family_id as "familyId", particulars, created_at as "createdAt" from activity where family_id = ${c.family.id}`,
    )
    const row = { ...entry, particulars: JSON.parse(String(entry!.particulars)) } as unknown as EntryRow
    const { destroys } = await detailsOf(asStaff(c.account), kinds.deletion_request, row)
    expect(destroys).toEqual(['2 students'])
  })

  test('of a suspended family stands in its note, and its sessions are over', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    const note = deletionNote('Ana Rivera', '2026-11-02')
    await suspendFamily(asStaff(c.account), c.family.id, note)
    expect(await pick(sql`select state, suspended_note as note from families where id = ${c.family.id}`)).toEqual([
      { state: 'suspended', note: 'deletion requested by Ana Rivera on Nov 2, 2026' },
    ])
    expect((await visitor.get('/p/demo/account')).location).toMatch(/^\/p\/demo\/login\?next=/)
    await expect(suspendFamily(asStaff(c.account), c.family.id, note)).rejects.toThrow('already-handled')
  })

  test('of a suspended family is lifted by staff, and the reason stays in its notes', async () => {
    const c = await cast({ now: Date.now() })
    await suspendFamily(asStaff(c.account), c.family.id, 'deletion requested by Ana on Nov 2, 2026')
    const owner = await employ(c.account, { isOwner: true })
    expect(await (await ask(`/a/demo/families/${c.family.id}`, owner)).text()).toContain('Lift suspension')
    const lifted = await ask(`/a/demo/families/${c.family.id}/reinstatement`, {
      cookie: owner.cookie,
      form: { key: crypto.randomUUID() },
    })
    expect(lifted.status).toBe(303)
    expect(
      await pick(sql`select state, suspended_note as note, notes from families where id = ${c.family.id}`),
    ).toEqual([{ state: 'open', note: null, notes: 'deletion requested by Ana on Nov 2, 2026' }])
    expect((await (await loggedIn(c)).get('/p/demo/account')).status).toBe(200)
  })
})

describe('the password', () => {
  test('changes with the current one, and every other session ends', async () => {
    const c = await cast()
    const here = await withPassword(c)
    const there = await loggedIn(c)
    const change = { password: 'a long sentence', new_password: 'another long sentence' }
    expect((await here.post('/p/demo/password', { ...change, password: 'wrong one' })).text).toContain(
      'The password does not fit',
    )
    expect((await here.post('/p/demo/password', change)).status).toBe(303)
    expect((await here.get('/p/demo/account')).status).toBe(200)
    expect((await there.get('/p/demo/account')).status).toBe(303)
    const entered = await new Visitor().post('/p/demo/login', {
      email: c.guardian.email,
      password: 'another long sentence',
    })
    expect(entered.status).toBe(303)
  })
})

test('a form sent after the session ended waits behind the log-in and goes on from there', async () => {
  const c = await cast()
  await withPassword(c)
  const visitor = new Visitor()
  const kept = await visitor.post('/p/demo/account/students', child)
  expect(kept.status).toBe(401)
  const hidden = (name: string) =>
    kept.text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1]?.replaceAll('&amp;', '&') ?? ''
  const entered = await visitor.post('/p/demo/login', {
    email: c.guardian.email,
    password: 'a long sentence',
    kept_path: hidden('kept_path'),
    kept_body: hidden('kept_body'),
  })
  expect(entered.text).toContain('Continue')
  expect(entered.text).toContain('value="Peanuts"')
})
