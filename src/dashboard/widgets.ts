import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import { kindNames } from '../activity/kind-names'
import { audit } from '../audit/audit'
import { demand, level, type Permission, type Staffer } from '../auth/permissions'
import { type Answer, commit, type Database, kept, must, read, type Statement } from '../database'
import { NotFound } from '../http'
import { loginSessions } from '../schema/sessions'
import { staff } from '../schema/staff'
import { widgets } from '../schema/widgets'

const days = z.enum(['7', '30', '60'])

/**
 * The widgets of the Dashboard (A2): what each is called, what can be chosen about it, who may have it. What was kept
 * by an older version and does not fit any more falls back to the first choice.
 */
export const widgetKinds = {
  figure: {
    label: 'Key figure',
    choices: z.object({
      of: z.enum(['active_families', 'active_students', 'enrollments', 'staff', 'payments']).catch('active_families'),
      days: days.catch('7'),
    }),
    width: 1,
  },
  activity: {
    label: 'What families did',
    choices: z.object({ type: z.enum(kindNames).catch('enrollment') }),
    width: 1,
  },
  requests: { label: 'Requests that wait', choices: z.object({}), width: 1 },
  skills: { label: 'Skills', choices: z.object({}), width: 1 },
  week: { label: 'This week', choices: z.object({}), width: 1 },
  newest: { label: 'Online Activity', choices: z.object({}), width: 2 },
  money: {
    label: 'Charges, payments and credits by month',
    choices: z.object({
      years: z.enum(['1', '2', '3', '6']).catch('1'),
      program: z
        .string()
        .regex(/^\d{1,15}$/)
        .catch(''),
      category: z
        .string()
        .regex(/^\d{1,15}$/)
        .catch(''),
    }),
    width: 2,
  },
  programs: {
    label: 'Enrollments by program',
    choices: z.object({ day: z.enum(['today', 'week', 'month', 'year']).catch('today') }),
    width: 1,
  },
  news: { label: 'News', choices: z.object({}), width: 1 },
  spacer: { label: 'Empty space', choices: z.object({}), width: 1 },
} as const

export type WidgetKind = keyof typeof widgetKinds
export type Choices<K extends WidgetKind> = z.output<(typeof widgetKinds)[K]['choices']>

export interface Widget<K extends WidgetKind = WidgetKind> {
  id: number
  kind: K
  /** Of three columns. */
  width: number
  choices: Choices<K>
}

export const isKind = (name: string): name is WidgetKind => Object.hasOwn(widgetKinds, name)

/** The right that a widget needs; what shows money is for owners and administrators unless granted (A2). */
export function rightFor(kind: WidgetKind, choices: Record<string, unknown>): Permission | undefined {
  if (kind === 'money' || choices.of === 'payments') return 'Financial Widgets'
  if (kind === 'activity' || kind === 'newest' || kind === 'requests') return 'Manage Online Activity'
  if (kind === 'skills') return 'Skills'
  if (kind === 'week' || kind === 'programs') return 'Enrollments'
}

export function mayHave(person: Staffer, kind: WidgetKind, choices: Record<string, unknown> = {}): boolean {
  const right = rightFor(kind, choices)
  return !right || level(person, right) > 0
}

/** What everybody begins with, those parts of it that they may see. */
const beginning: { kind: WidgetKind; width: number; choices: Record<string, string> }[] = [
  { kind: 'figure', width: 1, choices: { of: 'active_students', days: '7' } },
  { kind: 'figure', width: 1, choices: { of: 'enrollments', days: '30' } },
  { kind: 'figure', width: 1, choices: { of: 'payments', days: '30' } },
  { kind: 'newest', width: 2, choices: {} },
  { kind: 'week', width: 1, choices: {} },
  { kind: 'money', width: 2, choices: { years: '1' } },
  { kind: 'programs', width: 1, choices: { day: 'today' } },
  { kind: 'activity', width: 1, choices: { type: 'enrollment' } },
  { kind: 'activity', width: 1, choices: { type: 'drop' } },
  { kind: 'activity', width: 1, choices: { type: 'payment' } },
]

/** The choices of a kind, each of which is one that it knows. */
export const choicesOf = (kind: WidgetKind, given: unknown) =>
  widgetKinds[kind].choices.parse(given && typeof given === 'object' ? given : {}) as Record<string, string>

const most = 24

/** One person's widgets in their order; nothing for somebody who never arranged any. */
export const widgetsOf = ({ db }: Pick<Account, 'db'>, staffId: number | SQL) =>
  db
    .select({ id: widgets.id, kind: widgets.kind, width: widgets.width, choices: widgets.choices })
    .from(widgets)
    .where(sql`${widgets.staffId} = ${staffId}`)
    .orderBy(asc(widgets.sort), asc(widgets.id))
    .limit(most)

/** The same for whoever a session belongs to: asked with the log-in, so that the dashboard is one trip more. */
export const widgetsOfSession = (database: Pick<Database, 'db' | 'prepare'>, sessionId: string) =>
  kept(database, 'widgets', { session: sessionId }, () =>
    widgetsOf(
      database,
      sql`(select s.id from ${loginSessions} x join ${staff} s on s.login_id = x.login_id where x.id = ${sql.placeholder('session')})`,
    ),
  )

export type WidgetRow = Awaited<ReturnType<typeof widgetsOf>>[number]

/** Those of them that the person may have now, or the beginning (ids below one). */
export function arranged(person: Staffer, rows: WidgetRow[]): Widget[] {
  const known = rows.length
    ? rows.map(row => ({ ...row, choices: JSON.parse(row.choices) as unknown }))
    : beginning.map((each, nth) => ({ ...each, id: -nth }))
  return known.flatMap(({ id, kind, width, choices }) => {
    if (!isKind(kind)) return []
    const chosen = choicesOf(kind, choices)
    return mayHave(person, kind, chosen) ? [{ id, kind, width, choices: chosen as Widget['choices'] }] : []
  })
}

const told = (account: Account, person: Staffer, summary: string): Statement[] =>
  audit(account, 'dashboard arranged', summary, [['staff', person.id]])

const mine = (person: Staffer, id: number) => and(eq(widgets.id, id), eq(widgets.staffId, person.id))

/** Begins an arrangement of one's own: the widgets of the beginning become this person's, unless there are some. */
export async function arrange(account: Account, person: Staffer, answer: Answer): Promise<void> {
  const [rows] = await read(account, [widgetsOf(account, person.id)])
  const first = rows.length ? [] : arranged(person, [])
  await commit(
    account,
    [
      must(
        account,
        sql`${rows.length} > 0 or not exists (select 1 from ${widgets} where ${widgets.staffId} = ${person.id})`,
        'changed-meanwhile',
      ),
      ...first.map(({ kind, width, choices }, sort) =>
        account.db.insert(widgets).values({ staffId: person.id, sort, kind, width, choices: JSON.stringify(choices) }),
      ),
      ...(first.length ? told(account, person, 'Began to arrange the dashboard') : []),
    ],
    answer,
  )
}

/** Adds a widget at the end. @throws Refusal dashboard-full; Forbidden */
export async function addWidget(account: Account, person: Staffer, kind: WidgetKind, answer: Answer): Promise<void> {
  const right = rightFor(kind, choicesOf(kind, {}))
  if (right) demand(person, right)
  const own = sql`from ${widgets} where ${widgets.staffId} = ${person.id}`
  await commit(
    account,
    [
      must(account, sql`(select count(*) ${own}) < ${most}`, 'dashboard-full'),
      account.db.insert(widgets).values({
        staffId: person.id,
        sort: sql<number>`(select coalesce(max(${widgets.sort}), 0) + 1 ${own})`,
        kind,
        width: widgetKinds[kind].width,
        choices: JSON.stringify(choicesOf(kind, {})),
      }),
      ...told(account, person, `Added ${widgetKinds[kind].label} to the dashboard`),
    ],
    answer,
  )
}

/** Changes a widget's width and what it shows. @throws NotFound when it is not this person's */
export async function changeWidget(
  account: Account,
  person: Staffer,
  id: number,
  wish: { width: number; choices: Record<string, unknown> },
  answer: Answer,
): Promise<void> {
  const widget = await ownWidget(account, person, id)
  const choices = choicesOf(widget.kind, wish.choices)
  const right = rightFor(widget.kind, choices)
  if (right) demand(person, right)
  await commit(
    account,
    [
      account.db
        .update(widgets)
        .set({ width: wish.width, choices: JSON.stringify(choices) })
        .where(mine(person, id)),
      ...told(account, person, `Changed ${widgetKinds[widget.kind].label} on the dashboard`),
    ],
    answer,
  )
}

async function ownWidget(
  account: Account,
  person: Staffer,
  id: number,
): Promise<{ kind: WidgetKind; all: WidgetRow[] }> {
  const [all] = await read(account, [widgetsOf(account, person.id)])
  const row = all.find(each => each.id === id)
  if (!row || !isKind(row.kind)) throw new NotFound()
  return { kind: row.kind, all }
}

/** Puts a widget one place earlier or later. @throws NotFound when it is not this person's */
export async function moveWidget(
  account: Account,
  person: Staffer,
  id: number,
  to: 'earlier' | 'later',
  answer: Answer,
): Promise<void> {
  const { kind, all } = await ownWidget(account, person, id)
  const ids = all.map(each => each.id)
  const from = ids.indexOf(id)
  const place = Math.min(Math.max(from + (to === 'earlier' ? -1 : 1), 0), ids.length - 1)
  ids.splice(from, 1)
  ids.splice(place, 0, id)
  await commit(
    account,
    [
      ...ids.map((each, sort) => account.db.update(widgets).set({ sort }).where(mine(person, each))),
      ...told(account, person, `Moved ${widgetKinds[kind].label} on the dashboard`),
    ],
    answer,
  )
}

/** Takes a widget away. @throws NotFound when it is not this person's */
export async function removeWidget(account: Account, person: Staffer, id: number, answer: Answer): Promise<void> {
  const { kind } = await ownWidget(account, person, id)
  await commit(
    account,
    [
      account.db.delete(widgets).where(mine(person, id)),
      ...told(account, person, `Removed ${widgetKinds[kind].label} from the dashboard`),
    ],
    answer,
  )
}

/** Back to what everybody begins with. */
export async function resetWidgets(account: Account, person: Staffer, answer: Answer): Promise<void> {
  await commit(
    account,
    [
      account.db.delete(widgets).where(eq(widgets.staffId, person.id)),
      ...told(account, person, 'Put the dashboard back to how it began'),
    ],
    answer,
  )
}
