import { and, asc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { day, line, note, optional, optionalLine } from '../forms'
import { customFields, customValues } from '../schema/custom-fields'

export const kindsOfField = {
  text: 'One line',
  long_text: 'Several lines',
  number: 'Number',
  date: 'Date',
  yes_no: 'Yes or no',
  choice: 'One of several',
}

/** The choices of a field, one a line. */
export const choicesIn = (text: string | null) =>
  (text ?? '')
    .split('\n')
    .map(one => one.trim())
    .filter(Boolean)

/** A field of the business's own with a student's answer to it. */
export type CustomField = Awaited<ReturnType<ReturnType<typeof customFieldsQuery>['execute']>>[number]

/**
 * The fields that are in use, each with what stands there of a student.
 * @param studentId none for a child that is yet to be added
 * @param forFamilies only those that the Customer Portal shows (MA10)
 */
export function customFieldsQuery(
  { db }: Account,
  studentId: number | null,
  { forFamilies }: { forFamilies: boolean },
) {
  const { id, name, kind, choices, portal } = customFields
  return db
    .select({ id: sql<number>`${id}`.as('field_id'), name, kind, choices, portal, value: customValues.value })
    .from(customFields)
    .leftJoin(customValues, and(eq(customValues.fieldId, id), eq(customValues.subjectId, studentId ?? 0)))
    .where(
      and(
        eq(customFields.subject, 'student'),
        isNull(customFields.retiredAt),
        forFamilies ? ne(portal, 'hidden') : undefined,
      ),
    )
    .orderBy(asc(customFields.sort), asc(id))
}

/** The name of a field's box in a form. */
export const boxOf = ({ id }: Pick<CustomField, 'id'>) => `field_${id}`

const open = ({ portal }: Pick<CustomField, 'portal'>) => portal === 'editable' || portal === 'required'

/** What the boxes of a form hold, checked: null where nothing stands. Boxes of fields that families only read are passed over. */
export const customForm = (fields: CustomField[]) =>
  z.object(Object.fromEntries(fields.filter(open).map(field => [boxOf(field), schemaOf(field)])))

function schemaOf({ name, kind, choices, portal }: CustomField): z.ZodType<string | null> {
  const required = portal === 'required'
  const missing = `${name} is missing.`
  const needed = <T extends string | null>(schema: z.ZodType<T>) =>
    required ? schema.refine(value => value !== null && value !== '', missing) : schema
  switch (kind) {
    case 'long_text':
      return needed(note(name))
    case 'number': {
      const number = z.string().regex(/^-?\d{1,9}([.,]\d{1,4})?$/, `${name} is not a number.`)
      return needed(optional(number))
    }
    case 'date':
      return needed(optional(day(name)))
    case 'yes_no':
      return needed(
        z
          .string()
          .optional()
          .transform(value => (value === undefined ? null : 'yes')),
      )
    case 'choice': {
      const known = choicesIn(choices)
      return needed(optional(z.string().refine(text => known.includes(text), `Choose one: ${name}.`)))
    }
    default:
      return required ? line(name, 200) : optionalLine(name, 200)
  }
}

/** Writes what families answered; an empty answer leaves nothing. */
export function answerFields(
  { db }: Pick<Account, 'db'>,
  studentId: number | SQL<number>,
  fields: CustomField[],
  answers: Record<string, string | null>,
): Statement[] {
  return fields.filter(open).flatMap((field): Statement[] => {
    const value = answers[boxOf(field)] ?? null
    if (value === field.value) return []
    const key = { fieldId: field.id, subjectId: studentId as number }
    if (value !== null)
      return [
        db
          .insert(customValues)
          .values({ ...key, value })
          .onConflictDoUpdate({ target: [customValues.fieldId, customValues.subjectId], set: { value } }),
      ]
    return [db.delete(customValues).where(sql`field_id = ${field.id} and subject_id = ${studentId}`)]
  })
}

/** A field's answer as people read it. */
export const sayAnswer = ({ kind, value }: Pick<CustomField, 'kind' | 'value'>) =>
  kind === 'yes_no' && value ? 'Yes' : (value ?? '')
