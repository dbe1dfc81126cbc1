import { variablesIn } from './markup'

interface Variable {
  group: 'General' | 'Family' | 'Students and classes'
  help: string
}

/** What any e-mail to a family may say of it: Email Blasts have these, notices have them beside their own (A22). */
export const common = {
  date: { group: 'General', help: 'The day it is sent' },
  account_name: { group: 'General', help: 'The name of the business' },
  location_name: { group: 'General', help: 'The location of the family' },
  location_phone: { group: 'General', help: 'The telephone of that location' },
  portal_url: { group: 'General', help: 'The address of the Customer Portal' },
  family_first: { group: 'Family', help: 'First name of the primary guardian' },
  family_last: { group: 'Family', help: 'Last name of the primary guardian' },
  family_name: { group: 'Family', help: 'The name of the family' },
  family_balance: { group: 'Family', help: 'What the family owes today' },
  student_names: { group: 'Students and classes', help: 'First names of all students' },
  class_names: { group: 'Students and classes', help: 'The classes they are in now' },
  class_schedules: { group: 'Students and classes', help: 'Those classes with their days and times' },
} as const satisfies Record<string, Variable>

export type CommonName = keyof typeof common
export const commonNames = Object.keys(common) as CommonName[]

/** A variable that nobody knows, with those it may have meant. */
export interface Unknown {
  name: string
  near: string[]
}

/** The variables of a text that cannot be filled: an error when it is saved, not a hole when it is read. */
export function unknownIn(texts: string[], allowed: readonly string[]): Unknown[] {
  const names = new Set(texts.flatMap(variablesIn))
  return [...names].filter(name => !allowed.includes(name)).map(name => ({ name, near: nearest(name, allowed) }))
}

/** "There is no variable [[famly_first]]. Perhaps [[family_first]]?" */
export function sayUnknown(unknown: Unknown[]): string | undefined {
  if (!unknown.length) return
  return unknown
    .map(({ name, near }) => {
      const perhaps = near.map(one => `[[${one}]]`).join(' or ')
      return `There is no variable [[${name}]].${perhaps ? ` Perhaps ${perhaps}?` : ''}`
    })
    .join(' ')
}

function nearest(name: string, allowed: readonly string[]): string[] {
  const scored = allowed
    .map(one => ({ one, far: distance(name, one), shares: one.includes(name) || name.includes(one) }))
    .filter(({ one, far, shares }) => shares || far <= Math.max(2, Math.floor(one.length / 3)))
    .sort((a, b) => a.far - b.far)
  return scored.slice(0, 3).map(({ one }) => one)
}

/** How many letters differ between two short words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next[j] = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1)
    }
    row = next
  }
  return row[b.length] ?? 0
}
