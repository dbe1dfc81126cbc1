import { sql } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { TemplatesPage } from '../../views/templates/list'
import type { TemplateRow } from '../../views/templates/types'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import type { Form } from '../forms'
import { idIn, leadTo, NotFound, show } from '../http'
import type { Language } from '../language'
import { areas, isAutomatic } from '../messages/templates'
import { answered } from '../middleware'
import * as paths from '../paths'
import { newTemplateIn, seenIn, wordingIn } from './form'
import { addressOf, whoseWords } from './languages'
import { familyNamed, previewOf } from './preview'
import { type Again, showNew, showTemplate } from './show-template'
import { publish, retire, saveAsTemplate, templatesQuery, useAgain, type Which } from './templates'

/** What e-mails say: the notices that acts cause, and the words that Email Blasts begin from (OP28). */
export const templatesOffice = officeDoor()

const said: Record<string, string> = { retired: 'The template is retired. What it said stays in the audit log.' }

templatesOffice.get('/templates', async c => {
  demand(c.get('person'), 'Settings')
  const account = c.get('account')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const [rows] = await read(account, [templatesQuery(account)])
  const last = ({ who, at }: { who: string; at: number }) => `${who}, ${sayMoment(at, zone)}`
  const notices = Object.entries(areas).map(([area, notices]) => ({
    area,
    rows: Object.entries(notices).map(([name, { title, when }]): TemplateRow => {
      const versions = rows.filter(one => one.kind === 'automatic' && one.name === name)
      const row = versions.find(({ language }) => language === 'en')
      const own = versions.filter(({ retiredAt }) => retiredAt === null)
      return {
        title,
        href: at.template(name),
        about: when,
        own: row !== undefined && row.retiredAt === null,
        versions: row?.versions ?? 0,
        last: row && last(row),
        spanish: { whose: whoseWords(own, 'es'), href: at.template(`${name}.es`) },
      }
    }),
  }))
  const blasts = rows
    .filter(({ kind }) => kind === 'blast')
    .map(
      (row): TemplateRow => ({
        title: row.name,
        href: at.template(row.id),
        about: row.subject,
        own: true,
        versions: row.versions,
        last: last(row),
      }),
    )
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="E-mail templates" current="settings">
      <TemplatesPage
        settingsHref={at.settings}
        said={said[c.req.query('said') ?? '']}
        blasts={blasts}
        notices={notices}
        newHref={level(c.get('person'), 'Settings') === 2 ? at.newTemplate() : undefined}
      />
    </OfficeLayout>,
  )
})

templatesOffice.get('/templates/new', c => {
  demand(c.get('person'), 'Settings', 2)
  return showNew(c)
})

templatesOffice.post('/templates', async c => {
  demand(c.get('person'), 'Settings', 2)
  const form = c.get('form')
  const wish = newTemplateIn(form)
  if (wish.errors) return showNew(c, { form, errors: wish.errors })
  const account = c.get('account')
  const at = paths.office(account.slug)
  try {
    await saveAsTemplate(account, wish.data, id => sql<string>`${`${at.templates()}/`} || ${id} || '?said=saved'`)
  } catch (error) {
    return showNew(c, { form, errors: { name: sentenceOf(error) } })
  }
  // Where it leads has an id that only the commit knew.
  return (await answered(c)) ?? leadTo(c, at.templates())
})

templatesOffice.post('/templates/new/preview', async c => {
  demand(c.get('person'), 'Settings', 2)
  const form = c.get('form')
  const wish = newTemplateIn(form)
  if (wish.errors) return showNew(c, { form, errors: wish.errors })
  return showNew(c, await previewed(c, form, wish.data))
})

templatesOffice.get('/templates/:template', c => {
  demand(c.get('person'), 'Settings')
  return showTemplate(c, whichIn(c))
})

templatesOffice.post('/templates/:template', async c => {
  demand(c.get('person'), 'Settings', 2)
  const form = c.get('form')
  const which = whichIn(c)
  const words = wordingIn(form, which)
  if (words.errors) return showTemplate(c, which, { form, errors: words.errors })
  return act(c, which, location => publish(c.get('account'), which, words.data, seenIn(form), { location }))
})

templatesOffice.post('/templates/:template/preview', async c => {
  demand(c.get('person'), 'Settings', 2)
  const form = c.get('form')
  const which = whichIn(c)
  const words = wordingIn(form, which)
  if (words.errors) return showTemplate(c, which, { form, errors: words.errors })
  return showTemplate(c, which, await previewed(c, form, words.data, which.kind === 'blast' ? 'en' : which.language))
})

templatesOffice.post('/templates/:template/versions/:version/return', async c => {
  demand(c.get('person'), 'Settings', 2)
  const which = whichIn(c)
  const older = idIn(c.req.param('version'))
  return act(c, which, location => useAgain(c.get('account'), which, older, seenIn(c.get('form')), { location }))
})

templatesOffice.post('/templates/:template/retirement', async c => {
  demand(c.get('person'), 'Settings', 2)
  const which = whichIn(c)
  const at = paths.office(c.get('account').slug)
  const onward =
    which.kind === 'blast'
      ? at.templates({ said: 'retired' })
      : at.template(addressOf(which), { said: which.language === 'es' ? 'unspoken' : 'back' })
  return act(c, which, location => retire(c.get('account'), which, seenIn(c.get('form')), { location }), onward)
})

/** A notice by its name, with ".es" behind it in Spanish, a template of Email Blasts by its number. @throws NotFound */
function whichIn(c: OfficeContext): Which {
  const name = c.req.param('template') ?? ''
  if (isAutomatic(name)) return { kind: 'automatic', name, language: 'en' }
  const spanish = name.replace(/\.es$/, '')
  if (spanish !== name && isAutomatic(spanish)) return { kind: 'automatic', name: spanish, language: 'es' }
  if (/^\d/.test(name)) return { kind: 'blast', id: idIn(name) }
  throw new NotFound()
}

/** Does it and leads on; a refusal comes back with what was typed, and what is in use by now. */
async function act(
  c: OfficeContext,
  which: Which,
  verb: (location: string) => Promise<void>,
  onward = paths.office(c.get('account').slug).template(c.req.param('template') ?? '', { said: 'saved' }),
) {
  try {
    await verb(onward)
  } catch (error) {
    return showTemplate(c, which, { form: c.get('form'), refusal: sentenceOf(error) })
  }
  return leadTo(c, onward)
}

/** What was typed, as a family reads it; nothing is saved. */
async function previewed(
  c: OfficeContext,
  form: Form,
  words: { subject: string; body: string },
  language?: Language,
): Promise<Again> {
  const account = c.get('account')
  const typed = level(c.get('person'), 'Families') ? String(form.family ?? '').slice(0, 80) : ''
  const family = await familyNamed(account, typed)
  if (typed.trim() && !family) return { form, errors: { family: 'No family’s name begins like that.' } }
  return { form, preview: previewOf(account, words, language, family) }
}
