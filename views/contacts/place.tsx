import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Button, ButtonLink } from '../ui/button'
import { asking, type Errors, FormError, FormKey, TextField } from '../ui/form'

export type PlaceFormProps = {
  shell: PortalShell
  /** For the address and its deletion. */
  formKeys: [string, string]
  /** To whom a new one is added. */
  keeper?: { id: number; name: string }
  /** An existing one to edit. */
  place?: { id: number; guardian: string | null }
  values: Partial<Record<string, string>>
  errors?: Errors
}

/** Add Mailing Address, Edit Mailing Address. */
export const PlaceForm = ({ shell, formKeys, keeper, place, values, errors }: PlaceFormProps) => {
  const at = paths.portal(shell.slug)
  const title = place ? t('Edit Mailing Address') : t('Add Mailing Address')
  const text = asking({ values, errors }, 'street', 'line2', 'city', 'state', 'zip')
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      <p class="quiet">{place ? (place.guardian ?? t('Unassigned')) : keeper?.name}</p>
      <div class="stack">
        <form
          class="stack"
          method="post"
          action={place ? at.address(place.id) : at.guardianContacts(keeper?.id ?? 0, 'addresses')}
        >
          <FormKey value={formKeys[0]} />
          <FormError>{errors?.form}</FormError>
          <TextField label={t('Street')} {...text('street')} autocomplete="address-line1" required />
          <TextField label={t('Apartment')} {...text('line2')} autocomplete="address-line2" />
          <TextField label={t('City')} {...text('city')} autocomplete="address-level2" />
          <TextField label={t('State')} {...text('state')} autocomplete="address-level1" />
          <TextField label={t('ZIP code')} {...text('zip')} autocomplete="postal-code" />
          <div class="rowed">
            <Button look="primary">{place ? t('Save') : title}</Button>
            <ButtonLink look="plain" href={at.account()}>
              {t('Cancel')}
            </ButtonLink>
          </div>
        </form>
        {place && (
          <form method="post" action={at.deletionOf('addresses', place.id)}>
            <FormKey value={formKeys[1]} />
            <Button look="danger" icon="trash">
              {t('Delete Mailing Address')}
            </Button>
          </form>
        )}
      </div>
    </PortalLayout>
  )
}
