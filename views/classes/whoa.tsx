import { t } from '../../src/language'
import { BareLayout } from '../layouts/bare'

/** While too many search at once: asks for itself again, without a script, and is small (CP12). */
export const WhoaPage = ({ seconds }: { seconds: number }) => (
  <BareLayout title={t('One moment')} refresh={seconds}>
    <h1>{t('One moment')}</h1>
    <p role="status">
      {t(
        'Whoa! There are a lot of people searching for classes right now, hang tight while we get the most up-to-date availability. This page will refresh itself in 30 seconds. Thank you for your patience.',
      )}
    </p>
  </BareLayout>
)
