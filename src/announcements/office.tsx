import * as z from 'zod'
import { AnnouncementsPage } from '../../views/announcements/announcements'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone, locationOf } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { instant, sayMoment, timeOfDay, today } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { day, id, line, note, optional, parse, time } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { announce, announcementOf, changeAnnouncement, deleteAnnouncement, listed, type Wish } from './announcements'

/** SETTINGS > CUSTOMER PORTAL > Settings: announcements and alerts (CP7). */
export const announcementsOffice = officeDoor()

const form = z
  .object({
    kind: z.enum(['announcement', 'alert'], 'Choose what it is.'),
    place: z.enum(['front', 'account', 'checkout'], 'Choose where it stands.'),
    title: line('Title', 120),
    text: note('Text', 2000),
    location: optional(id('a location')),
    from: day('From'),
    from_time: optional(time('Time')),
    until: optional(day('Until')),
    until_time: optional(time('Time')),
  })
  .refine(({ kind, text }) => kind === 'alert' || text !== null, { path: ['text'], message: 'Text is missing.' })
  .refine(({ until, from, from_time, until_time }) => !until || moments(from, from_time) < end(until, until_time), {
    path: ['until'],
    message: 'The end is not after the beginning.',
  })

const moments = (day: string, time: string | null) => `${day} ${time ?? '00:00'}`
const end = (day: string, time: string | null) => `${day} ${time ?? '24:00'}`

announcementsOffice.get('/settings/announcements', c => {
  demand(c.get('person'), 'Settings')
  return page(c)
})

announcementsOffice.get('/settings/announcements/:id', c => {
  demand(c.get('person'), 'Settings')
  return page(c, { id: idIn(c.req.param('id')) })
})

announcementsOffice.post('/settings/announcements', c => keep(c))
announcementsOffice.post('/settings/announcements/:id', c => keep(c, idIn(c.req.param('id'))))

announcementsOffice.post('/settings/announcements/:id/deletion', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const [rows] = await read(account, [announcementOf(account, idIn(c.req.param('id')))])
  const location = paths.office(account.slug).announcements({ done: 'deleted' })
  await deleteAnnouncement(account, found(rows), { location })
  return leadTo(c, location)
})

async function keep(c: OfficeContext, id?: number) {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const { data, bad } = parse(form, c.get('form'))
  if (bad) return page(c, { id, typed: bad.typed, errors: bad.errors, status: 422 })
  const zone = businessZone(account)
  const place = account.locations.find(each => each.id === data.location)
  if (data.location && !place)
    return page(c, { id, typed: c.get('form') as never, errors: { location: 'Choose a location.' }, status: 422 })
  const { kind, title, text } = data
  const wish: Wish = {
    kind,
    place: data.place,
    title,
    text: kind === 'alert' ? '' : (text ?? ''),
    locationId: data.location,
    fromAt: instant(data.from, data.from_time ?? '00:00', zone),
    // Without a time a day is there to its end.
    untilAt: data.until === null ? null : instant(data.until, data.until_time ?? '23:59', zone) + 59_999,
  }
  const location = paths.office(account.slug).announcements({ done: 'saved' })
  try {
    if (id) await changeAnnouncement(account, id, wish, { location })
    else await announce(account, wish, { location })
  } catch (refusal) {
    return page(c, { typed: c.get('form') as never, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}

async function page(
  c: OfficeContext,
  again: {
    id?: number
    typed?: Record<string, string>
    errors?: Record<string, string>
    status?: 409 | 422
  } = {},
) {
  const account = c.get('account')
  const { slug, now, locations } = account
  const zone = businessZone(account)
  const [rows, named] = await read(account, [listed(account), announcementOf(account, again.id ?? 0)])
  const editing = again.id ? found(named) : undefined
  const values = again.typed ?? {
    kind: editing?.kind ?? 'announcement',
    place: editing?.place ?? 'front',
    title: editing?.title ?? '',
    text: editing?.text ?? '',
    location: String(editing?.locationId ?? ''),
    from: today(editing?.fromAt ?? now, zone),
    from_time: editing ? timeOfDay(editing.fromAt, zone) : '',
    until: editing?.untilAt ? today(editing.untilAt, zone) : '',
    until_time: editing?.untilAt ? timeOfDay(editing.untilAt, zone) : '',
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Announcements" current="settings" more>
      <AnnouncementsPage
        slug={slug}
        mayChange={level(c.get('person'), 'Settings') === 2}
        done={{ saved: 'Saved.', deleted: 'Deleted.' }[c.req.query('done') ?? '']}
        editing={editing?.id}
        formKey={crypto.randomUUID()}
        values={values}
        errors={again.errors}
        locations={locations.map(({ id, name }) => ({ value: id, label: name }))}
        rows={rows.map(row => ({
          id: row.id,
          kind: row.kind,
          title: row.title,
          place: row.place,
          where: locationOf(c.get('account'), row.locationId)?.name ?? 'All locations',
          from: sayMoment(row.fromAt, zone),
          until: row.untilAt ? sayMoment(row.untilAt, zone) : 'open',
          state: row.fromAt > now ? 'Later' : row.untilAt && row.untilAt <= now ? 'Over' : 'Shown',
          deleteKey: crypto.randomUUID(),
        }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
