import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit, read } from '../database'
import * as paths from '../paths'
import { testPages } from '../schema/payments'
import type { Gateway, Instrument, Outcome } from './gateway'

/** Tokens that the test gateway understands, for forms and demonstrations. */
export const testTokens = [
  { value: 'tok_ok_4242', label: 'Visa ending 4242 (accepted)' },
  { value: 'tok_ok_5454', label: 'Mastercard ending 5454 (accepted)' },
  { value: 'tok_declined', label: 'Visa ending 0002 (declined)' },
  { value: 'tok_uncertain', label: 'Visa ending 0119 (no answer)' },
  { value: 'tok_ok_bank_6789', label: 'Bank account ending 6789 (accepted)' },
] as const

/** What the tokens mean: the beginning decides, so that a stored token behaves like the one it was made from. */
const behind = (token: string): Instrument | undefined => {
  if (!/^tok_(ok|declined|uncertain)/.test(token)) return
  const bank = token.includes('_bank')
  const fallback = token.startsWith('tok_declined') ? '0002' : token.startsWith('tok_uncertain') ? '0119' : '4242'
  const lastFour = token.split('.')[0]?.match(/\d{4}$/)?.[0] ?? fallback
  const brand = bank ? 'Bank account' : lastFour.startsWith('5') ? 'Mastercard' : 'Visa'
  return { kind: bank ? 'bank_account' : 'card', brand, lastFour, expires: bank ? null : '2029-12' }
}

const declined: Outcome = { state: 'declined', reason: 'The card was declined.' }

/**
 * The gateway of a laptop: it moves no money and decides by the token. tok_ok… pays, tok_declined… is declined,
 * tok_uncertain… gives no answer; looking later finds tok_uncertain_paid… paid and tok_uncertain_lost… not. Its page is
 * our own (local.tsx), where the card and the bank's delay are chosen; what it knows of its pages stands in a table.
 */
export const testGateway = (account: Account): Gateway => ({
  name: 'test',
  async charge({ key, token }) {
    if (token.startsWith('tok_ok')) return { state: 'succeeded', gatewayId: `test ${key}` }
    if (token.startsWith('tok_uncertain')) return { state: 'uncertain' }
    return declined
  },
  async look({ key, token }) {
    if (token.startsWith('tok_ok') || token.startsWith('tok_uncertain_paid'))
      return { state: 'succeeded', gatewayId: `test ${key}` }
    if (token.startsWith('tok_uncertain') && !token.startsWith('tok_uncertain_lost')) return { state: 'uncertain' }
    return { state: 'declined', reason: 'The charge never arrived.' }
  },
  async check() {},
  async describe(token) {
    return behind(token)
  },
  async store({ key, token }) {
    const instrument = behind(token)
    return instrument && { token: `${token}.${key}`, instrument }
  },
  pages: {
    async open({ key, cents, currency, title, keep, bankAccounts, done, left }) {
      const id = crypto.randomUUID()
      const order = JSON.stringify({ cents, currency, title, keep, bankAccounts, done, left })
      await commit(account, [
        account.db
          .insert(testPages)
          .values({ id, key, order, state: 'open', createdAt: account.now })
          .onConflictDoNothing(),
      ])
      const [[page]] = await read(account, [
        account.db.select({ id: testPages.id }).from(testPages).where(eq(testPages.key, key)),
      ])
      return { id: page?.id ?? id, url: paths.portal(account.slug).testGateway(page?.id ?? id) }
    },
    look: id => lookedAt(account, id),
    async shut(id) {
      await commit(account, [
        account.db
          .update(testPages)
          .set({ state: sql`iif(${testPages.state} = 'open', 'left', ${testPages.state})` as unknown as 'left' })
          .where(eq(testPages.id, id)),
      ])
      return lookedAt(account, id)
    },
  },
})

async function lookedAt(account: Account, id: string): Promise<Outcome | undefined> {
  const [[page]] = await read(account, [account.db.select().from(testPages).where(eq(testPages.id, id))])
  if (!page || page.state === 'left') return { state: 'declined', reason: 'The payment page was left.' }
  if (page.state === 'open') return
  const token = page.token ?? ''
  const instrument = behind(token)
  if (account.now < (page.answersAt ?? 0) || token.startsWith('tok_uncertain')) return { state: 'uncertain' }
  if (!instrument || token.startsWith('tok_declined')) return declined
  const { keep } = JSON.parse(page.order) as { keep: boolean }
  return {
    state: 'succeeded',
    gatewayId: id,
    instrument,
    kept: keep ? { token: `${token}.${page.key}`, instrument } : undefined,
  }
}
