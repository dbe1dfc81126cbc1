import { t } from '../../src/language'
import { BareLayout } from '../layouts/bare'
import { Button } from '../ui/button'

type Page = {
  business: string
  /** "m…@example.com"; nothing when the link is not one of ours. */
  address?: string
  action: string
}

/** Asks; only the button changes anything. */
export const AskUnsubscribe = ({ business, address, action }: Page) => (
  <BareLayout title={t('Unsubscribe')} business={business}>
    <h1>{t('Unsubscribe')}</h1>
    <p>
      {address
        ? t('{address} gets e-mails with news from {business}.', { address, business })
        : t('You get e-mails with news from {business}.', { business })}{' '}
      {t('E-mails about your own account come in any case.')}
    </p>
    <form method="post" action={action}>
      <Button look="primary" name="List-Unsubscribe" value="One-Click">
        {t('Unsubscribe')}
      </Button>
    </form>
  </BareLayout>
)

/** Done, and the way back for a mistake. */
export const Unsubscribed = ({ business, address, action }: Page) => (
  <BareLayout title={t('Unsubscribed')} business={business}>
    <h1>{t('Unsubscribed')}</h1>
    <p>
      {address
        ? t('{business} sends no more news to {address}.', { address, business })
        : t('{business} sends no more news.', { business })}{' '}
      {t('E-mails about your own account come in any case.')}
    </p>
    <form method="post" action={action}>
      <Button name="again" value="1">
        {t('Subscribe again')}
      </Button>
    </form>
  </BareLayout>
)

/** Back in. */
export const Subscribed = ({ business, address }: Page) => (
  <BareLayout title={t('Subscribed')} business={business}>
    <h1>{t('Subscribed')}</h1>
    <p>
      {address
        ? t('{business} sends its news to {address} again.', { address, business })
        : t('{business} sends its news again.', { business })}{' '}
      {t('Every e-mail has a link to unsubscribe.')}
    </p>
  </BareLayout>
)
