import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { log } from '../../src/activity/log'
import { commit } from '../../src/database'
import { enroll } from '../../src/enrollments/enroll'
import { activity } from '../../src/schema/activity'
import { locations } from '../../src/schema/locations'
import { answer, type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let one: Cast
let owner: { email: string; cookie: string }
const base = '/a/demo/online-activity'

beforeAll(async () => {
  one = await cast({ now: Date.now(), places: 500 })
  owner = await employ(one.account, { isOwner: true })
})

/** A request of a new family, as its entry's id. */
async function request(notes: string | null = null): Promise<number> {
  const family = await cast({ now: Date.now() })
  const start = new Date(family.account.now + 7 * 86_400_000).toISOString().slice(0, 10)
  await enroll(
    family.account,
    family.guardian,
    { studentId: family.students[0].id, classId: one.class.id, type: 'active', startDate: start, notes },
    answer,
  )
  return newest()
}

const newest = async () => (await pick(sql`select max(id) as id from activity`))[0]?.id ?? 0

async function inform(more: Partial<Parameters<typeof log>[1]> = {}): Promise<number> {
  await commit(one.account, [
    log(one.account, {
      kind: 'new_account',
      status: 'notification',
      familyId: one.family.id,
      subject: 'family',
      subjectId: one.family.id,
      particulars: { guardian: 'A', email: 'a', students: [] },
      ...more,
    }),
  ])
  return newest()
}

const outcome = async (id: number) =>
  (
    await pick<{ outcome: string | null; closed_by: string | null }>(
      sql`select outcome, closed_by from activity where id = ${id}`,
    )
  )[0]
const key = () => crypto.randomUUID()

describe('one entry', () => {
  test('is approved without a script, and the list tells so, also after a reload', async () => {
    const id = await request()
    const given = key()
    const post = await ask(`${base}/${id}/approval`, {
      cookie: owner.cookie,
      form: { key: given, here: `${base}?status=pending` },
    })
    expect(post.status).toBe(303)
    expect(post.headers.get('Location')).toBe(`${base}?status=pending&answer=${given}`)
    expect(await outcome(id)).toEqual({ outcome: 'approved', closed_by: owner.email })
    for (const _ of [1, 2])
      expect(words(await (await ask(post.headers.get('Location') ?? '', owner)).text())).toContain('Approved: Rivera')
  })

  test('is approved in place: its row leaves, the report and the counts come', async () => {
    const id = await request()
    const answered = await ask(`${base}/${id}/approval`, {
      cookie: owner.cookie,
      form: { key: key(), here: base },
      piece: true,
    })
    expect(answered.status).toBe(200)
    const html = await answered.text()
    expect(html).toContain(`hx-target="#e${id}"`)
    expect(html).toContain('hx-swap="delete"')
    expect(words(html)).toContain('Approved: Rivera')
    expect(html).not.toContain('<table')
  })

  test('sent twice has one effect and the same answer', async () => {
    const id = await request()
    const form = { key: key(), here: base }
    const [first, second] = await Promise.all(
      [1, 2].map(() => ask(`${base}/${id}/approval`, { cookie: owner.cookie, form })),
    )
    expect([first?.status, second?.status]).toEqual([303, 303])
    expect(first?.headers.get('Location')).toBe(second?.headers.get('Location'))
    expect(
      await pick(
        sql`select id from audit where action = 'approved' and operation is not null and id in (select audit_id from audit_subjects where subject = 'enrollment' and subject_id = (select subject_id from activity where id = ${id}))`,
      ),
    ).toHaveLength(1)
  })

  test('sent again later is told what the first sending was, by nobody but its sender', async () => {
    const id = await request()
    const form = { key: key(), here: base }
    const first = await ask(`${base}/${id}/approval`, { cookie: owner.cookie, form })
    const again = await ask(`${base}/${id}/approval`, { cookie: owner.cookie, form })
    expect([again.status, again.headers.get('Location')]).toEqual([303, first.headers.get('Location')])
    const piece = await ask(`${base}/${id}/approval`, { cookie: owner.cookie, form, piece: true })
    expect(words(await piece.text())).toContain('Approved: Rivera')
    const other = await employ(one.account, { isOwner: true })
    const stolen = await ask(`${base}/${id}/approval`, { cookie: other.cookie, form })
    expect(stolen.status).toBe(409)
  })

  test('without its key is refused with a sentence', async () => {
    const id = await request()
    const bare = await ask(`${base}/${id}/approval`, { cookie: owner.cookie, form: { here: base } })
    expect(bare.status).toBe(409)
    expect(words(await bare.text())).toContain('This form has lost its key')
    expect(await outcome(id)).toMatchObject({ outcome: null })
  })

  test('that somebody else decided says who and when', async () => {
    const id = await request()
    const rival = await employ(one.account, { isOwner: true })
    await ask(`${base}/${id}/approval`, { cookie: rival.cookie, form: { key: key() } })
    const late = await ask(`${base}/${id}/denial`, { cookie: owner.cookie, form: { key: key(), here: base } })
    expect(late.status).toBe(409)
    expect(words(await late.text())).toMatch(new RegExp(`Already approved by ${rival.email} at \\d`))
    expect(await outcome(id)).toMatchObject({ outcome: 'approved' })
  })

  // Nothing of the kind's own stands in the way of the second one here: only the entry's guard does.
  test('that informs is dismissed by one of two people at once, and the other reads by whom', async () => {
    const id = await inform()
    const people = [owner, await employ(one.account, { isOwner: true })]
    const before = (await pick(sql`select max(id) as id from audit`))[0]?.id ?? 0
    const sent = people.map(({ cookie }) =>
      ask(`${base}/${id}/dismissal`, { cookie, form: { key: key(), here: base } }),
    )
    const answers = await Promise.all(sent)
    const won = answers.findIndex(({ status }) => status === 303)
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await outcome(id)).toEqual({ outcome: 'dismissed', closed_by: people[won]?.email })
    expect(words((await answers[1 - won]?.text()) ?? '')).toMatch(
      new RegExp(`Already dismissed by ${people[won]?.email} at \\d`),
    )
    expect(await pick(sql`select id from audit where action = 'dismissed' and id > ${before}`)).toHaveLength(1)
  })

  test('that waits cannot be dismissed, and one that informs cannot be approved', async () => {
    const waiting = await request()
    const dismissal = await ask(`${base}/${waiting}/dismissal`, { cookie: owner.cookie, form: { key: key() } })
    expect(dismissal.status).toBe(409)
    expect(words(await dismissal.text())).toContain('This needs a decision, so it cannot be dismissed.')
    const informing = await inform()
    expect((await ask(`${base}/${informing}/approval`, { cookie: owner.cookie, form: { key: key() } })).status).toBe(
      409,
    )
    expect((await ask(`${base}/${informing}/dismissal`, { cookie: owner.cookie, form: { key: key() } })).status).toBe(
      303,
    )
    expect(await outcome(informing)).toMatchObject({ outcome: 'dismissed' })
  })

  test('takes a staff note and then has notes', async () => {
    const id = await inform()
    const noted = await ask(`${base}/${id}/notes`, {
      cookie: owner.cookie,
      form: { key: key(), note: 'Called them <b>today</b>' },
    })
    expect(noted.status).toBe(303)
    const html = await (await ask(`${base}/${id}`, owner)).text()
    expect(html).toContain('Called them &lt;b&gt;today&lt;/b&gt;')
    const listed = await (await ask(`${base}?type=new_account&notes=yes`, owner)).text()
    expect(listed).toContain(`id="e${id}"`)
    expect((await ask(`${base}/${id}/notes`, { cookie: owner.cookie, form: { key: key(), note: '  ' } })).status).toBe(
      422,
    )
  })
})

describe('many entries', () => {
  test('are summed up once, then approved each for itself, and the report tells the fate of each', async () => {
    const ids = [await request(), await request(), await inform()]
    const rival = await employ(one.account, { isOwner: true })
    const summary = await ask(`${base}/approvals`, {
      cookie: owner.cookie,
      form: { key: key(), entry: ids.map(String), here: base },
    })
    expect(summary.status).toBe(200)
    const html = await summary.text()
    expect(words(html)).toContain('Approve 2 entries')
    expect(words(html)).toContain('Enrollments 2')
    await ask(`${base}/${ids[0]}/denial`, { cookie: rival.cookie, form: { key: key() } })
    const done = await ask(`${base}/approvals`, {
      cookie: owner.cookie,
      form: { key: key(), confirmed: '1', entry: ids.slice(0, 2).map(String), here: base },
    })
    expect(done.status).toBe(303)
    const report = words(await (await ask(done.headers.get('Location') ?? '', owner)).text())
    expect(report).toContain('1 approved.')
    expect(await outcome(ids[0] ?? 0)).toMatchObject({ outcome: 'denied' })
    expect(await outcome(ids[1] ?? 0)).toMatchObject({ outcome: 'approved' })
    expect(await outcome(ids[2] ?? 0)).toMatchObject({ outcome: null })
  })

  test('never overbook: what does not fit stays pending and says why', async () => {
    const small = await cast({ now: Date.now(), places: 1 })
    const start = new Date(small.account.now + 7 * 86_400_000).toISOString().slice(0, 10)
    const ids: number[] = []
    for (let nth = 0; nth < 3; nth++) {
      const family = await cast({ now: Date.now(), settings: { 'classreg.count_requests': false } })
      await enroll(
        family.account,
        family.guardian,
        { studentId: family.students[0].id, classId: small.class.id, type: 'active', startDate: start, notes: null },
        answer,
      )
      ids.push(await newest())
    }
    const summary = words(
      await (
        await ask(`${base}/approvals`, { cookie: owner.cookie, form: { key: key(), entry: ids.map(String) } })
      ).text(),
    )
    expect(summary).toContain('3 asked, 1 place open')
    const done = await ask(`${base}/approvals`, {
      cookie: owner.cookie,
      form: { key: key(), confirmed: '1', entry: ids.map(String) },
      piece: true,
    })
    const report = words(await done.text())
    expect(report).toContain('1 approved. 2 are still pending.')
    expect(report).toContain('The class is full on those dates.')
    expect(await pick(sql`select id from seats where class_id = ${small.class.id}`)).toHaveLength(1)
  })

  test('are dismissed but for what waits and for online orders, which are counted', async () => {
    const ids = [
      await request(),
      await inform(),
      await inform(),
      await inform({
        kind: 'online_order',
        status: 'special',
        subject: 'order',
        particulars: { items: ['1 leotard'], cents: 100, how: 'Visa' },
      }),
    ]
    const done = await ask(`${base}/dismissals`, {
      cookie: owner.cookie,
      form: { key: key(), entry: ids.map(String), here: base },
    })
    const report = words(await (await ask(done.headers.get('Location') ?? '', owner)).text())
    expect(report).toContain('2 dismissed.')
    expect(report).toContain('1 waits for a decision')
    expect(report).toContain('1 online order is dismissed from the details only')
    const none = await ask(`${base}/dismissals`, {
      cookie: owner.cookie,
      form: { key: key(), entry: [String(ids[0])] },
      piece: true,
    })
    expect(words(await none.text())).toContain('Nothing was dismissed.')
  })

  test('come back by Undo, for a day, all or none, and nobody else’s', async () => {
    const ids = [await inform({ notes: 'Back' }), await inform({ notes: 'Back' })]
    const done = await ask(`${base}/dismissals`, {
      cookie: owner.cookie,
      form: { key: key(), entry: ids.map(String), here: base },
    })
    const html = await (await ask(done.headers.get('Location') ?? '', owner)).text()
    const undo = html.match(/formaction="([^"]+)" name="back" value="([^"]+)"/)
    expect(undo?.[1]).toBe(`${base}/returns`)
    expect(undo?.[2]?.split(',').map(Number).sort()).toEqual([...ids].sort())
    const back = (value: string, who = owner.cookie) =>
      ask(`${base}/returns`, { cookie: who, form: { key: key(), back: value, here: base } })
    const viewer = await employ(one.account, { rights: { 'Office Portal': 2, 'Manage Online Activity': 1 } })
    expect((await back(ids.join(), viewer.cookie)).status).toBe(403)
    // One that is open still: none of them comes.
    const open = await inform({ notes: 'Back' })
    expect((await back([...ids, open].join())).status).toBe(409)
    expect(await outcome(ids[0] ?? 0)).toMatchObject({ outcome: 'dismissed' })
    const answer = await back(ids.join())
    expect(words(await (await ask(answer.headers.get('Location') ?? '', owner)).text())).toContain(
      '2 entries are back.',
    )
    for (const id of ids) expect(await outcome(id)).toMatchObject({ outcome: null })
    expect(await (await ask(`${base}?type=new_account&notes=yes`, owner)).text()).toContain(`id="e${ids[0]}"`)
    expect((await back(ids.join())).status).toBe(409)
    const [line] = await pick<{ after: string }>(
      sql`select after from audit where action = 'undo dismissal' order by id desc limit 1`,
    )
    expect(JSON.parse(line?.after ?? '{}').entries.sort()).toEqual([...ids].sort())
    await ask(`${base}/${ids[0]}/dismissal`, { cookie: owner.cookie, form: { key: key(), here: base } })
    await commit(one.account, [
      one.account.db
        .update(activity)
        .set({ closedAt: Date.now() - 25 * 3_600_000 })
        .where(eq(activity.id, ids[0] ?? 0)),
    ])
    expect((await back(String(ids[0]))).status).toBe(409)
  })

  test('without any ticked there is a sentence, and Select All means the shown ones', async () => {
    const empty = await ask(`${base}/dismissals`, { cookie: owner.cookie, form: { key: key() } })
    expect(empty.status).toBe(422)
    expect(words(await empty.text())).toContain('Nothing is selected')
    const ids = [await inform({ notes: 'Shown' }), await inform({ notes: 'Shown' })]
    const left = await inform()
    const page = await (await ask(`${base}?type=new_account&notes=yes`, owner)).text()
    const shown = page.match(/name="shown" value="([^"]+)"/)?.[1] ?? ''
    await ask(`${base}/dismissals`, { cookie: owner.cookie, form: { key: key(), all: '1', shown } })
    for (const id of ids) expect(await outcome(id)).toMatchObject({ outcome: 'dismissed' })
    expect(await outcome(left)).toMatchObject({ outcome: null })
  })

  test('sent twice under one key are told the same', async () => {
    const id = await inform()
    const form = { key: key(), entry: [String(id)], here: base }
    const first = await ask(`${base}/dismissals`, { cookie: owner.cookie, form })
    const second = await ask(`${base}/dismissals`, { cookie: owner.cookie, form })
    expect([first.status, second.status]).toEqual([303, 303])
    expect(second.headers.get('Location')).toBe(first.headers.get('Location'))
    expect(words(await (await ask(second.headers.get('Location') ?? '', owner)).text())).toContain('1 dismissed.')
  })
})

describe('who may what', () => {
  test('view sees all and has no buttons; acting is refused with the permission’s name', async () => {
    const id = await request()
    const viewer = await employ(one.account, {
      rights: { 'Office Portal': 2, 'Manage Online Activity': 1, Enrollments: 2 },
    })
    const html = await (await ask(base, viewer)).text()
    expect(html).toContain(`id="e${id}"`)
    expect(html).not.toContain('/approval"')
    expect(html).not.toContain('type="checkbox"')
    const post = await ask(`${base}/${id}/approval`, { cookie: viewer.cookie, form: { key: key() } })
    expect(post.status).toBe(403)
    expect(await post.text()).toContain('Manage Online Activity')
  })

  test('full on the window without full on the thing cannot decide it', async () => {
    const id = await request()
    const half = await employ(one.account, {
      rights: { 'Office Portal': 2, 'Manage Online Activity': 2, Enrollments: 1 },
    })
    const html = await (await ask(base, half)).text()
    expect(html).not.toContain(`${base}/${id}/approval`)
    const post = await ask(`${base}/${id}/approval`, { cookie: half.cookie, form: { key: key() } })
    expect(post.status).toBe(403)
    expect(await post.text()).toContain('Enrollments')
    expect(await outcome(id)).toMatchObject({ outcome: null })
  })

  test('without the permission the icon stays, has no badge, and leads to a page that names it', async () => {
    const nobody = await employ(one.account, { rights: { 'Office Portal': 2 } })
    const home = await (await ask('/a/demo', nobody)).text()
    expect(home).toContain('Online Activity')
    expect(home).not.toContain('class="badge"')
    const refused = await ask(base, nobody)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('Manage Online Activity')
  })

  test('somebody of one place sees its entries, those of no place, and counts only them', async () => {
    await commit(one.account, [
      one.account.db
        .insert(locations)
        .values({ slug: 'elsewhere', name: 'Elsewhere', timeZone: 'America/Chicago', createdAt: 0 }),
    ])
    const [place] = await pick(sql`select max(id) as id from locations`)
    const local = await employ(one.account, {
      rights: { 'Office Portal': 2, 'Manage Online Activity': 2, Enrollments: 2 },
      locationIds: [place?.id ?? 0],
    })
    const there = await request()
    const nowhere = await inform()
    const html = await (await ask(`${base}?per=200`, local)).text()
    expect(html).toContain(`id="e${nowhere}"`)
    expect(html).not.toContain(`id="e${there}"`)
    expect(html).not.toContain('class="badge"')
    expect((await ask(`${base}/${there}`, local)).status).toBe(404)
    expect((await ask(`${base}/${there}/approval`, { cookie: local.cookie, form: { key: key() } })).status).toBe(404)
  })

  test('the badge counts what waits, is gone at zero, and asks nobody to log in', async () => {
    const [before] = await pick<{ n: number }>(
      sql`select count(*) as n from activity where status = 'pending' and closed_at is null`,
    )
    expect(before?.n).toBeGreaterThan(0)
    expect(await (await ask(`${base}/badge`, { ...owner, piece: true })).text()).toContain(`${before?.n}`)
    const [place] = await pick(sql`select max(id) as id from locations`)
    const rights = { 'Office Portal': 2, 'Manage Online Activity': 2 } as const
    const idle = await employ(one.account, { rights, locationIds: [place?.id ?? 0] })
    const zero = await ask(`${base}/badge`, { ...idle, piece: true })
    expect(zero.status).toBe(200)
    expect(await zero.text()).toBe('')
    const over = await ask(`${base}/badge`, { piece: true })
    expect(over.status).toBe(401)
    expect(over.headers.get('HX-Location')).toBeNull()
  })
})

describe('the address', () => {
  test('says what is shown, also to htmx, and puts numbers right aloud', async () => {
    const piece = await ask(`${base}?per=5000&status=pending&notes=&type=`, { ...owner, piece: true })
    expect(piece.headers.get('HX-Push-Url')).toBe(`${base}?status=pending&per=200`)
    expect(words(await piece.text())).toContain('Items per page ends at 200.')
    const whole = await ask(`${base}?page=50`, owner)
    expect(words(await whole.text())).toContain('this is the last one')
  })

  test('of an entry that is not there is a 404 with a sentence', async () => {
    for (const id of ['999999', '0', 'x', '-1', '1e3', '9'.repeat(30)]) {
      const answered = await ask(`${base}/${id}`, owner)
      expect(answered.status, id).toBe(404)
      expect(words(await answered.text())).toContain('There is nothing at this address.')
    }
  })

  test('a list to come back to is only ever this window', async () => {
    const id = await inform()
    const post = await ask(`${base}/${id}/dismissal`, {
      cookie: owner.cookie,
      form: { key: key(), here: 'https://evil.example/a/demo/online-activity' },
    })
    expect(post.headers.get('Location')).toMatch(new RegExp(`^${base}\\?answer=`))
  })
})

describe('a request that nobody decided in ninety days', () => {
  test('leaves the window, stands on the Enrollments page and the family’s record, and can be decided there', async () => {
    const id = await request()
    await pick(sql`update activity set created_at = created_at - ${91 * 86_400_000} where id = ${id} returning id`)
    const [entry] = await pick<{ family_id: number }>(sql`select family_id from activity where id = ${id}`)
    expect(await (await ask(`${base}?per=200`, owner)).text()).not.toContain(`id="e${id}"`)
    const page = await (await ask('/a/demo/enrollments/requests', owner)).text()
    expect(page).toContain(`${base}/${id}`)
    expect(words(page)).toContain('Left the window')
    expect(await (await ask(`/a/demo/families/${entry?.family_id}`, owner)).text()).toContain(`${base}/${id}`)
    const decided = await ask(`${base}/${id}/approval`, { cookie: owner.cookie, form: { key: key(), here: base } })
    expect(decided.status).toBe(303)
    expect(await outcome(id)).toMatchObject({ outcome: 'approved' })
  })

  test('says so from day eighty on', async () => {
    const id = await request()
    await pick(sql`update activity set created_at = created_at - ${81 * 86_400_000} where id = ${id} returning id`)
    const page = words(await (await ask(`${base}?status=pending&per=200`, owner)).text())
    expect(page).toContain('Leaves this window in 9 days.')
  })
})
