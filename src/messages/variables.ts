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

/**
 * What a notice may say beside that: the act's own particulars, each with what stands for it where a template is tried
 * out. Which of them a notice has is said where its words are.
 */
export const particular = {
  student_name: { help: 'The name of the student', sample: 'Mia Rivera' },
  student_first: { help: 'The first name of the student', sample: 'Mia' },
  class_name: { help: 'The name of the class', sample: 'Beginner Gymnastics' },
  class_schedule: {
    help: 'The class with its days and times',
    sample: 'Beginner Gymnastics, Mon 4:15 pm',
    es: 'Beginner Gymnastics, lun 4:15 p. m.',
  },
  class_day: { help: 'The day and time of the class', sample: 'Mon, Nov 30, 4:15 pm', es: 'lun, 30 nov, 4:15 p. m.' },
  start_date: { help: 'The first day', sample: 'Nov 30', es: '30 nov' },
  last_day: { help: 'The last day', sample: 'Mon, Dec 21', es: 'lun, 21 dic' },
  days: { help: 'The days of a camp', sample: 'Jul 6, Jul 8', es: '6 jul, 8 jul' },
  from_class: { help: 'The class before', sample: 'Beginner Gymnastics' },
  to_class: { help: 'The new class', sample: 'Tumbling' },
  to_schedule: {
    help: 'The new class with its days and times',
    sample: 'Tumbling, Tue 5:00 pm',
    es: 'Tumbling, mar 5:00 p. m.',
  },
  transfer_date: { help: 'The first day in the new class', sample: 'Tue, Dec 1', es: 'mar, 1 dic' },
  missed_classes: {
    help: 'The classes that are missed',
    sample: 'Beginner Gymnastics on Mon, Nov 30',
    es: 'Beginner Gymnastics el lun, 30 nov',
  },
  appointment: {
    help: 'What is booked, with whom and when',
    sample: 'Evaluation with Sam, Mon, Nov 30, 4:15 pm',
    es: 'Evaluation con Sam, lun, 30 nov, 4:15 p. m.',
  },
  service: { help: 'What is booked', sample: 'Evaluation' },
  old_time: { help: 'The time before', sample: 'Mon, Nov 30, 4:15 pm', es: 'lun, 30 nov, 4:15 p. m.' },
  new_time: { help: 'The new time', sample: 'Tue, Dec 1, 5:00 pm', es: 'mar, 1 dic, 5:00 p. m.' },
  party: {
    help: 'The party and when it is',
    sample: 'Mia turns eight, Sat, Dec 5, 2:00 pm',
    es: 'Mia cumple ocho, sáb, 5 dic, 2:00 p. m.',
  },
  package: { help: 'The package that was chosen', sample: 'Gym party' },
  guests: { help: 'How many guests', sample: '10' },
  amount: { help: 'The amount', sample: '$50.00' },
  paid_with: { help: 'How it was paid', sample: 'Visa ending 4242', es: 'Visa terminada en 4242' },
  charges: { help: 'What was paid for', sample: 'Tuition for December', es: 'Colegiatura de diciembre' },
  items: { help: 'What was ordered', sample: '2 x Leotard, blue', es: '2 x Leotard, azul' },
  gift_code: { help: 'The code of the gift certificate', sample: 'ABCD-EFGH-JKLM-NPQR' },
  gift_receiver: { help: 'Whom the gift certificate is for', sample: 'Grandma', es: 'Abuela' },
  buyer_name: { help: 'The guest who bought it', sample: 'Rosa Vega' },
  reason: { help: 'Why', sample: 'a class that did not take place', es: 'una clase que no se dio' },
  change: { help: 'What was changed', sample: 'stored Visa ending 4242', es: 'guardó Visa terminada en 4242' },
  invited_name: { help: 'The guardian whom it is about', sample: 'Joe Rivera' },
  invited_address: { help: 'Where the invitation went', sample: 'joe@example.com' },
  code: { help: 'A code that is typed in', sample: '012345' },
  link_url: {
    help: 'The address that opens it, for whoever the mail is to',
    sample: 'https://example.com/invitations/…',
  },
  valid_hours: { help: 'For how many hours the link or invitation opens', sample: '48' },
  guardian_name: { help: 'The guardian who did it', sample: 'Ana Rivera' },
  staff_name: { help: 'The person on the staff whom it is about', sample: 'Kim Desk' },
  by_name: { help: 'The person on the staff who did it', sample: 'Ana Reyes' },
  old_address: { help: 'The log-in address before', sample: 'ana@example.com' },
  new_address: { help: 'The new log-in address', sample: 'ana.rivera@example.com' },
} as const satisfies Record<string, { help: string; sample: string; es?: string }>

export type ParticularName = keyof typeof particular

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
