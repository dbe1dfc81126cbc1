import * as z from 'zod'
import { type Form, line, note, parse } from '../forms'
import type { Wording } from '../messages/automatic'
import { automatic, variablesOf } from '../messages/templates'
import { common, commonNames, particular, sayUnknown, unknownIn } from '../messages/variables'
import type { Which } from './templates'

const words = z.object({
  subject: line('The subject', 200),
  body: note('The text', 20_000).refine(text => text !== null, 'The text is missing.'),
})
const named = words.extend({ name: line('The name', 80) })

type Read<T> = { data: T; errors?: undefined } | { data?: undefined; errors: Record<string, string> }

/** The words of a form, with no variable that cannot be filled when they go out. */
export function wordingIn(form: Form, which: Which): Read<Wording> {
  const { data, bad } = parse(words, form)
  return bad ? { errors: bad.errors } : known({ ...data, body: data.body ?? '' }, allowedIn(which))
}

/** The same of a new template for Email Blasts, with its name. */
export function newTemplateIn(form: Form): Read<Wording & { name: string }> {
  const { data, bad } = parse(named, form)
  return bad ? { errors: bad.errors } : known({ ...data, body: data.body ?? '' }, commonNames)
}

function known<W extends Wording>(data: W, allowed: readonly string[]): Read<W> {
  const errors: Record<string, string> = {}
  for (const name of ['subject', 'body'] as const) {
    const unknown = sayUnknown(unknownIn([data[name]], allowed))
    if (unknown) errors[name] = unknown
  }
  return Object.keys(errors).length ? { errors } : { data }
}

/** The version that was seen; one that cannot be is nobody's. */
export const seenIn = (form: Form) => (/^\d{1,9}$/.test(String(form.version ?? '')) ? Number(form.version) : -1)

const allowedIn = (which: Which) => (which.kind === 'automatic' ? variablesOf(which.name) : commonNames)

/** The variables that a template may use, with their help, the notice's own ones first. */
export function variablesFor(which?: Which): { group: string; names: { name: string; help: string }[] }[] {
  const own = which?.kind === 'automatic' ? automatic[which.name].own : []
  const shared = [...Map.groupBy(commonNames, name => common[name].group)]
  return [
    ...(own.length ? [{ group: 'This notice', names: own.map(name => ({ name, help: particular[name].help })) }] : []),
    ...shared.map(([group, names]) => ({ group, names: names.map(name => ({ name, help: common[name].help })) })),
  ]
}
