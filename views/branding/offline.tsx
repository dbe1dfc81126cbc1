import { t } from '../../src/language'
import { PortalLayout, type PortalShell } from '../layouts/portal'

/** What the installed portal shows without a network, where it has no schedule to show. */
export const OfflinePage = ({ shell: { slug, business, logo } }: { shell: PortalShell }) => (
  <PortalLayout shell={{ slug, business, logo }} title={t('No network')} current="" narrow>
    <h1>{t('No network')}</h1>
    <p>{t('This page needs the network. Try again when it is back.')}</p>
    <p>{t('Once you have looked at your schedule here, it can be read without one.')}</p>
  </PortalLayout>
)
