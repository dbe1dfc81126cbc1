import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { addDays } from '../clock'
import { must, newest, type Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { charges } from '../schema/charges'
import { passes } from '../schema/passes'
import { never, type PassProduct } from './passes'

/** Charge category 8 is Punch passes (migration 0014). */
const passCategory = 8

/** What is sold to whom. */
export interface Sale {
  familyId: number
  locationId: number
  product: Pick<PassProduct, 'id' | 'title' | 'cents' | 'punches' | 'validDays'>
  /** Whose it is; the family's, where nobody is named. */
  studentId: number | null
  day: string
}

/** The statements by which a family gets a punch pass: its charge, the pass, the audit line. What is not for sale any more is refused. */
export function sellPass(account: Account, { familyId, locationId, product, studentId, day }: Sale): Statement[] {
  const { id, title, cents, punches, validDays } = product
  return [
    must(
      account,
      sql`exists (select 1 from pass_products p where p.id = ${id} and p.retired_at is null and p.show_portal = 1 and p.cents = ${cents} and p.punches = ${punches})`,
      'not-for-sale',
    ),
    ...(cents > 0
      ? postCharge(account, {
          familyId,
          locationId,
          kind: 'pass',
          title,
          on: day,
          due: day,
          lines: [{ kind: 'other', cents, categoryId: passCategory, studentId, steps: [`${punches} punches.`] }],
        })
      : []),
    account.db.insert(passes).values({
      productId: id,
      familyId,
      studentId,
      chargeId: cents > 0 ? (newest(charges) as unknown as number) : null,
      punches,
      boughtOn: day,
      activeOn: day,
      expiresOn: validDays === null ? never : addDays(day, validDays),
    }),
    ...audit(
      account,
      'buy punch pass',
      `bought the punch pass ${title}`,
      [
        ['family', familyId],
        ['student', studentId],
        ['pass', newest(passes)],
      ],
      { after: { punches, cents } },
    ),
  ]
}
