import { and, asc, desc, eq, gte, isNull, lt, or, sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { EndPage, MovePage, PartiesPage, PartyPage } from '../../views/parties/list'
import { PartySetupPage } from '../../views/parties/setup'
import { locationOf, todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { addDays, sayDate, sayTime, sayWeekday } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { amount, day, id, isDay, line, note, optional, parse, time, typedIn, whole } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { parties, partyAddOns, partyLines, partyStations } from '../schema/parties'
import { programs } from '../schema/programs'
import { addOnsQuery, packagesQuery, partySlotQuery } from './find'
import { cancelParty, confirmParty, moveParty, partyQuery } from './parties'
import { createAddOn, createPackage, createPartySlot, createStation, type PartyPart, retirePart } from './setup'
import { sayParty } from './wishes'

/** Parties for staff: what is booked, and the stations, times, packages and add-ons behind it (A11, OP11). */
export const partiesOffice = officeDoor()

const perPage = 50

const states = {
  held: { word: 'Being paid', tone: 'amber' },
  requested: { word: 'To be confirmed', tone: 'amber' },
  confirmed: { word: 'Confirmed', tone: 'green' },
  cancelled: { word: 'Canceled', tone: undefined },
} as const

partiesOffice.get('/parties', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Parties')
  const asked = c.req.query()
  const from = isDay(asked.from ?? '') ? String(asked.from) : todayAt(account)
  const to = isDay(asked.to ?? '') && String(asked.to) >= from ? String(asked.to) : addDays(from, 180)
  const state =
    asked.status === 'requested' || asked.status === 'confirmed' || asked.status === 'cancelled'
      ? asked.status
      : undefined
  const [afterDay = '', afterId = ''] = (asked.after ?? '').split('_')
  const [rows] = await read(account, [
    partyQuery(account)
      .where(
        and(
          gte(parties.onDate, from),
          lt(parties.onDate, addDays(to, 1)),
          state ? eq(parties.state, state) : sql`${parties.state} <> 'cancelled'`,
          isDay(afterDay)
            ? or(
                sql`${parties.onDate} > ${afterDay}`,
                and(eq(parties.onDate, afterDay), sql`${parties.id} > ${Number(afterId) || 0}`),
              )
            : undefined,
          myStations(c),
        ),
      )
      .orderBy(asc(parties.onDate), asc(parties.id))
      .limit(perPage + 1),
  ])
  const at = paths.office(account.slug)
  const last = rows.length > perPage ? rows[perPage - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Parties" current="parties">
      <PartiesPage
        slug={account.slug}
        from={from}
        to={to}
        status={state ?? ''}
        rows={rows.slice(0, perPage).map(row => ({
          id: row.id,
          title: row.title,
          when: `${sayDate(row.onDate, { weekday: true })}, ${sayTime(row.startTime)} to ${sayTime(row.endTime)}`,
          where: row.station,
          family: row.familyName,
          familyId: row.familyId,
          package: row.packageName,
          guests: row.guests ?? 0,
          money: sayMoney(row),
          state: states[row.state],
        }))}
        mayFamilies={level(person, 'Families') > 0}
        next={last && at.parties({ from, to, status: state, after: `${last.onDate}_${last.id}` })}
      />
    </OfficeLayout>,
  )
})

const sayMoney = ({ cents, openCents }: { cents: number | null; openCents: number | null }) =>
  cents === null ? 'free' : `${money(cents)}, ${openCents ? `${money(openCents)} open` : 'paid'}`

const stationForm = z.object({
  location: id('a location'),
  name: line('Name', 80),
  lead: whole('Hours ahead', 0, 2000),
})
const slotForm = z
  .object({
    station: id('a station'),
    weekday: whole('Day of the week', 0, 6),
    start: time('From'),
    end: time('Until'),
  })
  .refine(({ start, end }) => start < end, { path: ['end'], message: 'This is before From.' })
const packageForm = z.object({
  name: line('Name', 80),
  description: note('Description', 1000),
  program: id('a program'),
  price: amount('Price'),
  guests: optional(whole('Guests', 1, 200)),
  extra: optional(amount('Each further guest')),
})
const addOnForm = z.object({
  name: line('Name', 80),
  price: amount('Price'),
  most: optional(whole('At most', 1, 200)),
})

partiesOffice.get('/parties/setup', c => setupPage(c))

const myStations = (c: OfficeContext) => atPlacesOf(c.get('person'), partyStations.locationId)

/** Makes one part of the set-up out of its form. */
const makers: Record<PartyPart, (c: OfficeContext, location: string) => Promise<Record<string, string> | undefined>> = {
  async stations(c, location) {
    const { data, bad } = parse(stationForm, c.get('form'))
    if (bad) return bad.errors
    if (!c.get('shell').locations.some(place => place.id === data.location)) return { location: 'Choose a location.' }
    const wish = { locationId: data.location, name: data.name, leadHours: data.lead }
    await createStation(c.get('account'), wish, { location })
  },
  async slots(c, location) {
    const { data, bad } = parse(slotForm, c.get('form'))
    if (bad) return bad.errors
    const { station, weekday, start, end } = data
    await createPartySlot(
      c.get('account'),
      { stationId: station, weekday, startTime: start, endTime: end },
      { location },
      myStations(c),
    )
  },
  async packages(c, location) {
    const { data, bad } = parse(packageForm, c.get('form'))
    if (bad) return bad.errors
    const { name, description, program, price, guests, extra } = data
    const wish = { name, description, programId: program, cents: price, guests, extraGuestCents: extra }
    await createPackage(c.get('account'), wish, { location })
  },
  async 'add-ons'(c, location) {
    const { data, bad } = parse(addOnForm, c.get('form'))
    if (bad) return bad.errors
    await createAddOn(c.get('account'), { name: data.name, cents: data.price, maxQuantity: data.most }, { location })
  },
}

for (const part of Object.keys(makers) as PartyPart[]) {
  partiesOffice.post(`/parties/${part}`, async c => {
    demand(c.get('person'), 'Parties', 2)
    const location = paths.office(c.get('account').slug).partySetup({ saved: 1 })
    const typed = typedIn(c.get('form'))
    try {
      const errors = await makers[part](c, location)
      if (errors) return setupPage(c, { part, typed, errors, status: 422 })
    } catch (refusal) {
      return setupPage(c, { part, typed, errors: { form: sentenceOf(refusal) }, status: 409 })
    }
    return leadTo(c, location)
  })
  partiesOffice.post(`/parties/${part}/:id/retirement`, async c => {
    demand(c.get('person'), 'Parties', 2)
    const location = paths.office(c.get('account').slug).partySetup({ saved: 1 })
    await retirePart(c.get('account'), part, idIn(c.req.param('id')), { location }, myStations(c))
    return leadTo(c, location)
  })
}

async function setupPage(
  c: OfficeContext,
  again: {
    part?: PartyPart
    typed?: Record<string, string>
    errors?: Record<string, string>
    status?: 409 | 422
  } = {},
) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Parties')
  const { db } = account
  const [stations, slots, packages, addOns, areas] = await read(account, [
    db
      .select({
        id: partyStations.id,
        name: partyStations.name,
        locationId: partyStations.locationId,
        leadHours: partyStations.leadHours,
      })
      .from(partyStations)
      .where(and(isNull(partyStations.retiredAt), myStations(c)))
      .orderBy(asc(partyStations.name))
      .limit(100),
    partySlotQuery(account, myStations(c)),
    packagesQuery(account),
    addOnsQuery(account),
    db.select({ id: programs.id, name: programs.name }).from(programs).orderBy(asc(programs.name)).limit(200),
  ])
  const placeOf = (locationId: number) => locationOf(account, locationId)?.name ?? ''
  const asked = (part: PartyPart) => ({
    key: crypto.randomUUID(),
    values: again.part === part ? (again.typed ?? {}) : {},
    errors: again.part === part ? again.errors : undefined,
  })
  const row = (id: number, name: string, facts: string[]) => ({ id, name, facts, key: crypto.randomUUID() })
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Set up parties" current="parties">
      <PartySetupPage
        slug={account.slug}
        mayAct={level(person, 'Parties') === 2}
        saved={c.req.query('saved') && !again.errors ? 'Saved.' : undefined}
        stations={stations.map(({ id, name, locationId, leadHours }) =>
          row(id, name, [placeOf(locationId), `${leadHours} hours ahead`]),
        )}
        slots={slots.map(({ id, station, weekday, startTime, endTime }) =>
          row(id, station, [`${sayWeekday(weekday)}, ${sayTime(startTime)} to ${sayTime(endTime)}`]),
        )}
        packages={packages.map(({ id, name, cents, guests, extraGuestCents }) =>
          row(id, name, [
            money(cents),
            guests === null ? 'any number of guests' : `up to ${guests} guests`,
            ...(extraGuestCents ? [`each more ${money(extraGuestCents)}`] : []),
          ]),
        )}
        addOns={addOns.map(({ id, name, cents, maxQuantity }) =>
          row(id, name, [money(cents), maxQuantity === null ? '' : `at most ${maxQuantity}`].filter(Boolean)),
        )}
        forms={{
          stations: asked('stations'),
          slots: asked('slots'),
          packages: asked('packages'),
          'add-ons': asked('add-ons'),
        }}
        options={{
          locations: c.get('shell').locations.map(({ id, name }) => ({ value: id, label: name })),
          stations: stations.map(({ id, name }) => ({ value: id, label: name })),
          programs: areas.map(({ id, name }) => ({ value: id, label: name })),
        }}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

/** The party of the address. @throws NotFound, also where somebody works elsewhere */
const partyOfAddress = (c: OfficeContext) =>
  partyQuery(c.get('account')).where(and(eq(parties.id, idIn(c.req.param('id'))), myStations(c)))

async function mustBeHere(c: OfficeContext) {
  demand(c.get('person'), 'Parties', 2)
  const [rows] = await read(c.get('account'), [partyOfAddress(c)])
  return found(rows)
}

const doneWords = new Map([
  ['confirmed', 'Confirmed, and the family was told.'],
  ['moved', 'Moved, and the family was told.'],
  ['canceled', 'Canceled, and the family was told.'],
])

partiesOffice.get('/parties/:id', c => partyPage(c))

async function partyPage(c: OfficeContext, error?: string) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Parties')
  const partyId = idIn(c.req.param('id'))
  const [rows, addOns] = await read(account, [
    partyOfAddress(c),
    account.db
      .select({ name: partyAddOns.name, quantity: partyLines.quantity, cents: partyLines.cents })
      .from(partyLines)
      .innerJoin(partyAddOns, eq(partyAddOns.id, partyLines.addOnId))
      .where(eq(partyLines.partyId, partyId))
      .orderBy(desc(partyLines.cents)),
  ])
  const party = found(rows)
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={party.title} current="parties">
      <PartyPage
        slug={account.slug}
        id={party.id}
        title={party.title}
        state={states[party.state]}
        done={doneWords.get(c.req.query('done') ?? '')}
        error={error}
        facts={[
          {
            label: 'When',
            value: `${sayDate(party.onDate, { weekday: true, year: true })}, ${sayTime(party.startTime)} to ${sayTime(party.endTime)}`,
          },
          {
            label: 'Where',
            value: `${party.station}, ${locationOf(account, party.locationId)?.name ?? ''}`,
          },
          {
            label: 'Family',
            value: party.familyName,
            href: level(person, 'Families') ? at.family(party.familyId) : undefined,
          },
          { label: 'Package', value: `${party.packageName}, ${party.guests ?? 0} guests` },
          ...addOns.map(({ name, quantity, cents }) => ({
            label: 'Add-on',
            value: `${quantity} × ${name}, ${money(cents)}`,
          })),
          { label: 'Charged', value: sayMoney(party) },
          ...(party.notes ? [{ label: 'Notes', value: party.notes }] : []),
        ]}
        may={{
          act: level(person, 'Parties') === 2 && (party.state === 'requested' || party.state === 'confirmed'),
          confirm: party.state === 'requested',
        }}
        formKey={crypto.randomUUID()}
      />
    </OfficeLayout>,
    error ? 409 : 200,
  )
}

partiesOffice.post('/parties/:id/confirmation', async c => {
  const { id } = await mustBeHere(c)
  const location = `${paths.office(c.get('account').slug).party(id)}?done=confirmed`
  try {
    await confirmParty(c.get('account'), id, { location })
  } catch (refusal) {
    return partyPage(c, sentenceOf(refusal))
  }
  return leadTo(c, location)
})

const moveForm = z.object({ slot: id('a time'), day: day('Day') })

partiesOffice.get('/parties/:id/move', c => movePage(c, {}))

partiesOffice.post('/parties/:id/move', async c => {
  const { id } = await mustBeHere(c)
  const { data, bad } = parse(moveForm, c.get('form'))
  if (bad) return movePage(c, bad.typed, bad.errors, 422)
  const location = `${paths.office(c.get('account').slug).party(id)}?done=moved`
  try {
    await moveParty(c.get('account'), id, { slotId: data.slot, onDate: data.day }, { location })
  } catch (refusal) {
    return movePage(c, typedIn(c.get('form')), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

async function movePage(
  c: OfficeContext,
  typed: Partial<Record<string, string>>,
  errors?: Record<string, string>,
  status: 200 | 409 | 422 = 200,
) {
  const account = c.get('account')
  demand(c.get('person'), 'Parties', 2)
  const [rows, slots] = await read(account, [
    partyOfAddress(c),
    partySlotQuery(
      account,
      sql`${partyStations.locationId} = (select t.location_id from parties p join party_stations t on t.id = p.station_id where p.id = ${idIn(c.req.param('id'))})`,
    ),
  ])
  const party = found(rows)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Move party" current="parties">
      <MovePage
        slug={account.slug}
        id={party.id}
        formKey={crypto.randomUUID()}
        what={sayParty(party)}
        day={typed.day ?? party.onDate}
        slots={slots.map(slot => ({
          value: slot.id,
          label: `${sayWeekday(slot.weekday)}, ${sayTime(slot.startTime)} to ${sayTime(slot.endTime)}, ${slot.station}`,
        }))}
        slot={typed.slot}
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}

const endForm = z.object({ keep: amount('Cancellation charge') })

partiesOffice.get('/parties/:id/cancellation', c => endPage(c, {}))

partiesOffice.post('/parties/:id/cancellation', async c => {
  const { id } = await mustBeHere(c)
  const { data, bad } = parse(endForm, c.get('form'))
  if (bad) return endPage(c, bad.typed, bad.errors, 422)
  const location = `${paths.office(c.get('account').slug).party(id)}?done=canceled`
  try {
    await cancelParty(c.get('account'), id, { location }, data.keep)
  } catch (refusal) {
    return endPage(c, typedIn(c.get('form')), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

async function endPage(
  c: OfficeContext,
  typed: Partial<Record<string, string>>,
  errors?: Record<string, string>,
  status: 200 | 409 | 422 = 200,
) {
  const account = c.get('account')
  const party = await mustBeHere(c)
  const paid = (party.cents ?? 0) - (party.openCents ?? 0)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Cancel party" current="parties">
      <EndPage
        slug={account.slug}
        id={party.id}
        formKey={crypto.randomUUID()}
        what={sayParty(party)}
        charged={party.cents ? money(party.cents) : undefined}
        paid={money(paid)}
        keep={typed.keep ?? '0.00'}
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}
