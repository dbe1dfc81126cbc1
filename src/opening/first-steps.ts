import { eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { settingStatements } from '../business/change-settings'
import { type Answer, commit, must, plain } from '../database'
import { notify } from '../messages/notices'
import { gatewayOf } from '../payments/gateway'
import { openLocation, slugOf } from '../programs/programs'
import { locations } from '../schema/locations'
import type { SettingName } from '../settings'

/** What a business needs before its first family comes, in the order in which it is asked. */
export const steps = ['business', 'branding', 'class', 'mail', 'payments'] as const
export type Step = (typeof steps)[number]
export const isStep = (text: string): text is Step => (steps as readonly string[]).includes(text)

/** The steps that somebody put off. */
export const putOff = ({ settings }: Pick<Account, 'settings'>): Step[] =>
  settings['opening.later'].split(',').filter(isStep)

/** What of the steps only the database knows. */
export const stepsQuery = (account: Account) =>
  plain<{ programs: number; classes: number }>(
    account,
    'select exists (select 1 from programs) as programs, exists (select 1 from classes) as classes',
    [],
  )

/**
 * Names the business and opens its first location; where there is one, it is put right.
 * @throws Refusal 'changed-meanwhile' when somebody else opened another one in the meantime
 */
export async function keepBusiness(
  account: Account,
  wish: { business: string; location: string; timeZone: string; currency: string },
  answer: Answer,
): Promise<void> {
  const { business, location: name, timeZone, currency } = wish
  const { db, settings } = account
  const before = account.locations[0]
  const named = settings['business.name'] === business ? [] : [['business.name', business] as [SettingName, string]]
  await commit(
    account,
    [
      must(
        account,
        sql`(select coalesce(min(${locations.id}), 0) from ${locations} where ${isNull(locations.closedAt)}) = ${before ? sql`(select id from locations where closed_at is null order by id limit 1)` : 0}`,
        'changed-meanwhile',
      ),
      ...settingStatements(account, new Map(named)),
      ...(before
        ? [
            db.update(locations).set({ name, timeZone, currency }).where(eq(locations.id, before.id)),
            ...audit(account, 'change location', `changed the location ${name}`, [['location', before.id]], {
              before: { name: before.name, timeZone: before.timeZone, currency: before.currency },
              after: { name, timeZone, currency },
            }),
          ]
        : openLocation(account, { slug: slugOf(name), name, timeZone, currency })),
    ],
    answer,
  )
}

/** Puts a step off, or takes it up again. */
export async function putOffStep(account: Account, step: Step, answer: Answer): Promise<void> {
  const before = putOff(account)
  const after = before.includes(step) ? before.filter(one => one !== step) : [...before, step]
  await commit(account, settingStatements(account, new Map([['opening.later', after.join(',')]])), answer)
}

/** Keeps the settings of a step. */
export async function keepStep(
  account: Account,
  changes: Partial<Record<SettingName, string>>,
  answer: Answer,
): Promise<void> {
  const changed = (Object.entries(changes) as [SettingName, string][]).filter(
    ([name, value]) => account.settings[name] !== value,
  )
  await commit(account, settingStatements(account, new Map(changed)), answer)
}

/** Mails whoever asks a few words, by the way all mail goes. */
export async function testMail(account: Account, { name }: Staffer, address: string, answer: Answer): Promise<void> {
  await commit(
    account,
    [
      notify(account, { familyId: null, address, template: 'mail-test', values: { staff_name: name } }),
      ...audit(account, 'test mail', `had a test mailed to ${address}`, []),
    ],
    answer,
  )
}

/**
 * Asks the gateway whether it would take a payment.
 * @returns whether it answered
 * @throws Refusal 'no-gateway'
 */
export async function testPayments(account: Account, answer: (works: boolean) => Answer): Promise<boolean> {
  const gateway = gatewayOf(account)
  const works = await gateway.check().then(
    () => true,
    () => false,
  )
  const said = works ? 'it answers' : 'it does not answer'
  await commit(
    account,
    audit(account, 'test payments', `tried the gateway ${gateway.name}: ${said}`, []),
    answer(works),
  )
  return works
}
