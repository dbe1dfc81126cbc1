import * as z from 'zod'
import { ageMisfit, sayForAges } from '../classes/classes'
import { ageErrors, forWhom } from '../classes/for-whom'
import type { Child, Reason } from '../enrollments/eligibility'
import type { Form } from '../forms'
import { t } from '../language'
import { ageIn, gathered, typedBoxes } from '../setup/boxes'

/** For whom an appointment is (A9): ages as ISO durations, as classes have them. */
export interface Criteria {
  minAge: string | null
  maxAge: string | null
  gender: 'male' | 'female' | 'any'
}

export const anybody: Criteria = { minAge: null, maxAge: null, gender: 'any' }

type Person = Pick<Child, 'birthDate' | 'gender'>

/** As an appointment keeps it. */
export const criteriaIn = (text: string): Criteria => ({ ...anybody, ...(JSON.parse(text) as Partial<Criteria>) })

export const isForAnybody = (criteria: Criteria): boolean => keptOf(criteria) === keptOf(anybody)

/** What is kept of it: only what is a limit. */
export const keptOf = ({ minAge, maxAge, gender }: Criteria): string =>
  JSON.stringify({
    ...(minAge ? { minAge } : {}),
    ...(maxAge ? { maxAge } : {}),
    ...(gender === 'any' ? {} : { gender }),
  })

const age = z.array(z.string()).transform(ageIn)

/** The fields of a form that say for whom it is; one that does not ask means everybody. */
export const criteriaFields = {
  minAge: age,
  maxAge: age,
  gender: z.enum(['any', 'female', 'male'], 'Choose one: Gender.').default('any'),
}

/** A posted form with the boxes of its ages together. */
export const withAges = (form: Form) => gathered(forWhom, form) as Form

export function agesInOrder(form: Pick<Criteria, 'minAge' | 'maxAge'>, context: z.RefinementCtx) {
  const { maxAge } = ageErrors(form)
  if (maxAge) context.addIssue({ code: 'custom', path: ['maxAge'], message: maxAge })
}

/** What stands in the boxes, by their names. */
export const typedCriteria = (criteria: Criteria): Record<string, string> =>
  Object.fromEntries(
    forWhom.flatMap(field => {
      const value = criteria[field.name as keyof Criteria]
      return typedBoxes(field, value) ?? [[field.name, String(value)] as [string, string]]
    }),
  )

/** "Girls" or "Boys", where it is not for everybody. */
export const sayGender = ({ gender }: Pick<Criteria, 'gender'>): string | undefined =>
  gender === 'any' ? undefined : gender === 'female' ? t('Girls') : t('Boys')

/** "Ages 5 to 7 years, Girls". */
export const sayForWhom = (criteria: Criteria): string =>
  [sayForAges(criteria), sayGender(criteria)].filter(Boolean).join(', ')

/** Why a student does not fit on a day, each with its name; the exact age on that day counts (A4). Statements ask it by fit.ts. */
export function misfitsOn(criteria: Criteria, student: Person, onDate: string): Reason[] {
  const wrong = ageMisfit(student.birthDate, onDate, criteria)
  return [
    ...(wrong ? [{ code: wrong, on: onDate }] : []),
    ...(isOther(criteria, student) ? [{ code: 'wrong-gender' }] : []),
  ]
}

const isOther = ({ gender }: Criteria, student: Person) =>
  gender !== 'any' && student.gender !== 'unstated' && student.gender !== gender
