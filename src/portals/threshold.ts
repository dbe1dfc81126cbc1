import { createMiddleware } from 'hono/factory'
import type { MadeIn } from '../accounts/account'
import { accountFrom, businessQueries } from '../accounts/open'
import { read } from '../database'
import type { ThresholdEnv } from '../doors'
import { answered } from '../middleware'
import { knock, onceIn, readForm } from './entry'

/** Pages of a staff portal that need no log-in: the ways to one, and what a mailed link opens. */
export const beforeTheGuard = [
  '/login/code',
  '/login/passkey',
  '/forgotten-password',
  '/invitations/:token',
  '/new-password/:token',
  '/first-owner/:token',
]

/** Opens the account for whoever comes; nobody is known yet. */
export const threshold = (madeIn: MadeIn) =>
  createMiddleware<ThresholdEnv>(async (c, next) => {
    const knocked = knock(c)
    const form = await readForm(c)
    const found = await read(knocked.database, businessQueries(knocked.database))
    const account = accountFrom(knocked, { name: 'somebody', loginId: null, madeIn, ip: knocked.ip }, found as never)
    account.form = onceIn(c, form, 'somebody')
    c.set('account', account)
    c.set('form', form)
    // Sent again after it was answered: told the same.
    const before = account.form ? await answered(c) : undefined
    if (before) return before
    await next()
  })
