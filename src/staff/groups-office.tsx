import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { GroupPage, GroupsPage } from '../../views/staff/groups'
import { demand, level } from '../auth/permissions'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { type Form, line, parse, typedIn } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { because } from '../refusals'
import { addGroup, changeGroup, type Group, groupsQuery, removeGroup } from './groups'
import { hasAsMuch, worksWherever } from './reach'
import { matrixOf, type Rights, rightsIn } from './rights'

/** Groups of staff and what each may (OP13). */
export const staffGroupsOffice = officeDoor()

const named = z.object({ name: line('Name', 60) })

type Again = { form: Form; errors: Record<string, string> }
type Status = 200 | 409 | 422

const told: Record<string, string> = { saved: 'Saved.', deleted: 'The group was deleted.' }

staffGroupsOffice.get('/staff/groups', async c => {
  demand(c.get('person'), 'Staff Permissions')
  const account = c.get('account')
  const [groups] = await read(account, [groupsQuery(account)])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Groups" current="staff">
      <GroupsPage
        slug={account.slug}
        done={told[c.req.query('done') ?? '']}
        mayChange={mayChange(c)}
        groups={groups.map(({ id, name, members, isAdmin, rights }) => ({
          id,
          name,
          members,
          says: isAdmin ? 'Everything' : [...rights].map(([right, given]) => sayRight(right, given)).join(', '),
        }))}
      />
    </OfficeLayout>,
  )
})

const sayRight = (name: string, given: number) => (given === 1 ? `${name} (view)` : name)

/** Groups count at every location. */
const mayChange = (c: OfficeContext) =>
  level(c.get('person'), 'Staff Permissions') === 2 && worksWherever(c.get('person'), [])

staffGroupsOffice.get('/staff/groups/new', c => {
  demand(c.get('person'), 'Staff Permissions', 2)
  return page(c)
})

staffGroupsOffice.post('/staff/groups', async c => {
  demand(c.get('person'), 'Staff Permissions', 2)
  const account = c.get('account')
  const form = c.get('form')
  const { wish, errors } = wishIn(form)
  if (!wish) return page(c, undefined, { form, errors }, 422)
  const location = paths.office(account.slug).staffGroups({ done: 'saved' })
  try {
    await addGroup(account, c.get('person'), wish, { location })
  } catch (refusal) {
    return page(c, undefined, { form, errors: why(refusal) }, 409)
  }
  return leadTo(c, location)
})

staffGroupsOffice.get('/staff/groups/:id', async c => {
  demand(c.get('person'), 'Staff Permissions')
  return page(c, await groupIn(c))
})

staffGroupsOffice.post('/staff/groups/:id', async c => {
  demand(c.get('person'), 'Staff Permissions', 2)
  const account = c.get('account')
  const form = c.get('form')
  const group = await groupIn(c)
  const { wish, errors } = wishIn(form)
  if (!wish) return page(c, group, { form, errors }, 422)
  const location = paths.office(account.slug).staffGroups({ done: 'saved' })
  try {
    const was = typedIn(form).was ?? ''
    await changeGroup(account, c.get('person'), group, { ...wish, was }, { location })
  } catch (refusal) {
    return page(c, await groupIn(c), { form, errors: why(refusal) }, 409)
  }
  return leadTo(c, location)
})

staffGroupsOffice.post('/staff/groups/:id/deletion', async c => {
  demand(c.get('person'), 'Staff Permissions', 2)
  const account = c.get('account')
  const location = paths.office(account.slug).staffGroups({ done: 'deleted' })
  await removeGroup(account, c.get('person'), await groupIn(c), { location })
  return leadTo(c, location)
})

async function groupIn(c: OfficeContext): Promise<Group> {
  const account = c.get('account')
  const [rows] = await read(account, [groupsQuery(account, idIn(c.req.param('id')))])
  return found(rows)
}

function wishIn(form: Form) {
  const { data, bad } = parse(named, form)
  const { rights, errors } = rightsIn(form)
  const all = { ...bad?.errors, ...errors }
  if (!data || Object.keys(all).length) return { errors: all }
  return { wish: { name: data.name, isAdmin: form.admin !== undefined, rights }, errors: {} }
}

function why(refusal: unknown): Record<string, string> {
  if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
  return { [refusal.code === 'name-taken' ? 'name' : 'form']: because(refusal.code) }
}

function page(c: OfficeContext, group?: Group, again?: Again, status: Status = 200) {
  const actor = c.get('person')
  const form = again?.form
  const rights = form ? rightsIn(form).rights : (Object.fromEntries(group?.rights ?? []) as Rights)
  const within = !group || hasAsMuch(actor, group)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={group?.name ?? 'Add Group'} current="staff" more>
      <GroupPage
        slug={c.get('account').slug}
        group={group && { id: group.id, name: group.name, members: group.members, was: group.state }}
        keys={[crypto.randomUUID(), crypto.randomUUID()]}
        mayChange={mayChange(c) && within}
        why={
          within
            ? worksWherever(actor, [])
              ? undefined
              : because('group-everywhere')
            : 'Gives permissions that you do not have, so you can look and not change.'
        }
        name={form ? (typedIn(form).name ?? '') : (group?.name ?? '')}
        admin={
          actor.isAdmin || group?.isAdmin ? (form ? form.admin !== undefined : (group?.isAdmin ?? false)) : undefined
        }
        matrix={matrixOf(actor, rights)}
        errors={again?.errors}
      />
    </OfficeLayout>,
    status,
  )
}
