import { isZone } from '../clock'
import { isCurrency } from '../money'
import { slugOf } from '../programs/programs'
import { blackoutSchedules } from '../schema/blackouts'
import { locations } from '../schema/locations'
import { levels, programs, terms, zones } from '../schema/programs'
import { blackoutsOf, datesOf, followClosures, followTerms, programsOf } from './beside'
import { type Noun, retired } from './noun'
import { colour, name, order, plainColour, shownColour } from './shared'
import { openTo, windowErrors, windows } from './windows'

const effects = {
  both: 'No classes and no tuition',
  closures: 'No classes, tuition stays',
  billing: 'Classes, but no tuition',
}

/** What a timetable is made of. */
export const timetableNouns: Noun[] = [
  {
    path: 'locations',
    one: 'location',
    many: 'Locations',
    about: 'Where classes are held. Each has its own clock, and its money in its own currency.',
    table: locations,
    fields: [
      name,
      { kind: 'line', name: 'timeZone', label: 'Time zone', max: 60, needed: true, hint: 'Like America/Chicago.' },
      { kind: 'line', name: 'currency', label: 'Currency', max: 3, needed: true, hint: 'Three letters, like USD.' },
      { kind: 'line', name: 'phone', label: 'Phone', max: 40 },
      order,
    ],
    order: 't.sort, t.id',
    ends: { column: 'closedAt', act: 'Close', state: 'Closed', back: 'Open again', page: 'closing' },
    check: ({ timeZone, currency }): Record<string, string> => ({
      ...(isZone(String(timeZone)) ? {} : { timeZone: 'This is no time zone like America/Chicago.' }),
      ...(isCurrency(String(currency)) ? {} : { currency: 'This is no currency like USD.' }),
    }),
    stamps: (account, { name: word }, isNew) => (isNew ? { slug: slugOf(String(word)), createdAt: account.now } : {}),
  },
  {
    path: 'programs',
    one: 'program',
    many: 'Programs',
    about: 'The label that classes, appointments, parties and money are told apart by.',
    table: programs,
    fields: [
      name,
      {
        kind: 'choice',
        name: 'kind',
        label: 'Kind',
        options: {
          class: 'Classes',
          camp: 'Camps',
          appointment: 'Appointments',
          party: 'Parties',
          non_class: 'Money only',
        },
      },
      {
        kind: 'one',
        name: 'discountScheduleId',
        label: 'Discount schedule',
        from: 'discounts',
        what: 'a discount schedule',
        none: 'None',
      },
      { kind: 'several', name: 'blackouts', label: 'Blackout dates', from: 'blackouts' },
      ...openTo,
    ],
    beside: [blackoutsOf],
    order: 't.sort, lower(t.name), t.id',
    ends: retired,
    follow: followClosures,
  },
  {
    path: 'levels',
    one: 'level',
    many: 'Levels',
    about: 'From the first to the last: the order decides which level is the next one.',
    table: levels,
    fields: [name, order, colour],
    order: 't.sort, lower(t.name), t.id',
    ends: retired,
    keep: plainColour,
    show: shownColour,
  },
  {
    path: 'zones',
    one: 'zone',
    many: 'Zones',
    about: 'Parts of a location: a floor, a pool, a room.',
    table: zones,
    fields: [
      name,
      { kind: 'one', name: 'locationId', label: 'Location', from: 'locations', what: 'a location' },
      {
        kind: 'whole',
        name: 'maxClasses',
        label: 'Classes at once',
        least: 1,
        most: 99,
        hint: 'Empty for any number.',
      },
    ],
    order: 't.location_id, lower(t.name), t.id',
    within: ['locationId'],
    ends: retired,
  },
  {
    path: 'sessions',
    one: 'session',
    many: 'Sessions',
    about: 'A term with its first and last day. Classes that bill by session begin and end with it.',
    table: terms,
    fields: [
      name,
      {
        kind: 'choice',
        name: 'kind',
        label: 'Kind',
        options: { session: 'Session: enrollments end with it', rolling: 'Rolling: enrollments go on' },
      },
      {
        kind: 'one',
        name: 'locationId',
        label: 'Location',
        from: 'locations',
        what: 'a location',
        none: 'All locations',
      },
      { kind: 'day', name: 'startDate', label: 'First day', needed: true },
      { kind: 'day', name: 'endDate', label: 'Last day', needed: true },
      ...windows,
    ],
    order: 't.start_date desc, t.id desc',
    within: ['locationId'],
    ends: retired,
    check: values => ({
      ...(String(values.endDate) < String(values.startDate) ? { endDate: 'This is before the first day.' } : {}),
      ...windowErrors(values),
    }),
    follow: followTerms,
  },
  {
    path: 'blackout-dates',
    one: 'blackout schedule',
    many: 'Blackout Dates',
    about: 'Days on which the classes of some programs do not meet, or are not billed.',
    table: blackoutSchedules,
    fields: [
      name,
      { kind: 'choice', name: 'effect', label: 'Effect', options: effects },
      {
        kind: 'dates',
        name: 'dates',
        label: 'Dates',
        hint: 'One a line, with its name behind it: 2026-12-24 Christmas Eve.',
      },
      { kind: 'several', name: 'programs', label: 'Programs', from: 'programs' },
    ],
    beside: [datesOf, programsOf],
    order: 'lower(t.name), t.id',
    ends: retired,
    follow: followClosures,
  },
]
