import { and, desc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, read } from '../database'
import { found } from '../http'
import { policies, policyAnswers, policyVersions } from '../schema/policies'

/** Everybody a record's policies are about: a family with its children, or one child. */
export type About = { familyId: number } | { studentId: number }

const childrenOf = (about: About) =>
  'familyId' in about
    ? sql`select h.student_id from family_students h where h.family_id = ${about.familyId}`
    : sql`select ${about.studentId}`

/** How the active policies stand with a family and its children, or with a child: a row each, those off the web among them. */
export function standingsQuery({ db }: Pick<Account, 'db'>, about: About) {
  const family = 'familyId' in about ? about.familyId : 0
  const newest = (column: 'answer' | 'at') =>
    sql`(select a.${sql.raw(column)} from policy_answers a where a.version_id = v.id and case when s.id is null then a.family_id = ${family} and a.student_id is null else a.student_id = s.id end order by a.id desc limit 1)`
  return db
    .select({
      id: sql<number>`p.id`.as('policy_id'),
      kind: sql<string>`p.kind`.as('policy_kind'),
      name: sql<string>`p.name`.as('policy_name'),
      number: sql<number>`v.number`.as('version_number'),
      required: sql<boolean>`p.required`.mapWith(Boolean).as('is_required'),
      studentId: sql<number | null>`s.id`.as('asked_student'),
      student: sql<string | null>`s.first_name || ' ' || s.last_name`.as('asked_name'),
      answer: sql<'accepted' | 'rejected' | 'put_off' | null>`${newest('answer')}`.as('newest_answer'),
      at: sql<number | null>`${newest('at')}`.as('answered_at'),
    })
    .from(
      sql`policies p join policy_versions v on v.id = p.version_id left join students s on p.kind = 'student' and s.state = 'open' and s.id in (${childrenOf(about)})`,
    )
    .where(
      sql`p.active = 1 and ((p.kind = 'student' and s.id is not null)${'familyId' in about ? sql` or p.kind <> 'student'` : sql``})`,
    )
    .orderBy(sql`p.kind = 'student', s.birth_date, s.id, p.sort, p.id`)
    .limit(200)
}

/** Every answer that was ever given, the newest first: by guardians in the portal and by staff. */
export function historyQuery({ db }: Pick<Account, 'db'>, about: About) {
  const whose =
    'familyId' in about
      ? sql`${policyAnswers.id} in (select a.id from policy_answers a where a.family_id = ${about.familyId} and a.student_id is null union all select a.id from policy_answers a where a.student_id in (${childrenOf(about)}))`
      : eq(policyAnswers.studentId, about.studentId)
  return db
    .select({
      id: sql<number>`${policyAnswers.id}`.as('answer_id'),
      name: policies.name,
      number: policyVersions.number,
      answer: policyAnswers.answer,
      at: policyAnswers.at,
      student: sql<
        string | null
      >`(select s.first_name || ' ' || s.last_name from students s where s.id = ${policyAnswers.studentId})`.as(
        'answered_for',
      ),
      by: sql<
        string | null
      >`coalesce((select g.first_name || ' ' || g.last_name from guardians g where g.id = ${policyAnswers.guardianId}), (select t.first_name || ' ' || t.last_name || ', staff' from staff t where t.id = ${policyAnswers.staffId}))`.as(
        'answered_by',
      ),
    })
    .from(policyAnswers)
    .innerJoin(policyVersions, eq(policyVersions.id, policyAnswers.versionId))
    .innerJoin(policies, eq(policies.id, policyVersions.policyId))
    .where(whose)
    .orderBy(desc(policyAnswers.id))
    .limit(200)
}

export interface Recorded {
  policyId: number
  /** The version that whoever writes has before them. */
  number: number
  familyId: number
  studentId: number | null
  answer: 'accepted' | 'rejected'
}

/**
 * Staff write down what a family said, on paper or at the desk (PO9). It counts like an answer in the portal.
 * @throws NotFound, Refusal 'changed-meanwhile' when another version was published, or the child is no more the family's
 */
export async function recordAnswer(
  account: Account,
  staffId: number,
  { policyId, number, familyId, studentId, answer }: Recorded,
  formAnswer: Answer,
): Promise<void> {
  const [rows] = await read(account, [
    account.db
      .select({ name: policies.name, versionId: sql<number>`${policyVersions.id}`.as('shown_version') })
      .from(policies)
      .innerJoin(policyVersions, eq(policyVersions.id, policies.versionId))
      .where(
        and(
          eq(policies.id, policyId),
          eq(policies.active, 1),
          studentId === null ? sql`${policies.kind} <> 'student'` : eq(policies.kind, 'student'),
        ),
      ),
  ])
  const { name, versionId } = found(rows)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from policies p join policy_versions v on v.id = p.version_id where p.id = ${policyId} and p.active = 1 and v.id = ${versionId} and v.number = ${number})`,
        'changed-meanwhile',
      ),
      must(
        account,
        studentId === null
          ? sql`exists (select 1 from families f where f.id = ${familyId} and f.state in ('open','suspended'))`
          : sql`exists (select 1 from family_students h join students s on s.id = h.student_id where h.family_id = ${familyId} and h.student_id = ${studentId} and s.state = 'open')`,
        'changed-meanwhile',
      ),
      account.db.insert(policyAnswers).values({
        versionId,
        familyId,
        studentId,
        answer,
        staffId: sql`(select t.id from staff t where t.id = ${staffId})` as unknown as number,
        electronic: 0,
        ip: account.actor.ip,
        at: account.now,
      }),
      ...audit(
        account,
        `policy ${answer}`,
        `wrote down that ${name}, version ${number}, is ${answer}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['policy', policyId],
        ],
        { after: { answer, version: number, by: 'staff' } },
      ),
    ],
    formAnswer,
  )
}
