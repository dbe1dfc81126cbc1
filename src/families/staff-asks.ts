import type { Account } from '../accounts/account'
import { customFieldsQuery } from '../students/custom-fields'
import { type Asks, asksQueries } from './student-form'

/** The query of what the Office asks of a student that is yet to be made. */
export const newStudentQuery = (account: Account) => asksQueries(account, null)[0]

/** What the Office asks of one: nothing is required of staff, and fields of the business's own stand in the record. */
export const asksOfNew = (grades: Asks['grades']): Asks => asksFromStaff(grades, [])

/** The queries of what the Office asks of a student that is there; every field of the business's own is staff's to fill. */
export const staffQueries = (account: Account, studentId: number) =>
  [asksQueries(account, studentId)[0], customFieldsQuery(account, studentId, { forFamilies: false })] as const

/** Makes of what staffQueries answered what the Office asks. */
export const asksFromStaff = (grades: Asks['grades'], fields: Asks['fields']): Asks => ({
  gender: 'asked',
  grade: grades.length ? 'asked' : undefined,
  medical: 'asked',
  grades,
  fields: fields.map(field => ({ ...field, portal: 'editable' as const })),
})
