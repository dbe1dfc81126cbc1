import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Pill, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey } from '../ui/form'

const tones: Record<string, Tone | undefined> = { held: 'amber', requested: 'amber', confirmed: 'green' }

/** The parties of a family. */
export const MyPartiesPage = ({
  shell,
  done,
  canceled,
  mayBook,
  mayPay,
  parties,
}: {
  shell: PortalShell
  done?: string
  canceled?: string
  mayBook: boolean
  mayPay: boolean
  parties: {
    id: number
    title: string
    when: string
    about: string
    guests: number
    state: { word: string; key: string }
    total?: string
    open?: string
    mayCancel: boolean
  }[]
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('My parties')} current="account" narrow>
      <p>
        <a href={at.account()}>{t('My Account')}</a>
      </p>
      <h1>{t('My parties')}</h1>
      {done && <Notice tone="green">{done}</Notice>}
      {canceled && <Notice tone="green">{canceled}</Notice>}
      {mayBook && (
        <p>
          <ButtonLink look="soft" icon="parties" href={at.parties()}>
            {t('Book a party')}
          </ButtonLink>
        </p>
      )}
      <ul class="card" role="list">
        {parties.map(({ id, title, when, about, guests, state, total, open, mayCancel }) => (
          <li class="line">
            <span>
              <b>{title}</b> <small>{when}</small>
              <small>
                {about}, {t('{guests} guests', { guests })}
              </small>
              {total && (
                <small>
                  {total}, {open ? t('{amount} open', { amount: open }) : t('paid')}
                </small>
              )}
            </span>
            <Pill tone={tones[state.key]}>{t(state.word)}</Pill>
            {(mayCancel || (open && mayPay)) && (
              <div class="rowed">
                {open && mayPay && (
                  <ButtonLink look="plain" href={at.payments()} about={title}>
                    {t('Make Payment')}
                  </ButtonLink>
                )}
                {mayCancel && (
                  <ButtonLink look="plain" href={at.partyEnd(id)} about={title}>
                    {t('Cancel party')}
                  </ButtonLink>
                )}
              </div>
            )}
          </li>
        ))}
        {!parties.length && <li class="empty">{t('No party is booked.')}</li>}
      </ul>
    </PortalLayout>
  )
}

/** Asks once before a party is canceled, and says what becomes of the money. */
export const CancelPartyPage = ({
  shell,
  id,
  formKey,
  what,
  charged,
  paid,
  error,
}: {
  shell: PortalShell
  id: number
  formKey: string
  what: string
  charged?: string
  paid?: string
  error?: string
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Cancel party')} current="account" narrow>
      <h1>{t('Cancel party')}</h1>
      <p class="quiet">{what}</p>
      <form class="stack" method="post" action={at.partyEnd(id)}>
        <FormKey value={formKey} />
        <FormError>{error}</FormError>
        <p>{t('The time is free for others at once.')}</p>
        {charged && <p>{t('The charge of {amount} is taken back.', { amount: charged })}</p>}
        {paid && <p>{t('{amount} that you paid become your credit.', { amount: paid })}</p>}
        <div class="rowed">
          <Button look="primary">{t('Cancel party')}</Button>
          <ButtonLink look="plain" href={at.myParties()}>
            {t('Keep the party')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}
