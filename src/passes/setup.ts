import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, read } from '../database'
import { found } from '../http'
import { passes, passProducts } from '../schema/passes'
import { keptOf, type PassProduct, passesQuery, productsQuery, type Uses } from './passes'

export interface ProductTerms {
  title: string
  description: string | null
  holder: 'family' | 'student'
  cents: number
  punches: number
  /** For so many days from its purchase; nothing where it does not run out. */
  validDays: number | null
  /** Programs; all where none is named. */
  programs: number[]
  /** Classes alone when left out. */
  uses?: Uses
  /** Services of appointments; all where none is named. */
  services?: number[]
  showPortal: boolean
}

const columnsOf = ({ programs, uses = 'classes', services = [], showPortal, ...terms }: ProductTerms) => ({
  ...terms,
  allowed: keptOf({ programs, uses, services }),
  showPortal: showPortal ? 1 : 0,
})

/** Adds a punch pass that can be sold. @returns its id */
export async function createProduct(account: Account, terms: ProductTerms, answer?: Answer): Promise<number> {
  const [row] = (await commit(
    account,
    [
      account.db
        .insert(passProducts)
        .values({ ...columnsOf(terms), slug: crypto.randomUUID() })
        .returning({ id: passProducts.id }),
      ...audit(
        account,
        'punch pass',
        `created the punch pass ${terms.title}`,
        [['pass_product', newest(passProducts)]],
        {
          after: terms,
        },
      ),
    ],
    answer,
  )) as [{ id: number }[]]
  return row[0]?.id ?? 0
}

/** Changes what is sold from now on, or takes it off; those that were sold stay as they are. @throws NotFound */
export async function changeProduct(
  account: Account,
  id: number,
  { retired, ...terms }: ProductTerms & { retired: boolean },
  answer?: Answer,
): Promise<void> {
  const [rows] = await read(account, [productsQuery(account, eq(passProducts.id, id))])
  const before = found(rows)
  await commit(
    account,
    [
      account.db
        .update(passProducts)
        .set({ ...columnsOf(terms), retiredAt: retired ? (before.retiredAt ?? account.now) : null })
        .where(eq(passProducts.id, id)),
      ...audit(account, 'punch pass', `changed the punch pass ${terms.title}`, [['pass_product', id]], {
        before: flat(before),
        after: { ...terms, retired },
      }),
    ],
    answer,
  )
}

/** What it is good for beside what it is, as its terms say it. */
const flat = ({ allowed, ...product }: PassProduct) => ({ ...product, ...allowed })

/**
 * Staff suspend a pass that was sold, or let it be used again; nothing is lost by it (A7).
 * @throws NotFound; Refusal 'already-handled' when it stands so already
 */
export async function suspendPass(account: Account, id: number, suspended: boolean, answer?: Answer): Promise<void> {
  const [rows] = await read(account, [passesQuery(account, eq(passes.id, id))])
  const pass = found(rows)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${passes} where ${passes.id} = ${id} and (${passes.suspendedAt} is null) = ${suspended ? 1 : 0})`,
        'already-handled',
      ),
      account.db
        .update(passes)
        .set({ suspendedAt: suspended ? account.now : null })
        .where(eq(passes.id, id)),
      ...audit(
        account,
        suspended ? 'suspend punch pass' : 'resume punch pass',
        `${suspended ? 'suspended' : 'resumed'} the punch pass ${pass.title} of ${pass.family}`,
        [
          ['family', pass.familyId],
          ['student', pass.studentId],
          ['pass', id],
        ],
      ),
    ],
    answer,
  )
}
