import * as z from 'zod'
import { ImportPage } from '../../views/import/import-page'
import { ImportsPage } from '../../views/import/imports-page'
import { businessZone } from '../accounts/account'
import { demand } from '../auth/permissions'
import { isZone } from '../clock'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { id as chosen, line, optionalLine, parse } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { because } from '../refusals'
import { decode } from './decode'
import { importById, latestImports, linesAPage, linesOf, tell } from './imports'
import { formats, type ImportKind } from './kinds'
import { publish } from './publish'
import { BadFile, stage } from './stage'

const upload = z.object({
  kind: z.enum(Object.keys(formats) as [ImportKind, ...ImportKind[]], 'Choose what is in the file.'),
  zone: line('The time zone', 60).refine(isZone, 'The time zone is not one like America/Toronto.'),
  announced: z
    .string()
    .optional()
    .transform(text => text?.trim() || undefined)
    .refine(text => text === undefined || /^\d{1,7}$/.test(text), 'The number of lines is not a number.')
    .transform(text => (text === undefined ? undefined : Number(text))),
})

const publication = z.object({
  places: line('Places in each class', 3)
    .refine(text => /^[1-9]\d{0,2}$/.test(text), 'Places in each class is not a number from 1 to 999.')
    .transform(Number)
    .optional(),
  location: chosen('a location').optional(),
})

const view = z.object({
  page: z.coerce.number().int().min(1).max(1000).catch(1),
  show: optionalLine('What is shown').catch(null),
})

/** Imports in the Office: the list with its form, the dry run, the result. */
export const importOffice = officeDoor()

importOffice.use('/imports/*', async (c, next) => {
  demand(c.get('person'), 'Import', c.req.method === 'GET' ? 1 : 2)
  await next()
})

importOffice.get('/imports', c => list(c))

importOffice.post('/imports', async c => {
  const account = c.get('account')
  const { data, bad } = parse(upload, c.get('form'))
  if (bad) return list(c, bad)
  const { file } = await c.req.parseBody()
  const typed = c.get('form') as Record<string, string>
  if (!(file instanceof File) || !file.size) return list(c, { typed, errors: { file: 'Choose a file.' } })
  try {
    const text = decode(await file.arrayBuffer())
    const at = paths.office(account.slug)
    const id = await stage(account, { ...data, fileName: file.name || 'file.csv', text }, id => ({
      location: at.import(id),
    }))
    return leadTo(c, at.import(id))
  } catch (error) {
    if (!(error instanceof BadFile)) throw error
    return list(c, { typed, errors: { file: error.message } })
  }
})

importOffice.get('/imports/:id', c => one(c))

importOffice.post('/imports/:id/publication', async c => {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const { data, bad } = parse(publication, c.get('form'))
  if (bad) return one(c, { errors: bad.errors, typed: bad.typed })
  const location = paths.office(account.slug).import(id)
  try {
    await publish(account, id, { maxStudents: data.places ?? 12, locationId: data.location }, { location })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'repeated') throw error
    return one(c, { refusal: because(error.code), typed: c.get('form') as Record<string, string> })
  }
  return leadTo(c, location)
})

async function list(c: OfficeContext, bad?: { typed: Record<string, string>; errors: Record<string, string> }) {
  const account = c.get('account')
  const [rows] = await read(account, [latestImports(account)])
  return show(
    c,
    <ImportsPage
      shell={c.get('shell')}
      imports={rows.map(tell)}
      kinds={Object.entries(formats).map(([value, { label, hint }]) => ({ value, label: `${label}: ${hint}` }))}
      typed={{ zone: businessZone(account), ...bad?.typed }}
      errors={bad?.errors}
      formKey={crypto.randomUUID()}
      now={account.now}
      zone={businessZone(account)}
    />,
    bad ? 422 : 200,
  )
}

async function one(
  c: OfficeContext,
  said: { errors?: Record<string, string>; typed?: Record<string, string>; refusal?: string } = {},
) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const { page, show: shown } = view.parse(c.req.query())
  const refusedOnly = shown === 'refused'
  const [rows, lines] = await read(account, [importById(account, id), linesOf(account, id, page, refusedOnly)])
  const told = tell(found(rows))
  return show(
    c,
    <ImportPage
      shell={c.get('shell')}
      file={told}
      lines={lines}
      page={page}
      pages={Math.max(1, Math.ceil((refusedOnly ? told.refused : told.lines) / linesAPage))}
      refusedOnly={refusedOnly}
      locations={account.locations}
      {...said}
      formKey={crypto.randomUUID()}
      now={account.now}
      zone={businessZone(account)}
    />,
    said.errors ? 422 : said.refusal ? 409 : 200,
  )
}
