import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { ButtonLink } from '../ui/button'

/** A guest is back from the gateway's page. */
export const GuestReturnedPage = ({
  shell,
  state,
}: {
  shell: PortalShell
  state: 'open' | 'succeeded' | 'uncertain' | 'declined'
}) => {
  const waits = state === 'open' || state === 'uncertain'
  const title =
    state === 'succeeded'
      ? t('Thank you for the gift certificate')
      : waits
        ? t('The bank has not answered yet')
        : t('Nothing was paid')
  return (
    <PortalLayout shell={shell} title={title} current="shop" narrow refresh={waits ? 5 : undefined}>
      <h1>{title}</h1>
      <p role="status">
        {state === 'succeeded'
          ? t('It is paid, and its code is on its way by e-mail.')
          : waits
            ? t('This page looks again by itself. You can leave it: we send an e-mail when the payment has arrived.')
            : t('The payment page was left before anything was paid. Nothing was charged.')}
      </p>
      {!waits && (
        <div class="rowed">
          <ButtonLink look="soft" href={paths.portal(shell.slug).buyGift()}>
            {state === 'succeeded' ? t('Buy another one') : t('Try again')}
          </ButtonLink>
        </div>
      )}
    </PortalLayout>
  )
}
