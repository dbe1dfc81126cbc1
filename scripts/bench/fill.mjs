// A business of any size, written past the verbs: a million entries in seconds. It runs in Node on a database that
// miniflare opened, and in workerd for the tests of the budgets.

const atOnce = 50_000

const first = "json_array('Mia','Leo','Ruby','Lea','Otto','Alva','Noah','Ines','Emil','Zoe','Omar','Kaya','Theo')"
const last =
  "json_array('Rivera','Okafor','Bauer','Virtanen','Nguyen','Haddad','Moreau','Santos','Kim','Lindqvist','Abara','Costa','Petrov','Walsh','Tanaka','Osei','Novak')"
const pick = (list, by) => `json_extract(${list}, '$[' || (${by} % json_array_length(${list})) || ']')`

const counted = 'with recursive n(i) as (select ?1 union all select i + 1 from n where i < ?2)'

const familiesSql = `insert into families (id, name, sort_name, location_id, public_code, created_at, updated_at) ${counted}
  select i, ${pick(last, 'i * 7')} || ' ' || i, ${pick(last, 'i * 7')} || ' ' || i, 1 + i % 3, 'bench-' || i, ?3, ?3 from n`

const studentsSql = `insert into students (id, first_name, last_name, sort_name, birth_date, created_at, updated_at) ${counted}
  select i, ${pick(first, 'i * 5')}, ${pick(last, 'i')}, ${pick(last, 'i')} || ', ' || ${pick(first, 'i * 5')}, '2018-0' || (1 + i % 9) || '-1' || (i % 9), ?3, ?3 from n`

const membersSql = `insert into family_students (family_id, student_id, created_at) ${counted}
  select ?4 + (i - ?1) / 2, i, ?3 from n`

// What twenty entries in a row are. Places, notes and states turn at other speeds, so that every combination occurs.
const kind = `case i % 20 when 0 then 'payment' when 1 then 'enrollment' when 2 then 'absence' when 3 then 'policy' when 4 then 'enrollment'
  when 5 then 'transfer' when 6 then 'payment' when 7 then 'absence' when 8 then 'enrollment' when 9 then 'drop' when 10 then 'autopay'
  when 11 then 'enrollment' when 12 then 'absence' when 13 then 'new_account' when 14 then 'policy' when 15 then 'student'
  when 16 then 'online_order' when 17 then case i / 20 % 2 when 0 then 'gift_card' else 'opt_out' end
  when 18 then case i / 20 % 4 when 0 then 'deletion_request' else 'payment' end else 'enrollment' end`

const status = `case when kind in ('enrollment','transfer','drop') then iif(i / 20 % 3 = 0, 'pending', 'approved')
  when kind = 'absence' then case i / 20 % 3 when 0 then 'pending' when 1 then 'approved' else 'notification' end
  when kind in ('online_order','gift_card','deletion_request') then 'special' else 'notification' end`

const className = pick(
  "json_array('Beginner Gymnastics 1','Mini Movers','Ninja Kids','Swim Level 3','Parent and Tot')",
  'i',
)
const schedule = pick("json_array('Mon 9:30 am','Tue 4:15 pm','Wed 3:30 pm','Fri 10:15 am','Sat 5:45 pm')", 'i / 3')
const day = "date(?3 / 1000 + 86400 * (i % 20), 'unixepoch')"

const particulars = `case
  when kind = 'enrollment' then json_object('classId', 1 + i % 60, 'className', ${className}, 'schedule', ${schedule}, 'type', iif(i % 9 = 0, 'trial', 'active'), 'startDate', ${day}, 'chargedCents', iif(status = 'approved', 9200, 0))
  when kind = 'absence' then json_object('meetings', json_array(json_object('classId', 1 + i % 60, 'className', ${className}, 'schedule', ${schedule}, 'onDate', ${day})), 'late', json(iif(i % 5, 'false', 'true')))
  when kind = 'transfer' then json_object('fromName', ${className}, 'fromSchedule', ${schedule}, 'classId', 1 + i % 60, 'className', 'Ninja Kids', 'schedule', 'Thu 5:00 pm', 'onDate', ${day}, 'type', 'active', 'sourceId', i)
  when kind = 'drop' then json_object('classId', 1 + i % 60, 'className', ${className}, 'schedule', ${schedule}, 'type', 'active', 'enrollmentId', i, 'onDate', ${day})
  when kind = 'payment' then json_object('cents', 4500 + i % 90 * 100, 'how', 'Visa ending ' || (1000 + i % 9000), 'charges', json_array(${className} || ', November'), 'deletedSchedule', json(iif(i % 50, 'false', 'true')))
  when kind = 'policy' then json_object('policyId', 1 + i % 4, 'name', 'Pick-up rules', 'number', 2, 'answer', iif(i % 11, 'accepted', 'rejected'), 'required', 1)
  when kind in ('autopay','opt_out') then json_object('act', iif(kind = 'autopay', 'stored', 'opted out of recurring billing'), 'how', 'Visa ending ' || (1000 + i % 9000))
  when kind = 'new_account' then json_object('guardian', ${pick(first, 'i')} || ' ' || ${pick(last, 'i')}, 'email', 'family-' || i || '@demo.test', 'students', json_array(${pick(first, 'i * 3')}))
  when kind = 'student' then json_object('name', ${pick(first, 'i')}, 'birthDate', '2019-04-1' || (i % 9))
  when kind = 'online_order' then json_object('cents', 3900, 'how', 'Visa ending 4242', 'items', json_array('Leotard, size 8', 'Chalk bag'))
  when kind = 'gift_card' then json_object('cents', 5000, 'how', 'Visa ending 4242', 'lastFour', 'K7QX', 'receiver', null)
  else json_object('guardian', ${pick(first, 'i')} || ' ' || ${pick(last, 'i')}) end`

const noted = 'i / 7 % 8 = 0'
const words = pick(
  "json_array('She would like to stay with her friend Zoe.','Back from a sprained ankle, please go easy.','Could we have the receipt by mail?')",
  'i',
)

const entriesSql = `insert into activity (kind, status, family_id, student_id, location_id, subject, subject_id, particulars, notes, has_notes, by, ip, created_at) ${counted},
  kinds as (select i, ${kind} as kind from n), states as (select i, kind, ${status} as status from kinds)
  select kind, status, ?4 + i % ?5, iif(kind in ('payment','autopay','opt_out','new_account','deletion_request','gift_card','online_order'), null, ?6 + i % ?5 * 2),
    iif(kind in ('policy','student','new_account','autopay','opt_out','deletion_request'), null, 1 + i / 20 % 5 % 3), kind, i, ${particulars},
    iif(${noted}, ${words}, null), ${noted}, 'family-' || (i % ?5) || '@demo.test', '192.0.2.' || (i % 250),
    ?3 - (?8 + ?7 - i) * 89 * 86400000 / ?7 from states`

/**
 * Brings a database with three locations to so many open entries, with a family for every fifty of them.
 * The entries lie in the last 89 days before `now` (UTC milliseconds).
 */
export async function fill(db, entries, now) {
  // Numbers are bound as reals, and these end in text and in remainders.
  const run = (text, ...numbers) =>
    db
      .prepare(text.replace(/\?\d/g, 'cast($& as integer)'))
      .bind(...numbers)
      .run()
  const highest = async table => (await db.prepare(`select coalesce(max(id), 0) as id from ${table}`).first()).id
  const open = await db.prepare('select count(*) as n from activity where closed_at is null').first()
  const missing = entries - open.n
  if (missing <= 0) return
  const families = Math.min(20_000, Math.max(20, Math.ceil(missing / 50)))
  const family = (await highest('families')) + 1
  const student = (await highest('students')) + 1
  const begin = (await highest('activity')) + 1
  await run(familiesSql, family, family + families - 1, now)
  await run(studentsSql, student, student + 2 * families - 1, now)
  await run(membersSql, student, student + 2 * families - 1, now, family)
  for (let at = 0; at < missing; at += atOnce) {
    const many = Math.min(atOnce, missing - at)
    await run(entriesSql, begin + at, begin + at + many - 1, now, family, families, student, missing, begin)
  }
  await db.exec('pragma optimize')
}

/** A session that is alive at `now`, for somebody who has a log-in. Gives the cookie. */
export async function sessionOf(db, door, email, now, slug = 'demo') {
  const token = crypto.randomUUID().replaceAll('-', '')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  const id = [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  const login = await db.prepare('select id from logins where door = ? and email = ?').bind(door, email).first()
  await db
    .prepare(
      'insert into login_sessions (id, login_id, created_at, seen_at, expires_at, stay) values (?, ?, ?, ?, ?, 1)',
    )
    .bind(id, login.id, now, now, now + 86_400_000)
    .run()
  return `__Host-${door}-${slug}=${token}`
}
