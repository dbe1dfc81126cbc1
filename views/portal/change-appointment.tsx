import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, type Option, SelectField } from '../ui/form'

/** What becomes of those who were invited, before the family that invited them leaves. */
const OthersStay = () => (
  <Notice>{t('Those you invited keep their places and what they pay. Invitations that nobody used yet end.')}</Notice>
)

/** Asks once before an appointment is given back: what becomes of the money stands here. */
export const CancelPage = ({
  shell,
  id,
  formKey,
  what,
  who,
  isMove,
  charged,
  punch,
  leavesOthers,
  fee,
  error,
}: {
  shell: PortalShell
  id: number
  formKey: string
  what: string
  who: string
  /** Only the request for another time is withdrawn. */
  isMove: boolean
  charged: boolean
  /** The punch pass that paid it. */
  punch?: string
  /** Those whom this family invited stay. */
  leavesOthers: boolean
  fee?: string
  error?: string
}) => {
  const at = paths.portal(shell.slug)
  const title = isMove ? t('Withdraw') : t('Cancel appointment')
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      <p class="quiet">{[who, what].filter(Boolean).join(', ')}</p>
      <form class="stack" method="post" action={at.bookingEnd(id)}>
        <FormKey value={formKey} />
        <FormError>{error}</FormError>
        <p>
          {isMove
            ? t('The appointment stays at the time it had before.')
            : leavesOthers
              ? t('Your place is free at once.')
              : t('The time is free for others at once.')}
        </p>
        {charged && <p>{t('The charge is taken back. What you paid of it becomes your credit.')}</p>}
        {punch && !isMove && <p>{t('The punch goes back to {title}.', { title: punch })}</p>}
        {leavesOthers && !isMove && <OthersStay />}
        {fee && <Notice tone="amber">{t('The cancellation fee is {amount}.', { amount: fee })}</Notice>}
        <div class="rowed">
          <Button look="primary">{title}</Button>
          <ButtonLink look="plain" href={at.myAppointments()}>
            {t('Keep it')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}

/** Another time of the same service. */
export const MovePage = ({
  shell,
  id,
  formKey,
  what,
  who,
  slots,
  fee,
  punch,
  price,
  slot,
  note,
  atOnce,
  leavesOthers,
  errors,
}: {
  shell: PortalShell
  id: number
  formKey: string
  what: string
  who: string
  /** A time that costs something else says so. */
  slots: Option[]
  /** What moving it costs, whichever time is chosen. */
  fee: { cents: number; text?: string }
  /** The punch pass that paid it. */
  punch?: string
  /** What it costs now. */
  price?: string
  slot?: string
  note: string
  atOnce: boolean
  leavesOthers: boolean
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  const first = firstError(errors, 'slot', 'note')
  return (
    <PortalLayout shell={shell} title={t('Reschedule')} current="account" narrow>
      <h1>{t('Reschedule')}</h1>
      <p class="quiet">{[who, what].filter(Boolean).join(', ')}</p>
      <form class="stack" method="post" action={at.bookingMove(id)}>
        <FormKey value={formKey} />
        <FormError>{errors?.form}</FormError>
        <SelectField
          label={t('New time')}
          name="slot"
          options={[{ value: '', label: t('Choose') }, ...slots]}
          value={slot}
          error={errors?.slot}
          focus={first === 'slot'}
          required
        />
        <AreaField
          label={t('Note')}
          name="note"
          value={note}
          maxlength={1000}
          error={errors?.note}
          focus={first === 'note'}
        />
        <Notice>
          {atOnce
            ? t('The appointment moves at once.')
            : t('We look at it and write to you. Until then both times are kept.')}
        </Notice>
        {leavesOthers && <OthersStay />}
        <input type="hidden" name="fee" value={fee.cents} />
        {fee.text && (
          <Notice tone="amber">
            {atOnce
              ? t('Moving it costs the cancellation fee of {amount}.', { amount: fee.text })
              : t('Once we approve it, moving it costs the cancellation fee of {amount}.', { amount: fee.text })}
          </Notice>
        )}
        {punch && <p class="quiet">{t('The punch of {title} pays the new time.', { title: punch })}</p>}
        {price && (
          <p class="quiet">
            {t('It costs {amount} as before, unless another price stands beside the time.', { amount: price })}
          </p>
        )}
        <div class="rowed">
          <Button look="primary">{atOnce ? t('Reschedule') : t('Request new time')}</Button>
          <ButtonLink look="plain" href={at.myAppointments()}>
            {t('Keep it')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}
