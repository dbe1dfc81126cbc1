import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm'
import { ChooseClassPage, ChooseStudentPage } from '../../views/enrollments/choose'
import { OfficeLayout } from '../../views/layouts/office'
import { type Account, todayAt } from '../accounts/account'
import { atPlacesOf, worksAt } from '../auth/places'
import { type ClassRow, classQuery, nextMeeting, openings, sayAges, saySchedule } from '../classes/classes'
import { takenOn } from '../classes/seats'
import { slotsOn } from '../classes/timetable'
import { sayDate } from '../clock'
import { type Results, read } from '../database'
import type { OfficeContext } from '../doors'
import { isDay } from '../forms'
import { show } from '../http'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { programs } from '../schema/programs'
import { students } from '../schema/students'
import { named } from '../students/listing'
import { type Candidate, candidateFrom, candidateQueries, clashesOf, doubts } from './candidate'
import { sayReason } from './eligibility'
import { openOn } from './one-day'

const listed = 50
const most = 200

/** What the wizard keeps in its address from page to page. */
export const chosenIn = (c: OfficeContext) => {
  const asked = c.req.query()
  const id = (name: string) => (/^[1-9]\d{0,14}$/.test(asked[name] ?? '') ? Number(asked[name]) : undefined)
  return {
    student: id('student'),
    family: id('family'),
    class: id('class'),
    wait: id('wait'),
    start: isDay(asked.start ?? '') ? asked.start : undefined,
    type: asked.type,
  }
}

/** Who is enrolled: the children of a family, or whoever is found by the last name. */
export async function studentStep(c: OfficeContext, lead: (chosen: paths.Query) => string, title = 'Enroll') {
  const account = c.get('account')
  const { q = '', after = '', id = '' } = c.req.query()
  const { family, ...chosen } = chosenIn(c)
  const typed = q.slice(0, 80)
  const [rows] = await read(account, [
    account.db
      .select({
        id: students.id,
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
        sortName: students.sortName,
        birthDate: students.birthDate,
        families:
          sql`(select json_group_array(json_object('id', f.id, 'name', f.name)) from family_students h join families f on f.id = h.family_id where h.student_id = students.id)`
            .mapWith(text => JSON.parse(text) as { id: number; name: string }[])
            .as('households'),
      })
      .from(students)
      .where(
        and(
          family
            ? sql`students.state = 'open' and students.id in (select h.student_id from family_students h where h.family_id = ${family})`
            : and(eq(students.state, 'open'), typed.trim() ? named(typed) : undefined),
          /^[1-9]\d{0,14}$/.test(id)
            ? or(gt(students.sortName, after), and(eq(students.sortName, after), gt(students.id, Number(id))))
            : undefined,
        ),
      )
      .orderBy(asc(students.sortName), asc(students.id))
      .limit(listed + 1),
  ])
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const kept: paths.Query = { ...chosen, family }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={title} current="enrollments">
      <ChooseStudentPage
        slug={account.slug}
        title={title}
        q={typed}
        kept={kept}
        searches={!family}
        rows={rows.slice(0, listed).map(row => ({
          id: row.id,
          name: row.name,
          born: row.birthDate ? sayDate(row.birthDate, { year: true }) : '',
          families: row.families,
          href: lead({ ...kept, student: row.id }),
        }))}
        next={last && lead({ ...kept, q: typed, after: last.sortName, id: last.id })}
      />
    </OfficeLayout>,
  )
}

interface Wanted {
  q: string
  program: number
  location: number
  weekday: string
  date: string
  temporary: boolean
}

function wantedIn(c: OfficeContext): Wanted {
  const asked = c.req.query()
  const id = (name: string) => (/^[1-9]\d{0,14}$/.test(asked[name] ?? '') ? Number(asked[name]) : 0)
  return {
    q: (asked.q ?? '').trim().slice(0, 80),
    program: id('program'),
    location: id('location'),
    weekday: /^[0-6]$/.test(asked.weekday ?? '') ? String(asked.weekday) : '',
    date: isDay(asked.date ?? '') ? String(asked.date) : todayAt(c.get('account')),
    temporary: asked.temporary === '1',
  }
}

/** The classes that are looked for, and of each how it stands on the day. */
function finderQueries(c: OfficeContext, { q, program, location, weekday, date, temporary }: Wanted) {
  const account = c.get('account')
  const folded = q.toLowerCase()
  const meets = (day: string) =>
    sql`exists (select 1 from timeslots w where w.class_id = classes.id and w.weekday = cast(${day} as integer) and w.to_date >= ${date})`
  const wanted = and(
    sql`classes.state = 'active' and classes.kind = 'class'`,
    atPlacesOf(c.get('person'), classes.locationId),
    folded ? sql`classes.sort_name >= ${folded} and classes.sort_name < ${folded} || char(1114111)` : undefined,
    program ? sql`classes.program_id = ${program}` : undefined,
    location ? sql`classes.location_id = ${location}` : undefined,
    weekday ? meets(weekday) : undefined,
    temporary ? sql`${openOn(date, account.now)} > 0` : undefined,
    sql`coalesce(classes.end_date, '9999-12-31') >= ${date}`,
  )
  return [
    classQuery(account, false)
      .where(wanted)
      .orderBy(sql`classes.sort_name, classes.id`)
      .limit(most + 1),
    account.db
      .select({
        id: sql<number>`classes.id`.as('counted_id'),
        taken: takenOn(account, sql`classes.id`, date).as('taken_then'),
        dayOpen: openOn(date, account.now).as('open_then'),
      })
      .from(classes)
      .where(wanted)
      .orderBy(sql`classes.sort_name, classes.id`)
      .limit(most + 1),
    account.db
      .select({ value: programs.id, label: programs.name })
      .from(programs)
      .where(sql`${programs.retiredAt} is null`)
      .orderBy(asc(programs.name))
      .limit(200),
  ] as const
}

/** What the finder asks for a student, who may be the one of an enrollment: in one trip with whatever else a page asks. */
export const finderAsks = (c: OfficeContext, studentId: number | SQL<number>, familyId?: number | SQL<number>) =>
  [...finderQueries(c, wantedIn(c)), ...candidateQueries(c.get('account'), studentId, familyId)] as const

/** How a page that looks for a class is called, what it keeps, and where each class leads. */
interface Finding {
  title: (who: Candidate) => string
  kept: paths.Query
  links: { label: string; href: string }[]
  lead: (row: { id: number; first: string; temporary: boolean }) => string
  /** A class that is not offered. */
  except?: number
}

/** Which class: those that fit first, the others with their reasons; openings are those of the day (A4). */
export function showFinder(
  c: OfficeContext,
  { title, kept, links, lead, except }: Finding,
  [rows, counts, known, ...candidate]: Results<ReturnType<typeof finderAsks>>,
) {
  const account = c.get('account')
  const wanted = wantedIn(c)
  const who = candidateFrom(candidate)
  const count = new Map(counts.map(one => [one.id, one]))
  const found = rows.slice(0, most).flatMap(row => {
    const counted = row.id === except ? undefined : count.get(row.id)
    return counted ? [offerOf(account, { ...row, taken: counted.taken }, counted.dayOpen, who, wanted)] : []
  })
  const shown = (wanted.temporary ? found.filter(({ temporary }) => temporary) : found).map(row => ({
    ...row,
    href: lead(row),
  }))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={title(who)} current="enrollments">
      <ChooseClassPage
        title={title(who)}
        about={`${who.family.name}: choose a class`}
        links={links}
        kept={kept}
        wanted={wanted}
        programs={known}
        locations={account.locations
          .filter(({ id }) => worksAt(c.get('person'), id))
          .map(({ id, name }) => ({ value: id, label: name }))}
        suspended={who.family.state !== 'open'}
        fits={shown.filter(({ reasons }) => !reasons.length)}
        others={shown.filter(({ reasons }) => reasons.length > 0)}
        more={rows.length > most}
      />
    </OfficeLayout>,
  )
}

/** The class of the wizard. */
export async function classStep(c: OfficeContext, studentId: number) {
  const { family } = chosenIn(c)
  const at = paths.office(c.get('account').slug)
  const answers = await read(c.get('account'), finderAsks(c, studentId, family))
  return showFinder(
    c,
    {
      title: ({ child }) => `Enroll ${child.firstName} ${child.lastName}`,
      kept: { student: studentId, family },
      links: [{ label: 'Another student', href: at.enroll() }],
      lead: ({ id, first, temporary }) =>
        at.enroll({
          student: studentId,
          family,
          class: id,
          start: first,
          type: temporary ? 'single_day' : undefined,
        }),
    },
    answers,
  )
}

/** A class as the finder offers it: how many places it has on the day, and what speaks against it. */
function offerOf(account: Account, row: ClassRow, dayOpen: number, who: Candidate, { date }: Wanted) {
  const first = nextMeeting(row, date)
  const already = who.own.some(one => one.classId === row.id && one.studentId === who.child.id && one.type === 'active')
  const free = openings(row)
  const meets = slotsOn(row, date).length > 0
  return {
    id: row.id,
    name: row.name,
    about: [saySchedule(row.slots), row.locationName, row.programName].filter(Boolean).join(', '),
    ages: sayAges(row),
    places: row.places,
    taken: row.taken,
    free,
    /** Full by the week, but somebody is away on that day. */
    temporary: free === 0 && meets && dayOpen > 0,
    first: first ?? date,
    reasons: [
      ...(already ? ['Enrolled here already.'] : []),
      ...doubts(account, row, who, first ?? date)
        // What is true of the student in every class stands on the last page, not in each row.
        .filter(({ code }) => !['policy-open', 'profile-incomplete', 'may-not-enroll', 'balance-due'].includes(code))
        .map(reason => sayReason(reason, row.timeZone)),
    ],
    clashes: clashesOf(row, who, date),
  }
}
