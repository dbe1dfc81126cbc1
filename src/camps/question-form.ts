import * as z from 'zod'
import { amount, line, note, optional, tick, whole } from '../forms'
import { cents, typed } from '../money'
import type { QuestionWish } from './question-setup'
import { type Choosable, kindsOfQuestion } from './questions'

const mostChoices = 20

/** "Large = 12.00", one a line: what can be chosen, and what it costs where it costs something. */
function choicesIn(text: string | null): { choices: Choosable[]; wrong?: string } {
  const choices: Choosable[] = []
  const lines = (text ?? '').split('\n').map(one => one.trim())
  for (const one of lines.filter(Boolean)) {
    const [, label = one, fee] = /^(.+?)\s*=\s*([^=]*)$/.exec(one) ?? []
    const cost = fee === undefined ? 0 : cents(fee)
    if (cost === null || cost < 0 || cost > 100_000_000)
      return { choices, wrong: `${label}: the fee is not an amount like 12.00.` }
    if (label.length > 60) return { choices, wrong: 'A choice is longer than 60 characters.' }
    if (choices.some(known => known.label === label)) return { choices, wrong: `${label} stands there twice.` }
    choices.push({ label, cents: cost })
  }
  if (choices.length < 2) return { choices, wrong: 'Write at least two choices, one a line.' }
  return choices.length > mostChoices ? { choices, wrong: `Write up to ${mostChoices} choices.` } : { choices }
}

/** What the form says of a question. */
export const questionForm = z
  .object({
    label: line('Question', 100),
    kind: z.enum(['yes_no', 'text', 'choice'], 'Choose how it is answered.'),
    choices: note('Choices', 2000),
    fee: optional(amount('Fee')),
    required: tick,
    sort: optional(whole('Order', 0, 999)),
    retired: tick,
  })
  .superRefine(({ kind, choices }, context) => {
    const wrong = kind === 'choice' ? choicesIn(choices).wrong : undefined
    if (wrong) context.addIssue({ code: 'custom', path: ['choices'], message: wrong })
  })
  .transform(({ label, kind, choices, fee, required, sort, retired }): QuestionWish & { retired: boolean } => ({
    label,
    kind,
    // A fee of another kind that was typed before the kind was changed costs nobody anything.
    choices: kind === 'choice' ? choicesIn(choices).choices : [],
    feeCents: kind === 'yes_no' ? (fee ?? 0) : 0,
    required,
    sort: sort ?? 0,
    retired,
  }))

/** A question as its form shows it. */
export const typedOf = (row: {
  label: string
  kind: keyof typeof kindsOfQuestion
  choices: string
  feeCents: number
  required: number
  sort: number
  retiredAt: number | null
}): Record<string, string | undefined> => ({
  label: row.label,
  kind: row.kind,
  choices: (JSON.parse(row.choices) as Choosable[])
    .map(choice => (choice.cents ? `${choice.label} = ${typed(choice.cents)}` : choice.label))
    .join('\n'),
  fee: row.feeCents ? typed(row.feeCents) : '',
  required: row.required ? '1' : undefined,
  sort: String(row.sort),
  retired: row.retiredAt === null ? undefined : '1',
})

export const questionKinds = Object.entries(kindsOfQuestion).map(([value, label]) => ({ value, label }))
