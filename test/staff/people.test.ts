import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { atDesk, type Desk, linkTo, logOf } from './desk'

let here: Cast
let owner: Desk

const details = { first: 'Ada', last: 'Vos', display: '', email: '', phone: '', other_phone: '' }
const mark = () => crypto.randomUUID().slice(0, 8)

/** Somebody new, by the form; the id is the record's. */
async function add(desk: Desk, more: Record<string, string | string[]> = {}) {
  const answer = await desk.post('/staff', { ...details, ...more })
  const id = Number(answer.location?.match(/\/staff\/(\d+)\?/)?.[1] ?? 0)
  return { ...answer, id }
}

beforeAll(async () => {
  here = await cast()
  owner = await atDesk(here.account, { isOwner: true })
})

describe('the list', () => {
  test('shows who works here by last name, with groups, phones and addresses; others are asked for', async () => {
    const nth = mark()
    const zed = await add(owner, {
      last: `Zed ${nth}`,
      phone: '555 0101',
      other_phone: '555 0102',
      email: `zed-${nth}@example.test`,
    })
    const abe = await add(owner, { last: `Abe ${nth}`, display: `Coach A ${nth}` })
    const gone = await add(owner, { last: `Gone ${nth}` })
    expect((await owner.post(`/staff/${gone.id}/inactivation`)).status).toBe(303)
    const active = (await owner.get(`/staff?q=${nth}`)).text
    expect(active.indexOf(`Coach A ${nth}`)).toBeGreaterThan(0)
    expect(active.indexOf(`Coach A ${nth}`)).toBeLessThan(active.indexOf(`Ada Zed ${nth}`))
    expect(active).toContain('555 0101, 555 0102')
    expect(active).toContain(`zed-${nth}@example.test`)
    expect(active).not.toContain(`Gone ${nth}`)
    expect((await owner.get(`/staff?q=${nth}&status=inactive`)).text).toContain(`Gone ${nth}`)
    const all = (await owner.get(`/staff?q=ada ${nth}&status=all`)).text
    for (const { id } of [zed, abe, gone]) expect(all).toContain(`/a/demo/staff/${id}"`)
    expect((await owner.get('/staff?q=nobody-is-called-that')).text).toContain('Nobody on the staff')
  })

  test('goes on where the page before ended', async () => {
    const nth = mark()
    for (let i = 0; i < 52; i++)
      await pick(
        sql`insert into staff (first_name, last_name, sort_name, created_at, updated_at) values ('P', ${`${nth} ${i}`}, ${`${nth} ${String(i).padStart(2, '0')} p`}, 0, 0)`,
      )
    const first = (await owner.get(`/staff?q=${nth}`)).text
    const next = first.match(/href="([^"]*after=[^"]*)" rel="next"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = (await owner.get(next.replace('/a/demo', ''))).text
    const names = (text: string) => [...text.matchAll(/\/staff\/(\d+)">/g)].map(([, id]) => id)
    expect(names(first)).toHaveLength(50)
    expect(names(second)).toHaveLength(2)
    expect(names(first)).not.toContain(names(second)[0])
  })

  test('writes to those who are ticked, and says who has no address', async () => {
    const nth = mark()
    const with_ = await add(owner, { last: `With ${nth}`, email: `with-${nth}@example.test` })
    const without = await add(owner, { last: `Without ${nth}` })
    const page = (await owner.get(`/staff/e-mail?staff=${with_.id}&staff=${without.id}`)).text
    expect(page).toContain(`mailto:?bcc=${encodeURIComponent(`with-${nth}@example.test`)}"`)
    expect(page).toContain('has no e-mail address')
    expect((await owner.get('/staff/e-mail')).says).toContain('Nobody was selected.')
    expect((await owner.get(`/staff/e-mail?all=1&q=${nth}`)).text).toContain('mailto:?bcc=')
  })
})

describe('somebody new', () => {
  test('is kept with places and told in the audit log; without an invitation nothing is mailed', async () => {
    const nth = mark()
    const { id, location } = await add(owner, { last: `New ${nth}`, places: String(here.locationId) })
    expect(location).toBe(`/a/demo/staff/${id}?done=added`)
    const page = (await owner.get(`/staff/${id}`)).says
    for (const part of [`Ada New ${nth}`, 'Main Street', 'No log-in', 'May nothing yet.', 'Teaches nothing now.'])
      expect(page).toContain(part)
    const [line] = await logOf(id)
    expect(line).toMatchObject({ who: owner.email, action: 'add staff' })
    expect(JSON.parse(line?.after ?? '{}')).toMatchObject({ name: `Ada New ${nth}`, locations: [here.locationId] })
    expect(await pick(sql`select id from staff_links where staff_id = ${id}`)).toEqual([])
  })

  test('that is sent twice is one', async () => {
    const form = { ...details, last: `Twice ${mark()}`, key: crypto.randomUUID() }
    const [one, two] = [await owner.post('/staff', form), await owner.post('/staff', form)]
    expect(one.location).toBe(two.location)
    expect(await pick(sql`select id from staff where last_name = ${form.last}`)).toHaveLength(1)
  })

  test('with something missing comes back with what was typed and a sentence beside it', async () => {
    const answer = await owner.post('/staff', { ...details, last: '', email: 'nonsense', phone: '555 0199' })
    expect(answer.status).toBe(422)
    expect(answer.says).toContain('Last name is missing.')
    expect(answer.says).toContain('E-mail does not look like an e-mail address.')
    expect(answer.text).toContain('value="555 0199"')
    const invited = await owner.post('/staff', { ...details, invite: '1' })
    expect(invited.says).toContain('An invitation needs an address to go to.')
    const elsewhere = await owner.post('/staff', { ...details, places: '999999' })
    expect(elsewhere.status).toBe(422)
    expect(elsewhere.says).toContain('Choose locations of this business.')
  })

  test('is not invited to an address that logs in already, and then is not made either', async () => {
    const last = `Taken ${mark()}`
    const answer = await owner.post('/staff', { ...details, last, email: owner.email, invite: '1' })
    expect(answer.status).toBe(409)
    expect(answer.says).toContain('Somebody else on the staff logs in with this address.')
    expect(await pick(sql`select id from staff where last_name = ${last}`)).toEqual([])
  })
})

describe('details', () => {
  test('change, with before and after in the log; of two editors the second is asked to look again', async () => {
    const { id } = await add(owner, { last: `Edit ${mark()}`, phone: '1' })
    const [one, two] = [await owner.form(`/staff/${id}/edit`), await owner.form(`/staff/${id}/edit`)]
    expect(
      (await owner.post(`/staff/${id}/edit`, { ...one, phone: '2', places: String(here.locationId) })).status,
    ).toBe(303)
    const late = await owner.post(`/staff/${id}/edit`, { ...two, phone: '3' })
    expect(late.status).toBe(409)
    expect(late.says).toContain('Saved meanwhile: 2')
    expect(late.text).toContain('value="3"')
    const [line] = await logOf(id)
    expect(JSON.parse(line?.before ?? '{}')).toMatchObject({ phone: '1', locations: [] })
    expect(JSON.parse(line?.after ?? '{}')).toMatchObject({ phone: '2', locations: [here.locationId] })
  })

  test('show what somebody teaches, for whoever works there', async () => {
    await pick(sql`insert into class_instructors (class_id, staff_id) values (${here.class.id}, ${owner.id})`)
    expect((await owner.get(`/staff/${owner.id}`)).text).toContain(here.class.name)
    await pick(
      sql`insert or ignore into locations (id, slug, name, time_zone, created_at) values (901, 'far', 'Far', 'America/Chicago', 0)`,
    )
    const far = await atDesk(here.account, { rights: { 'Office Portal': 2, Staff: 2 }, locationIds: [901] })
    expect((await far.get(`/staff/${owner.id}`)).text).not.toContain(here.class.name)
  })
})

describe('inactive', () => {
  test('somebody is out at once, with the mailed links, and comes back with what they had', async () => {
    const desk = await atDesk(here.account, { rights: { 'Office Portal': 2, Families: 1 } })
    await owner.post(`/staff/${desk.id}/invitation`, { address: `moved-${mark()}@example.test` })
    expect((await desk.get('/families')).status).toBe(200)
    expect((await owner.post(`/staff/${desk.id}/inactivation`)).status).toBe(303)
    expect((await desk.get('/families')).status).toBe(303)
    expect(await pick(sql`select id from staff_links where staff_id = ${desk.id} and ended_at is null`)).toEqual([])
    expect((await owner.get(`/staff/${desk.id}`)).says).toContain('Inactive')
    expect((await owner.post(`/staff/${desk.id}/inactivation`)).status).toBe(409)
    expect((await owner.post(`/staff/${desk.id}/activation`)).status).toBe(303)
    // The sessions stay ended, the rights stayed.
    expect((await desk.get('/families')).status).toBe(303)
    expect((await owner.get(`/staff/${desk.id}`)).says).toContain('Families View')
    expect((await logOf(desk.id))[0]).toMatchObject({ action: 'reactivate staff', who: owner.email })
  })

  test('nobody is invited who does not work here', async () => {
    const { id } = await add(owner, { last: `Out ${mark()}`, email: `out-${mark()}@example.test` })
    await owner.post(`/staff/${id}/inactivation`)
    const answer = await owner.post(`/staff/${id}/invitation`, { address: 'out@example.test' })
    expect(answer.says).toContain('This person does not work here any more.')
    expect(await linkTo('out@example.test')).toBe('/')
  })
})

describe('without the right', () => {
  test('one looks and does not change, or does not look', async () => {
    const viewer = await atDesk(here.account, { rights: { 'Office Portal': 2, Staff: 1 } })
    const stranger = await atDesk(here.account, { rights: { 'Office Portal': 2 } })
    const { id } = await add(owner, { last: `Seen ${mark()}` })
    const page = await viewer.get(`/staff/${id}`)
    expect(page.status).toBe(200)
    expect(page.text).not.toContain(`/staff/${id}/edit`)
    for (const path of ['/staff/new', `/staff/${id}/edit`, `/staff/${id}/permissions`, '/staff/groups'])
      expect((await viewer.get(path)).status, path).toBe(403)
    for (const act of [
      'edit',
      'inactivation',
      'invitation',
      'revocation',
      'log-out',
      'second-step-removal',
      'passkey-removal',
    ])
      expect((await viewer.post(`/staff/${id}/${act}`, details)).status, act).toBe(403)
    expect((await viewer.post('/staff', details)).status).toBe(403)
    for (const path of ['/staff', `/staff/${id}`, '/staff/e-mail']) expect((await stranger.get(path)).status).toBe(403)
  })

  test('a group is not given with somebody new', async () => {
    const adder = await atDesk(here.account, { rights: { 'Office Portal': 2, Staff: 2 } })
    await pick(sql`insert into groups (name) values (${`Nothing ${mark()}`})`)
    const [group] = await pick(sql`select max(id) as id from groups`)
    expect((await add(adder, { groups: String(group?.id) })).status).toBe(403)
    expect((await adder.get('/staff/new')).text).not.toContain('name="groups"')
  })
})

describe('somebody who works at one location', () => {
  test('sees only who works there, and adds people there only', async () => {
    await pick(
      sql`insert or ignore into locations (id, slug, name, time_zone, created_at) values (901, 'far', 'Far', 'America/Chicago', 0)`,
    )
    const nth = mark()
    const near = await add(owner, { last: `Near ${nth}`, places: String(here.locationId) })
    const far = await add(owner, { last: `Far ${nth}`, places: '901' })
    const both = await add(owner, { last: `Both ${nth}`, places: [String(here.locationId), '901'] })
    const all = await add(owner, { last: `All ${nth}` })
    const local = await atDesk(here.account, {
      rights: { 'Office Portal': 2, Staff: 2, 'Staff Permissions': 2 },
      locationIds: [here.locationId],
    })
    const list = (await local.get(`/staff?q=${nth}`)).text
    expect(list).not.toContain(`Far ${nth}`)
    for (const name of ['Near', 'Both', 'All']) expect(list).toContain(`${name} ${nth}`)
    for (const path of ['', '/edit', '/permissions'])
      expect((await local.get(`/staff/${far.id}${path}`)).status).toBe(404)
    for (const act of ['edit', 'inactivation', 'invitation', 'log-out'])
      expect((await local.post(`/staff/${far.id}/${act}`, { ...details, address: 'x@example.test' })).status).toBe(404)
    // Whoever works at more places than this person has more.
    for (const { id } of [both, all]) {
      expect((await local.get(`/staff/${id}`)).text).not.toContain('Make inactive')
      expect((await local.post(`/staff/${id}/inactivation`)).status).toBe(409)
    }
    expect((await local.post(`/staff/${near.id}/inactivation`)).status).toBe(303)
    const nowhere = await add(local, { last: `Anywhere ${nth}` })
    expect(nowhere.status).toBe(409)
    expect(nowhere.says).toContain('Choose locations at which you work too.')
    expect((await add(local, { last: `There ${nth}`, places: '901' })).status).toBe(409)
    expect((await add(local, { last: `Here ${nth}`, places: String(here.locationId) })).status).toBe(303)
    // Nor does anybody give themselves more places.
    const mine = await local.form(`/staff/${local.id}/edit`)
    expect((await local.post(`/staff/${local.id}/edit`, { ...mine, places: [] })).status).toBe(409)
    const answer = await local.post('/staff/groups', { name: `Mine ${nth}` })
    expect(answer.says).toContain('Groups count at every location')
  })
})
