import { OfficeLayout } from '../../views/layouts/office'
import { SetupListPage, SetupPage } from '../../views/setup/list'
import { ThingPage } from '../../views/setup/thing'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { type Form, parse, typedIn } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import * as paths from '../paths'
import { because } from '../refusals'
import { boxesOf, gathered } from './boxes'
import { formOf, sayField, typedOf, type Values } from './field'
import { choicesOf, choicesQuery, type Noun, nameOf, type Thing, thingsQuery } from './noun'
import { nounOf, nouns } from './nouns'
import { addThing, changeThing, endThing } from './things'

/** What a business sets up before anything else: one list and one form for all of it (OP30). */
export const setupOffice = officeDoor()

const nounIn = (c: OfficeContext): Noun => {
  const noun = nounOf(c.req.param('noun') ?? '')
  if (!noun) throw new NotFound()
  return noun
}

setupOffice.get('/set-up', c => {
  demand(c.get('person'), 'Settings')
  const at = paths.office(c.get('account').slug)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Set-up" current="settings">
      <SetupPage
        settingsHref={at.settings}
        nouns={nouns.map(({ path, many, about }) => ({ href: at.setupList(path), many, about }))}
      />
    </OfficeLayout>,
  )
})

setupOffice.get('/set-up/:noun', async c => {
  demand(c.get('person'), 'Settings')
  const noun = nounIn(c)
  const account = c.get('account')
  const at = paths.office(account.slug)
  if (noun.list) return leadTo(c, noun.list(account.slug))
  const [things, asked] = await read(account, [thingsQuery(account, noun), choicesQuery(account, noun)])
  const choices = choicesOf(asked)
  const ended = c.req.query('status') === 'ended'
  const zone = businessZone(account)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={noun.many} current="settings">
      <SetupListPage
        noun={noun}
        at={at}
        saved={c.req.query('saved') ? 'Saved.' : undefined}
        mayChange={level(c.get('person'), 'Settings') === 2}
        ended={ended}
        heads={noun.fields.filter(isListed).map(({ label }) => label)}
        rows={things
          .filter(thing => thing.ended === ended)
          .map(({ id, values }) => ({
            href: at.setupThing(noun.path, id),
            cells: noun.fields.filter(isListed).map(field => sayField(field, values, choices, zone)),
          }))}
      />
    </OfficeLayout>,
  )
})

const isListed = ({ listed = true, kind }: Noun['fields'][number]) => listed && kind !== 'note' && kind !== 'grid'

setupOffice.get('/set-up/:noun/new', c => {
  demand(c.get('person'), 'Settings', 2)
  return thingPage(c, nounIn(c))
})

setupOffice.post('/set-up/:noun', async c => {
  demand(c.get('person'), 'Settings', 2)
  const noun = nounIn(c)
  const form = c.get('form')
  const { values, errors } = await checked(c, noun)
  if (!values) return thingPage(c, noun, undefined, { form, errors }, 422)
  const location = listOf(c, noun)
  try {
    await addThing(c.get('account'), noun, values, { location })
  } catch (refusal) {
    return thingPage(c, noun, undefined, { form, errors: why(noun, refusal) }, 409)
  }
  return leadTo(c, location)
})

setupOffice.get('/set-up/:noun/:id', c => {
  demand(c.get('person'), 'Settings')
  return thingPage(c, nounIn(c), idIn(c.req.param('id')))
})

setupOffice.post('/set-up/:noun/:id', async c => {
  demand(c.get('person'), 'Settings', 2)
  const noun = nounIn(c)
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { values, errors } = await checked(c, noun)
  if (!values) return thingPage(c, noun, id, { form, errors }, 422)
  const location = listOf(c, noun)
  try {
    await changeThing(c.get('account'), noun, id, { was: typedIn(form).was ?? '', values }, { location })
  } catch (refusal) {
    return thingPage(c, noun, id, { form, errors: why(noun, refusal) }, 409)
  }
  return leadTo(c, location)
})

for (const back of [false, true])
  setupOffice.post(`/set-up/:noun/:id/${back ? 'return' : 'retirement'}`, async c => {
    demand(c.get('person'), 'Settings', 2)
    const noun = nounIn(c)
    if (!noun.ends || (noun.ends.page && !back)) throw new NotFound()
    const location = listOf(c, noun)
    await endThing(c.get('account'), noun, idIn(c.req.param('id')), back, { location })
    return leadTo(c, location)
  })

const listOf = (c: OfficeContext, noun: Noun) => {
  const { slug } = c.get('account')
  return noun.list ? `${noun.list(slug)}?saved=1` : paths.office(slug).setupList(noun.path, { saved: 1 })
}

/** What the form says as it is kept, or what is wrong with it. */
async function checked(c: OfficeContext, noun: Noun): Promise<{ values?: Values; errors: Record<string, string> }> {
  const account = c.get('account')
  const [asked] = await read(account, [choicesQuery(account, noun)])
  const schema = formOf(noun.fields, businessZone(account), choicesOf(asked))
  const { data, bad } = parse(schema, gathered(noun.fields, c.get('form')) as Form)
  if (bad) return { errors: bad.errors }
  const errors = noun.check?.(data) ?? {}
  if (Object.keys(errors).length) return { errors }
  return { values: noun.keep?.(data) ?? data, errors }
}

/** A name that is taken is a matter of its field; everything else of the form. */
function why(noun: Noun, refusal: unknown): Record<string, string> {
  if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
  return { [refusal.code === 'name-taken' ? (noun.fields[0]?.name ?? 'form') : 'form']: because(refusal.code) }
}

interface Again {
  form: Form
  errors: Record<string, string>
}

async function thingPage(c: OfficeContext, noun: Noun, id?: number, again?: Again, status: 200 | 409 | 422 = 200) {
  const account = c.get('account')
  const zone = businessZone(account)
  const [things, asked] = await read(account, [thingsQuery(account, noun, id ?? 0), choicesQuery(account, noun)])
  const thing: Thing | undefined = id === undefined ? undefined : found(things)
  const choices = choicesOf(asked)
  const form = again?.form
  const typed: Record<string, string> = form ? typedIn(form) : thing ? typedOf(noun.fields, thing.values, zone) : {}
  // Somebody saved in between: what it says now stands beside what was typed, and the next sending counts for both.
  const differs = form && thing && form.was !== thing.was
  const now = differs
    ? Object.fromEntries(noun.fields.map(field => [field.name, sayField(field, thing.values, choices, zone)]))
    : {}
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={thing ? nameOf(noun, thing.values) : `New ${noun.one}`}
      current="settings"
      more
    >
      <ThingPage
        noun={noun}
        at={at}
        thing={thing && { id: thing.id, name: nameOf(noun, thing.values), was: thing.was, ended: thing.ended }}
        typed={typed}
        chosen={Object.fromEntries(
          noun.fields.flatMap(({ name, kind }) =>
            kind === 'several'
              ? [[name, form ? [form[name] ?? []].flat() : ((thing?.values[name] ?? []) as number[]).map(String)]]
              : [],
          ),
        )}
        choices={choices}
        now={now}
        boxes={Object.fromEntries(noun.fields.map(field => [field.name, boxesOf(field)]))}
        errors={again?.errors}
        mayChange={level(c.get('person'), 'Settings') === 2}
        keys={[crypto.randomUUID(), crypto.randomUUID()]}
      />
    </OfficeLayout>,
    status,
  )
}
