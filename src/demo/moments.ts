import type { Account, Actor } from '../accounts/account'

/** The account at another moment and in somebody's hands. */
export function at(account: Account, now: number, actor: Partial<Actor> = {}): Account {
  return { ...account, now, actor: { ...account.actor, ...actor }, operation: crypto.randomUUID() }
}
