import { type ClassCard, ClassesPage } from '../../views/portal/classes'
import { HomePage } from '../../views/portal/home'
import { businessZone } from '../accounts/account'
import { ageOn, sayTime, sayWeekday, timeOfDay, today } from '../clock'
import { read } from '../database'
import { type PublicContext, publicDoor } from '../doors'
import { householdQuery, soonest } from '../enrollments/eligibility'
import { type FamilyEnrollment, familyEnrollments, notOver, sayStanding } from '../enrollments/family'
import { misfits, mustShowClasses } from '../enrollments/wishes'
import { show } from '../http'
import { t } from '../language'
import { price } from '../money'
import { because } from '../refusals'
import { aroundQueries, gathered } from './choices'
import { type ClassRow, openings, publicClasses, type Slot, sayForAges } from './classes'
import { actFor, type ClassFilter, classFilter, isWanted, slotIsWanted, tuitionPer } from './finder'
import { countSearch } from './flood'

/** The class list: the portal's front page, before and after the log-in (CP1). Without classes the front page leads to what else there is. */
export const classesDoor = publicDoor()

classesDoor.get('/', c => {
  const { settings } = c.get('account')
  if (settings['portal.show_classes']) return list(c)
  return show(c, <HomePage shell={c.get('shell')} frontText={settings['brand.front_text']} />)
})
classesDoor.get('/classes', list)

async function list(c: PublicContext) {
  const account = c.get('account')
  const guardian = c.get('guardian')
  mustShowClasses(account)
  countSearch(account.slug, account.now, account.settings['portal.searches_a_minute'])
  const zone = businessZone(account)
  const day = today(account.now, zone)
  const filter = classFilter(account, c.req.queries())
  const child = guardian?.students.find(({ id }) => id === filter.child)
  filter.child = child?.id
  const [rows, own, [household], ...lists] = await read(account, [
    publicClasses(account),
    familyEnrollments(account, guardian?.family.id ?? 0, notOver(day)),
    householdQuery(account, guardian?.family.id ?? 0),
    ...aroundQueries(account),
  ])
  const { aroundOf, choices } = gathered(account, rows, lists)
  const wanted = rows.filter(row => isWanted(row, filter, aroundOf(row.id)))
  const reasons = new Map(
    child
      ? wanted.map(row => [row.id, misfits(account, row, child, soonest(account, row), household)[0]] as const)
      : [],
  )
  const fitting = wanted.filter(({ id }) => !reasons.get(id))
  const mine = new Map(own.filter(({ studentId }) => studentId === child?.id).map(each => [each.classId, each]))
  const card = (row: ClassRow, slot: Slot) => cardOf(row, slot, actFor(account, row), mine.get(row.id), day)
  return show(
    c,
    <ClassesPage
      shell={c.get('shell')}
      frontText={account.settings['brand.front_text']}
      cards={account.settings['brand.class_layout'] === 'cards'}
      asOf={sayTime(timeOfDay(account.now, zone))}
      students={guardian?.students.map(({ id, firstName, birthDate }) => ({
        id,
        name: firstName,
        age: birthDate ? ageOn(birthDate, day) : undefined,
      }))}
      filter={filter}
      choices={choices}
      found={{
        sentence: sayFound(fitting.length, child?.firstName),
        note: child?.birthDate ? t('Age {age}.', { age: ageOn(child.birthDate, day) }) : undefined,
      }}
      days={[1, 2, 3, 4, 5, 6, 0].flatMap(weekday => {
        const classes = onWeekday(fitting, weekday, filter).map(({ row, slot }) => card(row, slot))
        return classes.length ? [{ name: sayWeekday(weekday), classes }] : []
      })}
      unfit={wanted
        .filter(({ id }) => reasons.get(id))
        .flatMap(row => {
          const slot = row.slots[0]
          return slot ? [{ ...card(row, slot), reason: because(reasons.get(row.id) ?? '') }] : []
        })}
    />,
  )
}

function sayFound(count: number, child?: string): string {
  if (child) {
    if (count === 1) return t('1 class fits {name}.', { name: child })
    return t('{count} classes fit {name}.', { count, name: child })
  }
  return count === 1 ? t('1 class.') : t('{count} classes.', { count })
}

function onWeekday(rows: ClassRow[], weekday: number, filter: ClassFilter) {
  return rows
    .flatMap(row =>
      row.slots.filter(slot => slot.weekday === weekday && slotIsWanted(slot, filter)).map(slot => ({ row, slot })),
    )
    .sort((a, b) => a.slot.start.localeCompare(b.slot.start) || a.row.name.localeCompare(b.row.name))
}

const minutes = ({ start, end }: Slot) =>
  Number(end.slice(0, 2)) * 60 + Number(end.slice(3)) - Number(start.slice(0, 2)) * 60 - Number(start.slice(3))

function cardOf(
  row: ClassRow,
  slot: Slot,
  act: ClassCard['act'],
  mine: FamilyEnrollment | undefined,
  day: string,
): ClassCard {
  const [clock = '', half = ''] = sayTime(slot.start).split('\u00a0')
  return {
    id: row.id,
    name: row.name,
    time: { clock, half },
    minutes: minutes(slot),
    about: [sayForAges(row), row.teachers && t('with {name}', { name: row.teachers }), row.locationName]
      .filter(Boolean)
      .join(', '),
    places: row.places,
    openings: openings(row),
    waiting: row.waiting,
    showOpenings: row.showOpenings === 1,
    price: row.tuitionCents === null ? undefined : { amount: price(row.tuitionCents), per: tuitionPer(row) },
    act,
    state: mine && sayStanding(mine, day),
  }
}
