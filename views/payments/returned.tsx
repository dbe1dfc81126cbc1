import { t } from '../../src/language'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { ButtonLink } from '../ui/button'

/** Back from the gateway's page, without a payment or without its answer. */
export const ReturnedPage = ({
  shell,
  waits,
  stores,
  tryHref,
  accountHref,
}: {
  shell: PortalShell
  /** The bank has not answered: the page looks again by itself. */
  waits: boolean
  /** Nothing was to be paid, only kept. */
  stores: boolean
  tryHref: string
  accountHref: string
}) => {
  const title = waits ? t('The bank has not answered yet') : t('Nothing was paid')
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow refresh={waits ? 5 : undefined}>
      <h1>{title}</h1>
      <p role="status">
        {waits
          ? t('This page looks again by itself. You can leave it: we send an e-mail when the payment has arrived.')
          : stores
            ? t('No card or bank account was added.')
            : t('The payment page was left before anything was paid. Nothing was charged.')}
      </p>
      <div class="rowed">
        {!waits && (
          <ButtonLink look="primary" href={tryHref}>
            {t('Try again')}
          </ButtonLink>
        )}
        <ButtonLink look="plain" href={accountHref}>
          {t('Go to My Account')}
        </ButtonLink>
      </div>
    </PortalLayout>
  )
}
