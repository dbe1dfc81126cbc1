import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { chargeDue, mustBeDue } from '../anniversaries/charge'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { saySchedule } from '../classes/classes'
import { mustBeAsSeen, sayCrowd } from '../classes/crowd'
import { mustHaveSeat } from '../classes/seats'
import { sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, type Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { mustBeUsable, usePromo } from '../ledger/promos'
import { notify } from '../messages/notices'
import { money } from '../money'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { families } from '../schema/families'
import { makeupTokens } from '../schema/makeups'
import { students } from '../schema/students'
import { namesIn } from './about'
import { endEnrollment } from './drops'
import { isNotCanceled, isOneDay, noSuchEnrollment, startEnrollment, tuitionCharge } from './enroll'
import { sayType } from './enrollments'
import { type Plan, planOf } from './plan'
import type { Consent, StaffWish } from './staff-forms'
import { creditUnused } from './unused'

/**
 * Staff enroll a student, or put one on a waitlist. What they were shown is what happens: a doubt that was not read, a
 * place that was taken meanwhile or another amount sends them back to look again.
 * @throws NotFound; Refusal with what cannot be decided otherwise, 'not-agreed', 'price-changed', 'class-full',
 *   'changed-meanwhile', 'already-handled' for a place on the waitlist that somebody else gave
 */
export async function enrollByStaff(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  wish: StaffWish,
  consent: Consent,
  answer: Answer,
): Promise<void> {
  const plan = await planOf(account, person, wish)
  if (plan.never) throw new Refusal(plan.never)
  if (plan.doubts.some(({ code }) => !consent.despite.includes(code))) throw new Refusal('not-agreed')
  if (consent.post && plan.cents !== consent.cents) throw new Refusal('price-changed')
  await commit(account, enrolling(account, plan, consent), answer)
}

function enrolling(account: Account, plan: Plan, consent: Consent): Statement[] {
  const { wish, row, who, dropDate, wait, leaves, promo } = plan
  const { type, startDate } = wish
  const { child, family } = who
  const day = today(account.now, row.timeZone)
  const enrollmentId = newest(enrollments)
  const post = consent.post ? plan : undefined
  const because = consent.post && leaves ? leaves.unused : undefined
  return [
    ...mustBeEnrollable(account, plan, consent),
    ...(wait ? leaveWaitlist(account, wait.id) : []),
    ...(leaves ? endNow(account, leaves) : []),
    startEnrollment(account, {
      studentId: child.id,
      familyId: family.id,
      classId: row.id,
      type,
      state: 'approved',
      startDate,
      dropDate,
      takesSeat: type !== 'wait',
      by: 'staff',
      notes: consent.notes,
      fromEnrollmentId: wait?.id,
      billingScheduleId: wish.scheduleId,
      promoCodeId: promo?.id,
      termId: wish.termId,
      override: wish.override,
    }),
    ...(promo ? usesPromo(account, plan, day) : []),
    ...(wish.tokenId && type === 'makeup' ? usesToken(account, plan, wish.tokenId) : []),
    ...(post?.price && post.price.cents > 0
      ? postCharge(account, tuitionCharge(row, post.price, { familyId: family.id, enrollmentId, from: startDate, day }))
      : []),
    ...(post ? post.dues.flatMap(due => charging(account, due, plan, day)) : []),
    ...(because
      ? creditUnused(account, because, {
          familyId: family.id,
          locationId: leaves?.row.locationId ?? row.locationId,
          on: day,
          why: `${leaves?.row.name}: not used after ${sayDate(leaves?.lastDay ?? day)}`,
        })
      : []),
    ...audit(
      account,
      'enroll',
      sayDeed(plan, consent),
      [
        ['family', family.id],
        ['student', child.id],
        ['class', row.id],
        ['enrollment', enrollmentId],
        ['enrollment', wait?.id],
        ['enrollment', leaves?.enrollment.id],
      ],
      {
        after: {
          type,
          startDate,
          dropDate,
          posted: consent.post ? plan.cents : 0,
          despite: consent.despite.filter(code => plan.doubts.some(doubt => doubt.code === code)),
          overbooked: overbooks(plan, consent) && plan.crowd ? sayCrowd(plan.crowd) : undefined,
          notes: consent.notes,
        },
      },
    ),
    ...(consent.mail ? [mailOf(account, plan, consent)] : []),
  ]
}

const overbooks = ({ crowd }: Plan, { overbook }: Consent) => overbook !== null && crowd !== undefined && !crowd.free

/** The guards, in the order in which their refusals matter. */
function mustBeEnrollable(account: Account, plan: Plan, consent: Consent): Statement[] {
  const { wish, row, who, dropDate, wait } = plan
  const { type, startDate } = wish
  const there = (condition: ReturnType<typeof sql>, code: string) =>
    must(account, sql`exists (select 1 from ${condition})`, code)
  const places = { classId: row.id, from: startDate, to: dropDate, timeZone: row.timeZone }
  return [
    there(sql`${families} where ${families.id} = ${who.family.id} and ${families.state} = 'open'`, 'family-suspended'),
    there(sql`${students} where ${students.id} = ${who.child.id} and ${students.state} = 'open'`, 'already-handled'),
    there(sql`${classes} where ${classes.id} = ${row.id} and ${classes.state} = 'active'`, 'class-inactive'),
    ...(wait ? [must(account, stillWaits(wait.id), 'already-handled')] : []),
    must(
      account,
      noSuchEnrollment(who.child.id, row.id, type, startDate, dropDate),
      type === 'wait' ? 'already-waiting' : 'already-enrolled',
    ),
    ...(type === 'wait'
      ? [
          must(
            account,
            sql`not exists (select 1 from ${enrollments} where ${enrollments.studentId} = ${who.child.id} and ${enrollments.classId} = ${row.id} and ${enrollments.type} = 'active' and ${enrollments.state} <> 'cancelled' and ${enrollments.throughDate} >= ${startDate})`,
            'already-enrolled',
          ),
        ]
      : []),
    ...(isOneDay(type) ? [must(account, isNotCanceled(row.id, startDate), 'meeting-canceled')] : []),
    ...(type === 'wait'
      ? []
      : overbooks(plan, consent)
        ? [mustBeAsSeen(account, places, consent.overbook ?? 0)]
        : [mustHaveSeat(account, places)]),
  ]
}

const stillWaits = (id: number) =>
  sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${id} and ${enrollments.type} = 'wait' and ${enrollments.state} = 'approved' and ${enrollments.dropDate} is null)`

const leaveWaitlist = ({ db, now }: Account, waitId: number): Statement[] => [
  db.update(enrollments).set({ state: 'cancelled', updatedAt: now }).where(eq(enrollments.id, waitId)),
]

/** The class that was kept while its student waited ends when the place is there (A5). */
function endNow(account: Account, { enrollment, lastDay }: NonNullable<Plan['leaves']>): Statement[] {
  const same = sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${enrollment.id} and ${enrollments.state} = 'approved' and ${enrollments.startDate} = ${enrollment.startDate} and ${enrollments.dropDate} is ${enrollment.dropDate})`
  return [must(account, same, 'changed-meanwhile'), endEnrollment(account, enrollment, lastDay)]
}

function usesPromo(account: Account, { promo, who }: Plan, day: string): Statement[] {
  if (!promo) return []
  const familyId = who.family.id
  return [
    ...mustBeUsable(account, promo.id, familyId, 1, day),
    usePromo(account, {
      promoId: promo.id,
      familyId,
      enrollmentId: newest(enrollments),
      once: promo.oncePerFamily === 1,
    }),
  ]
}

const usesToken = (account: Account, { who, wish }: Plan, tokenId: number): Statement[] => [
  must(
    account,
    sql`exists (select 1 from ${makeupTokens} where ${makeupTokens.id} = ${tokenId} and ${makeupTokens.studentId} = ${who.child.id} and ${makeupTokens.usedBy} is null and ${makeupTokens.revokedAt} is null and ${makeupTokens.expiresOn} >= ${wish.startDate})`,
    'token-gone',
  ),
  account.db
    .update(makeupTokens)
    .set({ usedBy: newest(enrollments) as unknown as number })
    .where(eq(makeupTokens.id, tokenId)),
]

const charging = (account: Account, due: Plan['dues'][number], { who, row, wish }: Plan, day: string): Statement[] => [
  mustBeDue(account, due, who.family.id),
  ...chargeDue(account, due, { familyId: who.family.id, locationId: row.locationId, from: wish.startDate, day }),
]

/** "enrolled Mia Rivera in Ninja Kids, Mon 4:15 pm from …, charged $96.00; despite: too-old; overbooked, 8 of 8 …". */
function sayDeed(plan: Plan, consent: Consent): string {
  const { wish, row, who, doubts, crowd, cents, leaves, wait } = plan
  const name = `${who.child.firstName} ${who.child.lastName}`
  const what = `${row.name}, ${saySchedule(row.slots)}`
  const despite = doubts.map(({ code }) => code)
  const did =
    wish.type === 'wait'
      ? `put ${name} on the waitlist of ${what}`
      : `${wait ? 'gave' : 'enrolled'} ${name} ${wait ? 'a place from the waitlist' : ''} in ${what} from ${wish.startDate}, ${sayType(wish.type)}`
  return [
    did.replaceAll('  ', ' '),
    consent.post && cents ? `, ${cents > 0 ? `charged ${money(cents)}` : `credited ${money(-cents)}`}` : '',
    leaves ? `; last day in ${leaves.row.name} ${leaves.lastDay}` : '',
    despite.length ? `; despite ${despite.join(', ')}` : '',
    overbooks(plan, consent) && crowd ? `; overbooked, ${sayCrowd(crowd)}` : '',
  ].join('')
}

function mailOf(account: Account, { wish, row, who, cents }: Plan, { post }: Consent): Statement {
  const { child, family } = who
  const named = namesIn({ studentName: `${child.firstName} ${child.lastName}`, firstName: child.firstName }, row)
  const dated = { ...named, start_date: () => sayDate(wish.startDate) }
  return notify(account, {
    familyId: family.id,
    ...(wish.type === 'wait'
      ? { template: 'waitlist-joined', values: named }
      : wish.type === 'makeup'
        ? { template: 'makeup-booked', values: dated }
        : post && cents > 0
          ? { template: 'enrollment-charged', values: { ...dated, amount: money(cents) } }
          : { template: 'enrollment-approved', values: dated }),
  })
}
