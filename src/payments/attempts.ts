import { and, asc, inArray, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, read } from '../database'
import { paymentAttempts } from '../schema/payments'
import type { Attempt, Intent } from './purchases'

/** A gateway is given so long to answer before anybody looks after it, and a second tap waits so long for the first. */
export const underWay = 60_000
const patience = 3000
const pause = 250

export const attemptQuery = ({ db }: Account) =>
  db
    .select({
      id: paymentAttempts.id,
      key: paymentAttempts.key,
      cents: paymentAttempts.cents,
      state: paymentAttempts.state,
      createdAt: paymentAttempts.createdAt,
      intent: paymentAttempts.intent,
      gatewayId: paymentAttempts.gatewayId,
    })
    .from(paymentAttempts)
    .$dynamic()

/** Whether an attempt was made by a form: its key is the form's and a number. */
export const isOfForm = (base: string) =>
  sql`(${paymentAttempts.key} > ${`${base} `} and ${paymentAttempts.key} < ${`${base}!`})`

/** The attempts that one form has made already: another one only after the last was declined. */
function ofForm(account: Account, familyId: number, base: string) {
  return attemptQuery(account)
    .where(
      and(
        // Found by its key: a family of strangers has any number of them.
        sql`+${paymentAttempts.familyId} = ${familyId}`,
        isOfForm(base),
      ),
    )
    .orderBy(asc(paymentAttempts.id))
}

export function attemptFrom<I extends Intent>(row: Omit<Attempt, 'intent'> & { intent: string }) {
  return { ...row, intent: JSON.parse(row.intent) as I } satisfies Attempt<I>
}

/**
 * The attempts of this form so far. While another sending of it is asking the gateway this very moment, it is waited
 * for a little: a double tap is told the first one's answer. Looking the charge up that early could find nothing yet
 * and call it declined, with the money on its way.
 */
export async function attemptsOf(account: Account, familyId: number, base: string) {
  for (let waited = 0; ; waited += pause) {
    const [rows] = await read(account, [ofForm(account, familyId, base)])
    const last = rows.at(-1)
    const running = last?.state === 'started' && account.now - last.createdAt < underWay
    if (!running || waited >= patience) return rows
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

/** Guards that an attempt stands like this, so that no two hands settle it. */
export const stands = (account: Account, id: number, states: Attempt['state'][], code = 'repeated') =>
  must(
    account,
    sql`exists (select 1 from ${paymentAttempts} where ${paymentAttempts.id} = ${id} and ${inArray(paymentAttempts.state, states)})`,
    code,
  )

export const unsettled = (account: Account, id: number, code?: string) =>
  stands(account, id, ['started', 'uncertain'], code)
