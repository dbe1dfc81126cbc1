import { CertificatePage, EvaluationsPage } from '../../views/skills/evaluations'
import { businessZone } from '../accounts/account'
import { sayDate, today } from '../clock'
import { read } from '../database'
import { type CustomerContext, childOf, customerDoor } from '../doors'
import { idIn, NotFound, show } from '../http'
import { ofStudent, treeRows, treesOf } from './tree'

/** Evaluations of a child: by level, event and skill (MA4). */
export const skillsDoor = customerDoor()

async function evaluated(c: CustomerContext) {
  const account = c.get('account')
  const child = childOf(c)
  const [rows] = await read(account, [treeRows(account, ofStudent, [], child.id)])
  const zone = businessZone(account)
  return { child, trees: treesOf(rows), say: (ms: number) => sayDate(today(ms, zone), { year: true }) }
}

skillsDoor.get('/account/students/:id/evaluations', async c => {
  const { child, trees, say } = await evaluated(c)
  return show(
    c,
    <EvaluationsPage
      shell={c.get('shell')}
      student={{ id: child.id, name: child.firstName }}
      trees={trees.map(({ name, levels }) => ({
        name,
        levels: levels
          .filter(({ events }) => events.some(({ skills }) => skills.length))
          .map(({ id, name, description, passed, events }) => ({
            id,
            name,
            description: description ?? undefined,
            passed: passed && say(passed.at),
            events: events.map(event => ({
              name: event.name,
              skills: event.skills.map(({ name, stars, at, by }) => ({
                name,
                stars: stars ?? 0,
                on: at === null ? undefined : say(at),
                by: by ?? undefined,
              })),
            })),
          })),
      }))}
    />,
  )
})

skillsDoor.get('/account/students/:id/evaluations/:level/certificate', async c => {
  const { child, trees, say } = await evaluated(c)
  const levelId = idIn(c.req.param('level'))
  const tree = trees.find(({ levels }) => levels.some(({ id }) => id === levelId))
  const level = tree?.levels.find(({ id }) => id === levelId)
  if (!level?.passed) throw new NotFound()
  return show(
    c,
    <CertificatePage
      shell={c.get('shell')}
      student={{ id: child.id, name: `${child.firstName} ${child.lastName}` }}
      business={c.get('account').business}
      level={level.name}
      tree={tree?.name ?? ''}
      day={say(level.passed.at)}
      by={level.passed.by ?? undefined}
    />,
  )
})
