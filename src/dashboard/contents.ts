import type { Drawn } from '../../views/dashboard/widgets'
import { type Account, businessZone, todayAt } from '../accounts/account'
import { type KindName, kindLabels } from '../activity/kind-names'
import type { Staffer } from '../auth/permissions'
import { addDays, addMonths, instant, sayDate, startOfMonth, weekday } from '../clock'
import { countedTo, sayCounted } from '../counting'
import { plain, type Statement } from '../database'
import { money } from '../money'
import * as paths from '../paths'
import { figureOn, monthBefore, programsOn, yearBefore } from './figures'
import { type MonthlySum, moneyByMonth, paidBetween } from './money'
import type { Choices, Widget } from './widgets'

/** What a widget asks the database, and what it shows of the answers. */
export interface Contents {
  ask: Statement[]
  draw(answers: Answers): Drawn
}

// As many as were asked.
type Answers = [unknown[], unknown[], unknown[]]

interface Here {
  account: Account
  person: Staffer
  day: string
}

/** As text: the ids are numbers, and a statement takes only so many parameters. */
const atPlaces = ({ person: { locationIds } }: Here, column: string) =>
  locationIds.length ? `and (${column} is null or ${column} in (${locationIds.map(Number)}))` : ''

/** How many rows there are, up to the bound. */
const countedIn = (from: string) => `(select count(*) from (select 1 from ${from} limit ${countedTo + 1}))`

const asOne = (account: Account, counts: Record<string, string>, params: unknown[] = []) =>
  plain<Record<string, number>>(
    account,
    `select ${Object.entries(counts).map(([name, text]) => `${text} as "${name}"`)}`,
    params,
    row => row as Record<string, number>,
  )

/** Where today, yesterday and this month begin, as instants. */
function spansOf({ account, day }: Here) {
  const zone = businessZone(account)
  const at = (date: string) => instant(date, '00:00', zone)
  return { today: at(day), yesterday: at(addDays(day, -1)), month: at(startOfMonth(day)) }
}

type Span = keyof ReturnType<typeof spansOf>

/** "Today 3, Yesterday 1, This month 40" of whatever happened at an instant. */
const bySpan = (here: Here, from: (since: string) => string): { counts: Record<Span, string> } => {
  const { today, yesterday, month } = spansOf(here)
  return {
    counts: {
      today: countedIn(from(`>= ${today}`)),
      yesterday: countedIn(from(`between ${yesterday} and ${today - 1}`)),
      month: countedIn(from(`>= ${month}`)),
    },
  }
}

const spanLabels: Record<Span, string> = { today: 'Today', yesterday: 'Yesterday', month: 'This month' }

function activityWidget(here: Here, { type }: Choices<'activity'>): Contents {
  const { account } = here
  const { counts } = bySpan(
    here,
    since => `activity w where w.kind = '${type}' and w.created_at ${since} ${atPlaces(here, 'w.location_id')}`,
  )
  const href = paths.office(account.slug).onlineActivity({ type })
  return {
    ask: [asOne(account, counts)],
    draw: ([[row]]) => ({
      look: 'figures',
      title: kindLabels[type],
      figures: (Object.keys(spanLabels) as Span[]).map(span => ({
        label: spanLabels[span],
        value: sayCounted((row as Record<Span, number>)[span]),
        href,
        window: true,
      })),
    }),
  }
}

const waiting = ['enrollment', 'drop', 'transfer', 'absence', 'appointment'] as const satisfies KindName[]

function requestsWidget(here: Here): Contents {
  const { account } = here
  const counts = Object.fromEntries(
    waiting.map(kind => [
      kind,
      countedIn(
        `activity w where w.closed_at is null and w.status = 'pending' and w.has_notes in (0, 1) and w.kind = '${kind}' ${atPlaces(here, 'w.location_id')}`,
      ),
    ]),
  )
  return {
    ask: [asOne(account, counts)],
    draw: ([[row]]) => ({
      look: 'figures',
      title: 'Requests that wait',
      figures: waiting.map(kind => ({
        label: kindLabels[kind],
        value: sayCounted((row as Record<string, number>)[kind] ?? 0),
        href: paths.office(account.slug).onlineActivity({ type: kind, status: 'pending' }),
        window: true,
      })),
    }),
  }
}

function skillsWidget(here: Here): Contents {
  const { account } = here
  const evaluated = bySpan(here, since => `skill_results r where r.at ${since}`).counts
  const passed = bySpan(here, since => `skill_passes r where r.at ${since}`).counts
  const href = paths.office(account.slug).skills()
  return {
    ask: [asOne(account, evaluated), asOne(account, passed)],
    draw: ([[seen], [through]]) => ({
      look: 'figures',
      title: 'Skills',
      figures: (Object.keys(spanLabels) as Span[]).flatMap(span => [
        {
          label: `Evaluated ${spanLabels[span].toLowerCase()}`,
          value: sayCounted((seen as Record<Span, number>)[span]),
          href,
        },
        {
          label: `Levels passed ${spanLabels[span].toLowerCase()}`,
          value: sayCounted((through as Record<Span, number>)[span]),
          href,
        },
      ]),
    }),
  }
}

/** From Sunday to Saturday (A2). */
function weekWidget(here: Here): Contents {
  const { account, day } = here
  const from = addDays(day, -weekday(day))
  const to = addDays(from, 6)
  const zone = businessZone(account)
  const since = instant(from, '00:00', zone)
  const until = instant(addDays(to, 1), '00:00', zone)
  const atClass = atPlaces(here, 'k.location_id')
  const enrolled = (type: string) =>
    countedIn(
      `enrollments e join classes k on k.id = e.class_id where e.state <> 'cancelled' and e.start_date between ?1 and ?2 and e.type = '${type}' ${atClass}`,
    )
  const birthdays = Array.from({ length: 7 }, (_, nth) => `'${addDays(from, nth).slice(5)}'`)
  const counts = {
    makeups: enrolled('makeup'),
    trials: enrolled('trial'),
    waitlist: countedIn(
      `enrollments e join classes k on k.id = e.class_id where e.type = 'wait' and e.state = 'approved' and e.drop_date is null ${atClass}`,
    ),
    birthdays: countedIn(
      `students s where s.birth_date is not null and s.state = 'open' and substr(s.birth_date, 6) in (${birthdays})`,
    ),
    tardies: countedIn(
      `attendance a join enrollments e on e.id = a.enrollment_id join classes k on k.id = e.class_id where a.mark = 'tardy' and a.at >= ${since} and a.at < ${until} ${atClass}`,
    ),
    absences: countedIn(
      `absences a where a.state in ('pending', 'approved') and a.on_date between ?1 and ?2 ${atPlaces(here, 'a.location_id')}`,
    ),
    drops: countedIn(
      `enrollments e join classes k on k.id = e.class_id where e.drop_date between ?1 and ?2 and e.drop_date is not null and e.state <> 'cancelled' and e.type = 'active' ${atClass}`,
    ),
    transfers: countedIn(
      `transfers t join classes k on k.id = t.class_id where t.state = 'approved' and t.on_date between ?1 and ?2 ${atClass}`,
    ),
    skills: countedIn(`skill_results r where r.at >= ${since} and r.at < ${until}`),
  }
  const at = paths.office(account.slug)
  const labels: Record<keyof typeof counts, [label: string, href: string]> = {
    makeups: ['Makeups', at.enrollments({ from, to, type: 'makeup', when: 'starting' })],
    trials: ['Trials', at.enrollments({ from, to, type: 'trial', when: 'starting' })],
    waitlist: ['Waitlist', at.enrollments({ type: 'wait' })],
    birthdays: ['Birthdays', at.students({ birthday: from })],
    tardies: ['Tardies', at.enrollments({ from, to })],
    absences: ['Expected absences', at.onlineActivity({ type: 'absence' })],
    drops: ['Drops', at.enrollments({ from, to, type: 'active', when: 'dropping' })],
    transfers: ['Transfers', at.enrollments({ from, to, when: 'starting' })],
    skills: ['Skills', at.skills()],
  }
  return {
    ask: [asOne(account, counts, [from, to])],
    draw: ([[row]]) => ({
      look: 'figures',
      title: 'This week',
      about: `${sayDate(from)} to ${sayDate(to)}`,
      figures: Object.entries(labels).map(([name, [label, href]]) => ({
        label,
        href,
        value: sayCounted((row as Record<string, number>)[name] ?? 0),
      })),
    }),
  }
}

const figureLabels = {
  active_families: 'Active families',
  active_students: 'Active students',
  enrollments: 'Active enrollments',
  staff: 'Staff',
  payments: 'Payments',
} as const

/** Of today, so many days before, and the same date last year; of payments the days up to each. */
function figureWidget(here: Here, { of, days }: Choices<'figure'>): Contents {
  const { account, person, day } = here
  const length = Number(days)
  const at = paths.office(account.slug)
  const href = {
    active_families: at.families({ status: 'active' }),
    active_students: at.students({ status: 'active' }),
    enrollments: at.enrollments(),
    staff: at.staff(),
    payments: at.onlineActivity({ type: 'payment' }),
  }[of]
  const [before, lastYear] = [addDays(day, -length), yearBefore(day)]
  const isMoney = of === 'payments'
  const asked = [day, before, lastYear]
  const span = (to: string) => ({ from: addDays(to, 1 - length), to })
  const currency = account.locations[0]?.currency ?? 'USD'
  return {
    ask: [
      of === 'payments'
        ? paidBetween(account, asked.map(span), person.locationIds)
        : figureOn(account, of, asked, person.locationIds),
    ],
    draw: ([rows]) => {
      const found = new Map(
        (rows as { day?: string; from?: string; number?: number; cents?: number }[]).map(row => [
          row.day ?? row.from,
          row.number ?? row.cents ?? 0,
        ]),
      )
      const on = (date: string) => found.get(isMoney ? span(date).from : date)
      const say = (number: number | undefined) =>
        number === undefined ? '–' : isMoney ? money(number, currency) : number.toLocaleString('en-US')
      const now = on(day)
      const then = on(before)
      return {
        look: 'figure',
        title: isMoney ? `Payments, past ${length} days` : figureLabels[of],
        value: say(now),
        href,
        window: isMoney || undefined,
        step: now === undefined || then === undefined ? undefined : Math.sign(now - then),
        comparisons: [
          { label: isMoney ? `Previous ${length} days` : `${length} days ago`, value: say(then) },
          {
            label: isMoney ? `Same ${length} days last year` : 'Same day last year',
            value: say(on(lastYear)),
          },
        ],
        note: now === undefined ? 'Counted within five minutes.' : undefined,
      }
    },
  }
}

function moneyWidget(here: Here, { years, program, category }: Choices<'money'>): Contents {
  const { account, person, day } = here
  const length = Number(years) * 12
  const last = day.slice(0, 7)
  const first = addMonths(startOfMonth(day), 1 - length).slice(0, 7)
  const only = { programId: Number(program) || undefined, categoryId: Number(category) || undefined }
  const months = Array.from({ length }, (_, nth) => addMonths(`${first}-01`, nth).slice(0, 7))
  return {
    ask: [
      moneyByMonth(account, { from: first, to: last }, only, person.locationIds),
      plain(account, 'select id, name from programs order by name limit 500', []),
      plain(account, 'select id, name from charge_categories order by name limit 500', []),
    ],
    draw: ([sums, programs, categories]) => {
      const found = new Map((sums as MonthlySum[]).map(({ kind, month, cents }) => [`${kind} ${month}`, cents]))
      const named = (rows: unknown, id: number | undefined) => (rows as Named[]).find(row => row.id === id)?.name
      const narrowed = [named(programs, only.programId), named(categories, only.categoryId)].filter(Boolean)
      const kinds = narrowed.length ? (['charges'] as const) : (['charges', 'payments', 'credits'] as const)
      return {
        look: 'chart',
        title: narrowed.length ? `Charges by month: ${narrowed.join(', ')}` : 'Charges, payments and credits by month',
        about: narrowed.length ? 'Payments belong to families, so with a filter there are charges only.' : undefined,
        currency: account.locations[0]?.currency ?? 'USD',
        months,
        series: kinds.map(kind => ({
          label: { charges: 'Charges', payments: 'Payments', credits: 'Credits' }[kind],
          cents: months.map(month => found.get(`${kind} ${month}`) ?? 0),
        })),
        programs: (programs as Named[]).map(({ id, name }) => ({ value: id, label: name })),
        categories: (categories as Named[]).map(({ id, name }) => ({ value: id, label: name })),
      }
    },
  }
}

type Named = { id: number; name: string }

function programsWidget(here: Here, { day: chosen }: Choices<'programs'>): Contents {
  const { account, person, day } = here
  const date = {
    today: day,
    week: addDays(day, -7),
    month: monthBefore(day),
    year: yearBefore(day),
  }[chosen]
  return {
    ask: [programsOn(account, date, person.locationIds)],
    draw: ([rows]) => ({
      look: 'shares',
      title: 'Enrollments by program',
      about: chosen === 'today' ? 'today' : `on ${sayDate(date, { year: true })}`,
      parts: (rows as { programId: number; name: string; number: number }[]).map(({ programId, name, number }) => ({
        label: name,
        number,
        href: paths.office(account.slug).enrollments({ program: programId }),
      })),
    }),
  }
}

/** What a widget asks and draws; the newest entries of the window are the roof's, and an empty space has nothing. */
export function contentsOf(account: Account, person: Staffer, { kind, choices }: Widget): Contents {
  const here = { account, person, day: todayAt(account) }
  switch (kind) {
    case 'figure':
      return figureWidget(here, choices as Choices<'figure'>)
    case 'activity':
      return activityWidget(here, choices as Choices<'activity'>)
    case 'requests':
      return requestsWidget(here)
    case 'skills':
      return skillsWidget(here)
    case 'week':
      return weekWidget(here)
    case 'money':
      return moneyWidget(here, choices as Choices<'money'>)
    case 'programs':
      return programsWidget(here, choices as Choices<'programs'>)
    default:
      return { ask: [], draw: () => ({ look: 'empty', title: '' }) }
  }
}
