import { Hono } from 'hono'
import * as z from 'zod'
import { openAccount } from '../accounts/open'
import { isZone } from '../clock'
import { Refusal, read } from '../database'
import type { Env } from '../env'
import { NotFound } from '../http'
import { because } from '../refusals'
import { knows } from '../secrets'
import { decode } from './decode'
import { importById, linesOf, tell } from './imports'
import { isKind } from './kinds'
import { publish } from './publish'
import { BadFile, stage } from './stage'

const asked = z.object({
  kind: z.string().refine(isKind),
  name: z.string().min(1).max(200),
  lines: z.coerce.number().int().min(0).optional(),
  zone: z.string().refine(isZone).optional(),
  places: z.coerce.number().int().min(1).max(999).default(12),
  location: z.coerce.number().int().min(1).optional(),
  publish: z.literal('1').optional(),
})

/**
 * The command line's door: the file is the body, the rest stands in the query. It is there only for whoever started
 * the Worker, who knows IMPORT_SECRET; a deployment has none, and then there is nothing at this address.
 */
export const importDoor = new Hono<{ Bindings: Env }>()

importDoor.post('/:account', async c => {
  if (!knows(c.req.header('x-import-secret'), c.env.IMPORT_SECRET)) throw new NotFound()
  const actor = { name: 'command line', loginId: null, madeIn: 'import' as const, ip: null }
  const account = await openAccount(c.env, c.req.param('account'), actor)
  if (!account) return c.json({ error: `There is no account ${c.req.param('account')}.` }, 404)
  const given = asked.safeParse(c.req.query())
  if (!given.success) return c.json({ error: `Not understood: ${given.error.issues[0]?.path.join('.')}.` }, 422)
  const { kind, name: fileName, lines: announced, zone, places, location, publish: publishes } = given.data
  try {
    const began = performance.now()
    const text = decode(await c.req.arrayBuffer())
    const id = await stage(account, { kind, fileName, text, announced, zone })
    let refusal: string | undefined
    try {
      if (publishes) await publish(account, id, { maxStudents: places, locationId: location })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal = error.code
    }
    const [[row], refused] = await read(account, [importById(account, id), linesOf(account, id, 1, true)])
    if (row?.state === 'published' && !publishes) refusal = 'already-published'
    const { trips, written, ms } = account.meter
    return c.json({
      ...(row && tell(row)),
      refusals: refused.map(({ line, title, refused }) => ({ line, title, why: refused })),
      refusal,
      because: refusal && because(refusal),
      cost: { trips, written, databaseMs: Math.round(ms), ms: Math.round(performance.now() - began) },
    })
  } catch (error) {
    if (!(error instanceof BadFile)) throw error
    return c.json({ error: error.message }, 422)
  }
})
