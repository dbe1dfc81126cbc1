import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { demand } from '../auth/permissions'
import { commit } from '../database'
import { officeDoor, sentenceOf } from '../doors'
import { parse } from '../forms'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { staff } from '../schema/staff'
import { dashboardPage } from './page'
import {
  addWidget,
  arrange,
  changeWidget,
  isKind,
  moveWidget,
  removeWidget,
  resetWidgets,
  type WidgetKind,
} from './widgets'

/** The Dashboard: arranged by each person, in columns, with figures, lists and charts (OP3). */
export const dashboardOffice = officeDoor()

dashboardOffice.use('/dashboard/*', async (c, next) => {
  demand(c.get('person'), 'Dashboard')
  await next()
})

dashboardOffice.get('/dashboard', c => dashboardPage(c))

const editing = (slug: string, id?: number) =>
  `${paths.office(slug).dashboard({ arrange: 1 })}${id === undefined ? '' : `#widget-${id}`}`

dashboardOffice.post('/dashboard/arrangement', async c => {
  const account = c.get('account')
  const location = editing(account.slug)
  if (c.get('form').reset)
    await resetWidgets(account, c.get('person'), { location: paths.office(account.slug).dashboard() })
  else await arrange(account, c.get('person'), { location })
  return leadTo(c, c.get('form').reset ? paths.office(account.slug).dashboard() : location)
})

dashboardOffice.post('/dashboard/widgets', async c => {
  const account = c.get('account')
  const { data, bad } = parse(z.object({ kind: z.string().refine(isKind, 'Choose a widget.') }), c.get('form'))
  if (bad) return dashboardPage(c, { arranging: true, error: 'Choose a widget.', status: 422 })
  const location = editing(account.slug)
  try {
    await addWidget(account, c.get('person'), data.kind as WidgetKind, { location })
  } catch (refusal) {
    return dashboardPage(c, { arranging: true, error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

const width = z.object({ width: z.enum(['1', '2', '3'], 'Choose a width.') })

dashboardOffice.post('/dashboard/widgets/:id', async c => {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const { data, bad } = parse(width, c.get('form'))
  if (bad) return dashboardPage(c, { arranging: true, error: 'Choose a width.', status: 422 })
  const location = editing(account.slug, id)
  await changeWidget(account, c.get('person'), id, { width: Number(data.width), choices: c.get('form') }, { location })
  return leadTo(c, location)
})

dashboardOffice.post('/dashboard/widgets/:id/move', async c => {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const location = editing(account.slug, id)
  await moveWidget(account, c.get('person'), id, c.get('form').to === 'earlier' ? 'earlier' : 'later', { location })
  return leadTo(c, location)
})

dashboardOffice.post('/dashboard/widgets/:id/removal', async c => {
  const account = c.get('account')
  const location = editing(account.slug)
  await removeWidget(account, c.get('person'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

dashboardOffice.post('/landing', async c => {
  const account = c.get('account')
  const landing = c.get('form').landing === 'welcome' ? 'welcome' : 'dashboard'
  demand(c.get('person'), landing === 'welcome' ? 'Welcome Page' : 'Dashboard')
  await commit(account, [
    account.db
      .update(staff)
      .set({ landing })
      .where(eq(staff.id, c.get('person').id)),
  ])
  return leadTo(c, paths.office(account.slug).home)
})
