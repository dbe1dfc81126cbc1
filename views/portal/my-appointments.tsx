import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Pill, type Tone } from '../ui/bits'
import { ButtonLink } from '../ui/button'

export type MyBooking = {
  id: number
  what: string
  about: string
  when: string
  state: 'held' | 'requested' | 'moving' | 'booked' | 'done' | 'no_show' | 'cancelled' | 'denied'
  price?: string
  /** The punch pass that paid it. */
  punch?: string
  /** What canceling it cost, or moving it away. */
  fee?: string
  /** What moving it here is to cost. */
  moveFee?: string
}

const words = () =>
  ({
    held: { word: t('Requested'), tone: 'amber' },
    requested: { word: t('Requested'), tone: 'amber' },
    moving: { word: t('New time requested'), tone: 'amber' },
    booked: { word: t('Booked'), tone: 'green' },
    done: { word: t('Took place') },
    no_show: { word: t('Missed'), tone: 'red' },
    cancelled: { word: t('Canceled') },
    denied: { word: t('Denied') },
  }) satisfies Record<MyBooking['state'], { word: string; tone?: Tone }>

const Line = ({ booking, children }: { booking: MyBooking; children?: Child }) => {
  const { word, tone } = words()[booking.state] as { word: string; tone?: Tone }
  return (
    <li class="line">
      <span>
        <b>{booking.what}</b> <small>{booking.about}</small>
        <small>{booking.when}</small>
        {booking.punch && <small>{t('Paid with a punch of {title}', { title: booking.punch })}</small>}
        {booking.moveFee && <small>{t('Moving it costs {amount}', { amount: booking.moveFee })}</small>}
        {booking.fee && <small>{t('Cancellation fee {amount}', { amount: booking.fee })}</small>}
      </span>
      <span>
        <Pill tone={tone}>{word}</Pill>
        {booking.price && <small class="num">{booking.price}</small>}
      </span>
      {children}
    </li>
  )
}

/** The appointments of a family: what comes, and what was. */
export const MinePage = ({
  shell,
  done,
  mayBook,
  coming,
  past,
}: {
  shell: PortalShell
  done?: string
  mayBook: boolean
  coming: (MyBooking & { may: { cancel: boolean; move: boolean; invite: boolean } })[]
  past: MyBooking[]
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('My appointments')} current="account" narrow>
      <p>
        <a href={at.account()}>{t('My Account')}</a>
      </p>
      <h1>{t('My appointments')}</h1>
      {done && <Notice tone="green">{done}</Notice>}
      {mayBook && (
        <p>
          <ButtonLink look="soft" icon="appointments" href={at.appointments()}>
            {t('Book an appointment')}
          </ButtonLink>
        </p>
      )}
      <ul class="card" role="list">
        {coming.map(booking => (
          <Line booking={booking}>
            <div class="rowed">
              {booking.may.invite && (
                <ButtonLink look="plain" href={at.bookingGuests(booking.id)} about={`${booking.what}, ${booking.when}`}>
                  {t('Invite others')}
                </ButtonLink>
              )}
              {booking.may.move && (
                <ButtonLink look="plain" href={at.bookingMove(booking.id)} about={`${booking.what}, ${booking.when}`}>
                  {t('Reschedule')}
                </ButtonLink>
              )}
              {booking.may.cancel && (
                <ButtonLink look="plain" href={at.bookingEnd(booking.id)} about={`${booking.what}, ${booking.when}`}>
                  {booking.state === 'booked' ? t('Cancel appointment') : t('Withdraw')}
                </ButtonLink>
              )}
            </div>
          </Line>
        ))}
        {!coming.length && <li class="empty">{t('Nothing is booked.')}</li>}
      </ul>
      {past.length > 0 && (
        <details class="fold">
          <summary>{t('Past and canceled')}</summary>
          <ul class="card" role="list">
            {past.map(booking => (
              <Line booking={booking} />
            ))}
          </ul>
        </details>
      )}
    </PortalLayout>
  )
}
