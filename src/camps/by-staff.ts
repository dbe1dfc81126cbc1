import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, read } from '../database'
import { type Candidate, candidateFrom, candidateQueries } from '../enrollments/candidate'
import type { Reason } from '../enrollments/eligibility'
import type { Consent } from '../enrollments/staff-forms'
import { found, NotFound } from '../http'
import { notify } from '../messages/notices'
import { money } from '../money'
import { enrollments, seats } from '../schema/enrollments'
import { families } from '../schema/families'
import { keptFromEnrolling } from '../students/profile'
import { type CampRow, type Choice, campById, daysOf, sayDays } from './camps'
import { campReasons, daysAreFree, mustBeOpenTo } from './fit'
import { beginDays, namesIn } from './place'
import { nthIn, siblingsQuery } from './places'
import { type CampPrice, campPrice } from './pricing'
import { answered, type Given } from './questions'

/** What days of a camp for a student come to, before anybody has said yes. */
export interface CampPlan {
  camp: CampRow
  who: Candidate
  /** Nothing while none are chosen. */
  days: string[]
  never?: string
  doubts: Reason[]
  /** Days that are full, and how many places of all chosen ones are taken. */
  full: { date: string; taken: number; places: number }[]
  seen: number
  /** Without what the answers cost. */
  price: CampPrice
  nth: number
}

/** What only families are kept to. */
const online = new Set(['camp-closed'])

/** @throws NotFound */
export async function planCamp(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  { campId, studentId, familyId }: { campId: number; studentId: number; familyId?: number },
  choice: Choice,
): Promise<CampPlan> {
  const family = sql`(select h.family_id from family_students h where h.student_id = ${studentId} ${familyId ? sql`and h.family_id = ${familyId}` : sql``} order by h.may_enroll desc, h.family_id limit 1)`
  const [rows, siblings, ...candidate] = await read(account, [
    campById(account, campId),
    siblingsQuery(account, sql`${campId}`, { family }),
    ...candidateQueries(account, studentId, familyId),
  ])
  const camp = found(rows)
  if (!worksAt(person, camp.locationId)) throw new NotFound()
  const who = candidateFrom(candidate)
  const { days, never } = chosen(account, camp, choice)
  const kept = keptFromEnrolling(account, who.child)
  const mine = camp.days.filter(({ date }) => days.includes(date))
  const nth = nthIn(siblings, campId, studentId)
  return {
    camp,
    who,
    days,
    never: who.family.state !== 'open' ? 'family-suspended' : camp.state !== 'active' ? 'class-inactive' : never,
    doubts: [
      ...campReasons(
        account,
        camp,
        camp.timeZone,
        days[0] ?? camp.startDate ?? today(account.now, camp.timeZone),
        who.child,
        who.household,
      ).filter(({ code }) => !online.has(code)),
      ...(kept ? [{ code: kept }] : []),
      ...(who.policyOpen ? [{ code: 'policy-open' }] : []),
    ],
    full: mine.filter(day => day.taken >= day.places),
    seen: mine.reduce((sum, day) => sum + day.taken, 0),
    price: campPrice(camp, days, studentId, nth),
    nth,
  }
}

/** The days of a choice; the page says what is wrong with it. A camp that is only taken whole needs no choosing. */
function chosen(account: Account, camp: CampRow, choice: Choice): { days: string[]; never?: string } {
  if (camp.attend !== 'whole' && !choice.days.length && !choice.blocks.length) return { days: [] }
  try {
    return { days: daysOf(account, camp, choice) }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return { days: [], never: refusal.code }
  }
}

/**
 * Staff give a student days of a camp: an enrollment with its days, its answers and its charge.
 * @param given what was answered to the questions of the camp
 * @throws NotFound; Refusal with what cannot be decided otherwise, 'nothing-chosen', 'not-agreed', 'price-changed',
 *   'camp-full', 'camp-day-gone', 'already-enrolled', 'camp-question-open', 'changed-meanwhile'
 */
export async function enrollInCamp(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  whom: { campId: number; studentId: number; familyId?: number },
  choice: Choice,
  given: Given,
  consent: Consent,
  answer: Answer,
): Promise<void> {
  const plan = await planCamp(account, person, whom, choice)
  const { camp, who, days, nth } = plan
  if (plan.never) throw new Refusal(plan.never)
  if (!days.length) throw new Refusal('nothing-chosen')
  if (plan.doubts.some(({ code }) => !consent.despite.includes(code))) throw new Refusal('not-agreed')
  if (consent.post && plan.price.cents !== consent.cents) throw new Refusal('price-changed')
  const { campId, studentId } = whom
  const answers = answered(camp.questions, given)
  const price = campPrice(camp, days, studentId, nth, answers)
  const posts = consent.post && price.cents > 0
  const overbook = consent.overbook !== null && plan.full.length > 0
  const familyId = who.family.id
  const name = `${who.child.firstName} ${who.child.lastName}`
  const said = sayDays(days)
  const values = {
    ...namesIn({ studentName: name, firstName: who.child.firstName }, camp, days),
    start_date: () => sayDate(days[0] ?? ''),
  }
  const despite = plan.doubts.map(({ code }) => code)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${families} where ${families.id} = ${familyId} and ${families.state} = 'open')`,
        'family-suspended',
      ),
      ...mustBeOpenTo(account, { campId, studentId, days }),
      overbook
        ? must(
            account,
            sql`(select count(*) from ${seats} s where s.class_id = ${campId} and s.to_date in (select value from json_each(${JSON.stringify(days)})) and (s.expires_at is null or s.expires_at > ${account.now})) <= ${consent.overbook}`,
            'changed-meanwhile',
          )
        : must(account, daysAreFree(account, { campId, days }), 'camp-full'),
      ...beginDays(account, {
        ...{ familyId, camp, child: who.child, days, answers, notes: consent.notes, takesSeat: true },
        type: 'active',
        state: 'approved',
        by: 'staff',
        price: posts ? price : undefined,
      }),
      ...audit(
        account,
        'enroll',
        `enrolled ${name} in ${camp.name} on ${said}${posts ? `, charged ${money(price.cents)}` : ''}${despite.length ? `; despite ${despite.join(', ')}` : ''}${overbook ? `; overbooked, ${sayFull(plan.full)}` : ''}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['class', campId],
          ['enrollment', newest(enrollments)],
        ],
        { after: { days, answers, chargedCents: posts ? price.cents : 0, despite } },
      ),
      ...(consent.mail
        ? [
            notify(account, {
              familyId,
              ...(posts
                ? { template: 'enrollment-charged', values: { ...values, amount: money(price.cents) } }
                : { template: 'enrollment-approved', values }),
            }),
          ]
        : []),
    ],
    answer,
  )
}

/** "Jul 6: 10 of 10; Jul 7: 10 of 10": the numbers of the warning. */
export const sayFull = (full: CampPlan['full']) =>
  full.map(({ date, taken, places }) => `${sayDate(date)}: ${taken} of ${places}`).join('; ')
