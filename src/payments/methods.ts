import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { speaking, t } from '../language'
import { notify } from '../messages/notices'
import { guardians } from '../schema/families'
import { paymentMethods } from '../schema/payments'
import { gatewayOf, type Instrument, sayHow, sayInstrument } from './gateway'

/** A method that the gateway keeps for us. */
export interface Vaulted {
  gateway: string
  token: string
  instrument: Instrument
}

/** The methods on file for a family, each with its guardian, the default first (MA11). */
export function methodsOf(account: Account, familyId: number) {
  return account.db
    .select({
      id: paymentMethods.id,
      guardianId: paymentMethods.guardianId,
      guardianName: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
      kind: paymentMethods.kind,
      brand: paymentMethods.brand,
      lastFour: paymentMethods.lastFour,
      expires: paymentMethods.expires,
      isDefault: paymentMethods.isDefault,
      recurring: paymentMethods.recurring,
      invalidAt: paymentMethods.invalidAt,
    })
    .from(paymentMethods)
    .innerJoin(guardians, eq(guardians.id, paymentMethods.guardianId))
    .where(and(eq(paymentMethods.familyId, familyId), isNull(paymentMethods.removedAt)))
    .orderBy(
      asc(guardians.role),
      asc(paymentMethods.guardianId),
      desc(paymentMethods.isDefault),
      asc(paymentMethods.id),
    )
}

/** Lets the gateway keep a card or bank account. @throws Refusal 'no-gateway', 'card-unknown', 'switched-off' */
export async function vault(account: Account, token: string): Promise<Vaulted> {
  const gateway = gatewayOf(account)
  const kept = await gateway.store?.({ key: account.form?.key ?? account.operation, token })
  if (!kept) throw new Refusal('card-unknown')
  if (kept.instrument.kind === 'bank_account' && !account.settings['payments.echecks'])
    throw new Refusal('switched-off')
  return { gateway: gateway.name, ...kept }
}

/** Guards that the guardian can keep one more of at most three. A trigger says it again at the floor. */
export function mustHaveRoom(account: Account, guardianId: number): Statement {
  const mine = sql`${paymentMethods.guardianId} = ${guardianId} and ${paymentMethods.removedAt} is null`
  return must(account, sql`(select count(*) from ${paymentMethods} where ${mine}) < 3`, 'three-methods')
}

interface Storing extends Vaulted {
  familyId: number
  guardianId: number
  makeDefault: boolean
  recurring: boolean
}

/** The statements that put a method on file; the guardian's first one is the default. One Autopay entry. */
export function storing(account: Account, method: Storing): Statement[] {
  const { familyId, guardianId, gateway, token, instrument, makeDefault } = method
  const { kind, brand, lastFour, expires } = instrument
  // While a method on file is required, it is authorized for recurring billing and nobody is asked.
  const recurring = method.recurring || account.settings['fin.require_recurring_method']
  const others = sql`select 1 from ${paymentMethods} where ${paymentMethods.guardianId} = ${guardianId} and ${paymentMethods.isDefault} = 1 and ${paymentMethods.removedAt} is null`
  return [
    ...(makeDefault ? [noDefault(account, guardianId)] : []),
    account.db.insert(paymentMethods).values({
      familyId,
      guardianId,
      kind,
      gateway,
      token,
      brand,
      lastFour,
      expires,
      isDefault: sql`not exists (${others})` as unknown as number,
      recurring: recurring ? 1 : 0,
      createdAt: account.now,
    }),
    ...told(account, { familyId, methodId: newest(paymentMethods), act: 'stored', how: sayInstrument(instrument) }),
  ]
}

const noDefault = (account: Account, guardianId: number) =>
  account.db
    .update(paymentMethods)
    .set({ isDefault: 0 })
    .where(and(eq(paymentMethods.guardianId, guardianId), eq(paymentMethods.isDefault, 1)))

/** What was done with a method, as a part of a sentence. */
const acts = {
  stored: 'stored {how}',
  deleted: 'deleted {how}',
  'made default': 'made {how} the default',
  'authorized for recurring billing': 'authorized {how} for recurring billing',
  'opted out of recurring billing': 'opted out of recurring billing with {how}',
} as const

type Act = keyof typeof acts

/** One entry (Opt out or Autopay, never both), one audit line, one notice. Changes of the account have no location. */
function told(
  account: Account,
  {
    familyId,
    methodId,
    act,
    how,
  }: { familyId: number; methodId: Parameters<typeof log>[1]['subjectId']; act: Act; how: string },
): Statement[] {
  const kind = act === 'opted out of recurring billing' ? 'opt_out' : 'autopay'
  const said = () => t(acts[act], { how: sayHow(how) })
  return [
    log(account, {
      kind,
      status: 'notification',
      familyId,
      locationId: null,
      subject: 'payment_method',
      subjectId: methodId,
      particulars: { act, how },
    }),
    ...audit(account, kind === 'opt_out' ? 'opt out' : 'payment method', speaking('en', said), [
      ['family', familyId],
      ['payment_method', methodId],
    ]),
    notify(account, {
      familyId,
      template: 'payment-methods-changed',
      values: { change: said },
    }),
  ]
}

/**
 * Puts a card or bank account on file under the guardian who does it; also secondary ones.
 * @throws Refusal 'three-methods', 'card-unknown', 'switched-off' (bank account without eChecks), 'no-gateway'
 */
export async function storeMethod(
  account: Account,
  guardian: Guardian,
  wish: { token: string; makeDefault: boolean; recurring: boolean },
  answer: Answer,
): Promise<void> {
  const vaulted = await vault(account, wish.token)
  const { makeDefault, recurring } = wish
  const method = { familyId: guardian.family.id, guardianId: guardian.id, ...vaulted, makeDefault, recurring }
  await commit(account, [mustHaveRoom(account, guardian.id), ...storing(account, method)], answer)
}

/** One method of the family; secondary guardians change only their own. @throws NotFound */
export async function methodFor(account: Account, guardian: Guardian, id: number) {
  const [rows] = await read(account, [methodsOf(account, guardian.family.id)])
  const mine = rows.filter(row => guardian.role === 'primary' || row.guardianId === guardian.id)
  return found(mine.filter(row => row.id === id))
}

const stillThere = (account: Account, id: number, also = sql``) =>
  must(
    account,
    sql`exists (select 1 from ${paymentMethods} where ${paymentMethods.id} = ${id} and ${paymentMethods.removedAt} is null${also})`,
    'changed-meanwhile',
  )

/**
 * Takes a method off the file; the oldest other one becomes the default if this was it.
 * @throws Refusal 'recurring-required' while the Require setting is on
 */
export async function deleteMethod(account: Account, guardian: Guardian, id: number, answer: Answer): Promise<void> {
  const method = await methodFor(account, guardian, id)
  if (account.settings['fin.require_recurring_method']) throw new Refusal('recurring-required')
  const { guardianId } = method
  const next = sql`(select min(${paymentMethods.id}) from ${paymentMethods} where ${paymentMethods.guardianId} = ${guardianId} and ${paymentMethods.removedAt} is null)`
  await commit(
    account,
    [
      stillThere(account, id),
      account.db
        .update(paymentMethods)
        .set({ removedAt: account.now, isDefault: 0, recurring: 0 })
        .where(eq(paymentMethods.id, id)),
      ...(method.isDefault
        ? [account.db.update(paymentMethods).set({ isDefault: 1 }).where(sql`${paymentMethods.id} = ${next}`)]
        : []),
      ...told(account, { familyId: guardian.family.id, methodId: id, act: 'deleted', how: sayInstrument(method) }),
    ],
    answer,
  )
}

/**
 * Changes what a method is for. Switching recurring billing off makes one Opt out and no Autopay; everything else that
 * changes makes one Autopay; what does not change makes nothing (OA3, OA17).
 * @throws Refusal 'recurring-required' when it is switched off while the Require setting is on
 */
export async function editMethod(
  account: Account,
  guardian: Guardian,
  id: number,
  wish: { makeDefault?: boolean; recurring?: boolean },
  answer: Answer,
): Promise<void> {
  const method = await methodFor(account, guardian, id)
  const defaults = wish.makeDefault === true && method.isDefault === 0
  const recurs = wish.recurring !== undefined && wish.recurring !== (method.recurring === 1)
  if (recurs && !wish.recurring && account.settings['fin.require_recurring_method'])
    throw new Refusal('recurring-required')
  if (!defaults && !recurs) return void (await commit(account, [], answer))
  const act: Act = recurs
    ? wish.recurring
      ? 'authorized for recurring billing'
      : 'opted out of recurring billing'
    : 'made default'
  const change = { ...(defaults ? { isDefault: 1 } : {}), ...(recurs ? { recurring: wish.recurring ? 1 : 0 } : {}) }
  await commit(
    account,
    [
      stillThere(account, id, recurs ? sql` and ${paymentMethods.recurring} = ${method.recurring}` : sql``),
      ...(defaults ? [noDefault(account, method.guardianId)] : []),
      account.db.update(paymentMethods).set(change).where(eq(paymentMethods.id, id)),
      ...told(account, { familyId: guardian.family.id, methodId: id, act, how: sayInstrument(method) }),
    ],
    answer,
  )
}

/** "Set to Default?": under its own guardian. */
export const makeDefault = (account: Account, guardian: Guardian, id: number, answer: Answer) =>
  editMethod(account, guardian, id, { makeDefault: true }, answer)

/** "This payment method is authorized for recurring billing", on or off. */
export const setRecurring = (account: Account, guardian: Guardian, id: number, on: boolean, answer: Answer) =>
  editMethod(account, guardian, id, { recurring: on }, answer)
