import { type Account, todayAt } from '../accounts/account'
import { chargeDue, mustBeDue } from '../anniversaries/charge'
import { type Due, duesOf, feesQuery, whyDue } from '../anniversaries/fees'
import type { Statement } from '../database'
import { t } from '../language'
import { settingsAt } from '../settings'
import type { ItemKind, Line } from './kind'
import { reading } from './kind'

interface Kept extends Record<string, unknown> {
  due: Due
  /** The first day of the enrollment that makes it due. */
  from: string
}

const keptIn = (line: Line) => line.data as Kept

const dayAt = (account: Account, locationId: number) => todayAt(account, locationId)

const reads = reading(
  1,
  (account, { familyId }) => [feesQuery(account, familyId)],
  (account, _guardian, _items, [fees], { before }) => {
    const owing = new Set<string>()
    return before.flatMap(maker => {
      const { enrolls, locationId, itemId, becomes } = maker
      const rules = settingsAt(account, locationId)
      if (!enrolls || !rules['classreg.anniversary_fees']) return []
      const { student, programId, from } = enrolls
      const day = dayAt(account, locationId)
      return duesOf(fees, { student, programId }, day).flatMap((due): Line[] => {
        const key = `${due.feeId} ${due.studentId}`
        if (owing.has(key)) return []
        owing.add(key)
        const kept: Kept = { due, from }
        return [
          {
            itemId,
            owing: true,
            kind: 'anniversary',
            title: due.name,
            about: due.who ? t('For {child}', { child: due.who }) : t('For the family'),
            locationId,
            cents: due.cents,
            parts: [],
            why: whyDue(due, from, day),
            charges: becomes === 'approved' && rules['fin.post_charges_on_approve'],
            becomes,
            lapsed: false,
            needsNoHold: true,
            warnings: [],
            promoUses: 0,
            deletedSchedule: false,
            data: kept,
          },
        ]
      })
    })
  },
)

/** A fee that an enrollment in the cart makes due: it comes and goes with that one, and lies in no cart by itself. */
export const anniversaryItem: ItemKind = {
  ...reads,
  hold: () => [],
  async carryOut(account, familyId, line) {
    const { due, from } = keptIn(line)
    const { locationId } = line
    if (!line.charges) return []
    return chargeDue(account, due, { familyId, locationId, from, day: dayAt(account, locationId) })
  },
}

/** Guards of a checkout: what it charges is due as the page said. */
export const mustAllBeDue = (account: Account, familyId: number, lines: Line[]): Statement[] =>
  lines.filter(({ owing, charges }) => owing && charges).map(line => mustBeDue(account, keptIn(line).due, familyId))

/** What a line keeps in the cart while it is paid, so that no other cart asks for it meanwhile. */
export const keptWhilePaid = (line: Line) => ({
  studentId: keptIn(line).due.studentId,
  particulars: JSON.stringify({ feeId: keptIn(line).due.feeId }),
})
