import type { SQL } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import type { Results, Statement } from '../database'
import type { Household } from '../enrollments/eligibility'
import type { Promo } from '../ledger/promos'

/** What can lie in a cart: a name in the database, and in kinds.ts what is done with it. */
export const itemKindNames = ['enrollment', 'camp', 'pass', 'anniversary'] as const
export type ItemKindName = (typeof itemKindNames)[number]

/** One row of a cart. */
export interface CartItem {
  id: number
  kind: ItemKindName
  classId: number | null
  studentId: number | null
  type: 'active' | 'trial' | 'makeup' | 'single_day' | 'wait' | null
  startDate: string | null
  particulars: Record<string, unknown>
  /** What the family wrote to it. */
  notes: string | null
  /** Until when its place is kept; nothing when it is not kept any more. */
  heldUntil: number | null
}

/**
 * One thing in the cart as it stands now: described, priced, and with all that carrying it out needs, so that it can be
 * kept with a payment that is answered late.
 */
export interface Line {
  itemId: number
  /** It is no thing of its own but owed with the enrollment of this item, so nobody takes it out. */
  owing?: true
  /** An ACTIVE enrollment in a class, which may make a fee due. */
  enrolls?: { student: { id: number; firstName: string }; programId: number; from: string }
  kind: ItemKindName
  /** "Ninja Kids" and "Mia, Wed 5:00 pm from Nov 25". */
  title: string
  about: string
  locationId: number
  /** What it costs at its beginning, in cents, discounts and codes taken off; nothing where that is free. */
  cents: number
  /** What of that is paid in the cart, where a part is due later; all of it when nothing is said. */
  dueCents?: number
  /** How the amount came about. */
  parts: { label: string; cents: number }[]
  why: string[]
  /** A charge is posted for it at checkout; otherwise staff decide first, or bill by hand. */
  charges: boolean
  becomes: 'approved' | 'requested'
  /** A hold keeps it, and ran out. */
  lapsed: boolean
  /** Nothing has to be kept for it: there is enough for everybody. */
  needsNoHold?: boolean
  /** What is worth a word but forbids nothing. */
  warnings: string[]
  /** Why it cannot be checked out now: a code of the closed list, and the sentence. */
  problem?: { code: string; sentence: string }
  /** How many enrollments the promo code is used on. */
  promoUses: number
  /** Its price follows a discount schedule that is deleted (OA16). */
  deletedSchedule: boolean
  data: Record<string, unknown>
}

/** What is paid for a line in the cart itself, in cents. */
export const dueOf = ({ charges, cents, dueCents }: Line): number => (charges ? (dueCents ?? cents) : 0)

/** The cart as queries find it: by the family, before anybody knows its id. */
export interface CartRef {
  familyId: number
  id: SQL<number>
}

/** What lines of every kind depend on. */
export interface Known {
  /** The code that was applied. */
  promo?: Promo
  household?: Household
  /** The lines of the kinds before this one. */
  before: Line[]
}

/** What a kind of thing in a cart has to say for itself. Adding one is a name above, a file, and a line in kinds.ts. */
export interface ItemKind {
  /** How many questions it asks. */
  questions: number
  /** What it reads, in one trip with the cart. */
  asks(account: Account, cart: CartRef): readonly Statement[]
  /** Its lines, all of this kind together, from what was answered. */
  lines(account: Account, guardian: Guardian, items: CartItem[], answers: unknown[], known: Known): Line[]
  /** Guards and rows that keep the goods until a moment; nothing when it needs no hold. */
  hold(account: Account, guardian: Guardian, item: CartItem, until: SQL): Promise<Statement[]> | Statement[]
  /**
   * Everything that makes it real, in the batch of the checkout, guards first. Posts one charge of `line.cents` when
   * `line.charges`, and none otherwise.
   * @param promo the code of the cart, where it is used; `once` on the first line that uses it
   */
  carryOut(
    account: Account,
    familyId: number,
    line: Line,
    promo: { id: number; once: boolean } | undefined,
  ): Promise<Statement[]>
}

/** A kind from its questions and what it makes of the answers, so that both have their types. */
export function reading<const Q extends readonly Statement[]>(
  questions: NoInfer<Q['length']>,
  ask: (account: Account, cart: CartRef) => Q,
  say: (account: Account, guardian: Guardian, items: CartItem[], answers: Results<Q>, known: Known) => Line[],
): Pick<ItemKind, 'questions' | 'asks' | 'lines'> {
  return {
    questions,
    asks: ask,
    lines: (account, guardian, items, answers, known) =>
      say(account, guardian, items, answers as unknown as Results<Q>, known),
  }
}
