import type { Row } from '../../views/online-activity/types'
import type { Account } from '../accounts/account'
import { businessZone, locationOf } from '../accounts/account'
import type { EntryRow } from '../activity/kind'
import { kindLabels } from '../activity/kind-names'
import type { Status } from '../activity/log'
import { windowSpan } from '../activity/pending'
import { level, type Staffer } from '../auth/permissions'
import { sayWhen } from '../clock'
import * as paths from '../paths'
import { verbsFor } from './decide'
import { kinds } from './kinds'

const day = 86_400_000
/** For so many days before it leaves the window a request says that it is about to (OA18). */
const warnedFor = 10

const words: Record<Status, Row['status']> = {
  pending: { word: 'Pending', tone: 'red' },
  approved: { word: 'Approved', tone: 'green' },
  notification: { word: 'Notification' },
  special: { word: 'Review', tone: 'blue' },
}

/** An entry as the window shows it to this person. */
export function rowOf(account: Account, person: Staffer, entry: EntryRow): Row {
  const at = paths.office(account.slug)
  const kind = kinds[entry.kind]
  const { typeLabel, typeTone, trial, what, whatHref, subs } = kind.sentence(account, entry)
  const verbs = verbsFor(account, person, entry)
  const place = locationOf(account, entry.locationId)
  return {
    id: entry.id,
    kind: entry.kind,
    typeLabel: typeLabel ?? kindLabels[entry.kind],
    typeTone,
    icon: kind.icon,
    family: entry.familyId && entry.familyName ? { id: entry.familyId, name: entry.familyName } : undefined,
    student: entry.studentId && entry.studentName ? { id: entry.studentId, name: entry.studentName } : undefined,
    trial,
    what,
    whatHref,
    subs: [
      ...(subs ?? []),
      ...(entry.notes
        ? [{ icon: 'note', text: `“${short(entry.notes)}”` }]
        : entry.hasNotes
          ? [{ icon: 'note', text: 'Has a staff note.' }]
          : []),
      ...lastDays(account, entry),
    ],
    where: place?.name ?? 'No location',
    when: sayWhen(entry.createdAt, account.now, place?.timeZone ?? businessZone(account)),
    status: words[entry.status],
    acts: {
      approve: verbs.has('approve')
        ? kind.asks
          ? { href: at.entry(entry.id), ask: true }
          : { href: at.approval(entry.id) }
        : undefined,
      deny: verbs.has('deny') ? { href: at.denial(entry.id) } : undefined,
      look: { href: at.entry(entry.id) },
      write: entry.familyId && level(person, 'Email Blasts') === 2 ? { href: at.entryEmail(entry.id) } : undefined,
      dismiss:
        verbs.has('dismiss') && kind.dismiss.includes(entry.status) ? { href: at.dismissal(entry.id) } : undefined,
    },
  }
}

function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  return flat.length > 160 ? `${[...flat].slice(0, 159).join('')}…` : flat
}

function lastDays({ now, settings }: Account, { status, createdAt }: EntryRow): Row['subs'] {
  const time = createdAt + windowSpan(settings) - now
  if (status !== 'pending' || time > warnedFor * day) return []
  const left = Math.max(1, Math.ceil(time / day))
  return [
    {
      icon: 'clock',
      tone: 'amber',
      text: `Leaves this window in ${left === 1 ? '1 day' : `${left} days`}. It can still be decided on the Enrollments page.`,
    },
  ]
}

/** "Rivera, Mia": who an entry is about. */
export const who = (entry: EntryRow) =>
  [entry.familyName, entry.studentName].filter(Boolean).join(', ') || kindLabels[entry.kind]
