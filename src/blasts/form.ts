import * as z from 'zod'
import type { ComposerProps } from '../../views/blasts/types'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { instant, isDate, isTime } from '../clock'
import { type Form, line, note, parse, typedIn } from '../forms'
import type { MailFile } from '../messages/mail'
import { common, commonNames, sayUnknown, unknownIn } from '../messages/variables'
import type { Draft } from './blasts'

const acts = ['save', 'preview', 'test', 'send', 'schedule', 'template'] as const
export type Act = (typeof acts)[number]

/** Which button was pressed; without one, as ENTER in a field does, the draft is only kept. */
export const actIn = (form: Form): Act => acts.find(act => act === form.act) ?? 'save'

const fileMost = 1_000_000

const words = z.object({
  subject: z
    .string()
    .optional()
    .transform(text => text?.trim() ?? '')
    .pipe(z.union([z.literal(''), line('The subject', 200)])),
  body: note('The text', 20_000).transform(text => text ?? ''),
})

type Typed = ComposerProps['typed']

/** What was typed, for showing it again. */
export function typedAgain(form: Form): Typed {
  const { subject = '', body = '', live = '', date = '', time = '' } = typedIn(form)
  return { subject, body, live: live === '1', date, time }
}

/** Reads what was typed; what is to go out has a subject and a text, and no variable that nobody knows. */
export function draftIn(
  form: Form,
  act: Act,
  files: MailFile[],
): { draft: Draft } | { errors: Record<string, string> } {
  const { data, bad } = parse(words, form)
  if (bad) return { errors: bad.errors }
  const goes = act !== 'save' && act !== 'template'
  const errors: Record<string, string> = {}
  for (const [name, label] of [['subject', 'The subject'] as const, ['body', 'The text'] as const]) {
    const unknown = sayUnknown(unknownIn([data[name]], commonNames))
    if (goes && !data[name]) errors[name] = `${label} is missing.`
    else if (unknown) errors[name] = unknown
  }
  const large = files.find(({ bytes }) => bytes.length > fileMost)
  if (large) errors.files = `${large.name} is larger than 1 MB.`
  else if (files.length > 3) errors.files = 'An e-mail can carry three files.'
  if (Object.keys(errors).length) return { errors }
  return { draft: { ...data, live: form.live === '1', files } }
}

/** When it goes: a day and a time as clocks show them at the business. */
export function momentIn(account: Account, form: Form): { at: number } | { errors: Record<string, string> } {
  const { date = '', time = '' } = typedIn(form)
  const errors: Record<string, string> = {}
  if (!isDate(date)) errors.date = 'Choose the day on which it goes.'
  if (!isTime(time)) errors.time = 'Choose the time at which it goes.'
  if (Object.keys(errors).length) return { errors }
  const at = instant(date, time, businessZone(account))
  if (at <= account.now) return { errors: { time: 'That moment has passed.' } }
  if (at > account.now + 366 * 86_400_000) return { errors: { date: 'That is more than a year away.' } }
  return { at }
}

/** The files of a form; an input that was left empty sends one without a name. */
export async function filesIn(body: Record<string, unknown>): Promise<MailFile[]> {
  const files = [body.files ?? []].flat().filter(file => file instanceof File && (file.name || file.size))
  return Promise.all(
    (files as File[]).map(async file => ({
      // A name is one line in a header of the mail.
      name:
        (file.name || 'file')
          .replace(/[\p{Cc}"\\/]/gu, ' ')
          .trim()
          .slice(0, 120) || 'file',
      type: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream',
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  )
}

/** The variables with their help, by group, for the list beside the text. */
export const variableGroups: ComposerProps['variables'] = [...Map.groupBy(commonNames, name => common[name].group)].map(
  ([group, names]) => ({ group, names: names.map(name => ({ name, help: common[name].help })) }),
)
