import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'

export type ConfirmationProps = {
  shell: PortalShell
  lines: {
    title: string
    about: string
    approved: boolean
    /** A thing, not a place. */
    bought?: boolean
    /** Neither: it is owed. */
    fee?: boolean
    /** What was charged for it. */
    amount?: string
    /** What is due once it is approved. */
    later?: string
  }[]
  paid?: { amount: string; how: string }
}

/** What became of each thing that was in the cart. */
export const ConfirmationPage = ({ shell, lines, paid }: ConfirmationProps) => {
  const at = paths.portal(shell.slug)
  const asked = lines.some(({ approved }) => !approved)
  return (
    <PortalLayout shell={shell} title={t('We have it')} current="cart" narrow>
      <h1>{t('We have it')}</h1>
      <div class="stack">
        <Notice tone="green">
          {paid && t('{amount} were paid with {how}.', paid)}{' '}
          {asked
            ? t(
                'We look at what you asked for and write to you. Until then the places stand with your students as pending.',
              )
            : t('Everything is set. A mail is on its way to you.')}
        </Notice>
        <section class="card" aria-label={t('What became of it')}>
          <ul role="list">
            {lines.map(({ title, about, approved, bought, fee, amount, later }) => (
              <li class="line">
                <div>
                  <b>{title}</b>
                  <small>{about}</small>
                </div>
                {!fee && (
                  <p class="num">
                    <Pill tone={approved ? 'green' : 'amber'}>
                      {bought ? t('Bought') : approved ? t('Enrolled') : t('Requested')}
                    </Pill>
                  </p>
                )}
                {(amount || later) && (
                  <ul role="list">
                    <li>
                      <span>{amount ? t('Charged') : t('Due when it is approved')}</span>
                      <span>{amount ?? later}</span>
                    </li>
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </section>
        <div class="rowed">
          <ButtonLink look="primary" href={at.account()}>
            {t('My Account')}
          </ButtonLink>
          {!shell.hidesClasses && (
            <ButtonLink look="plain" href={at.classes()}>
              {t('Find another class')}
            </ButtonLink>
          )}
        </div>
      </div>
    </PortalLayout>
  )
}
