import { t } from '../../src/language'
import * as paths from '../../src/paths'
import type { PortalShell } from '../layouts/portal'
import { LogInFirst, OfferPage, Unfit } from '../portal/offer'
import { Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey } from '../ui/form'
import { Pairs } from '../ui/list'
import { type AskedQuestion, ForWhom, WhatIsAsked } from './questions'
import { WaitlistForm } from './waitlist'

export type CampPageProps = {
  shell: PortalShell
  formKey: string
  camp: {
    id: number
    name: string
    /** The title of its type: "Summer Camps". */
    type: string
    when: string
    description?: string
    facts: { label: string; value: string }[]
    attend: 'whole' | 'blocks' | 'days'
    /** Families may wait for what is full. */
    waits: boolean
  }
  act: 'Enroll' | 'Request'
  blocks: {
    id: number
    name: string
    hours: string
    days: {
      date: string
      label: string
      hours: string
      over: boolean
      full: boolean
      /** Hidden where the business does not show openings. */
      left?: number
      chosen: boolean
    }[]
    over: boolean
    full: boolean
    chosen: boolean
  }[]
  students: {
    id: number
    name: string
    chosen: boolean
    reasons: string[]
    wayHref?: string
    questions: AskedQuestion[]
  }[]
  /** What is asked of each child, and what the answers cost. */
  questions: { label: string; about?: string }[]
  /** Why nobody can register now, and from when. */
  closed?: string
  /** Why this family cannot register at all. */
  suspended?: string
  /** "Nothing is due at sign-up." */
  due?: string
  note: string
  /** It was the waitlist that was asked for. */
  waits: boolean
  errors?: Errors
}

type Day = CampPageProps['blocks'][number]['days'][number]

const DayState = ({ day }: { day: Day }) => {
  if (day.over) return <Pill>{t('Over')}</Pill>
  if (day.full) return <Pill tone="red">{t('Full')}</Pill>
  return day.left === undefined ? null : <small>{t('{places} left', { places: day.left })}</small>
}

const canHave = ({ over, full }: { over: boolean; full: boolean }) => !over && !full

const DayChips = ({ blocks, error }: { blocks: CampPageProps['blocks']; error?: string }) => (
  <>
    {blocks.map(({ name, hours, days }) => (
      <fieldset class="chips">
        <legend>
          {name}, {hours}
        </legend>
        {days.map(day => (
          <label class="chip">
            <input
              type="checkbox"
              name="day"
              value={day.date}
              checked={(day.chosen && canHave(day)) || undefined}
              disabled={!canHave(day) || undefined}
            />
            {day.label} <DayState day={day} />
          </label>
        ))}
      </fieldset>
    ))}
    {error && <p class="error">{t(error)}</p>}
  </>
)

const BlockChips = ({ blocks, error }: { blocks: CampPageProps['blocks']; error?: string }) => (
  <fieldset class="chips">
    <legend>{t('Which blocks?')}</legend>
    {blocks.map(block => (
      <label class="chip">
        <input
          type="checkbox"
          name="block"
          value={block.id}
          checked={(block.chosen && canHave(block)) || undefined}
          disabled={!canHave(block) || undefined}
        />
        {block.name} {block.over ? <Pill>{t('Over')}</Pill> : block.full ? <Pill tone="red">{t('Full')}</Pill> : null}
      </label>
    ))}
    {error && <p class="error">{t(error)}</p>}
  </fieldset>
)

/** What a family can choose, by what the camp lets it. */
const Choices = ({ camp, blocks, errors }: Pick<CampPageProps, 'camp' | 'blocks' | 'errors'>) => {
  if (camp.attend === 'days') return <DayChips blocks={blocks} error={errors?.day} />
  if (camp.attend === 'blocks') return <BlockChips blocks={blocks} error={errors?.day} />
  return <p>{t('All days, from the first to the last.')}</p>
}

/** The days of a camp, to be read. */
const Days = ({ blocks }: Pick<CampPageProps, 'blocks'>) => (
  <>
    {blocks.map(({ name, hours, days }) => (
      <>
        <h2>
          {name}, {hours}
        </h2>
        <ul class="plain-list">
          {days.map(day => (
            <li>
              {day.label} <DayState day={day} />
            </li>
          ))}
        </ul>
      </>
    ))}
  </>
)

/** What a family can wait for: full days or blocks, or the whole camp for a day of it. */
function whatIsFull({ attend }: CampPageProps['camp'], blocks: CampPageProps['blocks'], waits: boolean) {
  const some = attend === 'days' ? blocks.flatMap(({ days }) => days) : blocks
  if (attend === 'whole' && some.some(({ over }) => over)) return []
  return some
    .filter(({ full, over }) => full && !over)
    .map(one => ({
      ...('date' in one
        ? { name: 'day' as const, value: one.date, label: one.label }
        : { name: 'block' as const, value: one.id, label: one.name }),
      chosen: waits && one.chosen,
    }))
}

const Register = (props: CampPageProps) => {
  const { shell, formKey, camp, blocks, students, closed, suspended, due, note, waits, errors } = props
  const at = paths.portal(shell.slug)
  const here = at.camp(camp.id)
  if (closed) return <Notice tone="amber">{closed}</Notice>
  const none = camp.attend === 'whole' ? !blocks.every(canHave) : !blocks.some(({ days }) => days.some(canHave))
  const full = camp.waits ? whatIsFull(camp, blocks, waits) : []
  if (none && !full.length) return <Notice tone="amber">{t('No day is free any more.')}</Notice>
  if (!shell.guardian)
    return (
      <LogInFirst slug={shell.slug} here={here}>
        {t('Log in to choose days, and who they are for.')}
      </LogInFirst>
    )
  if (suspended) return <Notice tone="amber">{t(suspended)}</Notice>
  const fitting = students.filter(({ reasons }) => !reasons.length)
  // Two forms stand on the page: what was wrong with one is said there.
  const mine = waits ? undefined : errors
  return (
    <>
      {!fitting.length && <FormError>{errors?.form}</FormError>}
      {none && <Notice tone="amber">{t('No day is free any more.')}</Notice>}
      {!none && fitting.length > 0 && (
        <form class="stack" method="post" action={at.campToCart(camp.id)}>
          <FormKey value={formKey} />
          <FormError>{mine?.form}</FormError>
          <ForWhom students={fitting} errors={mine} />
          <Choices camp={camp} blocks={blocks} errors={mine} />
          <AreaField
            label={t('Note')}
            name="note"
            hint={t('Anything we should know.')}
            value={waits ? '' : note}
            maxlength={1000}
            error={mine?.note}
          />
          {due && <p class="quiet">{due}</p>}
          <Button look={['primary', 'wide']}>{t('Add to cart')}</Button>
          <p class="quiet">{t('The place is kept for you while you check out.')}</p>
        </form>
      )}
      {full.length > 0 && fitting.length > 0 && (
        <WaitlistForm
          slug={shell.slug}
          campId={camp.id}
          formKey={crypto.randomUUID()}
          open={none || waits}
          choices={camp.attend === 'whole' ? undefined : full}
          students={fitting}
          note={waits ? note : ''}
          errors={waits ? errors : undefined}
        />
      )}
      <Unfit students={students} />
      <ButtonLink look="plain" icon="plus" href={`${at.newStudent}?next=${encodeURIComponent(here)}`}>
        {t('Add Student')}
      </ButtonLink>
    </>
  )
}

/** One camp or event: its days, its prices, and the form that asks for some of them. */
export const CampPage = (props: CampPageProps) => {
  const { shell, camp, act, blocks } = props
  return (
    <OfferPage
      shell={shell}
      title={camp.name}
      current="camps"
      when={[camp.type, camp.when].join(', ')}
      all={{ href: paths.portal(shell.slug).camps(), label: t('All camps') }}
      aboutIt={t('About this camp')}
      about={
        <>
          {camp.description && <p>{camp.description}</p>}
          <Pairs pairs={camp.facts} />
          {/* Who can choose days sees them in the form. */}
          {!(shell.guardian && camp.attend === 'days') && <Days blocks={blocks} />}
          {!shell.guardian && <WhatIsAsked questions={props.questions} />}
        </>
      }
      ask={{ id: 'register', title: t(act) }}
    >
      <Register {...props} />
    </OfferPage>
  )
}
