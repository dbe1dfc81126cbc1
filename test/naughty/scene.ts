import type { Visitor } from '../../scripts/visitor.mjs'
import { households, programs } from '../import/files'
import { atDesk, type Desk, doors, type Statement } from './desk'

const { office, portal, staff } = doors

/** Somebody at one of the doors, with the pages to begin at. */
export interface Person {
  name: string
  visitor: Visitor
  home: string
  starts: string[]
}

/** The date so many days from today. */
export const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** What the database keeps of the tokens that are 32 ones and 32 twos. */
const hashes = {
  1: '8a83665f3798727f14f92ad0e6c99fdab08ee731d6cd644c131223fd2f4fed2a',
  2: '0d6ba19b62531ccb0deb8804313eca283c69560f66f1b7b8a2c1592ae8c35c6b',
}

const login = (name: string) => `(select id from logins where email = '${name}@sunrise.test')`
const familyOf = (name: string) => `(select family_id from guardians where login_id = ${login(name)})`

/** The stage as it was set once: its rows, and what its people have for cookies. */
let played: { rows: Statement[]; people: (Omit<Person, 'visitor'> & { cookies: string[] })[] } | undefined

/** Runs a test where the stage is set. Setting it takes seconds and a file asks for it a dozen times, so it is copied. */
export function atScene(work: (desk: Desk, people: Person[]) => Promise<void>): Promise<void> {
  return atDesk(async desk => {
    if (played) {
      const people = played.people.map(async ({ cookies, ...person }) => ({
        ...person,
        visitor: await desk.visitor(person.home, undefined, cookies),
      }))
      return work(desk, await Promise.all(people))
    }
    const people = await scene(desk)
    const known = people.map(({ visitor, ...person }) => ({ ...person, cookies: visitor.cookie().split('; ') }))
    played = { rows: desk.copy(), people: known }
    await work(desk, people)
  }, played?.rows)
}

/** Sets the stage so that every form of the site stands on some page, and lets people in. */
async function scene(desk: Desk): Promise<Person[]> {
  const owner = await desk.visitor(office, 'owner@sunrise.test')
  const rivera = await desk.visitor(portal, 'rivera@sunrise.test')
  const okafor = await desk.visitor(portal, 'okafor@sunrise.test')
  const stranger = await desk.visitor()
  const send = (who: Visitor, path: string, fields: Record<string, string>) =>
    who.post(path, { key: crypto.randomUUID(), ...fields })

  for (const statement of [
    "insert into locations (slug, name, time_zone, created_at) values ('pool', 'Pool', 'America/Chicago', 0)",
    "update families set state = 'suspended' where id = (select max(id) from families)",
    // Something to read on the front page, and somebody on the staff page.
    "insert into announcements (kind, place, title, from_at, created_at, updated_at) values ('alert', 'front', 'Ice on the roads', 0, 0, 0)",
    "insert into settings (name, value, updated_at, who) values ('staff_page.enabled', 'true', 0, 'test')",
    'update classes set discount_schedule_id = 2 where id = 1',
    // A full class, with a waitlist.
    'update classes set max_students = 0 where id = 12',
    // What belongs to nobody, and an address that belongs to somebody.
    `insert into contacts (family_id, kind, value, folded, created_at) values (${familyOf('rivera')}, 'phone', '555 0100', '5550100', 0)`,
    `insert into addresses (family_id, line1, created_at) values (${familyOf('rivera')}, '1 Alder Street', 0)`,
    `insert into addresses (family_id, guardian_id, line1, created_at)
     select family_id, id, '2 Alder Street', 0 from guardians where login_id = ${login('rivera')}`,
    // Mail that was given up, and an address that came back.
    "insert into messages (way, channel, family_id, address, state, key, data, tries, reason, at) values ('out', 'email', 1, 'lost@families.example', 'failed', '2', '{}', 8, 'no-answer', 0)",
    "insert into suppressions (channel, folded, reason, at) select 'email', folded, 'bounced', 0 from contacts where kind = 'email' and family_id = 1",
    // A mail that somebody can unsubscribe by.
    "insert into messages (way, channel, family_id, address, state, key, at) values ('out', 'email', 1, 'reader@families.example', 'sent', '1', 0)",
    // One log-in, two households.
    `insert into guardians (family_id, first_name, last_name, login_id, access, created_at)
     select id, 'Chidi', 'Okafor', ${login('okafor')}, 'full', 0 from families
     where state = 'open' and id not in (${familyOf('okafor')}, ${familyOf('rivera')}) limit 1`,
    // Other guardians: one to invite, one who is invited, and one who logs in. Links of which the tokens are known.
    ...['none', 'invited', 'limited'].flatMap(access => [
      `insert into guardians (family_id, first_name, last_name, access, created_at) values (${familyOf('rivera')}, 'Joe', '${access}', '${access}', 0)`,
      `insert into contacts (family_id, guardian_id, kind, value, folded, created_at) select family_id, id, 'email', '${access}@families.example', '${access}@families.example', 0 from guardians where id = (select max(id) from guardians)`,
    ]),
    "insert into logins (door, email, created_at) values ('guardian', 'limited@families.example', 0)",
    "update guardians set login_id = (select max(id) from logins) where last_name = 'limited'",
    `insert into guardian_links (guardian_id, purpose, token_hash, address, created_at, expires_at) select id, 'invitation', '${hashes[1]}', 'invited@families.example', 0, 9e12 from guardians where last_name = 'invited'`,
    `insert into guardian_links (guardian_id, purpose, token_hash, address, created_at, expires_at) select id, 'password', '${hashes[2]}', 'limited@families.example', 0, 9e12 from guardians where last_name = 'limited'`,
    `update guardians set feed_token = '${'1'.repeat(32)}' where login_id = ${login('rivera')}`,
    // A makeup token, and a class of its program that meets every night.
    'update classes set min_age = null, max_age = null where id = 11',
    "insert into timeslots (class_id, weekday, start_time, end_time) select 11, value, '23:50', '23:59' from json_each('[0,1,2,3,4,5,6]')",
    `insert into makeup_tokens (student_id, family_id, location_id, program_id, issued_by, issued_at)
     select min(s.student_id), s.family_id, k.location_id, k.program_id, 'Ana', 0 from family_students s, classes k where s.family_id = ${familyOf('rivera')} and k.id = 11`,
    // Every class is evaluated by the tree of the business.
    'update programs set skill_tree_id = 1',
    // A gift certificate whose code is Plain, an appointment and a party that can be given back, one that has begun.
    "insert into settings (name, value, updated_at, who) values ('party.cancel_days', '0', 0, 'test')",
    `insert into gift_codes (code_hash, last_four, bought_cents, worth_cents, left_cents, buyer_family_id, created_at)
     values ('00db09ab069e6451072282797156b44349792b82953464934aa6a474cae176bf', 'LAIN', 5000, 5000, 5000, ${familyOf('rivera')}, 1)`,
    `insert into appointment_slots (appointment_id, staff_id, on_date, start_time, end_time, starts_at, ends_at, max_students)
     values (1, 3, '${dayIn(0)}', '00:00', '00:30', ${Date.now() - 60_000}, ${Date.now() + 1_700_000}, 1),
     (1, 3, '${dayIn(20)}', '08:00', '08:30', ${Date.now() + 20 * 86_400_000}, ${Date.now() + 20 * 86_400_000 + 1_800_000}, 1)`,
    `insert into bookings (slot_id, place, family_id, student_id, state, created_at)
     select id, 1, ${familyOf('rivera')}, (select min(student_id) from family_students where family_id = ${familyOf('rivera')}), 'booked', 0
     from appointment_slots order by id desc limit 2`,
    // Prices of appointments, and a time that is shared by invitation: the link of one is known.
    `insert into pricing_schedules (name, use, lessons) values ('Duo', 'appointment', '{"rows":[{"minutes":30,"each":[6000,4000]}],"peak":null}')`,
    `insert into appointments (service_id, staff_id, location_id, program_id, sharing, max_students, created_at) select service_id, staff_id, location_id, program_id, 'invite', 9, 0 from appointments where id = 1`,
    `insert into appointment_slots (appointment_id, staff_id, on_date, start_time, end_time, starts_at, ends_at, max_students)
     select max(id), 3, '${dayIn(21)}', '08:00', '08:30', ${Date.now() + 21 * 86_400_000}, ${Date.now() + 21 * 86_400_000 + 1_800_000}, 9 from appointments`,
    `insert into bookings (slot_id, place, family_id, student_id, state, created_at)
     select max(id), 1, ${familyOf('rivera')}, (select min(student_id) from family_students where family_id = ${familyOf('rivera')}), 'booked', 0 from appointment_slots`,
    `insert into booking_invitations (booking_id, slot_id, family_id, guardian, token_hash, created_at, expires_at)
     select id, slot_id, family_id, 'Ana', '${hashes[1]}', 0, 9e12 from bookings order by id desc limit 1`,
    `insert into parties (station_id, slot_id, on_date, package_id, family_id, title, guests, state, created_at)
     values (1, 1, '${dayIn(30)}', 1, ${familyOf('rivera')}, 'Ball', 8, 'requested', 0)`,
    "insert into promo_codes (code, kind, amount) values ('PLAIN', 'percent', 10)",
    // Camps that every child fits, and a punch pass that was sold.
    "update classes set min_age = null, max_age = null where kind = 'camp'",
    `update pass_products set allowed = '{"uses":"both"}', holder = 'family'`,
    `insert into passes (product_id, family_id, punches, bought_on, active_on) values (1, ${familyOf('rivera')}, 10, '${dayIn(0)}', '${dayIn(0)}')`,
    // A camp of one place: a day of it is taken, another is waited for.
    'update classes set max_students = 1 where id = 13',
    'update camp_blocks set max_students = null where class_id = 13',
    ...[
      { family: 'rivera', type: 'active', seat: 'days', nth: 0 },
      { family: 'okafor', type: 'wait', seat: 'none', nth: 1 },
    ].flatMap(({ family, type, seat, nth }) => {
      const day = `(select on_date from meetings where class_id = 13 order by on_date limit 1 offset ${nth})`
      return [
        `insert into enrollments (student_id, family_id, class_id, type, state, start_date, drop_date, seat, by, created_at, updated_at)
         select min(student_id), family_id, 13, '${type}', 'approved', ${day}, ${day}, '${seat}', 'customer', 0, 0 from family_students where family_id = ${familyOf(family)}`,
        `insert into enrollment_days select max(id), (select min(id) from camp_blocks where class_id = 13), ${day} from enrollments`,
      ]
    }),
    // A membership that no class makes due.
    "insert into programs (name) values ('Archery')",
    `insert into anniversary_fees (name, per, program_id, charge_category_id, cents, months)
     select 'Membership', 'family', max(id), (select min(id) from charge_categories), 3500, 12 from programs`,
    'insert into anniversary_programs select max(id), (select max(id) from programs) from anniversary_fees',
    // A passkey, and another device.
    `insert into passkeys (login_id, credential_id, public_key, name, created_at) values (${login('rivera')}, 'key', '', 'Phone', 0)`,
    `insert into login_sessions (id, login_id, created_at, seen_at, expires_at) values ('${'1'.repeat(64)}', ${login('rivera')}, ${Date.now()}, ${Date.now()}, 9e12)`,
    // Staff: somebody who is invited, a link to a new password, another device of the owner, and somebody with all that
    // others may end.
    "insert into staff (first_name, last_name, sort_name, active, created_at, updated_at) values ('Lee', 'Gone', 'gone lee', 0, 0, 0), ('Kit', 'Vale', 'vale kit', 1, 0, 0)",
    `insert into staff_links (staff_id, purpose, token_hash, address, created_at, expires_at) select max(id), 'invitation', '${hashes[1]}', 'kit@sunrise.test', 0, 9e12 from staff`,
    `insert into staff_links (staff_id, purpose, token_hash, address, created_at, expires_at) select id, 'password', '${hashes[2]}', 'coach@sunrise.test', 0, 9e12 from staff where login_id = ${login('coach')}`,
    `update logins set second_factor = 'email' where id = ${login('desk')}`,
    ...['desk', 'owner', 'coach'].flatMap((name, nth) => [
      `insert into passkeys (login_id, credential_id, public_key, name, created_at) values (${login(name)}, 'key of ${name}', '', 'Phone', 0)`,
      `insert into login_sessions (id, login_id, created_at, seen_at, expires_at, stay) values ('${String(nth + 2).repeat(64)}', ${login(name)}, ${Date.now()}, ${Date.now()}, 9e12, 1)`,
    ]),
    // Attendance is taken in the list of enrollments, of somebody whose class meets today.
    `insert into enrollments (student_id, family_id, class_id, type, state, start_date, by, created_at, updated_at)
     select max(student_id), family_id, 11, 'active', 'approved', '${dayIn(-7)}', 'staff', 0, 0 from family_students where family_id = ${familyOf('okafor')}`,
    "insert into settings (name, value, updated_at, who) values ('attendance.check_in_mode', 'true', 0, 'test')",
    // Credit where something is owed.
    `insert into payments (family_id, location_id, type, cents, open_cents, paid_on, who, created_at)
     select family_id, location_id, 'house', 100, 100, '${dayIn(0)}', 'test', 0 from charges where family_id = ${familyOf('okafor')} and open_cents > 0 limit 1`,
    // A note about a family, a family whose guardian has no log-in, a wish and a piece of news.
    "insert into family_notes (family_id, body, who, created_at) values (1, 'Plain', 'test', 0)",
    "insert into families (name, sort_name, location_id, public_code, created_at, updated_at) values ('Uninvited', 'aaa uninvited', 1, 'uninvited', 0, 0)",
    "insert into guardians (family_id, first_name, last_name, role, access, created_at) select max(id), 'Una', 'Uninvited', 'primary', 'none', 0 from families",
    "insert into contacts (family_id, guardian_id, kind, value, folded, is_primary, created_at) select family_id, id, 'email', 'una@families.example', 'una@families.example', 1, 0 from guardians where last_name = 'Uninvited'",
    // Families that were merged, and can be two again.
    "insert into family_merges (family_id, names, who, made_at, undo_until) values (1, '[]', 'test', 0, 9e12)",
    "insert into families (name, sort_name, location_id, referral_source_id, public_code, created_at, updated_at) select 'Uninvited', 'aaa uninvited', 1, (select min(id) from referral_sources), 'again', 0, 0",
    "insert into guardians (family_id, first_name, last_name, role, created_at) select max(id), 'Una', 'Again', 'primary', 0 from families",
    // A student who never came, and whose name is quickly typed.
    "insert into students (first_name, last_name, sort_name, created_at, updated_at) values ('Plain', '', 'aaa', 0, 0)",
    'insert into family_students (family_id, student_id, created_at) select 1, max(id), 0 from students',
    // One child in three records, the last of which was merged into the second and can be another one again.
    ...[1, 2, 3].flatMap(nth => [
      `insert into students (first_name, last_name, sort_name, created_at, updated_at) values ('Twin', '', 'aab ${nth}', 0, 0)`,
      ...(nth < 3
        ? [
            'insert into family_students (family_id, student_id, created_at) select (select max(id) from families), max(id), 0 from students',
          ]
        : []),
    ]),
    "insert into family_merges (family_id, student_id, names, who, made_at, undo_until) select (select max(id) from families), id, '[]', 'test', 0, 9e12 from students where sort_name = 'aab 2'",
    `insert into family_merge_rows (merge_id, thing, row_id, from_id, was) select 2, 'homes', (select max(id) from families), id, '{"share":10000,"home":1,"enroll":1,"medical":1,"at":0,"new":0}' from students where sort_name = 'aab 3'`,
    "update students set state = 'anonymised', merged_into = id - 1 where sort_name = 'aab 3'",
    // A day of a camp that was given back.
    `insert into drop_requests (enrollment_id, on_date, days, state, created_at, decided_at)
     select min(e.id), m.on_date, json_array(m.on_date), 'approved', 0, 0 from enrollments e, (select on_date from meetings where class_id = 13 order by on_date desc limit 1) m where e.class_id = 13 and e.type = 'active' and e.by = 'customer' and e.created_at = 0`,
    "insert into feature_requests (title, by, created_at) values ('Longer weekends', 'test', 0)",
    "insert into news (title, text, from_at, by, created_at, updated_at) values ('News', 'Hello.', 0, 'test', 0, 0)",
    // Something of the set-up that is out of use, and a class that is.
    "insert into levels (name, sort, retired_at) values ('Old', 9, 1)",
    "update classes set state = 'inactive' where id = 10",
  ])
    desk.ask(statement)
  // What was put away and what was changed can be taken back, where the page says what came of it.
  const [news] = desk.ask(
    "select id from activity where closed_at is null and status = 'notification' and kind <> 'online_order' order by id desc limit 1",
  )
  const away = await send(owner, `${office}/online-activity/${news?.id}/dismissal`, {})
  const changed = await send(owner, `${office}/classes/quick-edit`, { classes: '9', places: '11' })
  // The owner's dashboard is arranged.
  await send(owner, `${office}/dashboard/arrangement`, {})
  await send(okafor, `${portal}/account/deletion`, { password: 'demo-password' })
  // A page of the gateway on which nobody has paid yet.
  await send(rivera, `${portal}/account/payment-methods`, { token: 'new' })
  const [gateway] = desk.ask('select id from test_pages')

  for (const { policy, student } of desk.ask(
    `select p.id policy, c.student_id student from policies p, family_students c
     where p.kind = 'student' and c.family_id = ${familyOf('rivera')}`,
  ))
    await send(rivera, `${portal}/account/policies/${policy}`, {
      answer: 'accept',
      version: '1',
      student: String(student),
    })
  const [child] = desk.ask(`select min(student_id) id from family_students where family_id = ${familyOf('rivera')}`)
  const waiting = { student: String(child?.id), kind: 'wait', date: dayIn(5) }
  await send(rivera, `${portal}/classes/12/enrollments`, waiting)
  const [asked] = desk.ask('select max(id) id from activity')
  await send(owner, `${office}/online-activity/${asked?.id}/approval`, {})
  for (const [kind, content] of Object.entries({ households, programs })) await upload(owner, { kind }, content)
  await owner.request(`${office}/email-blast`, { method: 'POST', body: blastForm() })
  // A template of the business with two versions.
  const words = { name: 'Newsletter', subject: 'News', body: 'Hello.' }
  await send(owner, `${office}/templates`, words)
  const [template] = desk.ask('select max(id) id from templates')
  await send(owner, `${office}/templates/${template?.id}`, { ...words, subject: 'More news', version: '1' })
  // A cart that can be checked out, and one whose places ran out.
  for (const [who, name] of [
    [rivera, 'rivera'],
    [okafor, 'okafor'],
  ] as const) {
    const own = `select student_id id from family_students where family_id = ${familyOf(name)}`
    for (const { id } of desk.ask(own))
      for (const { id: course } of desk.ask('select id from classes order by id limit 3'))
        await send(who, `${portal}/cart/classes/${course}`, { student: String(id), kind: 'active', date: dayIn(5) })
  }
  desk.ask(
    `update seats set expires_at = 0 where cart_item_id in (select i.id from cart_items i join carts k on k.id = i.cart_id where k.family_id = ${familyOf('okafor')})`,
  )

  const [running] = desk.ask(
    "select e.id, e.start_date start from enrollments e join classes k on k.id = e.class_id where k.kind = 'class' and e.type = 'active' and e.state = 'approved' and e.drop_date is null order by e.id limit 1",
  )
  const [uninvited] = desk.ask("select id from families where public_code = 'uninvited'")
  const [again] = desk.ask("select id from families where public_code = 'again'")
  const [plain] = desk.ask("select id from students where sort_name = 'aaa'")
  const twins = desk.ask("select id from students where sort_name like 'aab%' order by id")
  const [days] = desk.ask('select max(enrollment_id) id from drop_requests where days is not null and decided_at = 0')
  const [home] = desk.ask(`select ${familyOf('rivera')} id`)
  const [pool] = desk.ask("select id from locations where slug = 'pool'")
  // Days of a camp that nobody has taken yet.
  const spare = { block: 'Spare', first: dayIn(60), weekday: String(new Date(dayIn(60)).getUTCDay()) }
  await send(owner, `${office}/camps/14/blocks`, { ...spare, start: '09:00', end: '10:00' })
  await send(owner, `${office}/calendar/classes/11/${dayIn(4)}/cancellation`, { reason: 'Plain' })
  // A Saturday in some weeks, for the party room of the demo.
  const saturday = [40, 41, 42, 43, 44, 45, 46].map(dayIn).find(day => new Date(`${day}T00:00:00Z`).getUTCDay() === 6)
  const partyPlan = `slot=1&day=${saturday}&package=1`

  return [
    {
      name: 'stranger',
      visitor: stranger,
      home: portal,
      starts: [
        ...['', '/login', '/sign-up', '/unsubscribe/1', `/test-gateway/${gateway?.id}`].map(path => portal + path),
        ...[`${portal}/invitations/${'1'.repeat(32)}`, `${portal}/new-password/${'2'.repeat(32)}`],
        ...[`${portal}/appointments`, `${portal}/shop`, `${portal}/parties/details?${partyPlan}`],
      ],
    },
    {
      name: 'stranger',
      visitor: stranger,
      home: office,
      starts: ['login', `invitations/${'1'.repeat(32)}`, `new-password/${'2'.repeat(32)}`].map(
        path => `${office}/${path}`,
      ),
    },
    { name: 'stranger', visitor: stranger, home: staff, starts: [`${staff}/login`] },
    {
      name: 'parent',
      visitor: rivera,
      home: portal,
      starts: [
        ...['account', 'account/payments', 'account/deletion', 'password', 'gift-certificates', 'cart'],
        ...['shop/basket?location=1&item_1=1', `parties/details?${partyPlan}`],
      ].map(path => `${portal}/${path}`),
    },
    {
      name: 'parent of two households',
      visitor: okafor,
      home: portal,
      starts: [`${portal}/account`, `${portal}/cart`, `${portal}/appointments/invitations/${'1'.repeat(32)}`],
    },
    {
      name: 'owner',
      visitor: owner,
      home: office,
      starts: [
        office,
        `${office}/dashboard?arrange=1`,
        `${office}/imports`,
        `${office}/products`,
        `${office}/set-up/levels?status=ended`,
        // Nothing runs there, so it can be closed.
        `${office}/set-up/locations/${pool?.id}/closing`,
        `${office}/classes/10`,
        `${office}/staff?status=inactive`,
        `${office}/settings?location=1`,
        `${office}/families/1/notes`,
        `${office}/families/${uninvited?.id}`,
        `${office}/families/${home?.id}`,
        `${office}/families/merge?families=${uninvited?.id}&families=${again?.id}`,
        `${office}/families/1/merges/1`,
        `${office}/students/${plain?.id}/deletion`,
        `${office}/students/${twins[0]?.id}/merge?with=${twins[1]?.id}`,
        `${office}/students/${twins[1]?.id}/merges/2`,
        `${office}/enrollments/${days?.id}`,
        away.path,
        changed.path,
        `${office}/feature-requests`,
        `${office}/news`,
        ...[0, 3, 4].map(days => `${office}/calendar/classes/11/${dayIn(days)}`),
        `${office}/enrollments?student=Okafor`,
        `${office}/enrollments/${running?.id}/edit?start=${running?.start}`,
      ],
    },
    {
      name: 'coach',
      visitor: await desk.visitor(staff, 'coach@sunrise.test'),
      home: staff,
      starts: [staff],
    },
  ]
}

/** An Email Blast that is still being written, with something attached. */
function blastForm(): FormData {
  const body = new FormData()
  const given = { key: crypto.randomUUID(), families: '1', subject: 'News', body: 'Hello.', act: 'save' }
  for (const [field, text] of Object.entries(given)) body.set(field, text)
  body.set('files', new File(['plan'], 'plan.txt'))
  return body
}

/** The body of an import's form. */
export function importForm(fields: Record<string, string>, content: string, name = 'file.csv'): FormData {
  const body = new FormData()
  const given = { key: crypto.randomUUID(), kind: 'households', zone: 'America/Chicago', ...fields }
  for (const [field, text] of Object.entries(given)) body.set(field, text)
  body.set('file', new File([content], name))
  return body
}

const upload = (who: Visitor, fields: Record<string, string>, content: string) =>
  who.request(`${office}/imports`, { method: 'POST', body: importForm(fields, content) })
