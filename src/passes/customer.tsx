import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { FindDayPage, PassesPage } from '../../views/passes/passes'
import { businessZone } from '../accounts/account'
import { saySchedule } from '../classes/classes'
import { addDays, sayDate, sayTime, today, weekday } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, sentenceOf } from '../doors'
import { day as dayOf, id as idOf, isDay, parse, typedIn } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import { t } from '../language'
import { classesOn, misfitOn } from '../makeups/find'
import { money } from '../money'
import * as paths from '../paths'
import { never, passesQuery, standingOf, usableBy } from './passes'
import { passFor, redeemPunch } from './redeem'

/** The punch passes of a student, and what they buy (MA9). */
export const passesDoor = customerDoor()

/** The family's child of the address, where the business shows passes at all. */
function childOf(c: CustomerContext) {
  const id = idIn(c.req.param('id'))
  const child = c.get('guardian').students.find(each => each.id === id)
  if (!child || !c.get('account').settings['pass.show']) throw new NotFound()
  return child
}

const zoneOf = (c: CustomerContext) => {
  const { locationId } = c.get('guardian').family
  return c.get('account').locations.find(({ id }) => id === locationId)?.timeZone ?? businessZone(c.get('account'))
}

passesDoor.get('/account/students/:id/passes', async c => {
  const account = c.get('account')
  const child = childOf(c)
  const day = today(account.now, zoneOf(c))
  const [rows] = await read(account, [passesQuery(account, usableBy(c.get('guardian').family.id, child.id))])
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
          mayUse: mayUse && standing === 'active',
        }
      })}
    />,
  )
})

const wishForm = z.object({ date: dayOf('Date'), class: idOf('a class') })

passesDoor.get('/account/students/:id/passes/:pass', c => finder(c))

passesDoor.post('/account/students/:id/passes/:pass', async c => {
  const account = c.get('account')
  const child = childOf(c)
  const passId = idIn(c.req.param('pass'))
  const { data, bad } = parse(wishForm, c.get('form'))
  if (bad) return finder(c, bad.errors, 422)
  const done = account.settings['classreg.auto_approve'] ? 'approved' : 'requested'
  const location = paths.portal(account.slug).passes(child.id, { done })
  const wish = { passId, studentId: child.id, classId: data.class, onDate: data.date }
  try {
    await redeemPunch(account, c.get('guardian'), wish, { location })
  } catch (refusal) {
    return finder(c, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

/** The classes that fit on a day, each with its button. */
async function finder(c: CustomerContext, errors?: Record<string, string>, status: 200 | 409 | 422 = 200) {
  const account = c.get('account')
  const child = childOf(c)
  if (!account.settings['pass.portal_redeem']) throw new Refusal('switched-off')
  if (c.get('guardian').access !== 'full') throw new Refusal('limited-access')
  const passId = idIn(c.req.param('pass'))
  const { family } = c.get('guardian')
  const day = today(account.now, zoneOf(c))
  const typed = typedIn(c.get('form')).date ?? c.req.query('date') ?? day
  const date = isDay(typed) && typed >= day ? typed : day
  const asked = Number(c.req.query('location'))
  const place =
    account.locations.find(({ id }) => id === asked) ??
    account.locations.find(({ id }) => id === family.locationId) ??
    account.locations[0]
  const [passes, rows] = await read(account, [
    passFor(account, family.id, child.id, passId),
    classesOn(account, child.id, date, { locationId: sql`${place?.id ?? 0}` }),
  ])
  const pass = found(passes)
  const usable = standingOf(pass, day) === 'active' && pass.expiresOn >= date
  const fitting = rows.filter(
    row =>
      usable &&
      (!pass.programs.length || pass.programs.includes(row.programId)) &&
      !misfitOn(account, row, child, date),
  )
  const last = addDays(day, account.settings['classreg.start_max_days'])
  return show(
    c,
    <FindDayPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      student={{ id: child.id, name: child.firstName }}
      pass={{ id: pass.id, about: t('{title}, {left} left', { title: pass.title, left: pass.punches - pass.used }) }}
      places={account.locations.map(({ id, name }) => ({ value: id, label: name }))}
      place={place?.id ?? 0}
      date={{ value: date, min: day, max: pass.expiresOn < last ? pass.expiresOn : last }}
      day={sayDate(date, { weekday: true })}
      atOnce={account.settings['classreg.auto_approve']}
      classes={fitting.map(row => {
        const slot = row.slots.find(one => one.weekday === weekday(date))
        return {
          id: row.id,
          name: row.name,
          about: [
            slot ? sayTime(slot.start) : saySchedule(row.slots),
            row.teachers && t('with {name}', { name: row.teachers }),
            row.locationName,
          ]
            .filter(Boolean)
            .join(', '),
        }
      })}
      errors={errors}
    />,
    status,
  )
}
