import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import { openAccount } from '../accounts/open'
import { audit } from '../audit/audit'
import { startSession } from '../auth/sessions'
import { commit, read } from '../database'
import type { Env } from '../env'
import { NotFound } from '../http'
import { families, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { knows } from '../secrets'

const asked = z.object({
  families: z.coerce.number().int().min(1).max(1000),
  seed: z.coerce.number().int().min(0).max(999_999).default(1),
  /** `imported`: only households of a file, with a child, who have no password of their own. */
  who: z.enum(['imported', 'all']).default('imported'),
})

/**
 * The door through which `npm run play` enters as families of a file: they have no password, and get none. It opens
 * sessions, as a log-in would, and answers with their cookies. Like the importer's it is there only for whoever
 * started the Worker, who knows IMPORT_SECRET; a deployment has none, and then there is nothing at this address.
 */
export const playDoor = new Hono<{ Bindings: Env }>()

playDoor.post('/:account', async c => {
  if (!knows(c.req.header('x-import-secret'), c.env.IMPORT_SECRET)) throw new NotFound()
  const actor = { name: 'command line', loginId: null, madeIn: 'system' as const, ip: null }
  const account = await openAccount(c.env, c.req.param('account'), actor)
  if (!account) return c.json({ error: `There is no account ${c.req.param('account')}.` }, 404)
  const given = asked.safeParse(c.req.query())
  if (!given.success) return c.json({ error: `Not understood: ${given.error.issues[0]?.path.join('.')}.` }, 422)
  const { families: count, seed, who } = given.data
  const [people] = await read(account, [guardiansOf(account, who, seed, count)])
  const sessions = await Promise.all(
    people.map(({ loginId }) =>
      startSession(account, 'guardian', account.slug, {
        loginId,
        now: account.now,
        stay: false,
        ip: null,
        agent: 'npm run play',
      }),
    ),
  )
  await commit(account, [
    ...sessions.map(({ statement }) => statement),
    ...audit(account, 'log in', `opened ${sessions.length} sessions from the command line`, []),
  ])
  return c.json(people.map(({ email }, place) => ({ email, cookie: sessions[place]?.cookie })))
})

/** Primary guardians who may log in, mixed by the seed: the same seed finds the same people. */
function guardiansOf({ db }: Account, who: 'imported' | 'all', seed: number, count: number) {
  const mixed: SQL = sql`(${logins.id} * 7919 + cast(${seed} as integer) * 104729) % 1000003`
  const ofFile = sql`(${logins.passwordHash} is null and ${families.source} is not null and exists (select 1 from family_students c where c.family_id = ${families.id}))`
  return db
    .select({ loginId: sql<number>`${logins.id}`.as('login_id'), email: logins.email })
    .from(logins)
    .innerJoin(guardians, and(eq(guardians.loginId, logins.id), isNull(guardians.removedAt)))
    .innerJoin(families, eq(families.id, guardians.familyId))
    .where(
      and(
        eq(logins.door, 'guardian'),
        isNull(logins.disabledAt),
        eq(guardians.role, 'primary'),
        sql`${guardians.access} in ('limited','full')`,
        eq(families.state, 'open'),
        who === 'imported' ? ofFile : undefined,
      ),
    )
    .orderBy(mixed, asc(logins.id))
    .limit(count)
}
