import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { MakeupsPage, type TokenLine } from '../../views/makeups/makeups'
import { type Account, businessZone, todayAt } from '../accounts/account'
import { sayDate, today } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, childOf, customerDoor, placeOf, sentenceOf } from '../doors'
import { classesOn, misfitOn } from '../enrollments/one-day'
import { dayAsked, dayForm, dayPage } from '../enrollments/one-day-page'
import { mustShowClasses } from '../enrollments/wishes'
import { parse } from '../forms'
import { drawn, found, idIn, leadTo, NotFound, show } from '../http'
import { t } from '../language'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { bookMakeup, makesUpAnywhere, makeupWay } from './book'
import { groupsOf, never, type Token, tokensOf, usable } from './tokens'

/** Makeups of a child: its tokens in five groups and what they buy, or a request, or nothing (MA6). */
export const makeupsDoor = customerDoor()

/** The family's child of the address, where the business has makeups at all. */
function makerUp(c: CustomerContext) {
  if (!makesUpAnywhere(c.get('account'))) throw new NotFound()
  return childOf(c)
}

type Way = ReturnType<typeof makeupWay>

/** The locations that have makeups, in one way or in any. */
const placesOf = (account: Account, way?: Way) =>
  account.locations
    .filter(({ id }) => (way ? makeupWay(account, id) === way : makeupWay(account, id)))
    .map(({ id, name }) => ({ value: id, label: name }))

makeupsDoor.get('/account/students/:id/makeups', async c => {
  const account = c.get('account')
  const child = makerUp(c)
  const zone = businessZone(account)
  const day = today(account.now, zone)
  const places = placesOf(account)
  const asked = placeOf(c)?.id ?? 0
  // Where the family's own location has none, the first that has.
  const place = makeupWay(account, asked) ? asked : (places[0]?.value ?? asked)
  const way = makeupWay(account, place)
  const familyId = c.get('guardian').family.id
  const [tokens, past] = await read(account, [
    tokensOf(account, familyId, child.id),
    account.db
      .select({ className: classes.name, onDate: enrollments.startDate })
      .from(enrollments)
      .innerJoin(classes, eq(classes.id, enrollments.classId))
      .where(
        and(
          eq(enrollments.studentId, child.id),
          eq(enrollments.familyId, familyId),
          eq(enrollments.type, 'makeup'),
          eq(enrollments.state, 'approved'),
          lt(enrollments.startDate, day),
        ),
      )
      .orderBy(desc(enrollments.startDate))
      .limit(100),
  ])
  const at = paths.portal(account.slug)
  const mayUse = c.get('guardian').access === 'full' && child.mayEnroll && account.settings['portal.show_classes']
  const line = (token: Token): TokenLine => ({
    id: token.id,
    what: token.programName ?? t('A program that is gone'),
    about: [
      token.locationName,
      token.missedOn && t('for {class} on {day}', { class: token.missedClass ?? '', day: sayDate(token.missedOn) }),
      t('issued on {day} by {name}', {
        day: sayDate(today(token.issuedAt, zone), { year: true }),
        name: token.missedOn ? account.business : token.issuedBy,
      }),
    ]
      .filter(Boolean)
      .join(', '),
    expires:
      token.expiresOn === never
        ? t('does not expire')
        : t('until {day}', { day: sayDate(token.expiresOn, { year: true }) }),
    comment: token.comment ?? undefined,
    used:
      token.usedClass && token.usedOn
        ? {
            text: `${token.usedClass}, ${sayDate(token.usedOn, { weekday: true })}`,
            waits: token.usedState === 'requested',
          }
        : undefined,
    lost: !usable(token),
  })
  const groups = groupsOf(tokens, day, place)
  const done = c.req.query('done')
  return show(
    c,
    <MakeupsPage
      shell={c.get('shell')}
      student={{ id: child.id, name: child.firstName }}
      done={
        done === 'approved'
          ? t('The makeup is booked. It stands with the enrollments.')
          : done === 'requested'
            ? t('We have your request. The place is kept until it is decided.')
            : undefined
      }
      places={places}
      place={place}
      tokens={
        way === 'tokens'
          ? {
              button: !mayUse
                ? undefined
                : settingsAt(account, place)['token.auto_approve']
                  ? 'Use Makeup Token'
                  : 'Request',
              here: groups.here.map(line),
              elsewhere: groups.elsewhere.map(token => ({
                ...line(token),
                href: `${at.makeups(child.id)}?location=${token.locationId}`,
              })),
              pending: groups.pending.map(line),
              expired: groups.expired.map(line),
              spent: groups.spent.map(line),
            }
          : undefined
      }
      requests={
        way === 'requests'
          ? {
              mayAsk: mayUse,
              past: past.map(({ className, onDate }) => ({ what: className, when: sayDate(onDate, { year: true }) })),
            }
          : undefined
      }
    />,
  )
})

makeupsDoor.get('/account/students/:id/makeups/:token', c => finder(c))

makeupsDoor.post('/account/students/:id/makeups/:token', async c => {
  const child = makerUp(c)
  const { data, bad } = parse(dayForm, c.get('form'))
  if (bad) return finder(c, bad.errors, 422)
  const location = paths.portal(c.get('account').slug).makeups(child.id)
  const wish = { studentId: child.id, classId: data.class, onDate: data.date, tokenId: tokenIn(c) }
  const leads = (done: 'approved' | 'requested') => `${location}?done=${done}`
  try {
    const done = await bookMakeup(c.get('account'), c.get('guardian'), wish, state => ({ location: leads(state) }))
    return leadTo(c, leads(done))
  } catch (refusal) {
    return finder(c, { form: sentenceOf(refusal) }, 409)
  }
})

const tokenIn = (c: CustomerContext) => (c.req.param('token') === 'request' ? null : idIn(c.req.param('token')))

/** The classes that fit on a day, each with its button. */
const finder = drawn(async (c: CustomerContext, errors?: Record<string, string>, status: 200 | 409 | 422 = 200) => {
  const account = c.get('account')
  const child = makerUp(c)
  mustShowClasses(account)
  const tokenId = tokenIn(c)
  const asking = placesOf(account, 'requests')
  if (tokenId === null && !asking.length) throw new NotFound()
  if (c.get('guardian').access !== 'full') throw new Refusal('limited-access')
  const day = todayAt(account)
  const date = dayAsked(c, day)
  const familyId = c.get('guardian').family.id
  const chosen = placeOf(c)?.id ?? 0
  const place = asking.some(({ value }) => value === chosen) ? chosen : (asking[0]?.value ?? 0)
  const column = (name: 'location_id' | 'program_id') =>
    sql`(select t.${sql.raw(name)} from makeup_tokens t where t.id = ${tokenId})`
  const [tokens, rows] = await read(account, [
    tokensOf(account, familyId, child.id),
    classesOn(
      account,
      child.id,
      date,
      tokenId === null ? { locationId: place } : { locationId: column('location_id'), programId: column('program_id') },
    ),
  ])
  const token = tokenId === null ? undefined : found(tokens.filter(({ id }) => id === tokenId))
  if (token && makeupWay(account, token.locationId) !== 'tokens') throw new NotFound()
  if (token && (token.usedBy !== null || token.expiresOn < day)) throw new Refusal('token-gone')
  const lost = token && !usable(token)
  const fitting =
    lost || (token && token.expiresOn < date) ? [] : rows.filter(row => !misfitOn(account, row, child, date))
  const at = paths.portal(account.slug)
  return dayPage(c, {
    title: token ? t('Use Makeup Token') : t('Request a Makeup'),
    about: [child.firstName, token?.programName, token?.locationName].filter(Boolean).join(', '),
    lost: lost ? t('This token has no program any more. Contact us.') : undefined,
    here: at.makeup(child.id, token?.id ?? 'request'),
    places: token ? undefined : { options: asking, value: place },
    button: token && settingsAt(account, token.locationId)['token.auto_approve'] ? t('Use Makeup Token') : t('Request'),
    back: { href: at.makeups(child.id), label: t('Makeups') },
    today: day,
    locationId: token?.locationId ?? place,
    date,
    until: token?.expiresOn,
    fitting,
    errors,
    status,
  })
})
