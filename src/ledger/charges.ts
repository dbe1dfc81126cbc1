import type { SQL } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { newest, type Statement } from '../database'
import { chargeLines, charges, priceTraces, tuitionClaims } from '../schema/charges'
import { book, nextEntry } from './books'

type Ref = number | SQL<number>

export interface ChargeLine {
  kind:
    | 'tuition'
    | 'camp'
    | 'anniversary'
    | 'discount'
    | 'promo'
    | 'tax'
    | 'appointment'
    | 'party'
    | 'product'
    | 'fee'
    | 'void'
    | 'other'
  cents: number
  programId?: number | null
  categoryId: number
  studentId?: number | null
  enrollmentId?: Ref | null
  forFrom?: string | null
  forTo?: string | null
  discountScheduleId?: number | null
  /** How the amount came about, for "Why this amount?". */
  steps?: string[]
  /** The discount schedule behind it is deleted, and honoured (OA16). */
  deletedSchedule?: boolean
}

export interface Charge {
  familyId: Ref
  locationId: number
  kind: 'class' | 'camp' | 'appointment' | 'party' | 'anniversary' | 'late' | 'product' | 'pass' | 'gift' | 'other'
  title: string
  on: string
  due: string
  lines: ChargeLine[]
  /** The enrollment whose tuition for the category this is: a second one is refused by key. */
  claims?: { enrollmentId: Ref; categoryId: number }
}

/** Posts a charge with its lines, their traces and the entry in the books. Inside the batch its id is newest(charges). */
export function postCharge(account: Account, charge: Charge): Statement[] {
  const { db, now, actor } = account
  const { familyId, locationId, kind, title, on, due, lines } = charge
  const chargeId = newest(charges)
  const statements: Statement[] = [
    db.insert(charges).values({
      familyId: familyId as number,
      locationId,
      kind,
      title,
      chargeOn: on,
      dueOn: due,
      who: actor.name,
      createdAt: now,
    }),
  ]
  for (const line of lines) {
    statements.push(
      db.insert(chargeLines).values({
        chargeId: chargeId as unknown as number,
        kind: line.kind,
        cents: line.cents,
        programId: line.programId ?? null,
        categoryId: line.categoryId,
        studentId: line.studentId ?? null,
        enrollmentId: (line.enrollmentId ?? null) as number | null,
        forFrom: line.forFrom ?? null,
        forTo: line.forTo ?? null,
        discountScheduleId: line.discountScheduleId ?? null,
        entryId: nextEntry as unknown as number,
        createdAt: now,
      }),
      db.insert(priceTraces).values({
        lineId: newest(chargeLines) as unknown as number,
        steps: JSON.stringify(line.steps ?? []),
        deletedSchedule: line.deletedSchedule ? 1 : 0,
      }),
    )
  }
  const total = lines.reduce((sum, { cents }) => sum + cents, 0)
  if (charge.claims) {
    const { enrollmentId, categoryId } = charge.claims
    statements.push(
      db.insert(tuitionClaims).values({
        enrollmentId: enrollmentId as number,
        categoryId,
        chargeId: chargeId as unknown as number,
        familyId: familyId as number,
      }),
    )
  }
  return [
    ...statements,
    ...book(account, {
      kind: 'charge',
      on,
      locationId,
      memo: title,
      lines: [
        { account: 'receivable', cents: total, familyId, chargeId },
        ...lines.map(({ cents, kind: what, programId, categoryId }) => ({
          account: what === 'tax' ? ('tax' as const) : ('income' as const),
          cents: -cents,
          chargeId,
          programId,
          categoryId,
        })),
      ],
    }),
  ]
}
