import { asc, isNotNull } from 'drizzle-orm'
import { DiscountsPage } from '../../views/discounts/discounts'
import { OfficeLayout } from '../../views/layouts/office'
import { demand, level } from '../auth/permissions'
import { read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { discountSchedules } from '../schema/discounts'
import { programs } from '../schema/programs'
import { deleteSchedule, detach } from './discounts'

/** Discount schedules for staff: which there are, where they are attached, and how a deleted one is removed (OA16). */
export const discountsOffice = officeDoor()

discountsOffice.get('/discount-schedules', async c => {
  demand(c.get('person'), 'Settings')
  const account = c.get('account')
  const { db } = account
  const [schedules, byClass, byProgram] = await read(account, [
    db
      .select({ id: discountSchedules.id, name: discountSchedules.name, deletedAt: discountSchedules.deletedAt })
      .from(discountSchedules)
      .orderBy(asc(discountSchedules.name))
      .limit(200),
    db
      .select({ id: classes.id, name: classes.name, scheduleId: classes.discountScheduleId })
      .from(classes)
      .where(isNotNull(classes.discountScheduleId))
      .orderBy(asc(classes.sortName))
      .limit(500),
    db
      .select({ id: programs.id, name: programs.name, scheduleId: programs.discountScheduleId })
      .from(programs)
      .where(isNotNull(programs.discountScheduleId))
      .limit(200),
  ])
  const attached = [
    ...byClass.map(row => ({ ...row, holder: 'classes' as const })),
    ...byProgram.map(row => ({ ...row, holder: 'programs' as const })),
  ]
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Discount Schedules" current="settings">
      <DiscountsPage
        slug={account.slug}
        mayChange={level(c.get('person'), 'Settings') === 2}
        saved={c.req.query('saved') ? 'Done.' : undefined}
        rows={schedules.map(({ id, name, deletedAt }) => ({
          id,
          name,
          deleted: deletedAt !== null,
          deleteKey: crypto.randomUUID(),
          attached: attached
            .filter(one => one.scheduleId === id)
            .map(one => ({ holder: one.holder, id: one.id, name: one.name, formKey: crypto.randomUUID() })),
        }))}
      />
    </OfficeLayout>,
  )
})

const done = (c: OfficeContext) => paths.office(c.get('account').slug).discountSchedules({ saved: 1 })

for (const [path, holder] of [
  ['classes', 'class'],
  ['programs', 'program'],
] as const)
  discountsOffice.post(`/discount-schedules/${path}/:id/removal`, async c => {
    demand(c.get('person'), 'Settings', 2)
    await detach(c.get('account'), holder, idIn(c.req.param('id')), { location: done(c) })
    return leadTo(c, done(c))
  })

discountsOffice.post('/discount-schedules/:id/deletion', async c => {
  demand(c.get('person'), 'Settings', 2)
  await deleteSchedule(c.get('account'), idIn(c.req.param('id')), { location: done(c) })
  return leadTo(c, done(c))
})
