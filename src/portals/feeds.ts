import { Hono } from 'hono'
import { businessZone } from '../accounts/account'
import { accountFrom, businessQueries } from '../accounts/open'
import { addDays, today } from '../clock'
import { read } from '../database'
import type { Env } from '../env'
import { found, NotFound } from '../http'
import { calendar } from '../schedule/calendar'
import { feedOf, inOrder, scheduleQuery } from '../schedule/lessons'
import { knock } from './entry'

const reader = { name: 'calendar', loginId: null, madeIn: 'system', ip: null } as const

/** Calendars that programs subscribe to: no log-in, the secret address is the key (MA17). */
export const feeds = new Hono<{ Bindings: Env }>()

feeds.get('/:account/:file', async c => {
  const knocked = knock(c)
  const [, token = ''] = c.req.param('file').match(/^([0-9a-f]{32})\.ics$/) ?? []
  const { database, now } = knocked
  const [settings, places, whose] = await read(database, [...businessQueries(database), feedOf(database, token)])
  const account = accountFrom(knocked, reader, [settings, places] as never)
  if (!account.settings['portal.enabled'] || !account.settings['portal.calendar_feed']) throw new NotFound()
  const { familyId } = found(whose)
  const day = today(now, businessZone(account))
  const lessons = await read(account, [scheduleQuery(account, familyId, addDays(day, -30), addDays(day, 90))])
  c.header('Content-Type', 'text/calendar; charset=utf-8')
  c.header('Cache-Control', 'private, no-store')
  return c.body(calendar(account.business, new URL(account.origin).host, inOrder(lessons.flat()), now))
})
