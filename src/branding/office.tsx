import * as z from 'zod'
import { BrandingPage } from '../../views/branding/branding'
import { OfficeLayout } from '../../views/layouts/office'
import { demand, level } from '../auth/permissions'
import { type OfficeContext, officeDoor } from '../doors'
import { line, note, parse, tick } from '../forms'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { accountParts, changeLook, partsInOrder } from './branding'
import { colourIn, isReadable, nearest } from './colour'
import { pictureIn } from './pictures'

/** SETTINGS > CUSTOMER PORTAL > OTHER SETTINGS > BRANDING (CP9). */
export const brandingOffice = officeDoor()

const part = z.enum(accountParts, 'Choose a section.')
const form = z
  .object({
    accent: line('Accent colour', 20),
    front_text: note('Text', 1000),
    layout: z.enum(['list', 'cards'], 'Choose how classes are listed.'),
    no_logo: tick,
    part_1: part,
    part_2: part,
    part_3: part,
    part_4: part,
    part_5: part,
  })
  .superRefine(({ accent }, context) => {
    const colour = colourIn(accent)
    const message = colour
      ? `Text in this colour cannot be read on the page. The nearest that can is ${nearest(colour)}.`
      : 'A colour looks like #0b6b67.'
    if (!colour || !isReadable(colour)) context.addIssue({ code: 'custom', path: ['accent'], message })
  })
  .superRefine((parts, context) => {
    if (new Set(partsOf(parts)).size < accountParts.length)
      context.addIssue({ code: 'custom', path: ['part_1'], message: 'Each section stands once.' })
  })

const partsOf = (form: Record<string, unknown>) => accountParts.map((_, index) => String(form[`part_${index + 1}`]))

brandingOffice.get('/settings/branding', c => {
  demand(c.get('person'), 'Settings')
  return page(c)
})

brandingOffice.post('/settings/branding', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const { data, bad } = parse(form, c.get('form'))
  const { logo: file } = (await c.req.parseBody().catch(() => ({}))) as { logo?: unknown }
  const logo = await pictureIn(file)
  const wrong: Record<string, string> = typeof logo === 'string' ? { logo } : {}
  if (bad || typeof logo === 'string')
    return page(c, { typed: bad?.typed ?? (c.get('form') as never), errors: { ...bad?.errors, ...wrong } })
  const location = paths.office(account.slug).branding({ saved: 1 })
  const look = {
    accent: colourIn(data.accent) ?? '',
    frontText: data.front_text ?? '',
    layout: data.layout,
    sections: partsOf(data).join(','),
    logo: data.no_logo ? ('none' as const) : logo,
  }
  await changeLook(account, look, { location })
  return leadTo(c, location)
})

function page(c: OfficeContext, again: { typed?: Record<string, string>; errors?: Record<string, string> } = {}) {
  const { settings, slug } = c.get('account')
  const parts = Object.fromEntries(partsInOrder(settings).map((part, index) => [`part_${index + 1}`, part]))
  const now = {
    accent: settings['brand.accent'],
    front_text: settings['brand.front_text'],
    layout: settings['brand.class_layout'],
    ...parts,
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Branding" current="settings">
      <BrandingPage
        slug={slug}
        mayChange={level(c.get('person'), 'Settings') === 2}
        saved={c.req.query('saved') ? 'Saved.' : undefined}
        formKey={crypto.randomUUID()}
        values={again.typed ?? now}
        logo={settings['brand.logo'] || undefined}
        errors={again.errors}
      />
    </OfficeLayout>,
    again.errors ? 422 : 200,
  )
}
