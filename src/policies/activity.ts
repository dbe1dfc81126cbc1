import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { type EntryRow, type Kind, look } from '../activity/kind'
import { sayMoment } from '../clock'
import * as paths from '../paths'

interface Told {
  policyId: number
  name: string
  number: number
  answer: 'accepted' | 'rejected' | 'put_off'
  required: number
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told
const words = { accepted: 'Accepted', rejected: 'Rejected', put_off: 'Put off' } as const

const recordOf = (account: Account, { studentId, familyId }: EntryRow) =>
  studentId ? paths.office(account.slug).student(studentId) : paths.office(account.slug).family(familyId ?? 0)

/** A policy accepted or rejected in the portal (PO8). */
export const policyKind: Kind = {
  icon: 'policy',
  statuses: ['notification'],
  permission: 'Families',
  dismiss: ['notification'],
  sentence(account, entry) {
    const { name, number, answer, required } = told(entry)
    return {
      what: `${words[answer]}: ${name}, version ${number}`,
      whatHref: recordOf(account, entry),
      subs:
        answer === 'rejected' && required
          ? [{ icon: 'warning', tone: 'red', text: 'It is required, so this student cannot be enrolled online.' }]
          : [],
    }
  },
  details: account =>
    look([], entry => {
      const { name, number, answer, required } = told(entry)
      const zone = businessZone(account)
      return {
        facts: [
          { label: 'Policy', text: `${name}, version ${number}${required ? ', required' : ''}` },
          { label: 'Answer', text: words[answer], tone: answer === 'rejected' ? 'red' : undefined },
          { label: 'By', text: entry.by },
          { label: 'When', text: sayMoment(entry.createdAt, zone) },
        ],
      }
    }),
}
