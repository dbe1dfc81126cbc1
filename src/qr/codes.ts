import { eq, sql } from 'drizzle-orm'
import encodeQR from 'qr'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, must, Refusal } from '../database'
import { NotFound } from '../http'
import { students } from '../schema/students'

/** Capitals and digits, which a QR code holds in fewer squares. */
const newCode = () => crypto.getRandomValues(new Uint8Array(16)).toHex().toUpperCase()

/**
 * A child's code: 128 bits of chance that say nothing by themselves; a new one ends the one before (MA8).
 * @throws NotFound where QR codes are off or the child is another family's, Refusal 'limited-access'
 */
export async function makeCode(account: Account, guardian: Guardian, studentId: number, answer: Answer): Promise<void> {
  const child = guardian.students.find(({ id }) => id === studentId)
  if (!child || !account.settings['portal.show_qr']) throw new NotFound()
  if (guardian.access !== 'full') throw new Refusal('limited-access')
  const name = `${child.firstName} ${child.lastName}`
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from family_students f where f.family_id = ${guardian.family.id} and f.student_id = ${studentId})`,
        'changed-meanwhile',
      ),
      account.db.update(students).set({ qrToken: newCode(), qrMadeAt: account.now }).where(eq(students.id, studentId)),
      ...audit(account, 'make QR code', `made a new QR code for ${name}`, [
        ['family', guardian.family.id],
        ['student', studentId],
      ]),
    ],
    answer,
  )
}

/**
 * The squares of a code as one path, run by run, and how many squares a side has with the white edge that readers need.
 * Made by `qr` (kept, audited, no dependencies, no DOM: it runs in a Worker); we draw, so that no style is inline.
 */
export function drawing(code: string): { path: string; size: number } {
  const rows = encodeQR(code, 'raw', { ecc: 'medium', border: 4 })
  let path = ''
  for (const [y, row] of rows.entries())
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`
    }
  return { path, size: rows.length }
}
