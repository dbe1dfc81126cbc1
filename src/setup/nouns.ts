import { customFields } from '../schema/custom-fields'
import { dropReasons } from '../schema/enrollments'
import { referralSources } from '../schema/families'
import { keywords } from '../schema/keywords'
import { grades } from '../schema/students'
import { choicesIn, kindsOfField } from '../students/custom-fields'
import { moneyNouns } from './money-nouns'
import { type Noun, retired } from './noun'
import { colour, name, order, plainColour, shownColour } from './shared'
import { timetableNouns } from './timetable-nouns'

/** What families are asked, and told apart by. */
const familyNouns: Noun[] = [
  {
    path: 'drop-reasons',
    one: 'drop reason',
    many: 'Drop Reasons',
    about: 'What families and staff choose from when an enrollment ends.',
    table: dropReasons,
    fields: [name, order, { kind: 'tick', name: 'showCustomers', label: 'Show to customers' }],
    order: 't.sort, t.id',
    ends: retired,
  },
  {
    path: 'referral-sources',
    one: 'referral source',
    many: 'Referral Sources',
    about: 'How families heard of the business. With at least one here, signing up asks for it.',
    table: referralSources,
    fields: [name, order],
    order: 't.sort, t.id',
    ends: retired,
  },
  {
    path: 'keywords',
    one: 'keyword',
    many: 'Keywords',
    about: 'Free labels for families. One with priority lets them in while priority registration is open.',
    table: keywords,
    fields: [name, colour, { kind: 'tick', name: 'givesPriority', label: 'Priority registration' }],
    order: 'lower(t.name), t.id',
    ends: retired,
    keep: plainColour,
    show: shownColour,
  },
  {
    path: 'grades',
    one: 'grade',
    many: 'Grades',
    about: 'School grades, for a student’s profile.',
    table: grades,
    fields: [name, order],
    order: 't.sort, t.id',
    ends: retired,
  },
  {
    path: 'custom-fields',
    one: 'custom field',
    many: 'Custom Fields',
    about: 'What the business asks of each student besides what everybody asks.',
    table: customFields,
    fields: [
      name,
      { kind: 'choice', name: 'kind', label: 'Kind', options: kindsOfField },
      { kind: 'note', name: 'choices', label: 'Choices', max: 2000, hint: 'For one of several: one a line.' },
      {
        kind: 'choice',
        name: 'portal',
        label: 'Customer Portal',
        options: { hidden: 'Hidden', shown: 'Shown', editable: 'Editable', required: 'Required' },
      },
      order,
    ],
    order: 't.sort, t.id',
    ends: retired,
    check: (values): Record<string, string> => {
      if (values.kind !== 'choice') return {}
      const lines = choicesIn(values.choices as string | null)
      if (lines.length < 2) return { choices: 'One of several needs two choices at least.' }
      return new Set(lines).size < lines.length ? { choices: 'One of them stands there twice.' } : {}
    },
    stamps: () => ({ subject: 'student' }),
  },
]

/** Everything that staff set up by the one list and the one form, in the order of the page that leads to them. */
export const nouns: Noun[] = [...timetableNouns, ...moneyNouns, ...familyNouns]

/** The noun of an address, or of a name in this code. */
export const nounOf = (path: string): Noun | undefined => nouns.find(noun => noun.path === path)
