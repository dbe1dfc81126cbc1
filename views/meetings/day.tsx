import { Crumbs, count, Empty, Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, type Option, Options, TickField } from '../ui/form'
import { safeHref } from '../ui/href'

/** All classes of a day canceled at once: first which, then why (A5). */
export const DayCancelPage = ({
  calendarHref,
  action,
  formKey,
  on,
  day,
  location,
  locations,
  classes,
  taken,
  canceled,
  oneDay,
  tokens,
  reason,
  tells,
  gives,
  done,
  error,
  errors,
}: {
  calendarHref: string
  action: string
  formKey: string
  on: string
  /** "Mon, Nov 30, 2026" */
  day: string
  location: number
  locations: Option[]
  classes: { label: string; href: string }[]
  /** Attendance was taken, so they stay. */
  taken: number
  canceled: number
  /** Enrolled for just this day. */
  oneDay: number
  tokens: boolean
  reason: string
  tells: boolean
  gives: boolean
  /** So many were just canceled. */
  done?: number
  error?: string
  errors?: Errors
}) => (
  <>
    <Crumbs trail={[{ label: 'Calendar', href: calendarHref }]} here="Cancel a day" />
    <div class="head">
      <h1>Cancel a day</h1>
    </div>
    <div class="stack">
      {done && <Notice tone="green">{count(done, 'class is', 'classes are')} canceled.</Notice>}
      <FormError>{error}</FormError>
      <section class="card" aria-label="Cancel a day">
        <form class="filters" aria-label="Choose the day">
          <label>
            Day <input type="date" name="on" value={on} />
          </label>
          <label>
            Location{' '}
            <select name="location">
              <Options options={[{ value: '', label: 'All' }, ...locations]} value={location || ''} />
            </select>
          </label>
          <Button>Go</Button>
        </form>
        {classes.length ? (
          <form class="body stack" method="post" action={action}>
            <FormKey value={formKey} />
            <input type="hidden" name="on" value={on} />
            <input type="hidden" name="location" value={location || ''} />
            <input type="hidden" name="count" value={classes.length} />
            <h2>
              {count(classes.length, 'class', 'classes')} on {day}
            </h2>
            <ul class="plain-list">
              {classes.map(({ label, href }) => (
                <li>
                  <a href={safeHref(href)}>{label}</a>
                </li>
              ))}
            </ul>
            <p>
              {oneDay > 0 &&
                `${count(oneDay, 'enrollment is', 'enrollments are')} for just this day: they stay, and nothing is credited by itself. `}
              Tuition does not change.
              {taken > 0 && ` ${count(taken, 'class stays', 'classes stay')}, because attendance was taken.`}
            </p>
            <AreaField
              label="Reason"
              name="reason"
              value={reason}
              error={errors?.reason}
              focus={Boolean(errors?.reason)}
            />
            <TickField label="E-mail the families" name="tell" checked={tells} />
            {tokens && <TickField label="Give makeup tokens" name="tokens" checked={gives} />}
            <p>
              <Button look="danger">Cancel {count(classes.length, 'class', 'classes')}</Button>
            </p>
          </form>
        ) : (
          <Empty icon="calendar">
            {canceled ? 'Everything on this day is canceled.' : 'No class takes place on this day.'}
          </Empty>
        )}
      </section>
    </div>
  </>
)
