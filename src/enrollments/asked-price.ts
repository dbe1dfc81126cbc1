import { eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type Due, duesOf, type Fee, feesQuery } from '../anniversaries/fees'
import type { ClassRow } from '../classes/classes'
import { type Override, overridden, pricedBy, type Tuition, tuitionsQuery } from '../classes/tuitions'
import { today } from '../clock'
import { read } from '../database'
import { discountQueries, type Price, priceOf } from '../ledger/pricing'
import { billedWith, type Promo, promoQuery, withPromo } from '../ledger/promos'
import { promoCodes } from '../schema/billing'
import { settingsAt } from '../settings'
import type { EnrollmentRow } from './enrollments'

/** What approving charges: the tuition as it was asked for, with the code that came along, and the fees it makes due. */
export async function priceFor(
  account: Account,
  enrollment: EnrollmentRow,
  row: ClassRow,
): Promise<{ price?: Price; dues: Due[] }> {
  const { type, familyId, studentId, startDate: from, dropDate: to, promoCodeId } = enrollment
  if (type !== 'active' && type !== 'single_day') return { dues: [] }
  const discounted = type === 'active' && row.discounts && row.discountScheduleId
  const [tuitions, promos, fees, ...discounts] = await read(account, [
    tuitionsQuery(account, [row.id]),
    promoQuery(account, familyId, eq(promoCodes.id, promoCodeId ?? 0)),
    feesQuery(account, familyId),
    ...discountQueries(account, { classId: row.id, familyId, from }),
  ])
  const answers = discounted ? discounts : undefined
  const price = askedPrice(row, tuitions, enrollment, promos, asked =>
    priceOf(asked, type, { studentId, from, to }, answers),
  )
  return { price, dues: duesWith(account, enrollment, row, fees) }
}

/**
 * The price of an enrollment as it was asked for: by the schedule that was chosen, and with the code that came along. A
 * code that was good then stays good.
 */
export function askedPrice(
  row: ClassRow,
  tuitions: Tuition[],
  enrollment: Pick<EnrollmentRow, 'type' | 'billingScheduleId' | 'startDate' | keyof Override>,
  [promo]: Promo[],
  priced: (asked: ClassRow) => Price | undefined,
): Price | undefined {
  const { type, billingScheduleId, startDate } = enrollment
  const chosen = overridden(pricedBy(row, tuitions, billingScheduleId), enrollment, startDate)
  const coded = promo && type === 'active' ? billedWith(chosen, tuitions, promo) : undefined
  const price = priced(coded ?? chosen)
  return price && promo && (coded || promo.kind !== 'billing_schedule') ? withPromo(price, promo) : price
}

/** The anniversary fees that an enrollment makes due, if it is one of every week. */
export const duesWith = (account: Account, enrollment: EnrollmentRow, row: ClassRow, fees: Fee[]): Due[] =>
  enrollment.type === 'active' && settingsAt(account, row.locationId)['classreg.anniversary_fees']
    ? duesOf(
        fees,
        { student: { id: enrollment.studentId, firstName: enrollment.firstName }, programId: row.programId },
        today(account.now, row.timeZone),
      )
    : []
