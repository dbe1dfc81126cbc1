import type { CsvRecord } from './csv'
import { readHouseholds } from './households'
import type { Reading, StagedLine } from './lines'
import { readPrograms } from './programs'
import { readSessions } from './sessions'

export type ImportKind = 'households' | 'programs' | 'drop-in'

interface Format {
  label: string
  hint: string
  /** Columns without which the file is another one. */
  columns: string[]
  read(records: CsvRecord[], reading: Reading): StagedLine[]
  /** What it makes: singular, plural, and the rows and index entries written for each one. */
  makes: Record<string, { one: string; many: string; writes: number }>
}

/** The formats that can be imported. */
export const formats: Record<ImportKind, Format> = {
  households: {
    label: 'Households',
    hint: 'Families, guardians and students, one person a line.',
    columns: ['household_id', 'simulant_id', 'first_name', 'last_name', 'age', 'date_of_birth', 'housing_type'],
    read: readHouseholds,
    makes: {
      families: { one: 'family', many: 'families', writes: 6 },
      addresses: { one: 'address', many: 'addresses', writes: 2 },
      logins: { one: 'log-in', many: 'log-ins', writes: 2 },
      guardians: { one: 'guardian', many: 'guardians', writes: 6 },
      contacts: { one: 'e-mail address', many: 'e-mail addresses', writes: 6 },
      students: { one: 'student', many: 'students', writes: 6 },
      family_students: { one: 'tie of a child to a family', many: 'ties of children to families', writes: 3 },
    },
  },
  programs: {
    label: 'Registered programs',
    hint: 'Classes with their weekly times, one course a line; ages in months.',
    columns: ['Course_ID', 'Location ID', 'Section', 'Activity Title', 'Days of The Week', 'From To', 'Start Hour'],
    read: readPrograms,
    makes: {
      locations: { one: 'location', many: 'locations', writes: 2 },
      programs: { one: 'program', many: 'programs', writes: 2 },
      classes: { one: 'class', many: 'classes', writes: 6 },
      timeslots: { one: 'weekly time', many: 'weekly times', writes: 3 },
    },
  },
  'drop-in': {
    label: 'Drop-in sessions',
    hint: 'Dated meetings of drop-in classes, one session a line; ages in years.',
    columns: ['Course_ID', 'Location ID', 'Section', 'Course Title', 'First Date', 'Last Date', 'Start Hour'],
    read: readSessions,
    makes: {
      locations: { one: 'location', many: 'locations', writes: 2 },
      programs: { one: 'program', many: 'programs', writes: 2 },
      classes: { one: 'class', many: 'classes', writes: 6 },
      meetings: { one: 'meeting', many: 'meetings', writes: 5 },
    },
  },
}

export const isKind = (text: string): text is ImportKind => Object.hasOwn(formats, text)
