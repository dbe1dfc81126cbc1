import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { mustBeAsSeen, sayCrowd } from '../classes/crowd'
import { sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal } from '../database'
import { postCharge } from '../ledger/charges'
import { notify } from '../messages/notices'
import { money } from '../money'
import { classes, enrollments } from '../schema'
import { namesOfMove } from './about'
import { isNotCanceled, isOneDay, noSuchEnrollment, tuitionCharge } from './enroll'
import { planMove, type StaffMove } from './move-plan'
import type { Consent } from './staff-forms'
import { billingOf, moveStatements, mustBeUnmoved, noteTransfer } from './transfers'
import { creditUnused } from './unused'

/**
 * Staff move a student to another class: the old enrollment ends, the new one begins, each on its day; or, where the new
 * class is full, the student waits for it and keeps the old place.
 * @throws NotFound; Refusal as enrollByStaff, and 'transfer-once', 'transfer-past', 'transfer-dates', 'same-class'
 */
export async function transferByStaff(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  move: StaffMove,
  consent: Consent,
  answer: Answer,
): Promise<void> {
  const plan = await planMove(account, person, id, move)
  const { source, from, target, dates, crowd, price, unused, who } = plan
  if (plan.never || !dates) throw new Refusal(plan.never ?? 'transfer-dates')
  if (plan.doubts.some(({ code }) => !consent.despite.includes(code))) throw new Refusal('not-agreed')
  if (consent.post && plan.cents !== consent.cents) throw new Refusal('price-changed')
  const { toWaitlist, keepBilling } = move
  const overbook = consent.overbook !== null && crowd !== undefined && !crowd.free
  const day = today(account.now, target.timeZone)
  const { familyId, studentId, studentName } = source
  const type = toWaitlist ? 'wait' : source.type
  await commit(
    account,
    [
      mustBeUnmoved(account, id),
      must(
        account,
        sql`exists (select 1 from ${classes} where ${classes.id} = ${target.id} and ${classes.state} = 'active')`,
        'class-inactive',
      ),
      must(
        account,
        noSuchEnrollment(studentId, target.id, type, dates.on, dates.newDrop),
        toWaitlist ? 'already-waiting' : 'already-enrolled',
      ),
      ...(isOneDay(type) ? [must(account, isNotCanceled(target.id, dates.on), 'meeting-canceled')] : []),
      ...(overbook
        ? [mustBeAsSeen(account, { classId: target.id, from: dates.on, to: dates.newDrop }, consent.overbook ?? 0)]
        : []),
      ...moveStatements(account, source, target, dates, {
        toWaitlist,
        overbook,
        by: 'staff',
        notes: consent.notes,
        billing: keepBilling ? billingOf(source) : {},
      }),
      ...(toWaitlist
        ? []
        : [noteTransfer(account, source, target, { on: dates.on, notes: consent.notes, dates, kept: keepBilling })]),
      ...(consent.post && price && price.cents > 0
        ? postCharge(
            account,
            tuitionCharge(target, price, { familyId, enrollmentId: newest(enrollments), from: dates.on, day }),
          )
        : []),
      ...(consent.post
        ? creditUnused(account, unused, {
            familyId,
            locationId: from.locationId,
            on: day,
            why: `${from.name}: not used after ${sayDate(dates.previousDrop ?? dates.on)}`,
          })
        : []),
      ...audit(
        account,
        'transfer',
        [
          toWaitlist
            ? `put ${studentName} on the waitlist of ${target.name}, who stays in ${from.name} until then`
            : `moved ${studentName} from ${from.name} to ${target.name} on ${dates.on}`,
          dates.previousDrop ? `, last day in the previous class ${dates.previousDrop}` : '',
          consent.post && plan.cents
            ? `, ${plan.cents > 0 ? `charged ${money(plan.cents)} more` : `credited ${money(-plan.cents)}`}`
            : '',
          plan.doubts.length ? `; despite ${plan.doubts.map(({ code }) => code).join(', ')}` : '',
          overbook && crowd ? `; overbooked, ${sayCrowd(crowd)}` : '',
        ].join(''),
        [
          ['family', familyId],
          ['student', studentId],
          ['class', from.id],
          ['class', target.id],
          ['enrollment', id],
          ['enrollment', newest(enrollments)],
        ],
        {
          before: { class: from.name, dropDate: source.dropDate },
          after: { class: target.name, from: dates.on, dropDate: dates.newDrop, previousDrop: dates.previousDrop },
        },
      ),
      ...(consent.mail
        ? [
            notify(account, {
              familyId: who.family.id,
              ...(toWaitlist
                ? { template: 'transfer-waitlisted', values: namesOfMove(source, from, target) }
                : {
                    template: 'transfer-approved',
                    values: {
                      ...namesOfMove(source, from, target),
                      transfer_date: () => sayDate(dates.on, { weekday: true }),
                    },
                  }),
            }),
          ]
        : []),
    ],
    answer,
  )
}
