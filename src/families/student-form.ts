import { asc, isNull, or, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { StudentAsks } from '../../views/portal/student-fields'
import type { Account } from '../accounts/account'
import { read } from '../database'
import { day, id, line, note, optional } from '../forms'
import { t } from '../language'
import { grades, students } from '../schema/students'
import type { Settings } from '../settings'
import { boxOf, type CustomField, choicesIn, customFieldsQuery, customForm, sayAnswer } from '../students/custom-fields'
import type { NewStudent } from './students'

/** A birthday: a day that has been, and not before anybody's who lives. */
function birthday(today: string) {
  return day('Birthday').refine(date => date <= today && date > '1900', 'The birthday is not in the past.')
}

type Ask = 'asked' | 'required'

/** What the form of a student asks besides a name and a birthday (MA10, CP7). */
export interface Asks {
  gender?: Ask
  grade?: Ask
  medical?: Ask
  grades: { value: number; label: string }[]
  fields: CustomField[]
}

/** What reads what the business can ask of a student; none is named for one that is yet to be made. */
export function asksQueries(account: Account, studentId: number | null) {
  const own = sql`${grades.id} = (select s.grade_id from ${students} s where s.id = ${studentId})`
  return [
    account.db
      .select({ value: grades.id, label: grades.name })
      .from(grades)
      .where(or(isNull(grades.retiredAt), own))
      .orderBy(asc(grades.sort), asc(grades.id)),
    customFieldsQuery(account, studentId, { forFamilies: true }),
  ] as const
}

/** Makes of what asksQueries answered what the business asks. @param onlyRequired making an account asks no more than it must */
export function asksFrom(
  { settings }: Account,
  known: Asks['grades'],
  fields: CustomField[],
  { onlyRequired = false }: { onlyRequired?: boolean } = {},
): Asks {
  const ask = (name: 'ask.gender' | 'ask.grade' | 'ask.medical') => askIn(settings, name, onlyRequired)
  return {
    gender: ask('ask.gender'),
    grade: known.length ? ask('ask.grade') : undefined,
    medical: ask('ask.medical'),
    grades: known,
    fields: onlyRequired ? fields.filter(({ portal }) => portal === 'required') : fields,
  }
}

/** What the business asks of a student that is yet to be made. */
export async function asksOf(account: Account, how?: { onlyRequired: boolean }): Promise<Asks> {
  const [known, fields] = await read(account, [...asksQueries(account, null)])
  return asksFrom(account, known, fields, how)
}

function askIn(settings: Settings, name: 'ask.gender' | 'ask.grade' | 'ask.medical', onlyRequired: boolean) {
  const asked = settings[name]
  return asked === 'required' || (asked === 'asked' && !onlyRequired) ? (asked as Ask) : undefined
}

/** Add Student, Edit Student, and a child in the form of a new account: what is not asked comes out undefined. */
export function studentForm(today: string, asks: Asks) {
  const known = new Set(asks.grades.map(({ value }) => value))
  const asked = <T extends z.ZodType>(ask: Ask | undefined, schema: T, missing: string) =>
    ask
      ? schema.refine(value => ask !== 'required' || value !== null, missing)
      : z
          .unknown()
          .optional()
          .transform(() => undefined)
  return z.object({
    first: line('First name', 60),
    last: line('Last name', 60),
    birthday: birthday(today),
    gender: asked(asks.gender, gender, 'Choose a gender.'),
    grade: asked(
      asks.grade,
      optional(id('a grade').refine(value => known.has(value), 'Choose a grade.')),
      'Choose a grade.',
    ),
    medical: asked(asks.medical, note('Medical'), 'Medical is missing.'),
    ...customForm(asks.fields).shape,
  })
}

const gender = z
  .enum(['male', 'female', 'unstated', ''], 'Choose a gender.')
  .optional()
  .transform(value => value || null)

type Data = z.output<ReturnType<typeof studentForm>>

/** The student that a form described. */
export function studentFrom({ first, last, birthday, gender, grade, medical, ...own }: Data, asks: Asks): NewStudent {
  const values = own as Record<string, string | null>
  return {
    firstName: first,
    lastName: last,
    birthDate: birthday,
    gender: gender === null ? 'unstated' : gender,
    gradeId: grade,
    medical,
    answers: { fields: asks.fields, values },
  }
}

/** What is asked, as the page shows it. */
export function shownAsks({ fields, ...asks }: Asks): StudentAsks {
  return {
    ...asks,
    own: fields
      .filter(({ portal }) => portal !== 'shown')
      .map(field => ({
        name: boxOf(field),
        label: field.name,
        kind: field.kind,
        choices: choicesIn(field.choices),
        required: field.portal === 'required',
      })),
    shown: fields
      .filter(({ portal, value }) => portal === 'shown' && value !== null)
      .map(field => ({ label: field.name, value: t(sayAnswer(field)) })),
  }
}
