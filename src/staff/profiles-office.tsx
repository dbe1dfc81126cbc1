import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { StaffProfilePage, StaffProfilesPage } from '../../views/staff/profiles'
import { demand, level } from '../auth/permissions'
import { pictureIn } from '../branding/pictures'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { note, optionalLine, parse, tick } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { changeProfile, profilesQuery, visibilityOf } from './profiles'

/** SETTINGS > CUSTOMER PORTAL > Staff: what families read of the people who work here (CP8). */
export const profilesOffice = officeDoor()

const form = z.object({
  biography: note('Biography', 2000),
  hours: optionalLine('Availability', 200),
  shown: tick,
  show_biography: tick,
  show_photo: tick,
  show_hours: tick,
  no_photo: tick,
})

profilesOffice.get('/settings/staff-page', async c => {
  demand(c.get('person'), 'Settings')
  const account = c.get('account')
  const [rows] = await read(account, [profilesQuery(account)])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Staff page" current="settings">
      <StaffProfilesPage
        slug={account.slug}
        saved={c.req.query('saved') ? 'Saved.' : undefined}
        enabled={account.settings['staff_page.enabled']}
        rows={rows.map(({ id, firstName, lastName, biography, photo, portal }) => ({
          id,
          name: `${firstName} ${lastName}`,
          shown: visibilityOf(portal).shown,
          has: [biography && 'biography', photo && 'photo', visibilityOf(portal).hours && 'availability']
            .filter(Boolean)
            .join(', '),
        }))}
      />
    </OfficeLayout>,
  )
})

profilesOffice.get('/settings/staff-page/:id', c => page(c))

profilesOffice.post('/settings/staff-page/:id', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const { data, bad } = parse(form, c.get('form'))
  const { photo: file } = (await c.req.parseBody().catch(() => ({}))) as { photo?: unknown }
  const photo = await pictureIn(file)
  if (bad || typeof photo === 'string')
    return page(c, { ...bad?.errors, ...(typeof photo === 'string' ? { photo } : {}) }, 422)
  const [rows] = await read(account, [profilesQuery(account)])
  const { id, firstName, lastName } = found(rows.filter(row => row.id === idIn(c.req.param('id'))))
  const visibility = {
    shown: data.shown,
    biography: data.show_biography,
    photo: data.show_photo,
    availability: data.show_hours,
    hours: data.hours ?? '',
  }
  const location = paths.office(account.slug).staffPage({ saved: 1 })
  try {
    const wish = { biography: data.biography, visibility, photo: data.no_photo ? ('none' as const) : photo }
    await changeProfile(account, { id, name: `${firstName} ${lastName}` }, wish, { location })
  } catch (refusal) {
    return page(c, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

async function page(c: OfficeContext, errors?: Record<string, string>, status: 200 | 409 | 422 = 200) {
  demand(c.get('person'), 'Settings')
  const account = c.get('account')
  const [rows] = await read(account, [profilesQuery(account)])
  const row = found(rows.filter(each => each.id === idIn(c.req.param('id'))))
  const may = visibilityOf(row.portal)
  const typed = errors && c.get('form')
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Staff page" current="settings" more>
      <StaffProfilePage
        slug={account.slug}
        mayChange={level(c.get('person'), 'Settings') === 2}
        formKey={crypto.randomUUID()}
        person={{ id: row.id, name: `${row.firstName} ${row.lastName}`, photo: row.photo ?? undefined }}
        biography={String(typed?.biography ?? row.biography ?? '')}
        hours={String(typed?.hours ?? may.hours)}
        ticks={
          typed
            ? {
                shown: typed.shown !== undefined,
                biography: typed.show_biography !== undefined,
                photo: typed.show_photo !== undefined,
                hours: typed.show_hours !== undefined,
              }
            : { shown: may.shown, biography: may.biography, photo: may.photo, hours: may.availability }
        }
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}
