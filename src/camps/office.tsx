import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import { CampsPage, NewCampPage } from '../../views/camps/office'
import { CampSetupPage } from '../../views/camps/setup'
import { OfficeLayout } from '../../views/layouts/office'
import { todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { atPlacesOf, worksAt } from '../auth/places'
import { sayAges } from '../classes/classes'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { parse, typedIn } from '../forms'
import { idIn, leadTo, NotFound, show } from '../http'
import { typed as typedAmount } from '../money'
import * as paths from '../paths'
import { campTypes, classes, pricingCells, pricingSchedules } from '../schema/classes'
import { campListQuery, sayDates } from './camps'
import { choiceQueries, options } from './choices'
import { blockOf, cellName, newCampForm, priceColumns, priceRows, pricingForm, termsOf, typeForm } from './forms'
import { changeCampType, changePricing, createCamp, createCampType, createPricing } from './setup'

/** Camps for staff: what there is, who comes on which day, and the types and prices behind it (A8, OP8). */
export const campsOffice = officeDoor()

type Typed = Record<string, string | string[] | undefined>
type Errors = Record<string, string>
interface Again {
  typed?: Typed
  errors?: Errors
  status?: 409 | 422
}

const perPage = 50

campsOffice.get('/camps', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Camps')
  const day = todayAt(account)
  const { show: status = 'current', type, after } = c.req.query()
  const which = {
    current: and(eq(classes.state, 'active'), gte(classes.endDate, day)),
    past: and(eq(classes.state, 'active'), lt(classes.endDate, day)),
    inactive: eq(classes.state, 'inactive'),
  }[status]
  const typeId = Number(type) || 0
  const [rows, types] = await read(account, [
    campListQuery(
      account,
      and(
        which,
        atPlacesOf(person, classes.locationId),
        person.locationId ? eq(classes.locationId, person.locationId) : undefined,
        typeId ? sql`camp_types.id = ${typeId}` : undefined,
      ),
      // What is over is looked for from its end.
      { limit: perPage + 1, latest: status !== 'current', after: Number(after) || undefined },
    ),
    account.db
      .select({ id: campTypes.id, singular: campTypes.singular })
      .from(campTypes)
      .orderBy(asc(campTypes.singular)),
  ])
  const last = rows.length > perPage ? rows[perPage - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Camps" current="camps">
      <CampsPage
        slug={account.slug}
        saved={c.req.query('saved') ? 'Saved.' : undefined}
        status={which ? status : 'all'}
        type={typeId}
        types={types.map(({ id, singular }) => ({ value: id, label: singular }))}
        mayAct={level(person, 'Camps') === 2}
        next={last && paths.office(account.slug).camps({ show: status, type: typeId, after: last.id })}
        rows={rows.slice(0, perPage).map(row => ({
          id: row.id,
          name: row.name,
          type: row.singular,
          dates: sayDates(row),
          location: row.locationName,
          ages: sayAges(row),
          places: row.places,
          active: row.state === 'active',
          shown: row.showPortal === 1,
        }))}
      />
    </OfficeLayout>,
  )
})

campsOffice.get('/camps/new', c => newPage(c))

async function newPage(c: OfficeContext, { typed, errors, status }: Again = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Camps', 2)
  const [types, pricings, areas, rooms] = await read(account, choiceQueries(c))
  const places = c.get('shell').locations
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="New camp" current="camps">
      <NewCampPage
        slug={account.slug}
        formKey={crypto.randomUUID()}
        values={typed ?? { attend: 'days', due: 'full', gender: 'any', show: '1', block: 'Week 1' }}
        errors={errors}
        options={{
          types: options(types),
          pricings: options(pricings),
          programs: options(areas),
          locations: options(places),
          zones: options(rooms),
        }}
      />
    </OfficeLayout>,
    status ?? 200,
  )
}

campsOffice.post('/camps', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Camps', 2)
  const form = c.get('form')
  const { data, bad } = parse(newCampForm, form)
  if (bad) return newPage(c, { typed: form, errors: bad.errors, status: 422 })
  if (!worksAt(person, data.location)) throw new NotFound()
  const place = account.locations.find(({ id }) => id === data.location)
  if (!place) return newPage(c, { typed: form, errors: { location: 'Choose a location.' }, status: 422 })
  const wish = {
    ...termsOf({ ...data, active: true }, place.timeZone),
    locationId: data.location,
    programId: data.program,
    zoneId: data.zone,
  }
  const location = paths.office(account.slug).camps({ saved: 1 })
  try {
    await createCamp(account, wish, blockOf(data), { location })
  } catch (refusal) {
    return newPage(c, { typed: form, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

campsOffice.get('/camps/setup', c => setupPage(c))

campsOffice.post('/camps/types', async c => {
  demand(c.get('person'), 'Camps', 2)
  const { data, bad } = parse(typeForm, c.get('form'))
  if (bad) return setupPage(c, { part: 'type', ...bad, status: 422 })
  const { retired: _, ...wish } = data
  return saved(c, 'type', location => createCampType(c.get('account'), wish, { location }))
})

campsOffice.post('/camps/types/:id', async c => {
  demand(c.get('person'), 'Camps', 2)
  const id = idIn(c.req.param('id'))
  const { data, bad } = parse(typeForm, c.get('form'))
  if (bad) return setupPage(c, { part: 'type', id, ...bad, status: 422 })
  return saved(c, 'type', location => changeCampType(c.get('account'), id, data, { location }), id)
})

campsOffice.post('/camps/pricing', async c => {
  demand(c.get('person'), 'Camps', 2)
  const { data, bad } = parse(pricingForm, c.get('form'))
  if (bad) return setupPage(c, { part: 'pricing', ...bad, status: 422 })
  const { retired: _, ...wish } = data
  return saved(c, 'pricing', location => createPricing(c.get('account'), wish, { location }))
})

campsOffice.post('/camps/pricing/:id', async c => {
  demand(c.get('person'), 'Camps', 2)
  const id = idIn(c.req.param('id'))
  const { data, bad } = parse(pricingForm, c.get('form'))
  if (bad) return setupPage(c, { part: 'pricing', id, ...bad, status: 422 })
  return saved(c, 'pricing', location => changePricing(c.get('account'), id, data, { location }), id)
})

/** Saves a form of the setup page, or shows the page again with the sentence beside the form it belongs to. */
async function saved(c: OfficeContext, part: 'type' | 'pricing', save: (to: string) => Promise<unknown>, id?: number) {
  const location = paths.office(c.get('account').slug).campSetup({ saved: 1 })
  try {
    await save(location)
  } catch (refusal) {
    return setupPage(c, {
      part,
      id,
      typed: typedIn(c.get('form')),
      errors: { form: sentenceOf(refusal) },
      status: 409,
    })
  }
  return leadTo(c, location)
}

async function setupPage(
  c: OfficeContext,
  again: {
    part?: 'type' | 'pricing'
    id?: number
    typed?: Record<string, string>
    errors?: Errors
    status?: 409 | 422
  } = {},
) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Camps')
  const { db } = account
  const [types, pricings, cells] = await read(account, [
    db.select().from(campTypes).orderBy(asc(campTypes.singular)).limit(100),
    db
      .select()
      .from(pricingSchedules)
      .where(eq(pricingSchedules.use, 'camp'))
      .orderBy(asc(pricingSchedules.name))
      .limit(100),
    db
      .select({
        scheduleId: pricingCells.scheduleId,
        blocks: pricingCells.blocks,
        nth: pricingCells.nthStudent,
        cents: pricingCells.cents,
      })
      .from(pricingCells)
      .limit(1000),
  ])
  const asked = (part: 'type' | 'pricing', values: Record<string, string | undefined>, id?: number) => {
    const mine = again.part === part && again.id === id
    return {
      key: crypto.randomUUID(),
      values: (mine && again.typed) || values,
      errors: mine ? again.errors : undefined,
    }
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Set up camps" current="camps">
      <CampSetupPage
        slug={account.slug}
        mayAct={level(person, 'Camps') === 2}
        saved={c.req.query('saved') && !again.errors ? 'Saved.' : undefined}
        rows={priceRows}
        columns={priceColumns}
        types={types.map(({ id, singular, plural, retiredAt }) => ({
          id,
          name: plural,
          retired: retiredAt !== null,
          ...asked('type', { singular, plural, retired: retiredAt === null ? undefined : '1' }, id),
        }))}
        newType={asked('type', {})}
        pricings={pricings.map(({ id, name, depositKind, deposit, retiredAt }) => ({
          id,
          name,
          retired: retiredAt !== null,
          ...asked(
            'pricing',
            {
              name,
              deposit_kind: depositKind,
              deposit: depositKind === 'none' ? '' : depositKind === 'percent' ? String(deposit) : typedAmount(deposit),
              retired: retiredAt === null ? undefined : '1',
              ...Object.fromEntries(
                cells
                  .filter(({ scheduleId }) => scheduleId === id)
                  .map(cell => [cellName(cell), typedAmount(cell.cents)]),
              ),
            },
            id,
          ),
        }))}
        newPricing={asked('pricing', {})}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
