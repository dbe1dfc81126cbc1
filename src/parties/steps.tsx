import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { ConfirmPage, DetailsPage, LogInStep } from '../../views/portal/party-booking'
import { PackagePage } from '../../views/portal/party-choice'
import type { Hidden } from '../../views/portal/party-steps'
import type { Errors } from '../../views/ui/form'
import type { Account } from '../accounts/account'
import { sayDate, sayTime, weekday } from '../clock'
import { Refusal, read } from '../database'
import type { CustomerContext, PublicContext } from '../doors'
import { day, type Form, id, isDay, line, note, optional, typedIn, whole } from '../forms'
import { drawn, leadTo, show } from '../http'
import { money, price } from '../money'
import * as paths from '../paths'
import { keyAgain, meansOptions, notConfigured } from '../payments/lines'
import { methodsOf } from '../payments/methods'
import { shutting } from '../policies/states'
import { because } from '../refusals'
import { partySlots } from '../schema/parties'
import { addOnsQuery, isTooSoon, type PartySlot, packagesQuery, partySlotQuery, takenQuery } from './find'
import type { PartyOffer, Wish } from './wishes'

/** What the steps of booking a party carry along, in addresses and hidden fields: nothing is kept in between (A11). */
export interface Plan {
  slotId: number
  onDate: string
  packageId?: number
  /** As typed, by add-on. */
  addOns: Record<number, string>
}

/** The plan of an address or a form; nothing where it names no time. */
export function planIn(given: Form): Plan | undefined {
  const text = (name: string) => String([given[name] ?? ''].flat()[0] ?? '')
  const number = (name: string) => (/^[1-9]\d{0,9}$/.test(text(name)) ? Number(text(name)) : undefined)
  const slotId = number('slot')
  if (!slotId || !isDay(text('day'))) return
  const addOns: Plan['addOns'] = {}
  for (const name of Object.keys(given)) {
    const [, addOn] = name.match(/^add_([1-9]\d{0,9})$/) ?? []
    if (addOn && text(name).trim()) addOns[Number(addOn)] = text(name).trim()
  }
  return { slotId, onDate: text('day'), packageId: number('package'), addOns }
}

/** The same as the fields of the next form, or of an address. */
export const hiddenOf = ({ slotId, onDate, packageId, addOns }: Plan): Hidden => [
  ['slot', String(slotId)],
  ['day', onDate],
  ...(packageId ? [['package', String(packageId)] as [string, string]] : []),
  ...Object.entries(addOns).map(([addOn, quantity]) => [`add_${addOn}`, quantity] as [string, string]),
]

export const queryOf = (plan: Plan) => Object.fromEntries(hiddenOf(plan))

const countIn = (typed: string) => (/^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN)

/** The chosen add-ons with their number, or a sentence for what was not understood. */
function quantities({ addOns }: Plan, known: { id: number; maxQuantity: number | null }[]) {
  const chosen: NonNullable<Wish['addOns']> = []
  const errors: Record<string, string> = {}
  for (const [addOn, typed] of Object.entries(addOns)) {
    const row = known.find(one => one.id === Number(addOn))
    const most = row?.maxQuantity ?? 200
    const quantity = countIn(typed)
    if (row && quantity >= 0 && quantity <= most) chosen.push({ id: row.id, quantity })
    else errors[`add_${addOn}`] = `Quantity is not a whole number from 0 to ${most}.`
  }
  return { chosen: chosen.filter(({ quantity }) => quantity > 0), errors }
}

/** What all steps after the first need to know, in one trip. */
async function setting(account: Account, plan: Plan, guardianFamily?: number) {
  const [slots, taken, packages, addOns, methods] = await read(account, [
    partySlotQuery(account, eq(partySlots.id, plan.slotId)),
    takenQuery(account, plan.onDate, plan.onDate),
    packagesQuery(account),
    addOnsQuery(account),
    methodsOf(account, guardianFamily ?? 0),
  ])
  const slot = slots.find(each => each.weekday === weekday(plan.onDate))
  return { slot, gone: slot && goneOf(account, slot, plan.onDate, taken), packages, addOns, methods }
}

type Setting = Awaited<ReturnType<typeof setting>>
/** Why a time cannot be had on a day. */
export function goneOf(
  account: Account,
  slot: Pick<PartySlot, 'id' | 'locationId' | 'startTime' | 'leadHours'>,
  onDate: string,
  taken: { slotId: number; onDate: string }[],
): 'slot-taken' | 'too-soon' | undefined {
  if (taken.some(each => each.slotId === slot.id && each.onDate === onDate)) return 'slot-taken'
  if (isTooSoon(account, slot, onDate)) return 'too-soon'
}

export const sayWhen = (slot: Pick<PartySlot, 'startTime' | 'endTime' | 'station'>, onDate: string) =>
  `${sayDate(onDate, { weekday: true, year: true })}, ${sayTime(slot.startTime)} – ${sayTime(slot.endTime)}, ${slot.station}`

/** Parties are there while they are switched on. @throws Refusal */
export function mustBeOn({ settings }: Account) {
  if (!settings['portal.show_parties']) throw new Refusal('switched-off')
}

/** Step 2: package and add-ons, with what it comes to so far. */
export async function packageStep(c: PublicContext, plan: Plan, errors?: Errors, status?: 422) {
  const account = c.get('account')
  const found = await setting(account, plan)
  return found.slot ? packagePage(c, plan, found, errors, status) : leadTo(c, paths.portal(account.slug).parties())
}

function packagePage(c: PublicContext, plan: Plan, found: Setting, errors: Errors = {}, status: 200 | 422 = 200) {
  const { slot, packages, addOns, gone } = found
  if (!slot) return leadTo(c, paths.portal(c.get('account').slug).parties())
  const chosen = packages.find(({ id }) => id === plan.packageId)
  const wanted = quantities(plan, addOns)
  const sum = wanted.chosen.reduce(
    (cents, { id, quantity }) => cents + quantity * (addOns.find(one => one.id === id)?.cents ?? 0),
    chosen?.cents ?? 0,
  )
  return show(
    c,
    <PackagePage
      shell={c.get('shell')}
      hidden={hiddenOf({ slotId: plan.slotId, onDate: plan.onDate, addOns: {} })}
      when={sayWhen(slot, plan.onDate)}
      gone={gone && because(gone)}
      packages={packages.map(({ id, name, description, cents, guests, extraGuestCents }) => ({
        id,
        name,
        description: description ?? undefined,
        price: price(cents),
        guests: guests ?? undefined,
        extra: extraGuestCents ? price(extraGuestCents) : undefined,
      }))}
      chosen={plan.packageId}
      addOns={addOns.map(({ id, name, cents, maxQuantity }) => ({
        id,
        name,
        price: price(cents),
        most: maxQuantity ?? 200,
        quantity: plan.addOns[id] ?? '0',
      }))}
      total={chosen && money(sum)}
      errors={{ ...wanted.errors, ...errors }}
    />,
    status,
  )
}

interface Typed {
  values?: Partial<Record<string, string>>
  errors?: Errors
  status?: 200 | 409 | 422
}

/** Steps 3 and 4: who it is for whom we do not know yet, then what we need to know of the party. */
export const detailsStep = drawn(async (c: PublicContext, plan: Plan, typed: Typed = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const at = paths.portal(account.slug)
  const found = await setting(account, plan)
  const { slot, packages, addOns, gone } = found
  if (!slot) return leadTo(c, at.parties())
  const pack = packages.find(({ id }) => id === plan.packageId)
  const { errors } = quantities(plan, addOns)
  if (!pack) return packagePage(c, plan, found, { ...errors, package: 'Choose a package.' }, 422)
  if (Object.keys(errors).length) return packagePage(c, plan, found, errors, 422)
  if (gone) return packagePage(c, plan, found)
  const here = at.partyDetails(queryOf(plan))
  const when = sayWhen(slot, plan.onDate)
  const packageName = pack.name
  if (!guardian)
    return show(
      c,
      <LogInStep
        shell={c.get('shell')}
        formKey={crypto.randomUUID()}
        when={when}
        packageName={packageName}
        backHref={at.partyPackage(queryOf(plan))}
        next={here}
        closed={!account.settings['portal.allow_new_accounts']}
        values={typed.values ?? {}}
        errors={typed.errors}
      />,
      typed.status ?? 200,
    )
  const [policy] = shutting(c.get('policies'))
  return show(
    c,
    <DetailsPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      hidden={hiddenOf(plan)}
      when={when}
      packageName={packageName}
      backHref={at.partyPackage(queryOf(plan))}
      refused={
        guardian.access !== 'full'
          ? because('limited-access')
          : guardian.family.state !== 'open'
            ? because('family-suspended')
            : undefined
      }
      policy={
        policy && {
          name: policy.name,
          href: guardian.role === 'primary' ? at.policy(policy.id, { next: here }) : undefined,
        }
      }
      students={guardian.students.map(({ id, firstName }) => ({ value: id, label: firstName }))}
      values={typed.values ?? { guests: pack.guests ? String(pack.guests) : '10' }}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})

/** What step 4 asks. */
export const detailsForm = z.object({
  slot: id('a time'),
  day: day('Day'),
  package: id('a package'),
  title: line('Title', 80),
  guests: whole('Guests', 1, 200),
  student: optional(id('a student')),
  notes: note('Notes', 1000),
})

/** The wish of a form that was understood; whether its add-ons can be had so often is for the offer to say. */
export function wishOf(data: z.output<typeof detailsForm>, plan: Plan): Wish {
  const addOns = Object.entries(plan.addOns).map(([addOn, typed]) => ({ id: Number(addOn), quantity: countIn(typed) }))
  const { slot, day, package: packageId, title, guests, student, notes } = data
  return { slotId: slot, onDate: day, packageId, title, guests, studentId: student, notes, addOns }
}

interface Paying extends Typed {
  pay?: string
  uncertain?: boolean
}

/** Step 5: everything once more, what it costs, and how it is paid. */
export const confirmStep = drawn(async (c: CustomerContext, plan: Plan, offer: PartyOffer, typed: Paying = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const form = c.get('form')
  const [methods] = await read(account, [methodsOf(account, guardian.family.id)])
  const { title, guests, student, notes } = typedIn(form)
  const child = guardian.students.find(({ id }) => id === offer.studentId)?.firstName
  return show(
    c,
    <ConfirmPage
      shell={c.get('shell')}
      formKey={keyAgain(form, typed.uncertain)}
      hidden={[
        ...hiddenOf(plan),
        ['title', title ?? ''],
        ['guests', guests ?? ''],
        ['student', student ?? ''],
        ['notes', notes ?? ''],
      ]}
      facts={{
        when: `${sayDate(offer.onDate, { weekday: true, year: true })}, ${sayTime(offer.startTime)}`,
        station: offer.station,
        title: offer.title,
        guests: offer.guests,
        child,
        notes: offer.notes ?? undefined,
      }}
      lines={offer.lines.map(({ steps, cents }) => ({ what: steps?.[0] ?? '', amount: money(cents) }))}
      total={money(offer.cents)}
      methods={guardian.mayPay && offer.cents > 0 ? meansOptions(account, methods) : []}
      pay={typed.pay ?? 'later'}
      notConfigured={notConfigured(account)}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})

export const stationsOn = (slots: PartySlot[], onDate: string) => slots.filter(slot => slot.weekday === weekday(onDate))
