import { and, eq, gte } from 'drizzle-orm'
import { type CampCard, CampsPage } from '../../views/camps/camps'
import { todayAt, zoneAt } from '../accounts/account'
import { sayForAges } from '../classes/classes'
import { takesAge } from '../classes/finder'
import { ageOn, sayDate } from '../clock'
import { Refusal, read } from '../database'
import { publicDoor } from '../doors'
import { householdQuery, registration, sayReason } from '../enrollments/eligibility'
import { isDay } from '../forms'
import { idIn, show } from '../http'
import { t } from '../language'
import { price } from '../money'
import { classes } from '../schema/classes'
import { campPage } from './camp-page'
import { campListQuery, type ListedCamp } from './camps'
import { campReasons } from './fit'

/** Camps and events, before and after the log-in (CP1): grouped by the title of their type. */
export const campsDoor = publicDoor()

campsDoor.get('/camps', async c => {
  const account = c.get('account')
  if (!account.settings['portal.show_camps']) throw new Refusal('switched-off')
  const guardian = c.get('guardian')
  const day = todayAt(account)
  const asked = c.req.query()
  const number = (text: string | undefined) => (/^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : undefined)
  const child = guardian?.students.find(({ id }) => id === number(asked.child))
  const filter = {
    type: number(asked.type),
    location: number(asked.location),
    child: child?.id,
    age: child || !/^\d{1,2}$/.test(asked.age ?? '') ? undefined : Number(asked.age),
    from: isDay(asked.from ?? '') ? String(asked.from) : '',
    to: isDay(asked.to ?? '') ? String(asked.to) : '',
  }
  const shown = and(eq(classes.state, 'active'), eq(classes.showPortal, 1), gte(classes.endDate, day))
  const [rows, [household]] = await read(account, [
    campListQuery(account, shown, { limit: 100 }),
    householdQuery(account, guardian?.family.id ?? 0),
  ])
  // A type is shown while families can register for one of its camps (A8), be it those with priority.
  const registers = (row: ListedCamp) => !registration(account, row, { priority: 1, ever: 0, overdue: 0 }).length
  const open = new Set(rows.filter(registers).map(({ typeId }) => typeId))
  const listed = rows.filter(({ typeId }) => open.has(typeId))
  const wanted = listed.filter(
    row =>
      (!filter.type || row.typeId === filter.type) &&
      (!filter.location || row.locationId === filter.location) &&
      (!filter.from || (row.endDate ?? '') >= filter.from) &&
      (!filter.to || (row.startDate ?? '') <= filter.to) &&
      (filter.age === undefined || takesAge(row, filter.age)),
  )
  const zoneOf = (row: ListedCamp) => zoneAt(account, row.locationId)
  const cards = wanted.map(row => {
    const first = row.startDate && row.startDate > day ? row.startDate : day
    const [reason] = campReasons(account, row, zoneOf(row), first, child, guardian ? household : undefined)
    return { plural: row.plural, fits: !reason, card: cardOf(row, reason && sayReason(reason, zoneOf(row))) }
  })
  const fitting = child ? cards.filter(({ fits }) => fits) : cards
  const types = [...new Map(listed.map(row => [row.typeId, row.plural]))]
  return show(
    c,
    <CampsPage
      shell={c.get('shell')}
      filter={filter}
      types={types.map(([value, label]) => ({ value, label }))}
      locations={account.locations
        .filter(({ id }) => listed.some(row => row.locationId === id))
        .map(({ id, name }) => ({ value: id, label: name }))}
      students={guardian?.students.map(({ id, firstName, birthDate }) => ({
        value: id,
        label: birthDate ? `${firstName}, ${ageOn(birthDate, day)}` : firstName,
      }))}
      found={
        child
          ? fitting.length === 1
            ? t('1 fits {name}.', { name: child.firstName })
            : t('{count} fit {name}.', { count: fitting.length, name: child.firstName })
          : undefined
      }
      groups={[...Map.groupBy(fitting, ({ plural }) => plural)].map(([title, list]) => ({
        title,
        camps: list.map(({ card }) => card),
      }))}
      unfit={child ? cards.filter(({ fits }) => !fits).map(({ card }) => card) : []}
    />,
  )
})

campsDoor.get('/camps/:id', c => campPage(c, idIn(c.req.param('id'))))

function cardOf(row: ListedCamp, reason: string | undefined): CampCard {
  const { startDate, endDate } = row
  return {
    id: row.id,
    name: row.name,
    when: sayDate(startDate ?? ''),
    until: endDate && startDate && endDate !== startDate ? t('to {day}', { day: sayDate(endDate) }) : undefined,
    about: [sayForAges(row), row.locationName].join(', '),
    price:
      row.fromCents === null
        ? undefined
        : {
            amount: price(row.fromCents),
            per: row.attend === 'whole' ? '' : t(row.attend === 'days' ? 'a day' : 'a block'),
          },
    act: reason ? undefined : row.autoApprove ? 'Enroll' : 'Request',
    reason,
  }
}
