import { t } from '../../src/language'
import { BareLayout } from '../layouts/bare'
import { Button } from '../ui/button'
import { FormKey, type Option, SelectField } from '../ui/form'

/** What another company's payment page would be: a card is chosen, and how its bank answers. */
export const TestPage = ({
  action,
  formKey,
  title,
  amount,
  cards,
}: {
  action: string
  formKey: string
  title: string
  /** Nothing where a card is only kept. */
  amount?: string
  cards: Option[]
}) => (
  <BareLayout title={t('Test payment')}>
    <h1>{t('Test payment')}</h1>
    <p>
      {title} {amount && <b>{amount}</b>}
    </p>
    <p class="quiet">{t('This page belongs to the test gateway. It moves no money.')}</p>
    <form class="stack" method="post" action={action}>
      <FormKey value={formKey} />
      <SelectField label={t('Card')} name="card" options={cards} />
      <SelectField
        label={t('The bank answers')}
        name="answers"
        options={[
          { value: 'now', label: t('At once') },
          { value: 'later', label: t('After a minute') },
        ]}
      />
      <div class="rowed">
        <Button look="primary" name="act" value="pay">
          {amount ? t('Pay') : t('Save')}
        </Button>
        <Button look="plain" name="act" value="leave">
          {t('Cancel')}
        </Button>
      </div>
    </form>
  </BareLayout>
)
