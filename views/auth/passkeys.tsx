import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'

export interface PasskeyAsked {
  action: string
  formKey: string
  challenge: string
  /** As the browser's own reader of such options takes them. */
  options: unknown
}

/** Passkeys are the browser's, so there is nothing to press where it runs no script. */
const Script = () => <script src={paths.asset('/js/passkey.js')} defer></script>

/** Logging in by a passkey: the browser asks who it is, and the form is sent by itself. */
export const PasskeyLogIn = ({ action, formKey, challenge, options, next }: PasskeyAsked & { next?: string }) => (
  <form class="stack" method="post" action={action} hidden data-passkey="get" data-options={JSON.stringify(options)}>
    <FormKey value={formKey} />
    <input type="hidden" name="challenge" value={challenge} />
    <input type="hidden" name="response" />
    {next && <input type="hidden" name="next" value={next} />}
    <Button>{t('Use a passkey')}</Button>
    <Script />
  </form>
)

/** Adding one: the device is asked, then the form is sent. */
export const AddPasskey = ({ action, formKey, challenge, options, name }: PasskeyAsked & { name: string }) => (
  <form class="stack" method="post" action={action} hidden data-passkey="create" data-options={JSON.stringify(options)}>
    <FormKey value={formKey} />
    <input type="hidden" name="challenge" value={challenge} />
    <input type="hidden" name="response" />
    <input type="hidden" name="name" value={name} />
    <Button>{t('Add a passkey')}</Button>
    <Script />
  </form>
)
