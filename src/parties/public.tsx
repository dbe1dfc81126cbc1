import * as z from 'zod'
import { DayPage } from '../../views/portal/party-choice'
import { todayAt } from '../accounts/account'
import { newPassword } from '../auth/password-rules'
import { hashPassword } from '../auth/passwords'
import { addDays, sayDate, sayTime } from '../clock'
import { Refusal, read } from '../database'
import { publicDoor } from '../doors'
import { signUp } from '../families/sign-up'
import { email, isDay, line, parse, typedIn } from '../forms'
import { leadTo, show } from '../http'
import { hideCosts } from '../middleware'
import * as paths from '../paths'
import { because } from '../refusals'
import { partySlotQuery, takenQuery } from './find'
import { detailsStep, goneOf, mustBeOn, packageStep, planIn, stationsOn } from './steps'

/** Booking a party in five steps (A11): the first three are for everybody. */
export const partiesDoor = publicDoor()

const daysAhead = 120
/** So many free days are offered beside the one that is shown. */
const offeredDays = 8

partiesDoor.get('/parties', async c => {
  const account = c.get('account')
  mustBeOn(account)
  const first = todayAt(account)
  const last = addDays(first, daysAhead)
  const [slots, taken] = await read(account, [partySlotQuery(account), takenQuery(account, first, last)])
  const days = Array.from({ length: daysAhead }, (_, nth) => addDays(first, nth))
  const isFree = (day: string) => stationsOn(slots, day).some(slot => !goneOf(account, slot, day, taken))
  const free = days.filter(isFree).slice(0, offeredDays)
  const asked = c.req.query('day') ?? ''
  const day = isDay(asked) && asked >= first && asked <= last ? asked : (free[0] ?? first)
  const at = paths.portal(account.slug)
  const places = [...Map.groupBy(stationsOn(slots, day), ({ stationId }) => stationId).values()]
  return show(
    c,
    <DayPage
      shell={c.get('shell')}
      day={day}
      min={first}
      max={last}
      said={sayDate(day, { weekday: true, year: true })}
      free={free.map(each => ({
        label: sayDate(each, { weekday: true }),
        href: at.parties({ day: each }),
        chosen: each === day,
      }))}
      stations={places.map(list => ({
        name: list[0]?.station ?? '',
        location:
          account.locations.length > 1
            ? account.locations.find(({ id }) => id === list[0]?.locationId)?.name
            : undefined,
        slots: list.map(slot => ({
          time: `${sayTime(slot.startTime)} – ${sayTime(slot.endTime)}`,
          gone: goneOf(account, slot, day, taken),
          href: at.partyPackage({ slot: slot.id, day }),
        })),
      }))}
    />,
  )
})

partiesDoor.get('/parties/package', async c => {
  mustBeOn(c.get('account'))
  const plan = planIn(c.req.query())
  return plan ? packageStep(c, plan) : leadTo(c, paths.portal(c.get('account').slug).parties())
})

partiesDoor.get('/parties/details', async c => {
  mustBeOn(c.get('account'))
  const plan = planIn(c.req.query())
  return plan ? detailsStep(c, plan) : leadTo(c, paths.portal(c.get('account').slug).parties())
})

const accountForm = z.object({
  first: line('First name', 60),
  last: line('Last name', 60),
  phone: line('Phone', 40),
  email: email('Email'),
  password: newPassword,
})

/** The short account: who books a party need not have a child here. */
partiesDoor.post('/parties/account', async c => {
  const account = c.get('account')
  mustBeOn(account)
  const form = c.get('form')
  const at = paths.portal(account.slug)
  const next = paths.onwardIn(account.slug, form.next) ?? at.parties()
  const plan = planIn(Object.fromEntries(new URLSearchParams(next.split('?')[1] ?? '')))
  const { password: _, ...values } = typedIn(form)
  const again = (errors: Record<string, string>, status: 409 | 422) =>
    plan ? detailsStep(c, plan, { values, errors, status }) : leadTo(c, at.signUp({ next }))
  const { data, bad } = parse(accountForm, form)
  if (bad) return again(bad.errors, 422)
  const [place] = account.locations
  if (!place) throw new Refusal('switched-off')
  const location = at.signedUp({ next })
  const guardian = {
    firstName: data.first,
    lastName: data.last,
    email: data.email,
    phone: data.phone,
    address: null,
  }
  try {
    await signUp(
      account,
      {
        guardian,
        students: [],
        // Made whether or not the address is known: time does not tell.
        passwordHash: await hashPassword(data.password),
        language: c.get('language') ?? 'en',
        locationId: place.id,
        referralId: null,
        consent: false,
      },
      { location },
    )
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
    return again({ form: because(refusal.code) }, 409)
  }
  hideCosts(c)
  return leadTo(c, location)
})
