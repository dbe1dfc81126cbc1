import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/auth/passwords'
import { effectiveRights } from '../../src/staff/rights'
import { type Cast, cast, now, pick } from '../cast'
import { ask, clockAt } from '../knock'
import { atDesk, type Desk, everything, grantsOf, logOf, type Rights } from './desk'

let here: Cast
let owner: Desk

const mark = () => crypto.randomUUID().slice(0, 8)
const field = (name: string) => `right-${name.toLowerCase().replaceAll(/\W+/g, '-')}`
const typed = (rights: Rights) =>
  Object.fromEntries(Object.entries(rights).map(([name, level]) => [field(name), String(level)]))

async function group(rights: Rights, more: Record<string, string> = {}): Promise<number> {
  const name = `Group ${mark()}`
  const answer = await owner.post('/staff/groups', { name, ...typed(rights), ...more })
  expect(answer.status).toBe(303)
  const [row] = await pick(sql`select id from groups where name = ${name}`)
  return row?.id ?? 0
}

/** Sends the form of somebody's rights as it stands, but for this. */
async function give(desk: Desk, id: number, more: Record<string, string | string[]>) {
  const form = await desk.form(`/staff/${id}/permissions`)
  return desk.post(`/staff/${id}/permissions`, { ...form, ...more })
}

beforeAll(async () => {
  here = await cast()
  owner = await atDesk(here.account, { isOwner: true })
})

describe('what somebody may', () => {
  test('is the most of what the groups and the person have, and says where it comes from', () => {
    const person = {
      groups: [
        { id: 1, name: 'Front Desk', isAdmin: false },
        { id: 2, name: 'Leads', isAdmin: false },
      ],
      grants: [
        { name: 'Families', level: 1 as const, groupId: 1 },
        { name: 'Families', level: 2 as const, groupId: 2 },
        { name: 'Students', level: 1 as const, groupId: 1 },
        { name: 'Students', level: 1 as const, groupId: 2 },
        { name: 'Students', level: 1 as const, groupId: null },
        { name: 'Classes', level: 1 as const, groupId: 1 },
        { name: 'Classes', level: 2 as const, groupId: null },
      ],
    }
    const found = new Map(effectiveRights(person).map(({ name, ...right }) => [name, right]))
    expect(found.get('Families')).toEqual({ level: 2, groups: ['Leads'], own: false })
    expect(found.get('Students')).toEqual({ level: 1, groups: ['Front Desk', 'Leads'], own: false })
    expect(found.get('Classes')).toEqual({ level: 2, groups: [], own: true })
    expect(found.get('Camps')).toEqual({ level: 0, groups: [], own: false })
  })

  test('comes with a group, goes with it, and what is one’s own stays', async () => {
    const desk = await atDesk(here.account, { rights: { 'Office Portal': 2 } })
    const id = await group({ Families: 1, Classes: 1 })
    expect((await desk.get('/families')).status).toBe(403)
    expect((await give(owner, desk.id, { groups: String(id), [field('Camps')]: '1' })).status).toBe(303)
    expect((await desk.get('/families')).status).toBe(200)
    const record = (await owner.get(`/staff/${desk.id}`)).says
    expect(record).toMatch(/Families View Group/)
    expect(record).toMatch(/Camps View OWN/)
    expect((await owner.get(`/staff/${desk.id}/permissions`)).says).toMatch(/Families View from Group/)
    expect((await owner.post(`/staff/groups/${id}/deletion`)).status).toBe(303)
    expect((await desk.get('/families')).status).toBe(403)
    expect(await grantsOf(desk.id)).toEqual([
      { name: 'Camps', level: 1 },
      { name: 'Office Portal', level: 2 },
    ])
  })

  test('is in the audit log with before and after', async () => {
    const desk = await atDesk(here.account, { rights: { 'Office Portal': 2, Families: 1 } })
    await give(owner, desk.id, { [field('Families')]: '2' })
    const [line] = await logOf(desk.id)
    expect(line).toMatchObject({ who: owner.email, action: 'change permissions' })
    expect(JSON.parse(line?.before ?? '{}').own).toEqual({ Families: 1, 'Office Portal': 2 })
    expect(JSON.parse(line?.after ?? '{}').own).toEqual({ Families: 2, 'Office Portal': 2 })
  })

  test('does not cost a trip or a statement more', async () => {
    const desk = await atDesk(here.account, { rights: { 'Office Portal': 2, Families: 1 } })
    const costs = async () => (await desk.get('/staff/1')).answer.headers.get('Server-Timing') ?? ''
    const alone = await costs()
    await give(owner, desk.id, { groups: [String(await group({ Students: 1 })), String(await group({ Camps: 1 }))] })
    const counted = (text: string) => text.match(/trips;desc="(\d+)", statements;desc="(\d+)"/)?.slice(1)
    expect(counted(await costs())).toEqual(counted(alone))
    expect(counted(alone)).toEqual(['1', '5'])
  })

  test('is everything with Admin access, of one’s own or by a group', async () => {
    const desk = await atDesk(here.account, { rights: {} })
    expect((await desk.get('/families')).status).toBe(403)
    const id = await group({}, { admin: '1' })
    await give(owner, desk.id, { groups: String(id) })
    expect((await desk.get('/families')).status).toBe(200)
    expect((await owner.get(`/staff/${desk.id}`)).says).toMatch(/Everything , from Group|Everything, from Group/)
    await give(owner, desk.id, { groups: [], admin: '1' })
    expect((await desk.get('/settings')).status).toBe(200)
    expect((await owner.get(`/staff/${desk.id}`)).says).toContain('OWN')
  })
})

describe('nobody gives more than they have', () => {
  const some: Rights = { 'Office Portal': 2, Staff: 2, 'Staff Permissions': 2, Families: 1, Classes: 2 }
  let lead: Desk
  let desk: Desk

  beforeAll(async () => {
    lead = await atDesk(here.account, { rights: some })
    desk = await atDesk(here.account, { rights: { 'Office Portal': 2 } })
  })

  test('to a person: neither a right, nor more of one, nor Admin access, nor ownership', async () => {
    expect((await give(lead, desk.id, { [field('Families')]: '1', [field('Classes')]: '2' })).status).toBe(303)
    const tries: Record<string, string>[] = [
      { [field('Families')]: '2' },
      { [field('Settings')]: '1' },
      { admin: '1' },
      { owner: '1' },
    ]
    for (const more of tries) {
      const answer = await give(lead, desk.id, more)
      expect(answer.status, JSON.stringify(more)).toBe(409)
      expect(answer.says).toContain('Nobody can give more than they have.')
    }
    expect(await grantsOf(desk.id)).toEqual([
      { name: 'Classes', level: 2 },
      { name: 'Families', level: 1 },
      { name: 'Office Portal', level: 2 },
    ])
    const page = (await lead.get(`/staff/${desk.id}/permissions`)).text
    expect(page).toMatch(/name="right-families" value="2"[^>]* disabled/)
    expect(page).not.toMatch(/name="right-classes" value="2"[^>]* disabled/)
    expect(page).not.toContain('name="owner"')
    expect(page).not.toContain('name="admin"')
  })

  test('by a group: not to somebody, not with somebody new, not by changing or making one', async () => {
    const rich = await group({ Settings: 2 })
    const admins = await group({}, { admin: '1' })
    const poor = await group({ Families: 1 })
    for (const id of [rich, admins]) {
      expect((await give(lead, desk.id, { groups: String(id) })).status).toBe(409)
      const added = await lead.post('/staff', { first: 'A', last: 'B', groups: String(id) })
      expect(added.status).toBe(409)
      expect((await lead.get('/staff/new')).text).not.toContain(`name="groups" value="${id}"`)
      const form = await owner.form(`/staff/groups/${id}`)
      expect((await lead.post(`/staff/groups/${id}`, { ...form, name: 'Mine' })).says).toContain('that you do not have')
      expect((await lead.post(`/staff/groups/${id}/deletion`)).status).toBe(409)
    }
    const form = await lead.form(`/staff/groups/${poor}`)
    expect((await lead.post(`/staff/groups/${poor}`, { ...form, [field('Settings')]: '2' })).status).toBe(409)
    expect((await lead.post(`/staff/groups/${poor}`, { ...form, admin: '1' })).status).toBe(409)
    expect((await lead.post('/staff/groups', { name: `G ${mark()}`, [field('Import')]: '1' })).status).toBe(409)
    expect((await lead.post(`/staff/groups/${poor}`, { ...form, [field('Classes')]: '2' })).status).toBe(303)
    expect((await give(lead, desk.id, { groups: '999999' })).status).toBe(409)
  })

  test('nor does anybody touch whoever may more: rights, details, log-in, being here', async () => {
    const greater = await atDesk(here.account, { rights: { ...some, Settings: 1 } })
    const admin = await atDesk(here.account, { rights: {} })
    await give(owner, admin.id, { admin: '1' })
    const boss = await atDesk(here.account, { isOwner: true })
    for (const { id } of [greater, admin, boss]) {
      const own = await owner.form(`/staff/${id}/permissions`)
      expect((await lead.post(`/staff/${id}/permissions`, own)).status).toBe(409)
      const details = await owner.form(`/staff/${id}/edit`)
      expect((await lead.post(`/staff/${id}/edit`, details)).status).toBe(409)
      for (const act of ['inactivation', 'log-out', 'second-step-removal', 'passkey-removal', 'revocation'])
        expect((await lead.post(`/staff/${id}/${act}`)).says, act).toContain('that you do not have')
      const mailed = `thief-${mark()}@example.test`
      expect((await lead.post(`/staff/${id}/invitation`, { address: mailed })).status).toBe(409)
      expect(await pick(sql`select id from messages where address = ${mailed}`)).toEqual([])
      const page = (await lead.get(`/staff/${id}`)).text
      for (const button of ['Make inactive', 'Mail a link', `/staff/${id}/edit`]) expect(page).not.toContain(button)
    }
    // An administrator is above all but owners.
    expect((await give(admin, greater.id, { [field('Import')]: '2', admin: '1' })).status).toBe(303)
    expect((await give(admin, greater.id, { owner: '1' })).status).toBe(409)
    expect((await admin.post(`/staff/${boss.id}/inactivation`)).status).toBe(409)
    const [row] = await pick<{ active: number; is_owner: number }>(
      sql`select active, is_owner from staff where id = ${boss.id}`,
    )
    expect(row).toEqual({ active: 1, is_owner: 1 })
  })

  test('one’s own permissions are somebody else’s to change', async () => {
    const answer = await give(lead, lead.id, { [field('Classes')]: '0' })
    expect(answer.says).toContain('Somebody else has to change your own permissions.')
    const page = (await lead.get(`/staff/${lead.id}/permissions`)).text
    expect(page).not.toContain('>Save<')
  })

  test('with all rights one is still no owner', async () => {
    const all = await atDesk(here.account, { rights: everything })
    expect((await give(all, desk.id, { owner: '1' })).status).toBe(409)
    expect((await give(all, desk.id, { admin: '1' })).status).toBe(409)
  })

  test('and without the right nobody gives anything', async () => {
    const viewer = await atDesk(here.account, { rights: { ...some, 'Staff Permissions': 1 } })
    expect((await viewer.get(`/staff/${desk.id}/permissions`)).status).toBe(200)
    for (const path of [
      `/staff/${desk.id}/permissions`,
      '/staff/groups',
      '/staff/groups/1',
      '/staff/groups/1/deletion',
    ])
      expect((await viewer.post(path, { name: 'x' })).status, path).toBe(403)
    expect((await viewer.get('/staff/groups/new')).status).toBe(403)
  })

  test('a level that is none is refused beside its name', async () => {
    for (const level of ['3', '-1', 'full', '1']) {
      const answer = await give(owner, desk.id, { [field('Staff Portal')]: level })
      expect(answer.status, level).toBe(422)
      expect(answer.says).toContain('Choose how much of Staff Portal there is.')
    }
  })

  test('of two who change a person or a group at once the second looks again', async () => {
    const path = `/staff/${desk.id}/permissions`
    const [one, two] = [await owner.form(path), await owner.form(path)]
    expect((await owner.post(path, { ...one, [field('Skills')]: '1' })).status).toBe(303)
    expect((await owner.post(path, { ...two, [field('Parties')]: '1' })).says).toContain('at the same moment')
    const id = await group({ Skills: 1 })
    const [a, b] = [await owner.form(`/staff/groups/${id}`), await owner.form(`/staff/groups/${id}`)]
    const names = [`A ${mark()}`, `B ${mark()}`]
    expect((await owner.post(`/staff/groups/${id}`, { ...a, name: names[0] as string })).status).toBe(303)
    expect((await owner.post(`/staff/groups/${id}`, { ...b, name: names[1] as string })).status).toBe(409)
    const again = await owner.post('/staff/groups', { name: (names[0] as string).toUpperCase() })
    expect(again.says).toContain('There is something of that name already.')
  })
})

describe('the last owner', () => {
  /** Owners of other tests have no password, so that none of them counts; this one can log in. */
  test('who can log in neither goes nor stops to be one, alone or two at once', async () => {
    const hash = await hashPassword('demo-password')
    const [one, two] = [await atDesk(here.account, { isOwner: true }), await atDesk(here.account, { isOwner: true })]
    await pick(sql`update logins set password_hash = ${hash} where id = ${one.loginId}`)
    for (const answer of [await one.post(`/staff/${one.id}/inactivation`), await give(one, one.id, { owner: [] })]) {
      expect(answer.status).toBe(409)
      expect(answer.says).toContain('The account needs an owner who can log in.')
    }
    await pick(sql`update logins set password_hash = ${hash} where id = ${two.loginId}`)
    const send = (desk: Desk, other: Desk) =>
      ask(`/a/demo/staff/${other.id}/inactivation`, {
        cookie: desk.cookie,
        form: { key: crypto.randomUUID() },
        bindings: clockAt(now),
      })
    const both = await Promise.all([send(one, two), send(two, one)])
    expect(both.map(({ status }) => status).filter(status => status === 303)).toHaveLength(1)
    const left = await pick(
      sql`select id from staff where id in (${one.id}, ${two.id}) and active = 1 and is_owner = 1`,
    )
    expect(left).toHaveLength(1)
  })
})
