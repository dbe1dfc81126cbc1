import { OfficeLayout } from '../../views/layouts/office'
import { PersonRightsPage } from '../../views/staff/rights'
import { demand, level } from '../auth/permissions'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { type Form, numbersIn, typedIn } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { groupsQuery } from './groups'
import { personOf, personQuery } from './people'
import { hasAsMuch, reaches } from './reach'
import { changeRights, matrixOf, ownRights, rightsIn } from './rights'

/** What somebody on the staff may: groups, and rights of their own beside them (OP13). */
export const staffRightsOffice = officeDoor()

staffRightsOffice.get('/staff/:id/permissions', c => page(c))

staffRightsOffice.post('/staff/:id/permissions', async c => {
  const actor = c.get('person')
  demand(actor, 'Staff Permissions', 2)
  const account = c.get('account')
  const form = c.get('form')
  const person = await personOf(account, actor, idIn(c.req.param('id')))
  const { rights, errors } = rightsIn(form)
  if (Object.keys(errors).length) return page(c, { form, errors }, 422)
  const location = paths.office(account.slug).person(person.id, { done: 'rights' })
  const wish = {
    isOwner: form.owner !== undefined,
    isAdmin: form.admin !== undefined,
    groupIds: [...new Set(numbersIn(form.groups))],
    rights,
    was: typedIn(form).was ?? '',
  }
  try {
    await changeRights(account, actor, person, wish, { location })
  } catch (refusal) {
    return page(c, { form, errors: { form: sentenceOf(refusal) } }, 409)
  }
  return leadTo(c, location)
})

type Again = { form: Form; errors: Record<string, string> }

async function page(c: OfficeContext, again?: Again, status: 200 | 409 | 422 = 200) {
  const account = c.get('account')
  const actor = c.get('person')
  demand(actor, 'Staff Permissions')
  const [rows, groups] = await read(account, [
    personQuery(account, actor, idIn(c.req.param('id'))),
    groupsQuery(account),
  ])
  const person = found(rows)
  const form = again?.form
  const self = actor.id === person.id && !actor.isOwner
  const within = reaches(actor, person)
  const theirs = new Set(person.groups.map(({ id }) => id))
  const ticked = form ? numbersIn(form.groups) : [...theirs]
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Permissions of ${person.name}`} current="staff" more>
      <PersonRightsPage
        slug={account.slug}
        person={{ id: person.id, name: person.name, was: person.standing }}
        formKey={crypto.randomUUID()}
        mayChange={level(actor, 'Staff Permissions') === 2 && within && !self}
        why={
          self
            ? 'Somebody else has to change your own permissions.'
            : within
              ? undefined
              : 'Has permissions or locations that you do not have, so you can look and not change.'
        }
        owner={actor.isOwner || person.isOwner ? (form ? form.owner !== undefined : person.isOwner) : undefined}
        admin={actor.isAdmin || person.ownAdmin ? (form ? form.admin !== undefined : person.ownAdmin) : undefined}
        groups={groups
          .filter(group => theirs.has(group.id) || hasAsMuch(actor, group))
          .map(({ id, name }) => ({ value: id, label: name }))}
        chosen={ticked.map(String)}
        matrix={matrixOf(actor, form ? rightsIn(form).rights : ownRights(person), person)}
        errors={again?.errors}
      />
    </OfficeLayout>,
    status,
  )
}
