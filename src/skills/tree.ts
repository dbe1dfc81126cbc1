import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { plain } from '../database'

/** One skill as it stands in an event of a level, with a student's newest result where one is asked for. */
export interface SkillRow {
  treeId: number
  tree: string
  levelId: number
  level: string
  code: string | null
  description: string | null
  eventId: number | null
  event: string | null
  skillId: number | null
  skill: string | null
  stars: number | null
  at: number | null
  by: string | null
  passedAt: number | null
  passedBy: string | null
}

/**
 * Trees, level by level, event by event, in their order; levels and events without anything in them stand there too.
 * @param trees the condition for `t`, the tree, as text of ours
 */
export function treeRows(account: Pick<Account, 'prepare'>, trees: string, params: (number | string)[], studentId = 0) {
  const said = "coalesce(p.display_name, p.first_name || ' ' || p.last_name)"
  return plain<SkillRow>(
    account,
    `select t.id as treeId, t.name as tree, l.id as levelId, l.name as level, l.code, l.description, e.id as eventId, e.name as event, k.id as skillId, k.name as skill,
      r.stars, r.at, (select ${said} from staff p where p.id = r.staff_id) as by, x.at as passedAt, (select ${said} from staff p where p.id = x.staff_id) as passedBy
    from skill_trees t join skill_levels l on l.tree_id = t.id left join skill_events e on e.level_id = l.id
      left join event_skills es on es.event_id = e.id left join skills k on k.id = es.skill_id
      left join skill_results r on r.id = (select max(n.id) from skill_results n where n.student_id = ?1 and n.skill_id = k.id)
      left join skill_passes x on x.student_id = ?1 and x.level_id = l.id
    where ${trees} order by t.name, l.sort, l.id, e.sort, e.id, es.sort, k.id`,
    [studentId, ...params],
  )
}

/** The trees that a student is evaluated by: of the programs and classes it was ever in, or where it has results. */
export const ofStudent =
  "t.id in (select coalesce(k.skill_tree_id, g.skill_tree_id) from enrollments n join classes k on k.id = n.class_id join programs g on g.id = k.program_id where n.student_id = ?1 and n.type <> 'wait' and n.state = 'approved') or t.id in (select v.tree_id from skill_results n join event_skills w on w.skill_id = n.skill_id join skill_events f on f.id = w.event_id join skill_levels v on v.id = f.level_id where n.student_id = ?1)"

/** The tree of a class: its own, or its program's. */
export const ofClass =
  't.id = (select coalesce(k.skill_tree_id, g.skill_tree_id) from classes k join programs g on g.id = k.program_id where k.id = ?2)'

export interface Level {
  id: number
  name: string
  code: string | null
  description: string | null
  passed?: { at: number; by: string | null }
  events: {
    id: number
    name: string
    skills: { id: number; name: string; stars: number | null; at: number | null; by: string | null }[]
  }[]
}

export interface Tree {
  id: number
  name: string
  levels: Level[]
}

const by = (rows: SkillRow[], column: 'treeId' | 'levelId' | 'eventId') =>
  [...Map.groupBy(rows, row => row[column]).entries()].flatMap(([id, those]) => {
    const [first] = those
    return id !== null && first ? [{ id, first, those }] : []
  })

/** Rows of treeRows as trees. */
export function treesOf(rows: SkillRow[]): Tree[] {
  return by(rows, 'treeId').map(({ id, first, those }) => ({
    id,
    name: first.tree,
    levels: by(those, 'levelId').map(level => ({
      id: level.id,
      name: level.first.level,
      code: level.first.code,
      description: level.first.description,
      passed: level.first.passedAt === null ? undefined : { at: level.first.passedAt, by: level.first.passedBy },
      events: by(level.those, 'eventId').map(event => ({
        id: event.id,
        name: event.first.event ?? '',
        skills: event.those.flatMap(({ skillId, skill, stars, at, by }) =>
          skillId === null ? [] : [{ id: skillId, name: skill ?? '', stars, at, by }],
        ),
      })),
    })),
  }))
}

/** A level is passed when each of its skills has so many stars. */
export const passesAt = 4

/** The levels that these skills stand in and in which nothing is missing any more, as a query of their ids. */
export const passedNow = (studentId: number, skillIds: SQL) =>
  sql`select l.id from skill_levels l where l.id in (select e.level_id from skill_events e join event_skills w on w.event_id = e.id where w.skill_id in ${skillIds}) and not exists (select 1 from skill_events e join event_skills w on w.event_id = e.id where e.level_id = l.id and coalesce((select r.stars from skill_results r where r.student_id = ${studentId} and r.skill_id = w.skill_id order by r.id desc limit 1), 0) < ${passesAt})`
