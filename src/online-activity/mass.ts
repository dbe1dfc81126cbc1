import { sql } from 'drizzle-orm'
import type { Report } from '../../views/online-activity/types'
import type { Account } from '../accounts/account'
import type { EntryRow } from '../activity/kind'
import { kindLabels } from '../activity/kind-names'
import type { Staffer } from '../auth/permissions'
import { classQuery, openings } from '../classes/classes'
import { commit, Refusal, read, refusalOf } from '../database'
import * as paths from '../paths'
import { because } from '../refusals'
import { classes } from '../schema/classes'
import { startTask, type Worker } from '../tasks/tasks'
import { approve, dismiss, mayActOn, reasonFor, undoOf } from './decide'
import { kinds } from './kinds'
import { who } from './rows'
import { entriesQuery } from './window'

/** Six at once: as many connections as one invocation has. */
const atOnce = 6
/** One decision with its reads, its commit and a refusal's sentence. */
const statementsEach = 40
const statementsADismissal = 8

export interface Summary {
  types: { label: string; count: number }[]
  full: { name: string; href: string; asked: number; open: number }[]
  waiting: EntryRow[]
}

/** The entries somebody ticked, of those this person may see; order of arrival, so that the first come is first served. */
export async function chosen(account: Account, person: Staffer, ids: number[]): Promise<EntryRow[]> {
  if (!ids.length) return []
  const [rows] = await read(account, [entriesQuery(account, ids, person.locationIds)])
  return rows
}

/** The one summary before a mass approve: how many of which type, and which classes have fewer places than asked (OA6). */
export async function summarize(account: Account, entries: EntryRow[]): Promise<Summary> {
  const waiting = entries.filter(({ status, closedAt }) => status === 'pending' && closedAt === null)
  const counts = new Map<string, number>()
  const asked = new Map<number, number>()
  for (const entry of waiting) {
    counts.set(kindLabels[entry.kind], (counts.get(kindLabels[entry.kind]) ?? 0) + 1)
    const classId = kinds[entry.kind].takesPlaceIn?.(entry)
    if (classId) asked.set(classId, (asked.get(classId) ?? 0) + 1)
  }
  const ids = JSON.stringify([...asked.keys()])
  const [rows] = await read(account, [
    classQuery(account).where(sql`${classes.id} in (select value from json_each(${ids}))`),
  ])
  const full = rows
    .map(row => ({
      name: row.name,
      href: paths.office(account.slug).class(row.id),
      asked: asked.get(row.id) ?? 0,
      open: openings(row),
    }))
    .filter(({ asked: wanted, open }) => wanted > open)
  return { types: [...counts].map(([label, count]) => ({ label, count })), full, waiting }
}

interface Fate {
  entry: EntryRow
  /** Why it did not happen, in words and by code. */
  refusal?: string
  code?: string
}

/**
 * Does one act for each entry, several at once, each in a commit of its own: one refusal does not undo the others, nor
 * does a fault of ours. Entries that want a place in one class take turns, so that the first come is first served.
 */
async function each(
  account: Account,
  entries: EntryRow[],
  act: (entry: EntryRow) => Promise<unknown>,
): Promise<Fate[]> {
  const fates: Fate[] = []
  const turns = [
    ...Map.groupBy(entries, entry => kinds[entry.kind].takesPlaceIn?.(entry) ?? `entry ${entry.id}`).values(),
  ]
  const worker = async () => {
    for (let turn = turns.shift(); turn; turn = turns.shift())
      for (const entry of turn) fates.push(await fateOf(account, entry, act))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return fates
}

async function fateOf(account: Account, entry: EntryRow, act: (entry: EntryRow) => Promise<unknown>): Promise<Fate> {
  try {
    await act(entry)
    return { entry }
  } catch (error) {
    const refusal = refusalOf(error)
    return { entry, code: refusal.code, refusal: await reasonFor(account, entry, refusal) }
  }
}

/**
 * Approves what was ticked and waits, each row for itself, never overbooking; the report tells the fate of each.
 * What does not fit the statements of one request goes on as a Background Task, whose page is the same report.
 */
export async function massApprove(
  account: Account,
  person: Staffer,
  entries: EntryRow[],
  budget: number,
  location: string,
): Promise<{ report: Report; done: number }> {
  const waiting = entries.filter(({ status, closedAt }) => status === 'pending' && closedAt === null)
  const mine = waiting.filter(entry => mayActOn(person, entry))
  const roomFor = Math.max(1, Math.floor((budget - account.meter.statements) / statementsEach))
  const now = mine.slice(0, roomFor)
  const fates = await each(unkeyed(account), now, entry => approve(unkeyed(account), entry, {}))
  const refused = fates.filter(({ refusal }) => refusal)
  const lines = refused.map(({ entry, refusal }) => ({
    text: `${who(entry)}: ${refusal}`,
    href: paths.office(account.slug).entry(entry.id),
  }))
  const notMine = waiting.length - mine.length
  const later = mine.length - now.length
  const other = entries.length - waiting.length
  if (notMine)
    lines.push({ text: `${counted(notMine)} left alone: approving takes a permission you do not have.`, href: '' })
  if (later)
    lines.push({
      text: `${later} go on in the background.`,
      href: paths.office(account.slug).backgroundTasks(),
    })
  if (other) lines.push({ text: `${counted(other)} had nothing to approve.`, href: '' })
  const done = fates.length - refused.length
  // What somebody else handled meanwhile waits no more.
  const still = refused.filter(({ code }) => code !== 'already-handled').length + notMine + later
  const report: Report = {
    tone: still || !done ? 'amber' : 'green',
    summary: `${done} approved.${still ? ` ${still === 1 ? '1 is' : `${still} are`} still pending.` : ''}`,
    lines: lines.map(({ text, href }) => ({ text, href: href || undefined })),
  }
  const rest = mine.slice(roomFor).map(({ id }) => String(id))
  const task = {
    kind: massApproval,
    title: `Approve ${later} entries of Online Activity`,
    staffId: person.id,
    items: rest,
  }
  await commit(account, later ? startTask(account, task) : [], { location, report })
  return { report, done }
}

/** Puts away what can be put away; pending rows and online orders stay, and the report counts them (OA6). */
export async function massDismiss(
  account: Account,
  person: Staffer,
  entries: EntryRow[],
  budget: number,
  location: string,
): Promise<Report> {
  const open = entries.filter(({ closedAt }) => closedAt === null)
  const pending = open.filter(({ status }) => status === 'pending').length
  const orders = open.filter(({ kind }) => kinds[kind].dismissInDetails).length
  const can = open.filter(({ status, kind }) => status !== 'pending' && kinds[kind].dismiss.includes(status))
  const mine = can.filter(entry => mayActOn(person, entry))
  const roomFor = Math.max(1, Math.floor((budget - account.meter.statements) / statementsADismissal))
  const now = mine.slice(0, roomFor)
  const fates = await each(unkeyed(account), now, entry => dismiss(unkeyed(account), entry, false))
  const refused = fates.filter(({ refusal }) => refusal)
  const done = fates.length - refused.length
  const lines = refused.map(({ entry, refusal }) => ({ text: `${who(entry)}: ${refusal}` }))
  const rest = mine.slice(roomFor).map(({ id }) => String(id))
  if (rest.length) lines.push({ text: `${rest.length} go on in the background.` })
  if (pending)
    lines.push({ text: `${pending === 1 ? '1 waits' : `${pending} wait`} for a decision and cannot be dismissed.` })
  if (orders)
    lines.push({
      text: `${orders === 1 ? '1 online order is' : `${orders} online orders are`} dismissed from the details only, where the goods are picked.`,
    })
  if (can.length > mine.length)
    lines.push({
      text: `${counted(can.length - mine.length)} left alone: dismissing takes a permission you do not have.`,
    })
  const gone = fates.filter(({ refusal }) => !refusal).map(({ entry }) => entry)
  const report: Report = done
    ? { tone: lines.length ? 'amber' : 'green', summary: `${done} dismissed.`, lines, undo: undoOf(account, gone) }
    : { tone: 'red', summary: 'Nothing was dismissed.', lines }
  const task = {
    kind: massDismissal,
    title: `Dismiss ${rest.length} entries of Online Activity`,
    staffId: person.id,
    items: rest,
  }
  await commit(account, rest.length ? startTask(account, task) : [], { location, report })
  return report
}

const counted = (number: number) => (number === 1 ? '1 was' : `${number} were`)

/** The rows are commits of their own; the form's key is spent once, with the report. */
const unkeyed = (account: Account): Account => ({ ...account, form: undefined })

/** The Background Tasks that go on with what was too much for one request. */
export const massApproval = 'mass-approval'
export const massDismissal = 'mass-dismissal'

/** Approves one of the entries that were left over, ticking it off in the same commit. */
export const approveLeftOver: Worker = async (account, item, beside) => {
  const [[entry]] = await read(account, [entriesQuery(account, [Number(item)], [])])
  if (!entry) throw new Refusal('already-handled')
  await approve(account, entry, {}, undefined, [beside])
}

/** Dismisses one of the entries that were left over. */
export const dismissLeftOver: Worker = async (account, item, beside) => {
  const [[entry]] = await read(account, [entriesQuery(account, [Number(item)], [])])
  if (!entry) throw new Refusal('already-handled')
  await dismiss(account, entry, false, undefined, [beside])
}

/** Why an entry that was left over could not be approved, with whom it is about. */
export async function sayLeftOver(account: Account, item: string, refusal: Refusal): Promise<string> {
  const [[entry]] = await read(account, [entriesQuery(account, [Number(item)], [])])
  return entry ? `${who(entry)}: ${await reasonFor(account, entry, refusal)}` : because(refusal.code)
}
