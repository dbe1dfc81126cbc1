import * as z from 'zod'
import { FeatureRequestsPage } from '../../views/feature-requests/page'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { sayMoment } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { line, note, parse } from '../forms'
import { idIn, leadTo, NotFound, show } from '../http'
import * as paths from '../paths'
import { answerWish, states, vote, type WishState, wishesQuery, wishFor } from './requests'

/** Feature Requests: everybody on the staff wishes and votes once, the owner answers (OP19). */
export const featureRequestsOffice = officeDoor()

const wishForm = z.object({ title: line('Title', 120), text: note('Text') })
const answerForm = z.object({
  state: z.enum(Object.keys(states) as [WishState, ...WishState[]], 'Choose how it stands.'),
  answer: note('Answer'),
})

const stateIn = (text: string | undefined) =>
  (Object.keys(states) as WishState[]).find(state => state === text) ?? 'open'

featureRequestsOffice.get('/feature-requests', c => page(c))

featureRequestsOffice.post('/feature-requests', async c => {
  const account = c.get('account')
  const { data, bad } = parse(wishForm, c.get('form'))
  if (bad) return page(c, { ...bad, status: 422 })
  const location = paths.office(account.slug).featureRequests({ done: 'saved' })
  await wishFor(account, c.get('person'), data, { location })
  return leadTo(c, location)
})

featureRequestsOffice.post('/feature-requests/:id/vote', async c => {
  const account = c.get('account')
  const location = paths.office(account.slug).featureRequests({ state: stateIn(String(c.get('form').list)) })
  await vote(account, c.get('person'), idIn(c.req.param('id')), c.get('form').vote === '1', { location })
  return leadTo(c, location)
})

featureRequestsOffice.post('/feature-requests/:id/answer', async c => {
  const account = c.get('account')
  const person = c.get('person')
  // There is no permission for it: the business is the owner's.
  if (!person.isOwner) throw new NotFound()
  const id = idIn(c.req.param('id'))
  const { data, bad } = parse(answerForm, c.get('form'))
  if (bad) return page(c, { answered: id, ...bad, status: 422 })
  const location = paths.office(account.slug).featureRequests({ state: data.state, done: 'saved' })
  await answerWish(account, person, id, { state: data.state, text: data.answer }, { location })
  return leadTo(c, location)
})

async function page(
  c: OfficeContext,
  again: { answered?: number; typed?: Record<string, string>; errors?: Record<string, string>; status?: 422 } = {},
) {
  const account = c.get('account')
  const person = c.get('person')
  const zone = businessZone(account)
  const state = stateIn(c.req.query('state'))
  const [rows] = await read(account, [wishesQuery(account, person, state)])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Feature Requests" current="feature-requests">
      <FeatureRequestsPage
        slug={account.slug}
        done={c.req.query('done') === 'saved' ? 'Saved.' : undefined}
        state={state}
        states={Object.entries(states).map(([value, label]) => ({ value, label }))}
        formKey={crypto.randomUUID()}
        values={again.answered ? {} : (again.typed ?? {})}
        errors={again.answered ? undefined : again.errors}
        rows={rows.map(({ createdAt, answeredAt, ...row }) => ({
          ...row,
          when: sayMoment(createdAt, zone),
          answered: answeredAt ? `${row.answeredBy}, ${sayMoment(answeredAt, zone)}` : undefined,
          voteKey: crypto.randomUUID(),
          answerKey: person.isOwner ? crypto.randomUUID() : undefined,
          again: again.answered === row.id ? { values: again.typed ?? {}, errors: again.errors ?? {} } : undefined,
        }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
