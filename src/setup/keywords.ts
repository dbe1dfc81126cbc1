import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must } from '../database'
import { keywordLinks, keywords } from '../schema/keywords'

const linked = (familyId: number | SQL<number>) =>
  sql`exists (select 1 from keyword_links l where l.subject = 'family' and l.subject_id = ${familyId} and l.keyword_id = keywords.id)`

/** The keywords that a family can have, those it has among them even when they are out of use (A0). */
export function keywordsQuery({ db }: Pick<Account, 'db'>, familyId: number) {
  return db
    .select({
      id: keywords.id,
      name: keywords.name,
      colour: keywords.colour,
      givesPriority: keywords.givesPriority,
      has: sql<number>`${linked(familyId)}`.as('family_has'),
    })
    .from(keywords)
    .where(sql`${keywords.retiredAt} is null or ${linked(familyId)}`)
    .orderBy(sql`lower(${keywords.name})`)
    .limit(200)
}

/**
 * Gives a family these keywords and no others. They stay until somebody takes them off.
 * @param was the ids that it had when the editor looked
 * @throws Refusal 'changed-meanwhile' when somebody else changed them since
 */
export async function setKeywords(
  account: Account,
  familyId: number,
  { was, ids }: { was: number[]; ids: number[] },
  answer: Answer,
): Promise<void> {
  const { db } = account
  const wanted = JSON.stringify(ids)
  const before = JSON.stringify([...was].sort((a, b) => a - b))
  const has = sql`(select json_group_array(l.keyword_id) from (select keyword_id from keyword_links where subject = 'family' and subject_id = ${familyId} order by keyword_id) l)`
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from families where id = ${familyId}) and ${has} = ${before}`,
        'changed-meanwhile',
      ),
      db.delete(keywordLinks).where(sql`subject = 'family' and subject_id = ${familyId}`),
      db
        .insert(keywordLinks)
        .select(
          sql`select k.id, 'family', ${familyId} from json_each(${wanted}) j join keywords k on k.id = j.value group by k.id`,
        ),
      ...audit(account, 'keywords', 'changed the keywords of the family', [['family', familyId]], {
        before: was,
        after: ids,
      }),
    ],
    answer,
  )
}
