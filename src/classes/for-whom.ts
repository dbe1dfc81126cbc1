import type { Field } from '../setup/field'

/** For whom something is: asked with the same words of classes and of appointments. */
export const forWhom: Field[] = [
  { kind: 'age', name: 'minAge', label: 'From age' },
  { kind: 'age', name: 'maxAge', label: 'To age', hint: 'The last year or month counts to its end.' },
  {
    kind: 'choice',
    name: 'gender',
    label: 'Gender',
    options: { any: 'Co-Ed', female: 'Female', male: 'Male' },
  },
]

/** What two ages say together: a sentence by its field. */
export const ageErrors = ({ minAge, maxAge }: { minAge?: unknown; maxAge?: unknown }): { maxAge?: string } =>
  months(minAge, 0) > months(maxAge, Infinity) ? { maxAge: 'This is younger than From age.' } : {}

const months = (age: unknown, none: number) => {
  const [, years, rest] = String(age ?? '').match(/^P(?:(\d+)Y)?(?:(\d+)M)?/) ?? []
  return years || rest ? Number(years ?? 0) * 12 + Number(rest ?? 0) : none
}
