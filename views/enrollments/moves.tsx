import * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, TextField, TickField } from '../ui/form'
import { Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { Kept } from './choose'
import { Agreements, DropReason, Money, type MoneyLine, Never, NoteAndMail } from './decision'

export type Common = {
  slug: string
  action: string
  formKey: string
  recordHref: string
  who: string
  error?: string
  errors?: Errors
}

type Fact = { label: string; value: string; href?: string }

/** Where it belongs and what is done. */
export const Head = ({
  slug,
  recordHref,
  who,
  verb,
  about,
}: Pick<Common, 'slug' | 'recordHref' | 'who'> & { verb: string; about?: string }) => (
  <RecordHead
    trail={[
      { label: 'Enrollments', href: paths.office(slug).enrollments() },
      { label: who, href: recordHref },
    ]}
    title={`${verb} ${who}`}
    about={about}
  />
)

/** Why it cannot be, and where what is asked can be decided. */
export type TransferProps = Common & {
  otherHref: string
  facts: Fact[]
  values: { date: string; drop: string; keep: boolean; waitlist: boolean }
  oneDay: boolean
  mayWait: boolean
  /** There is an agreed price or a billing schedule to go along. */
  carries: boolean
  kept: paths.Query
  never?: string
  asked?: string
  doubts: { code: string; sentence: string }[]
  clashes: string[]
  full?: { sentence: string; seen: number }
  waitHref?: string
  money: MoneyLine[]
  cents: number
  posts: boolean
  mail: boolean
  note: string
}

/** A transfer: its days are looked at as often as one likes, and then it is made. */
export const TransferPage = (props: TransferProps) => {
  const { action, values, oneDay, never, asked, doubts, clashes, full, money, cents, posts, mail, note, kept } = props
  return (
    <>
      <Head {...props} verb="Transfer" />
      <FormError>{props.error}</FormError>
      <Never never={never} asked={asked} />
      {clashes.length > 0 && <Notice>At the same time as {clashes.join(', ')}.</Notice>}
      <div class="split">
        <div class="stack">
          <Section title="Dates">
            <form class="stack" action={action} aria-label="Dates">
              <Kept kept={{ class: kept.class }} />
              <TextField label="Transfer date" name="date" type="date" required value={values.date} />
              {!oneDay && !values.waitlist && (
                <TextField
                  label="Drop Date for Previous Class"
                  name="drop"
                  type="date"
                  value={values.drop}
                  hint="The day before, unless it ends earlier."
                />
              )}
              {props.carries && (
                <TickField label="Keep the agreed price and billing schedule" name="keep" checked={values.keep} />
              )}
              {props.mayWait && (
                <TickField
                  label="To the waitlist"
                  name="waitlist"
                  checked={values.waitlist}
                  hint="The student keeps the place here until there is one there."
                />
              )}
              <p>
                <Button>Show what it does</Button>{' '}
                <ButtonLink href={props.otherHref} look="plain">
                  Another class
                </ButtonLink>
              </p>
            </form>
          </Section>
          {!never && (
            <form class="stack" method="post" action={action} aria-label="Transfer">
              <FormKey value={props.formKey} />
              <Kept kept={kept} />
              <Section title="Money">
                <Money lines={money} cents={cents} posts={posts} none="It moves no money." />
              </Section>
              <Section title="Transfer">
                <div class="stack">
                  <Agreements doubts={doubts} full={full} waitHref={props.waitHref} verb="Transfer" />
                  <NoteAndMail note={note} mail={mail} error={props.errors?.note} />
                  <p>
                    <Button look="primary">Transfer</Button>
                  </p>
                </div>
              </Section>
            </form>
          )}
        </div>
        <Section title="What">
          <Pairs pairs={props.facts} />
        </Section>
      </div>
    </>
  )
}

export type DropProps = Common & {
  facts: Fact[]
  /** The date that can be chosen; nothing for one day and for the waitlist. */
  date?: string
  lastDay: string
  past: boolean
  waits: boolean
  reasons: Option[]
  reason?: string
  never?: string
  asked?: string
  money: MoneyLine[]
  cents: number
  posts: boolean
  mail: boolean
  note: string
}

/** A drop: the last day, what was paid for later days, why, and then it is made. */
export const DropPage = (props: DropProps) => {
  const { action, date, lastDay, waits, reasons, never, asked, money, cents, posts, mail, note, errors } = props
  return (
    <>
      <Head {...props} verb="Drop" />
      <FormError>{props.error}</FormError>
      <Never never={never} asked={asked} />
      {props.past && !never && <Notice tone="amber">That day has passed.</Notice>}
      <div class="split">
        <div class="stack">
          {date !== undefined && (
            <Section title="Last day">
              <form class="stack" action={action} aria-label="Last day">
                <TextField label="Drop date" name="date" type="date" required value={date} error={errors?.date} />
                <p>
                  <Button>Show what it does</Button>
                </p>
              </form>
            </Section>
          )}
          {!never && (
            <form class="stack" method="post" action={action} aria-label="Drop">
              <FormKey value={props.formKey} />
              <input type="hidden" name="date" value={lastDay} />
              {!waits && (
                <Section title="Money">
                  <Money
                    lines={money}
                    cents={-cents}
                    posts={posts}
                    none="Nothing was charged for days after the last one."
                  />
                </Section>
              )}
              <Section title={waits ? 'Cancel waitlist' : 'Drop'}>
                <div class="stack">
                  <DropReason reasons={reasons} reason={props.reason} />
                  <NoteAndMail note={note} mail={mail} error={errors?.note} />
                  <p>
                    <Button look="danger">{waits ? 'Cancel waitlist' : 'Drop'}</Button>
                  </p>
                </div>
              </Section>
            </form>
          )}
        </div>
        <Section title="What">
          <Pairs pairs={props.facts} />
        </Section>
      </div>
    </>
  )
}
