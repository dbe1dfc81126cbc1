import { eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type About, type Fact, type Kind, look } from '../activity/kind'
import { sayTime } from '../clock'
import { money } from '../money'
import * as paths from '../paths'
import { parties, partyAddOns, partyLines } from '../schema/parties'
import { partyQuery } from './parties'
import { sayParty } from './wishes'

interface Told {
  title: string
  onDate: string
  startTime: string
  station: string
  packageName: string
  guests: number
  cents: number
  paid: boolean
  /** The family canceled it. */
  canceled?: boolean
}

const states = {
  held: 'Held while it is paid',
  requested: 'To be confirmed',
  confirmed: 'Confirmed',
  cancelled: 'Canceled',
} as const

function details(account: Account, { subjectId: id }: About) {
  const asks = [
    partyQuery(account).where(eq(parties.id, id)),
    account.db
      .select({ name: partyAddOns.name, quantity: partyLines.quantity, cents: partyLines.cents })
      .from(partyLines)
      .innerJoin(partyAddOns, eq(partyAddOns.id, partyLines.addOnId))
      .where(eq(partyLines.partyId, id)),
  ] as const
  return look(asks, (_entry, [[party], addOns]) => {
    if (!party) return { facts: [{ label: 'Party', text: 'It is not there any more.' }] }
    const at = paths.office(account.slug)
    const facts: Fact[] = [
      { label: 'Party', text: sayParty(party), href: at.party(party.id) },
      { label: 'State', text: states[party.state], tone: party.state === 'requested' ? 'amber' : undefined },
      { label: 'Until', text: sayTime(party.endTime) },
      { label: 'Package', text: `${party.packageName}, ${party.guests ?? 0} guests` },
      ...addOns.map(({ name, quantity, cents }) => ({
        label: 'Add-on',
        text: `${quantity} × ${name}, ${money(cents)}`,
      })),
    ]
    if (party.cents !== null)
      facts.push({
        label: 'Charged',
        text: `${money(party.cents)}, ${party.openCents ? `${money(party.openCents)} open` : 'paid'}`,
        href: at.familyLedger(party.familyId),
        tone: party.state === 'cancelled' && party.cents ? 'amber' : undefined,
      })
    return { facts }
  })
}

/** Parties that families booked: dismissed from the row. Its name leads to its page. */
export const partyKind: Kind = {
  icon: 'parties',
  statuses: ['special'],
  permission: 'Parties',
  dismiss: ['special'],
  sentence(account, entry) {
    const told = entry.particulars as unknown as Told
    return {
      what: sayParty(told),
      whatHref: paths.office(account.slug).party(entry.subjectId ?? 0),
      subs: [
        ...(told.canceled ? [{ icon: 'canceled', text: 'Canceled by the family.' }] : []),
        {
          icon: 'money',
          text: `${told.packageName} for ${told.guests} guests, ${money(told.cents)}${told.paid ? ', paid' : ''}.`,
        },
      ],
    }
  },
  details,
}
