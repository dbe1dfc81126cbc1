import { publicDoor } from '../doors'
import { numbersIn } from '../forms'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { classPage } from './class-page'

/** A class of its own, before and after the log-in. */
export const classDoor = publicDoor()

classDoor.get('/classes/:id', c => {
  const { kind, date, note, schedule } = c.req.query()
  const students = numbersIn(c.req.queries('child'))
  return classPage(c, idIn(c.req.param('id')), { students, kind, date, note, schedule: Number(schedule) || undefined })
})

/** What a visitor chose comes along to the log-in, or to a new account, and back (A24.2). */
classDoor.get('/classes/:id/entry', c => {
  const at = paths.portal(c.get('account').slug)
  const { kind, date, note, schedule, by } = c.req.query()
  const next = at.class(idIn(c.req.param('id')), { kind, date, note: note?.slice(0, 1000), schedule })
  if (c.get('guardian')) return leadTo(c, next)
  return leadTo(c, by === 'sign-up' ? at.signUp({ next }) : at.login({ next }))
})
