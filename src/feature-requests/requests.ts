import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { type Answer, commit, must, newest, plain } from '../database'
import { featureRequests, featureVotes } from '../schema/wishes'

export const states = { open: 'Open', planned: 'Planned', done: 'Done', declined: 'Declined' } as const
export type WishState = keyof typeof states

export interface Wish {
  id: number
  title: string
  text: string
  state: WishState
  votes: number
  answer: string | null
  answeredBy: string | null
  answeredAt: number | null
  by: string
  createdAt: number
  /** Whether whoever looks has voted. */
  mine: boolean
}

/** The wishes of one state, those with the most votes first; a hundred at most. */
export const wishesQuery = (account: Account, person: Staffer, state: WishState) =>
  plain<Wish>(
    account,
    `select r.id, r.title, r.text, r.state, r.votes, r.answer, r.answered_by, r.answered_at, r.by, r.created_at,
       exists (select 1 from feature_votes v where v.request_id = r.id and v.staff_id = ?) as mine
     from feature_requests r where r.state = ? order by r.votes desc, r.id desc limit 100`,
    [person.id, state],
    row => ({
      id: Number(row.id),
      title: String(row.title),
      text: String(row.text),
      state: row.state as WishState,
      votes: Number(row.votes),
      answer: row.answer as string | null,
      answeredBy: row.answered_by as string | null,
      answeredAt: row.answered_at as number | null,
      by: String(row.by),
      createdAt: Number(row.created_at),
      mine: row.mine === 1,
    }),
  )

const isThere = (id: number) => sql`exists (select 1 from ${featureRequests} r where r.id = ${id})`

/** Writes a wish, with the vote of whoever has it. */
export async function wishFor(
  account: Account,
  person: Staffer,
  { title, text }: { title: string; text: string | null },
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  const id = newest(featureRequests) as unknown as number
  await commit(
    account,
    [
      db
        .insert(featureRequests)
        .values({ title, text: text ?? '', votes: 1, staffId: person.id, by: person.name, createdAt: now }),
      db.insert(featureVotes).values({ requestId: id, staffId: person.id }),
      ...audit(account, 'request feature', `asked for “${title}”`, [['feature_request', newest(featureRequests)]]),
    ],
    answer,
  )
}

/** Votes for a wish, once; or takes the vote back. @throws Refusal 'feature-request-gone' */
export async function vote(
  account: Account,
  person: Staffer,
  id: number,
  wanted: boolean,
  answer: Answer,
): Promise<void> {
  const { db } = account
  const mine = sql`${featureVotes.requestId} = ${id} and ${featureVotes.staffId} = ${person.id}`
  await commit(
    account,
    [
      must(account, isThere(id), 'feature-request-gone'),
      wanted
        ? db.insert(featureVotes).values({ requestId: id, staffId: person.id }).onConflictDoNothing()
        : db.delete(featureVotes).where(mine),
      db
        .update(featureRequests)
        .set({ votes: sql`(select count(*) from ${featureVotes} where ${featureVotes.requestId} = ${id})` })
        .where(eq(featureRequests.id, id)),
      ...audit(account, 'vote', `${wanted ? 'voted for' : 'took back the vote for'} feature request ${id}`, [
        ['feature_request', id],
      ]),
    ],
    answer,
  )
}

/** What the owner says to a wish, and how it stands. @throws Refusal 'feature-request-gone' */
export async function answerWish(
  account: Account,
  person: Staffer,
  id: number,
  { state, text }: { state: WishState; text: string | null },
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(account, isThere(id), 'feature-request-gone'),
      account.db
        .update(featureRequests)
        .set({ state, answer: text, answeredBy: person.name, answeredAt: account.now })
        .where(eq(featureRequests.id, id)),
      ...audit(
        account,
        'answer feature request',
        `answered feature request ${id}: ${states[state]}`,
        [['feature_request', id]],
        { after: { state, answer: text } },
      ),
    ],
    answer,
  )
}
