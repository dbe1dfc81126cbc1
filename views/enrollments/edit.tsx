import type * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { asking, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { Section } from '../ui/record'
import { Kept } from './choose'
import { Agreements, Money, type MoneyLine, MoneyLines } from './decision'
import { OverrideFields } from './enroll'
import { type Common, Head } from './moves'

export type EditProps = Common & {
  lookAction: string
  what: string
  oneDay: boolean
  reasons: Option[]
  sessions: Option[]
  schedules: Option[]
  values: Partial<Record<string, string>>
  /** How the enrollment stands. */
  was: string
  /** What it says by now, where somebody else saved in between. */
  now?: Partial<Record<string, string>>
  /** What the change does, once it was typed. */
  look?: {
    kept: paths.Query
    never?: string
    money: MoneyLine[]
    /** What is posted, in cents: more, or less than nothing. */
    cents: number
    /** Something was charged that the change makes more or less. */
    charged: boolean
    posts: boolean
    full?: { sentence: string; seen: number }
  }
}

/** A change of an enrollment: what is typed is looked at first, and then saved. */
export const EditPage = (props: EditProps) => {
  const { values, errors, now, oneDay, reasons, sessions, schedules, look } = props
  const ask = asking(
    { values, errors, now },
    'start',
    'drop',
    'reason',
    'session',
    'schedule',
    'override',
    'amount',
    'until',
  )
  return (
    <>
      <Head {...props} verb="Edit" about={props.what} />
      <FormError>{props.error}</FormError>
      <div class="split">
        <Section title="Enrollment">
          <form class="stack" action={props.lookAction} aria-label="Enrollment">
            <input type="hidden" name="was" value={props.was} />
            <TextField label={oneDay ? 'Day' : 'Start date'} type="date" required {...ask('start')} />
            {!oneDay && (
              <>
                <TextField label="Drop date" type="date" hint="The last day. Empty: until dropped." {...ask('drop')} />
                {reasons.length > 0 && (
                  <SelectField
                    label="Drop reason"
                    options={[{ value: '', label: 'None' }, ...reasons]}
                    {...ask('reason')}
                  />
                )}
              </>
            )}
            {sessions.length > 0 && (
              <SelectField label="Session" options={[{ value: '', label: 'None' }, ...sessions]} {...ask('session')} />
            )}
            {schedules.length > 0 && (
              <SelectField
                label="Billing schedule"
                options={[{ value: '', label: 'That of the class' }, ...schedules]}
                {...ask('schedule')}
              />
            )}
            <OverrideFields ask={ask} prorates={Boolean(values.prorates)} />
            <p>
              <Button look={look ? undefined : 'primary'}>Show what it does</Button>
            </p>
          </form>
        </Section>
        {look && (
          <Section title="What it does">
            <form class="stack" method="post" action={props.action} aria-label="Save">
              <FormKey value={props.formKey} />
              <Kept kept={look.kept} />
              {look.never && <Notice tone="red">{look.never}</Notice>}
              <input type="hidden" name="was" value={props.was} />
              {look.charged ? (
                <Money lines={look.money} cents={look.cents} posts={look.posts} none="" />
              ) : (
                <>
                  <MoneyLines lines={look.money} />
                  <p class="quiet">Nothing is posted by this: what was charged fits, and the next billing counts it.</p>
                </>
              )}
              <Agreements doubts={[]} full={look.full} />
              {!look.never && (
                <p>
                  <Button look="primary">Save</Button>
                </p>
              )}
            </form>
          </Section>
        )}
      </div>
    </>
  )
}
