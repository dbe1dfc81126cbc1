import { and, eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, Refusal, read } from '../database'
import { found, NotFound } from '../http'
import { forSale, productsQuery } from '../passes/passes'
import { cartItems } from '../schema/carts'
import { passProducts } from '../schema/passes'
import { beginCart, openCart, restart } from './carts'

/**
 * A family puts a punch pass into its cart, for one of its students where the pass is one person's.
 * @throws NotFound for one that is not for sale; Refusal 'pass-for-whom', 'limited-access', 'switched-off'
 */
export async function addPass(
  account: Account,
  guardian: Guardian,
  { productId, studentId }: { productId: number; studentId: number | null },
  answer: Answer,
): Promise<void> {
  if (!account.settings['pass.show']) throw new Refusal('switched-off')
  if (guardian.access !== 'full') throw new Refusal('limited-access')
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  const [rows] = await read(account, [productsQuery(account, and(eq(passProducts.id, productId), forSale))])
  const product = found(rows)
  const child = guardian.students.find(({ id }) => id === studentId)
  if (studentId !== null && !child) throw new NotFound()
  if (product.holder === 'student' && !child) throw new Refusal('pass-for-whom')
  const familyId = guardian.family.id
  const cart = openCart(familyId)
  const holder = product.holder === 'student' ? (child?.id ?? null) : null
  await commit(
    account,
    [
      beginCart(account, familyId),
      ...restart(account, cart),
      account.db.insert(cartItems).values({
        cartId: cart.id as unknown as number,
        kind: 'pass',
        studentId: holder,
        particulars: JSON.stringify({ productId }),
        createdAt: account.now,
      }),
      ...audit(account, 'add to cart', `put the punch pass ${product.title} into the cart`, [
        ['family', familyId],
        ['student', holder],
      ]),
    ],
    answer,
  )
}
