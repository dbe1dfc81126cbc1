import type { Tone } from '../ui/bits'
import type { Option } from '../ui/form'

/** What the window is asked to show. Values as in the query string; '' is the default of each. */
export type Filter = {
  type: string
  notes: string
  status: string
  location: string
  per: number
  page: number
  after?: string
  before?: string
  /** The filters as they were shown: when a form comes back with others, the page is 1 again. */
  was: string
}

/** Something that can be done to an entry, and where. */
export type Act = {
  href: string
  /** It needs an answer first: a date, or a full class. Then it leads to the details instead of acting. */
  ask?: boolean
}

/** One thing a family did, ready to be read. */
export type Row = {
  id: number
  kind: string
  typeLabel: string
  /** Types in capitals, such as AUTODROP. */
  typeTone?: Tone
  icon: string
  family?: { id: number; name: string }
  student?: { id: number; name: string }
  trial?: boolean
  what: string
  /** Where the thing itself leads: the class, the ledger, the booking. */
  whatHref?: string
  subs: { icon?: string; tone?: Tone; text: string }[]
  where: string
  when: string
  status: { word: string; tone?: Tone }
  /** What may not be done is not there. `look` always is. */
  acts: { approve?: Act; deny?: Act; look: Act; write?: Act; dismiss?: Act }
}

/** What came of an action, row by row where more than one was meant. */
export type Report = {
  tone: 'green' | 'amber' | 'red'
  /** "2 approved. 1 is still pending." */
  summary: string
  lines: { text: string; href?: string }[]
  /** What can be taken back: entries by their ids, and where to. */
  undo?: { action: string; entries: number[] }
}

export type WindowProps = {
  slug: string
  filter: Filter
  kinds: Option[]
  locations: { id: number; name: string }[]
  rows: Row[]
  /** All that waits, of the places this person may see. */
  pending: number
  total: { count: number; more: boolean }
  /** Where the total is counted, when there are more than it says. */
  totalHref?: string
  /** "4", "20+" */
  pages: string
  /** What was put right, such as a page that does not exist. */
  corrected?: string
  mayAct: boolean
  report?: Report
  /** Makes a form that is sent twice have one effect. */
  formKey: string
  /** This very list, to come back to after an action. */
  here: string
  next?: string
  previous?: string
  /** The page boxes say something else than what is shown, as after a filter that begins at page 1 again. */
  boxesStale?: boolean
  /** Opens the Email Blast for the selected entries' families. */
  emailHref?: string
  /** Where Close leads without a script. */
  closeHref: string
}
