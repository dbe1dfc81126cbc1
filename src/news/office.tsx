import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { NewsPage } from '../../views/news/page'
import { businessZone, locationOf } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { instant, sayMoment, today } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { day, id, line, note, optional, parse, saidOtherwise, typedIn } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import * as paths from '../paths'
import { changeNews, deleteNews, mayTouch, type NewsWish, newsHtml, newsListed, newsPost, post } from './news'

/** News and Announcements: what staff tell each other, and the way to what the portal tells families (OP27). */
export const newsOffice = officeDoor()

const form = z
  .object({
    title: line('Title', 120),
    text: note('Text', 10_000).refine(text => text !== null, 'Text is missing.'),
    location: optional(id('a location')),
    from: day('From'),
    until: optional(day('Until')),
  })
  .refine(({ until, from }) => !until || from <= until, {
    path: ['until'],
    message: 'The end is not after the beginning.',
  })

newsOffice.get('/news', c => {
  demand(c.get('person'), 'News and Announcements')
  return page(c)
})

newsOffice.get('/news/:id', c => {
  demand(c.get('person'), 'News and Announcements', 2)
  return page(c, { id: idIn(c.req.param('id')) })
})

newsOffice.post('/news', c => keep(c))
newsOffice.post('/news/:id', c => keep(c, idIn(c.req.param('id'))))

newsOffice.post('/news/:id/deletion', async c => {
  demand(c.get('person'), 'News and Announcements', 2)
  const account = c.get('account')
  const one = await postOf(c, idIn(c.req.param('id')))
  const location = paths.office(account.slug).news({ done: 'deleted' })
  await deleteNews(account, c.get('person'), one, { location })
  return leadTo(c, location)
})

/** One that this person may change. @throws NotFound where it is at a place of others */
async function postOf(c: OfficeContext, id: number) {
  const one = found((await read(c.get('account'), [newsPost(c.get('account'), id)]))[0])
  if (one.locationId !== null && !worksAt(c.get('person'), one.locationId)) throw new NotFound()
  return one
}

async function keep(c: OfficeContext, id?: number) {
  const person = c.get('person')
  demand(person, 'News and Announcements', 2)
  const account = c.get('account')
  const { data, bad } = parse(form, c.get('form'))
  if (bad) return page(c, { id, typed: bad.typed, errors: bad.errors, status: 422 })
  const { title, text, from, until, location: locationId } = data
  const again = { id, typed: typedIn(c.get('form')) }
  if (locationId && !c.get('shell').locations.some(place => place.id === locationId))
    return page(c, { ...again, errors: { location: 'Choose a location.' }, status: 422 })
  const zone = businessZone(account)
  const wish: NewsWish = {
    title,
    text: text ?? '',
    locationId,
    fromAt: instant(from, '00:00', zone),
    untilAt: until === null ? null : instant(until, '23:59', zone) + 59_999,
  }
  const location = paths.office(account.slug).news({ done: 'saved' })
  try {
    if (id) await changeNews(account, person, await postOf(c, id), Number(c.get('form').seen) || 0, wish, { location })
    else await post(account, person, wish, { location })
  } catch (refusal) {
    // What is gone can be posted anew; what somebody else changed stands beside what was typed.
    const changed = refusal instanceof Refusal && refusal.code === 'changed-meanwhile'
    const typed = { ...again, id: changed ? id : undefined }
    return page(c, { ...typed, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}

async function page(
  c: OfficeContext,
  again: { id?: number; typed?: Record<string, string>; errors?: Record<string, string>; status?: 409 | 422 } = {},
) {
  const account = c.get('account')
  const person = c.get('person')
  const zone = businessZone(account)
  const at = paths.office(account.slug)
  const [rows, named] = await read(account, [newsListed(account, person), newsPost(account, again.id ?? 0)])
  const editing = again.id ? found(named.filter(one => mayTouch(person, one))) : undefined
  const locations = c.get('shell').locations.map(({ id, name }) => ({ value: id, label: name }))
  const stands = {
    title: editing?.title ?? '',
    text: editing?.text ?? '',
    location: String(editing?.locationId ?? ''),
    from: today(editing?.fromAt ?? account.now, zone),
    until: editing?.untilAt ? today(editing.untilAt, zone) : '',
  }
  const differs = editing && again.typed && again.typed.seen !== String(editing.updatedAt)
  const place = locations.find(({ value }) => value === editing?.locationId)?.label ?? 'All locations'
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="News and Announcements" current="news" more>
      <NewsPage
        slug={account.slug}
        done={{ saved: 'Saved.', deleted: 'Deleted.' }[c.req.query('done') ?? '']}
        announcementsHref={level(person, 'Settings') > 0 ? at.announcements() : undefined}
        mayPost={level(person, 'News and Announcements') === 2}
        editing={editing?.id}
        formKey={crypto.randomUUID()}
        seen={editing && String(editing.updatedAt)}
        values={again.typed ?? stands}
        now={differs ? saidOtherwise(again.typed ?? {}, stands, { ...stands, location: place }) : undefined}
        errors={again.errors}
        locations={locations}
        rows={rows.map(row => ({
          id: row.id,
          title: row.title,
          html: newsHtml(row.text),
          by: row.by,
          where: locationOf(account, row.locationId)?.name ?? 'All locations',
          from: sayMoment(row.fromAt, zone),
          until: row.untilAt ? sayMoment(row.untilAt, zone) : undefined,
          state: row.fromAt > account.now ? 'Later' : row.untilAt && row.untilAt <= account.now ? 'Over' : 'Shown',
          deleteKey: mayTouch(person, row) ? crypto.randomUUID() : undefined,
        }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
