import * as z from 'zod'
import { noOverride, type Override } from '../classes/tuitions'
import { amount, day, id, note, optional, optionalLine, tick } from '../forms'
import { typed as typedAmount } from '../money'
import type { Query } from '../paths'
import type { Beginning } from './enroll'

/** A price that staff agreed, as its fields say it. */
const overrideFields = {
  override: z
    .enum(['', 'flat', 'unit'], 'Choose what the agreed price is for.')
    .optional()
    .transform(kind => kind || null),
  amount: optional(amount('Agreed price')),
  until: optional(day('Good until')),
  prorates: tick,
}

interface TypedOverride {
  override: 'flat' | 'unit' | null
  amount: number | null
  until: string | null
  prorates: boolean
}

const priced = ({ override, amount: cents }: TypedOverride) => !override || cents !== null
const unpriced = { path: ['amount'], message: 'The agreed price is missing.' }

const overrideOf = ({ override, amount: cents, until, prorates }: TypedOverride): Override =>
  override
    ? { overrideKind: override, overrideCents: cents, overrideUntil: until, overrideProrates: prorates ? 1 : 0 }
    : noOverride

/** The same as fields of an address. */
export const overrideQuery = ({ overrideKind, overrideCents, overrideUntil, overrideProrates }: Override): Query =>
  overrideKind
    ? {
        override: overrideKind,
        amount: typedAmount(overrideCents ?? 0),
        until: overrideUntil,
        prorates: overrideProrates === 1,
      }
    : {}

const ordered = ({ start, drop }: { start: string; drop: string | null }) => !drop || drop >= start
const unordered = { path: ['drop'], message: 'This is before the start date.' }

/** What staff want for a student, as the wizard's address and its last form say it. */
export interface StaffWish {
  studentId: number
  /** The household that is billed, where a child lives in two. */
  familyId?: number
  classId: number
  type: Beginning['type']
  startDate: string
  dropDate: string | null
  termId: number | null
  scheduleId: number | null
  override: Override
  /** The place on the waitlist that becomes this one. */
  waitId: number | null
  /** The last day in the class that the place on the waitlist was to replace. */
  lastDay: string | null
  /** What a makeup is paid with. */
  tokenId: number | null
  code: string | null
}

export const wishForm = z
  .object({
    student: id('a student'),
    family: optional(id('a household')),
    class: id('a class'),
    type: z.enum(['active', 'trial', 'makeup', 'single_day', 'wait'], 'Choose a type.'),
    start: day('Start date'),
    drop: optional(day('Drop date')),
    session: optional(id('a session')),
    schedule: optional(id('a billing schedule')),
    ...overrideFields,
    wait: optional(id('a place on the waitlist')),
    last: optional(day('Drop Date for Previous Class')),
    token: optional(id('a makeup token')),
    code: optionalLine('Promo code', 40),
  })
  .refine(ordered, unordered)
  .refine(priced, unpriced)
  .transform(
    (typed): StaffWish => ({
      studentId: typed.student,
      familyId: typed.family ?? undefined,
      classId: typed.class,
      type: typed.type,
      startDate: typed.start,
      dropDate: typed.drop,
      termId: typed.session,
      scheduleId: typed.schedule,
      override: overrideOf(typed),
      waitId: typed.wait,
      lastDay: typed.last,
      tokenId: typed.token,
      code: typed.code,
    }),
  )

/** A wish as fields: for the wizard's address and the hidden inputs of its last form. */
export const wishQuery = (wish: StaffWish): Query => ({
  student: wish.studentId,
  family: wish.familyId,
  class: wish.classId,
  type: wish.type,
  start: wish.startDate,
  drop: wish.dropDate,
  session: wish.termId,
  schedule: wish.scheduleId,
  ...overrideQuery(wish.override),
  wait: wish.waitId,
  last: wish.lastDay,
  token: wish.tokenId,
  code: wish.code,
})

/** What somebody says who has seen what an act does. */
export interface Consent {
  /** The doubts that were read and set aside. */
  despite: string[]
  /** How many places were taken, when overbooking was agreed to. */
  overbook: number | null
  /** Whether the money that was shown is posted. */
  post: boolean
  /** What it came to, in cents. */
  cents: number
  mail: boolean
  notes: string | null
}

const whole = z
  .string()
  .optional()
  .transform(text => (text && /^-?\d{1,9}$/.test(text) ? Number(text) : null))

export const consentForm = z
  .object({
    agreed: tick,
    doubts: z.string().optional(),
    overbook: tick,
    seen: whole,
    post: tick,
    cents: whole,
    mail: tick,
    note: note('Notes', 1000),
  })
  .transform(
    ({ agreed, doubts, overbook, seen, post, cents, mail, note: notes }): Consent => ({
      despite: agreed ? (doubts ?? '').split(' ').filter(Boolean) : [],
      overbook: overbook ? seen : null,
      post,
      cents: cents ?? 0,
      mail,
      notes,
    }),
  )

/** What of an enrollment can be changed. */
export interface StaffEdit {
  startDate: string
  dropDate: string | null
  reasonId: number | null
  termId: number | null
  scheduleId: number | null
  override: Override
}

export const editForm = z
  .object({
    start: day('Start date'),
    drop: optional(day('Drop date')),
    reason: optional(id('a drop reason')),
    session: optional(id('a session')),
    schedule: optional(id('a billing schedule')),
    ...overrideFields,
  })
  .refine(ordered, unordered)
  .refine(priced, unpriced)
  .transform(
    (typed): StaffEdit => ({
      startDate: typed.start,
      dropDate: typed.drop,
      reasonId: typed.reason,
      termId: typed.session,
      scheduleId: typed.schedule,
      override: overrideOf(typed),
    }),
  )

export const editQuery = (edit: StaffEdit): Query => ({
  start: edit.startDate,
  drop: edit.dropDate,
  reason: edit.reasonId,
  session: edit.termId,
  schedule: edit.scheduleId,
  ...overrideQuery(edit.override),
})
