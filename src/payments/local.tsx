import { and, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { TestPage } from '../../views/payments/test-page'
import { commit, must, read } from '../database'
import { type PublicContext, publicDoor } from '../doors'
import { parse } from '../forms'
import { found, leadTo, NotFound, show } from '../http'
import { money } from '../money'
import { testPages } from '../schema/payments'
import { testTokens } from './test-gateway'

/** The page of the test gateway, as another company's would stand elsewhere. A deployment has none. */
export const testGatewayDoor = publicDoor()

const minute = 60_000

/** Back to where somebody came from, on this very site. */
const here = (url: string) => {
  const { pathname, search } = new URL(url)
  return pathname + search
}

const chosen = z.object({
  act: z.enum(['pay', 'leave']),
  card: z.enum(testTokens.map(({ value }) => value) as [string, ...string[]]).optional(),
  answers: z.enum(['now', 'later']).optional(),
})

async function pageOf(c: PublicContext) {
  const account = c.get('account')
  if (!account.services.testGateway) throw new NotFound()
  const id = c.req.param('id') ?? ''
  const [rows] = await read(account, [account.db.select().from(testPages).where(eq(testPages.id, id))])
  const { order, state } = found(rows)
  const { cents, currency, title, bankAccounts, done, left } = JSON.parse(order)
  return { id, state, cents, currency, title, bankAccounts, done: here(done), left: here(left) }
}

testGatewayDoor.get('/test-gateway/:id', async c => {
  const { state, cents, currency, title, bankAccounts, done } = await pageOf(c)
  if (state !== 'open') return leadTo(c, done)
  return show(
    c,
    <TestPage
      action={c.req.path}
      formKey={crypto.randomUUID()}
      title={title}
      amount={cents > 0 ? money(cents, currency) : undefined}
      cards={testTokens
        .filter(({ value }) => bankAccounts || !value.includes('_bank'))
        .map(({ value, label }) => ({ value, label }))}
    />,
  )
})

testGatewayDoor.post('/test-gateway/:id', async c => {
  const account = c.get('account')
  const { id, done, left } = await pageOf(c)
  const { data } = parse(chosen, c.get('form'))
  const location = data?.act === 'pay' ? done : left
  const mine = and(eq(testPages.id, id), eq(testPages.state, 'open'))
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from ${testPages} where ${mine})`, 'already-handled'),
      account.db
        .update(testPages)
        .set(
          data?.act === 'pay'
            ? {
                state: 'answered',
                token: data.card ?? testTokens[0].value,
                answersAt: data.answers === 'later' ? account.now + minute : account.now,
              }
            : { state: 'left' },
        )
        .where(mine),
    ],
    { location },
  )
  return leadTo(c, location)
})
