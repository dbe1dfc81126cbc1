import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, read } from '../database'
import { found } from '../http'
import { campQuestions } from '../schema/camp-questions'
import { camps } from '../schema/classes'
import type { Question } from './questions'

/** What staff say of a question. */
export interface QuestionWish extends Omit<Question, 'id' | 'required'> {
  required: boolean
  sort: number
}

const columnsOf = ({ choices, required, ...rest }: QuestionWish) => ({
  ...rest,
  choices: JSON.stringify(choices),
  required: required ? 1 : 0,
})

/** Guards that a camp asks nothing else by that name. */
const mustBeNew = (account: Account, campId: number, label: string, id = 0) =>
  must(
    account,
    sql`not exists (select 1 from ${campQuestions} where ${campQuestions.classId} = ${campId} and ${campQuestions.label} = ${label} and ${campQuestions.id} <> ${id} and ${campQuestions.retiredAt} is null)`,
    'name-taken',
  )

/** A camp asks something more of whoever comes from now on. @throws Refusal 'name-taken', 'changed-meanwhile' */
export async function addQuestion(
  account: Account,
  campId: number,
  wish: QuestionWish,
  answer?: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from ${camps} where ${camps.classId} = ${campId})`, 'changed-meanwhile'),
      mustBeNew(account, campId, wish.label),
      account.db.insert(campQuestions).values({ classId: campId, ...columnsOf(wish) }),
      ...audit(
        account,
        'camp question',
        `added the question ${wish.label}`,
        [
          ['class', campId],
          ['camp_question', newest(campQuestions)],
        ],
        { after: wish },
      ),
    ],
    answer,
  )
}

/**
 * Changes a question for whoever comes from now on, or asks it no more; what was answered keeps its fee.
 * @throws NotFound; Refusal 'name-taken'
 */
export async function changeQuestion(
  account: Account,
  campId: number,
  id: number,
  { retired, ...wish }: QuestionWish & { retired: boolean },
  answer?: Answer,
): Promise<void> {
  const [rows] = await read(account, [
    account.db
      .select()
      .from(campQuestions)
      .where(and(eq(campQuestions.id, id), eq(campQuestions.classId, campId))),
  ])
  const before = found(rows)
  await commit(
    account,
    [
      ...(retired ? [] : [mustBeNew(account, campId, wish.label, id)]),
      account.db
        .update(campQuestions)
        .set({ ...columnsOf(wish), retiredAt: retired ? (before.retiredAt ?? account.now) : null })
        .where(eq(campQuestions.id, id)),
      ...audit(
        account,
        'camp question',
        retired ? `stopped asking ${wish.label}` : `changed the question ${wish.label}`,
        [
          ['class', campId],
          ['camp_question', id],
        ],
        { before: { ...before, choices: JSON.parse(before.choices) }, after: { ...wish, retired } },
      ),
    ],
    answer,
  )
}
