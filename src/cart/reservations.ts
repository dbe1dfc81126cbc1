import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { type Answer, commit, must, read } from '../database'
import { found } from '../http'
import { cartItems, carts } from '../schema/carts'
import { classes } from '../schema/classes'
import { seats } from '../schema/enrollments'
import { families } from '../schema/families'
import { students } from '../schema/students'

/** The places that carts keep now, at this person's locations: the next to run out first. */
export function reservationsQuery(
  account: Account,
  person: Staffer,
  narrow: { after?: { until: number; id: number }; id?: number } = {},
) {
  const { after, id } = narrow
  return account.db
    .select({
      id: sql<number>`${cartItems.id}`.as('item_id'),
      until: sql<number>`${seats.expiresAt}`.as('kept_until'),
      fromDate: seats.fromDate,
      type: cartItems.type,
      cartState: sql<string>`${carts.state}`.as('cart_state'),
      classId: sql<number>`${classes.id}`.as('class_id'),
      className: sql<string>`${classes.name}`.as('class_name'),
      studentId: cartItems.studentId,
      student: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student'),
      familyId: carts.familyId,
      family: sql<string>`${families.name}`.as('family'),
    })
    .from(seats)
    .innerJoin(cartItems, eq(cartItems.id, seats.cartItemId))
    .innerJoin(carts, eq(carts.id, cartItems.cartId))
    .innerJoin(families, eq(families.id, carts.familyId))
    .innerJoin(students, eq(students.id, cartItems.studentId))
    .innerJoin(classes, eq(classes.id, seats.classId))
    .where(
      and(
        gt(seats.expiresAt, account.now),
        // A camp keeps a seat for each of its days, and is one reservation.
        sql`${seats.id} = (select min(o.id) from seats o where o.cart_item_id = ${cartItems.id})`,
        id ? eq(seats.cartItemId, id) : undefined,
        atPlacesOf(person, classes.locationId),
        after ? sql`(${seats.expiresAt}, ${cartItems.id}) > (${after.until}, ${after.id})` : undefined,
      ),
    )
    .orderBy(asc(seats.expiresAt), asc(cartItems.id))
    .limit(51)
}

/**
 * Staff give a reserved place free: the line stays in the family's cart, which says that its place is not kept any more.
 * One that is being paid stays.
 * @throws NotFound; Refusal 'already-handled' when it was checked out, is being paid, or ran out meanwhile
 */
export async function releaseReservation(account: Account, person: Staffer, itemId: number, answer: Answer) {
  const [rows] = await read(account, [reservationsQuery(account, person, { id: itemId })])
  const one = found(rows)
  const open = sql`exists (select 1 from ${carts} where ${carts.id} = (select ${cartItems.cartId} from ${cartItems} where ${cartItems.id} = ${itemId}) and ${carts.state} = 'open')`
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${seats} where ${seats.cartItemId} = ${itemId} and ${seats.expiresAt} > ${account.now}) and ${open}`,
        'already-handled',
      ),
      account.db.delete(seats).where(eq(seats.cartItemId, itemId)),
      ...audit(
        account,
        'delete reservation',
        `gave free the place in ${one.className} that was kept for ${one.student}`,
        [
          ['family', one.familyId],
          ['student', one.studentId],
          ['class', one.classId],
        ],
      ),
    ],
    answer,
  )
}
