import { sql } from 'drizzle-orm'
import { PassesPage } from '../../views/passes/passes'
import { zoneAt } from '../accounts/account'
import { sayDate, today } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, childOf, customerDoor, placeOf, sentenceOf } from '../doors'
import { householdQuery } from '../enrollments/eligibility'
import { classesOn, misfitOn } from '../enrollments/one-day'
import { dayAsked, dayForm, dayPage } from '../enrollments/one-day-page'
import { mustShowClasses } from '../enrollments/wishes'
import { parse } from '../forms'
import { drawn, found, idIn, leadTo, NotFound, show } from '../http'
import { t } from '../language'
import { money } from '../money'
import * as paths from '../paths'
import { settingsAt } from '../settings'
import { never, passesQuery, standingOf, usableBy } from './passes'
import { saySpent, spentQuery } from './punches'
import { isForClass, passFor, redeemPunch } from './redeem'

/** The punch passes of a student, and what they buy (MA9). */
export const passesDoor = customerDoor()

/** The family's child of the address, where the business shows passes at all. */
function passHolder(c: CustomerContext) {
  if (!c.get('account').settings['pass.show']) throw new NotFound()
  return childOf(c)
}

const zoneOf = (c: CustomerContext) => {
  const { locationId } = c.get('guardian').family
  return zoneAt(c.get('account'), locationId)
}

passesDoor.get('/account/students/:id/passes', async c => {
  const account = c.get('account')
  const child = passHolder(c)
  const day = today(account.now, zoneOf(c))
  const own = usableBy(c.get('guardian').family.id, child.id)
  const [rows, spent] = await read(account, [
    passesQuery(account, own),
    spentQuery(account, sql`(select passes.id from passes where ${own})`),
  ])
  const books = account.settings['portal.show_appointments']
  const comes = account.settings['portal.show_classes']
  const at = paths.portal(account.slug)
  const mayUse = account.settings['pass.portal_redeem'] && c.get('guardian').access === 'full' && child.mayEnroll
  const done = c.req.query('done')
  return show(
    c,
    <PassesPage
      shell={c.get('shell')}
      student={{ id: child.id, name: child.firstName }}
      done={
        done === 'approved'
          ? t('The day is booked. It stands with the enrollments.')
          : done === 'requested'
            ? t('We have your request. The place is kept until it is decided.')
            : undefined
      }
      passes={rows.map(pass => {
        const standing = standingOf(pass, day)
        return {
          id: pass.id,
          title: pass.title,
          used: pass.used,
          remaining: pass.punches - pass.used,
          purchased: sayDate(pass.boughtOn, { year: true }),
          active: standing === 'active',
          why: standing === 'active' ? undefined : t(standing),
          expires: pass.expiresOn === never ? t('does not expire') : sayDate(pass.expiresOn, { year: true }),
          paid: money(pass.paidCents),
          spent: spent.filter(({ passId }) => passId === pass.id).map(saySpent),
          dayHref:
            mayUse && comes && standing === 'active' && pass.allowed.uses !== 'appointments'
              ? at.pass(child.id, pass.id)
              : undefined,
          appointmentHref:
            mayUse && books && standing === 'active' && pass.allowed.uses !== 'classes'
              ? at.appointments({ child: child.id })
              : undefined,
        }
      })}
    />,
  )
})

passesDoor.get('/account/students/:id/passes/:pass', c => finder(c))

passesDoor.post('/account/students/:id/passes/:pass', async c => {
  const account = c.get('account')
  const child = passHolder(c)
  const passId = idIn(c.req.param('pass'))
  const { data, bad } = parse(dayForm, c.get('form'))
  if (bad) return finder(c, bad.errors, 422)
  const leads = (done: 'approved' | 'requested') => paths.portal(account.slug).passes(child.id, { done })
  const wish = { passId, studentId: child.id, classId: data.class, onDate: data.date }
  try {
    const done = await redeemPunch(account, c.get('guardian'), wish, state => ({ location: leads(state) }))
    return leadTo(c, leads(done))
  } catch (refusal) {
    return finder(c, { form: sentenceOf(refusal) }, 409)
  }
})

/** The classes that fit on a day, each with its button. */
const finder = drawn(async (c: CustomerContext, errors?: Record<string, string>, status: 200 | 409 | 422 = 200) => {
  const account = c.get('account')
  const child = passHolder(c)
  if (!account.settings['pass.portal_redeem']) throw new Refusal('switched-off')
  mustShowClasses(account)
  if (c.get('guardian').access !== 'full') throw new Refusal('limited-access')
  const passId = idIn(c.req.param('pass'))
  const { family } = c.get('guardian')
  const day = today(account.now, zoneOf(c))
  const date = dayAsked(c, day)
  const place = placeOf(c)?.id ?? 0
  const [passes, rows, [household]] = await read(account, [
    passFor(account, family.id, child.id, passId),
    classesOn(account, child.id, date, { locationId: place }),
    householdQuery(account, family.id),
  ])
  const pass = found(passes)
  const usable = standingOf(pass, day) === 'active' && pass.expiresOn >= date
  const fitting = rows.filter(row => usable && isForClass(pass, row) && !misfitOn(account, row, child, date, household))
  const at = paths.portal(account.slug)
  return dayPage(c, {
    title: t('Use a punch'),
    about: [child.firstName, t('{title}, {left} left', { title: pass.title, left: pass.punches - pass.used })].join(
      ', ',
    ),
    here: at.pass(child.id, pass.id),
    places: { options: account.locations.map(({ id, name }) => ({ value: id, label: name })), value: place },
    button: settingsAt(account, place)['classreg.auto_approve'] ? t('Use a punch') : t('Request'),
    back: { href: at.passes(child.id), label: t('Passes') },
    today: day,
    locationId: place,
    date,
    until: pass.expiresOn,
    fitting,
    errors,
    status,
  })
})
