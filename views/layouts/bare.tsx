import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'
import { Document } from './document'

/** A page with one thing on it and no menu: logging in, an error, a message. */
export const BareLayout = ({
  title,
  business,
  children,
  refresh,
}: {
  title: string
  business?: string
  children: Child
  refresh?: number
}) => (
  <Document title={business ? `${title} · ${business}` : title} sheet="portal" refresh={refresh}>
    <main id="main" class="bare">
      <p class="brand">
        <span class="mark" aria-hidden="true">
          <Icon name="cartwheel" />
        </span>
        <span class="name">{business ?? 'Cartwheel'}</span>
      </p>
      <div class="card">
        <div class="body stack">{children}</div>
      </div>
    </main>
  </Document>
)

/** The Customer Portal is switched off: the plain message, and how the business is reached (CP13). */
export const PortalOff = ({
  business,
  places,
}: {
  business: string
  places: { name: string; phone: string | null }[]
}) => (
  <BareLayout title={t('Not available')} business={business}>
    <h1>{t('Not available')}</h1>
    <p>{t('The Customer Portal is currently unavailable.')}</p>
    {places.map(
      ({ name, phone }) =>
        phone && (
          <p>
            {name}: <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
          </p>
        ),
    )}
  </BareLayout>
)

const said: Record<number, { title: string; sentence: string }> = {
  403: { title: 'Not allowed', sentence: 'Your log-in does not have the permission for this page.' },
  404: {
    title: 'Not found',
    sentence: 'There is nothing at this address. It may have moved, or the address has a typo.',
  },
  409: { title: 'Already done', sentence: 'This was sent before and is still under way. Look again in a moment.' },
  413: { title: 'Too large', sentence: 'What was sent is larger than we accept.' },
  422: {
    title: 'That did not fit',
    sentence: 'Something in the form was not filled in as expected. Go back, nothing was changed.',
  },
  429: { title: 'Too many tries', sentence: 'Too many tries in a short time. Wait a minute, then try again.' },
  500: {
    title: 'Our mistake',
    sentence: 'Something broke on our side and has been noted. Nothing you sent was half done.',
  },
  503: { title: 'Not available', sentence: 'This is not available right now. Try again in a moment.' },
}

/** A page for what could not be done: what happened, then what to do. `sentence` says the reason where one is known. */
export const ErrorPage = ({
  status,
  sentence,
  business,
  back,
  refresh,
}: {
  status: number
  sentence?: string
  business?: string
  back?: { label: string; href: string }
  refresh?: number
}) => {
  const known = said[status] ?? said[status < 500 ? 422 : 500]
  return (
    <BareLayout title={t(known?.title ?? '')} business={business} refresh={refresh}>
      <h1>{t(known?.title ?? '')}</h1>
      <p>{t(sentence ?? known?.sentence ?? '')}</p>
      {back && (
        <p>
          <a class="button" href={safeHref(back.href)}>
            {t(back.label)}
          </a>
        </p>
      )}
    </BareLayout>
  )
}
