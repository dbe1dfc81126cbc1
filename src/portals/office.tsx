import { createMiddleware } from 'hono/factory'
import { accountFrom, businessQueries } from '../accounts/open'
import { auditOffice } from '../audit/office'
import { keepForLogIn, logInDoor } from '../auth/door'
import { logOut, touch } from '../auth/log-in'
import { demand } from '../auth/permissions'
import { blankCookie } from '../auth/sessions'
import { staffFrom, staffQueries } from '../auth/staff'
import { businessOffice } from '../business/office'
import { classesOffice } from '../classes/office'
import { read } from '../database'
import { type OfficeEnv, officeDoor } from '../doors'
import { familiesOffice } from '../families/office'
import { homeOffice } from '../home/office'
import { leadTo, show } from '../http'
import { importOffice } from '../import/office'
import { onlineActivity } from '../online-activity/office'
import * as paths from '../paths'
import { studentsOffice } from '../students/office'
import { enter, knock, onceIn, readForm } from './entry'
import { officeShell } from './shell'

const fiveMinutes = 300_000

/** Who may enter the Office: staff with access to it. Everything below this line has a person, an account and a frame. */
const guard = createMiddleware<OfficeEnv>(async (c, next) => {
  const knocked = knock(c)
  const { slug, database, now, ip } = knocked
  const form = await readForm(c)
  let pending = 0
  let seenAt = now
  const entered = await enter(
    c,
    'staff',
    knocked,
    id => staffQueries(database, now, id),
    rows => {
      const staffer = staffFrom(rows)
      if (!staffer) return
      pending = staffer.pending
      seenAt = staffer.seenAt
      const { person } = staffer
      return {
        loginId: person.loginId,
        person,
        actor: { name: person.email, loginId: person.loginId, madeIn: 'office', ip },
      }
    },
  )
  if (!entered) {
    const login = paths.office(slug).login
    if (c.req.method === 'GET')
      return leadTo(c, `${login}?next=${encodeURIComponent(c.req.path + new URL(c.req.url).search)}`)
    const found = await read(database, businessQueries(database))
    const { business } = accountFrom(
      database,
      slug,
      now,
      { name: '', loginId: null, madeIn: 'office', ip },
      found as never,
    )
    return show(c, keepForLogIn(business, 'Office Portal', login, c.req.path, form), 401)
  }
  const { account, person, sessionId } = entered
  account.form = onceIn(c, form, person.email)
  c.set('account', account)
  c.set('person', person)
  c.set('pending', pending)
  c.set('sessionId', sessionId)
  c.set('form', form)
  c.set('shell', officeShell(account, person, pending))
  demand(person, 'Office Portal')
  if (now - seenAt > fiveMinutes) c.executionCtx.waitUntil(touch(account, sessionId))
  await next()
})

/** The Office Portal: who may enter, then one line a feature. */
export const office = officeDoor()

office.route('/', logInDoor({ door: 'staff', title: 'Office Portal', home: slug => paths.office(slug).home }))
office.use('*', guard)
office.post('/logout', async c => {
  const account = c.get('account')
  await logOut(account, c.get('sessionId'))
  c.header('Set-Cookie', blankCookie('staff', account.slug), { append: true })
  c.header('Clear-Site-Data', '"cache", "storage"')
  return leadTo(c, paths.office(account.slug).login)
})

office.route('/', homeOffice)
office.route('/', onlineActivity)
office.route('/', familiesOffice)
office.route('/', studentsOffice)
office.route('/', classesOffice)
office.route('/', auditOffice)
office.route('/', businessOffice)
office.route('/', importOffice)
