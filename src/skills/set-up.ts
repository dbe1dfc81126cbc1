import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest } from '../database'
import { programs, skillTrees } from '../schema/programs'
import { eventSkills, skillEvents, skillLevels, skills } from '../schema/skills'

/** A new tree (A10). @throws Refusal 'skill-known' when one has the name */
export async function addTree(account: Account, name: string, answer: Answer): Promise<void> {
  await commit(
    account,
    [
      must(account, sql`not exists (select 1 from skill_trees t where t.name = ${name})`, 'skill-known'),
      account.db.insert(skillTrees).values({ name }),
      ...audit(account, 'add skill tree', `added the skill tree ${name}`, [['skill_tree', newest(skillTrees)]]),
    ],
    answer,
  )
}

const next = (table: SQL, owner: SQL) =>
  sql`(select coalesce(max(n.sort), 0) + 1 from ${table} n where ${owner})` as unknown as number

/** @throws Refusal 'skill-known' when the tree has a level of that name, 'changed-meanwhile' */
export async function addLevel(
  account: Account,
  treeId: number,
  { name, code, description }: { name: string; code: string | null; description: string | null },
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from skill_trees t where t.id = ${treeId})`, 'changed-meanwhile'),
      must(
        account,
        sql`not exists (select 1 from skill_levels l where l.tree_id = ${treeId} and l.name = ${name})`,
        'skill-known',
      ),
      account.db.insert(skillLevels).values({
        treeId,
        name,
        code,
        description,
        sort: next(sql`skill_levels`, sql`n.tree_id = ${treeId}`),
      }),
      ...audit(account, 'add level', `added the level ${name}`, [['skill_tree', treeId]]),
    ],
    answer,
  )
}

/** @throws Refusal 'skill-known' when the level has an event of that name, 'changed-meanwhile' */
export async function addEvent(
  account: Account,
  { treeId, levelId, name }: { treeId: number; levelId: number; name: string },
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from skill_levels l where l.id = ${levelId} and l.tree_id = ${treeId})`,
        'changed-meanwhile',
      ),
      must(
        account,
        sql`not exists (select 1 from skill_events e where e.level_id = ${levelId} and e.name = ${name})`,
        'skill-known',
      ),
      account.db
        .insert(skillEvents)
        .values({ levelId, name, sort: next(sql`skill_events`, sql`n.level_id = ${levelId}`) }),
      ...audit(account, 'add event', `added the event ${name}`, [['skill_tree', treeId]]),
    ],
    answer,
  )
}

/** A skill of the bank, or a new one there, in an event. @throws Refusal 'skill-known' when it stands there, 'changed-meanwhile' */
export async function addSkill(
  account: Account,
  { treeId, eventId, name }: { treeId: number; eventId: number; name: string },
  answer: Answer,
): Promise<void> {
  const skill = sql`(select s.id from skills s where s.name = ${name})` as unknown as number
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from skill_events e join skill_levels l on l.id = e.level_id where e.id = ${eventId} and l.tree_id = ${treeId})`,
        'changed-meanwhile',
      ),
      account.db.insert(skills).values({ name }).onConflictDoNothing(),
      must(
        account,
        sql`not exists (select 1 from event_skills w where w.event_id = ${eventId} and w.skill_id = ${skill})`,
        'skill-known',
      ),
      account.db
        .insert(eventSkills)
        .values({ eventId, skillId: skill, sort: next(sql`event_skills`, sql`n.event_id = ${eventId}`) }),
      ...audit(account, 'add skill', `added the skill ${name}`, [['skill_tree', treeId]]),
    ],
    answer,
  )
}

/** The programs whose classes are evaluated by a tree: these and, but for retired ones, which no form shows, no others. */
export async function attachTree(
  account: Account,
  treeId: number,
  programIds: number[],
  answer: Answer,
): Promise<void> {
  const chosen = sql`(select value from json_each(${JSON.stringify(programIds)}))`
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from skill_trees t where t.id = ${treeId})`, 'changed-meanwhile'),
      account.db
        .update(programs)
        .set({ skillTreeId: null })
        .where(sql`${eq(programs.skillTreeId, treeId)} and id not in ${chosen} and retired_at is null`),
      account.db.update(programs).set({ skillTreeId: treeId }).where(sql`id in ${chosen}`),
      ...audit(account, 'attach skill tree', 'chose the programs of a skill tree', [['skill_tree', treeId]], {
        after: { programs: programIds },
      }),
    ],
    answer,
  )
}
