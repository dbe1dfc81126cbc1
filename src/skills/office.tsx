import { asc, isNull, sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { TreePage, TreesPage } from '../../views/skills/office'
import { demand, level } from '../auth/permissions'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { id as idOf, line, note, numbersIn, optionalLine, parse } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { programs, skillTrees } from '../schema/programs'
import { addEvent, addLevel, addSkill, addTree, attachTree } from './set-up'
import { treeRows, treesOf } from './tree'

/** Skill trees: what children are evaluated by (A10). */
export const skillsOffice = officeDoor()

type Errors = Record<string, string>
const named = (label: string) => z.object({ name: line(label, 80) })
const levelForm = z.object({
  name: line('Level', 80),
  code: optionalLine('Code', 20),
  description: note('Description', 500),
})

skillsOffice.get('/skills', c => listPage(c))

skillsOffice.post('/skills', async c => {
  demand(c.get('person'), 'Skills', 2)
  const { data, bad } = parse(named('Name'), c.get('form'))
  if (bad) return listPage(c, bad.typed.name, bad.errors, 422)
  const location = paths.office(c.get('account').slug).skills()
  try {
    await addTree(c.get('account'), data.name, { location })
  } catch (refusal) {
    return listPage(c, data.name, { name: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

async function listPage(c: OfficeContext, name?: string, errors?: Errors, status: 200 | 409 | 422 = 200) {
  demand(c.get('person'), 'Skills')
  const account = c.get('account')
  const [trees] = await read(account, [
    account.db
      .select({
        id: skillTrees.id,
        name: skillTrees.name,
        skills:
          sql<number>`(select count(*) from event_skills w join skill_events e on e.id = w.event_id join skill_levels l on l.id = e.level_id where l.tree_id = skill_trees.id)`.as(
            'skill_count',
          ),
        programs: sql<
          string | null
        >`(select group_concat(p.name, ', ') from programs p where p.skill_tree_id = skill_trees.id)`.as(
          'program_names',
        ),
      })
      .from(skillTrees)
      .where(isNull(skillTrees.retiredAt))
      .orderBy(asc(skillTrees.name)),
  ])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Skills" current="skills" more>
      <TreesPage
        slug={account.slug}
        trees={trees}
        formKey={level(c.get('person'), 'Skills') === 2 ? crypto.randomUUID() : undefined}
        name={name}
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}

skillsOffice.get('/skills/:id', c => treePage(c))

skillsOffice.post('/skills/:id/levels', c => {
  const { data, bad } = parse(levelForm, c.get('form'))
  return act(c, bad?.errors, at => addLevel(c.get('account'), at.treeId, data as z.output<typeof levelForm>, at))
})

skillsOffice.post('/skills/:id/events', c => {
  const { data, bad } = parse(named('Event').extend({ level: idOf('a level') }), c.get('form'))
  return act(c, bad?.errors, at =>
    addEvent(c.get('account'), { treeId: at.treeId, levelId: data?.level ?? 0, name: data?.name ?? '' }, at),
  )
})

skillsOffice.post('/skills/:id/skills', c => {
  const { data, bad } = parse(named('Skill').extend({ event: idOf('an event') }), c.get('form'))
  return act(c, bad?.errors, at =>
    addSkill(c.get('account'), { treeId: at.treeId, eventId: data?.event ?? 0, name: data?.name ?? '' }, at),
  )
})

skillsOffice.post('/skills/:id/programs', c =>
  act(c, undefined, at => attachTree(c.get('account'), at.treeId, numbersIn(c.get('form').program), at)),
)

/** What a form of a tree does, or its page again with the sentence. */
async function act(
  c: OfficeContext,
  errors: Errors | undefined,
  run: (at: { treeId: number; location: string }) => Promise<void>,
) {
  demand(c.get('person'), 'Skills', 2)
  if (errors) return treePage(c, errors, 422)
  const treeId = idIn(c.req.param('id'))
  const location = paths.office(c.get('account').slug).skillTree(treeId)
  try {
    await run({ treeId, location })
  } catch (refusal) {
    return treePage(c, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
}

async function treePage(c: OfficeContext, errors?: Errors, status: 200 | 409 | 422 = 200) {
  demand(c.get('person'), 'Skills')
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const [rows, taught, trees] = await read(account, [
    treeRows(account, 't.id = ?2', [id]),
    account.db
      .select({ id: programs.id, name: programs.name, treeId: programs.skillTreeId })
      .from(programs)
      .where(isNull(programs.retiredAt))
      .orderBy(asc(programs.name)),
    account.db.select({ id: skillTrees.id, name: skillTrees.name }).from(skillTrees).where(sql`id = ${id}`),
  ])
  const tree = { ...found(trees), levels: treesOf(rows)[0]?.levels ?? [] }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={tree.name} current="skills" more>
      <TreePage
        slug={account.slug}
        tree={tree}
        programs={taught.map(({ id: program, name, treeId }) => ({ id: program, name, chosen: treeId === id }))}
        keys={level(c.get('person'), 'Skills') === 2 ? () => crypto.randomUUID() : undefined}
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}
