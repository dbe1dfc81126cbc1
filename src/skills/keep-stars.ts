import { type OfficeContext, sentenceOf } from '../doors'
import { evaluate } from './evaluate'
import { type Evaluated, starsIn } from './evaluation'

/**
 * Keeps the stars of a posted form, from whichever door it came.
 * @returns what is wrong and its status; nothing where it can lead on to the location
 */
export async function keepStars(
  c: OfficeContext,
  { student, row, date }: Evaluated,
  location: string,
): Promise<{ error: string; status: 409 | 422 } | undefined> {
  const results = starsIn(c.get('form'))
  if (!results.length) return { error: 'Give stars to at least one skill.', status: 422 }
  const names = { studentId: student.id, studentName: student.name }
  try {
    const about = { ...names, classId: row.id, date, staffId: c.get('person').id, results }
    await evaluate(c.get('account'), about, { location })
  } catch (refusal) {
    return { error: sentenceOf(refusal), status: 409 }
  }
}
