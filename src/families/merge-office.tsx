import * as z from 'zod'
import { MergedPage } from '../../views/families/merged'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayDate, sayMoment, today } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { id as idOf, numbersIn, optional, parse } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { mergeFamilies } from './merge'
import { mergePage } from './merge-page'
import { wordsOf } from './merge-things'
import { undoMerge } from './merge-undo'
import { type Candidate, candidatesQuery, mergeOf } from './merges'

/** Several families become one, and several again (A3, D14). */
export const mergeOffice = officeDoor()

const at = (c: OfficeContext) => paths.office(c.get('account').slug)
const most = 5

/** Two to five families in the order in which they stand in the list. @throws Refusal 'merge-few' */
async function candidates(c: OfficeContext, chosen: string | string[] | undefined): Promise<Candidate[]> {
  const ids = [...new Set(numbersIn(chosen))]
  if (ids.length < 2 || ids.length > most) throw new Refusal('merge-few')
  const account = c.get('account')
  const [rows] = await read(account, [candidatesQuery(account, ids)])
  // One that is merged by now is somebody else's work.
  if (rows.length < ids.length) throw new Refusal('merge-seen')
  return rows
}

mergeOffice.get('/families/merge', async c => {
  demand(c.get('person'), 'Families', 2)
  return mergePage(c, await candidates(c, c.req.queries('families')))
})

const schema = z.object({
  into: idOf('the record that stays'),
  name: idOf('a name'),
  location: idOf('a location'),
  referral: optional(idOf('how they heard of you')),
  primary: idOf('a primary guardian'),
})

mergeOffice.post('/families/merge', async c => {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const form = c.get('form')
  const families = await candidates(c, form.families)
  const { data, bad } = parse(schema, form)
  if (bad) return mergePage(c, families, { form, errors: bad.errors, status: 422 })
  const people = families.flatMap(family => family.people.map(person => ({ ...person, familyId: family.id })))
  const keep = numbersIn(form.keep)
  const primary = people.find(({ id }) => id === data.primary)
  const into = families.find(({ id }) => id === data.into)
  const named = families.find(({ id }) => id === data.name)
  const errors: Record<string, string> = {}
  if (!primary) errors.primary = 'Choose a primary guardian.'
  else if (!keep.includes(primary.id)) errors.primary = 'The primary guardian has to be one of those you keep.'
  if (!into) errors.into = 'Choose the record that stays.'
  if (!named) errors.name = 'Choose a name.'
  if (!account.locations.some(({ id }) => id === data.location)) errors.location = 'Choose a location.'
  if (data.referral && !families.some(({ referralId }) => referralId === data.referral))
    errors.referral = 'Choose how they heard of you.'
  if (!primary || !into || !named || Object.keys(errors).length)
    return mergePage(c, families, { form, errors, status: 422 })
  // Somebody who came since the page was made was not shown, so they are kept.
  const shown = numbersIn(String(form.shown ?? '').split(' '))
  const seen = [form.seen ?? []].flat()
  const location = at(c).family(into.id, { done: 'merged' })
  try {
    await mergeFamilies(
      account,
      {
        families: families.map(({ id, name }, nth) => ({ id, name, updatedAt: Number(seen[nth]) || 0 })),
        intoId: into.id,
        name: named.name,
        locationId: data.location,
        referralId: data.referral,
        primary: { id: primary.id, firstName: primary.first, familyId: primary.familyId },
        gone: people.map(({ id }) => id).filter(id => shown.includes(id) && !keep.includes(id)),
      },
      { location },
    )
  } catch (refusal) {
    return mergePage(c, families, { form, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

mergeOffice.get('/families/:id/merges/:merge', async c => {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const { merge, moved } = await mergeOf(account, idIn(c.req.param('id')), idIn(c.req.param('merge')))
  const zone = businessZone(account)
  const over = merge.undoUntil <= account.now
  const undone = merge.undoneAt !== null
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Merged families" current="families" more>
      <MergedPage
        trail={[
          { label: 'Families', href: at(c).families() },
          { label: merge.name, href: at(c).family(merge.familyId) },
        ]}
        title="Merged families"
        into={{ name: merge.name, href: at(c).family(merge.familyId) }}
        others={merge.names}
        links={merge.others.map(id => ({ label: `Family ${id}`, href: at(c).family(id) }))}
        made={`${sayMoment(merge.madeAt, zone)} by ${merge.who}`}
        undone={undone ? `${sayMoment(merge.undoneAt ?? 0, zone)} by ${merge.undoneBy}` : undefined}
        until={sayDate(today(merge.undoUntil, zone), { year: true })}
        rows={moved.map(({ thing, many, stay }) => ({
          thing: wordsOf(thing).many,
          many,
          stay,
          hidden: thing === 'families',
        }))}
        undo={
          !undone && !over && !merge.later && level(c.get('person'), 'Families') === 2
            ? { action: at(c).mergeUndo(merge.familyId, merge.id), key: crypto.randomUUID() }
            : undefined
        }
        whyNot={
          undone
            ? undefined
            : merge.later
              ? 'Another merge came after this one. Undo that one first.'
              : over
                ? 'The time to undo this merge is over.'
                : undefined
        }
      />
    </OfficeLayout>,
  )
})

mergeOffice.post('/families/:id/merges/:merge/undo', async c => {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const { merge } = await mergeOf(account, idIn(c.req.param('id')), idIn(c.req.param('merge')))
  const location = at(c).mergedFamily(merge.familyId, merge.id)
  await undoMerge(account, merge, { location })
  return leadTo(c, location)
})
