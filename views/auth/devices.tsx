import { t } from '../../src/language'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, FormKey, TextField } from '../ui/form'
import { AddPasskey, type PasskeyAsked } from './passkeys'

/** Where somebody is logged in and by what, behind any door. */
export interface Devices {
  done?: string
  error?: string
  sessions: { device: string; about: string; here: boolean; endAction?: string; formKey: string }[]
  endOthers?: { action: string; formKey: string }
  passkeys: { name: string; about: string; action: string; formKey: string }[]
  addPasskey: PasskeyAsked & { name: string }
  secondStep: { on: boolean; required: boolean; action: string; formKey: string; error?: string }
}

const Sessions = ({ sessions, endOthers }: Devices) => (
  <section class="stack" aria-labelledby="h-devices">
    <h2 id="h-devices">{t('Logged in on')}</h2>
    <ul class="card" role="list">
      {sessions.map(({ device, about, here, endAction, formKey }) => (
        <li class="line">
          <div>
            <b>{device}</b> {here && <small>{t('this device')}</small>}
            <small>{about}</small>
          </div>
          {endAction && (
            <form method="post" action={endAction}>
              <FormKey value={formKey} />
              <Button look="plain" about={device}>
                {t('Log out')}
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
    {endOthers && (
      <form method="post" action={endOthers.action}>
        <FormKey value={endOthers.formKey} />
        <Button>{t('Log out every other device')}</Button>
      </form>
    )}
  </section>
)

const Passkeys = ({ passkeys, addPasskey }: Devices) => (
  <section class="stack" aria-labelledby="h-passkeys">
    <h2 id="h-passkeys">{t('Passkeys')}</h2>
    <p class="quiet">
      {t('A passkey logs you in with your fingerprint, your face or the code of your device, without a password.')}
    </p>
    {passkeys.length > 0 && (
      <ul class="card" role="list">
        {passkeys.map(({ name, about, action, formKey }) => (
          <li class="line">
            <div>
              <b>{name}</b>
              <small>{about}</small>
            </div>
            <form method="post" action={action}>
              <FormKey value={formKey} />
              <Button look="plain" about={name}>
                {t('Remove')}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    )}
    <AddPasskey {...addPasskey} />
  </section>
)

const SecondStep = ({ secondStep: { on, required, action, formKey, error } }: Devices) => (
  <section class="stack" aria-labelledby="h-second">
    <h2 id="h-second">{t('Second step')}</h2>
    <p>
      {on
        ? t('It is on: after the password we ask for a code that we send to your e-mail address.')
        : required
          ? t('It is asked of everybody: after the password we send a code to your e-mail address.')
          : t('It is off. When it is on, we ask for a code that we send to your e-mail address, after the password.')}
    </p>
    {(on || !required) && <SecondStepForm on={on} action={action} formKey={formKey} error={error} />}
  </section>
)

const SecondStepForm = ({ on, action, formKey, error }: Omit<Devices['secondStep'], 'required'>) => (
  <form class="stack" method="post" action={action}>
    <FormKey value={formKey} />
    <input type="hidden" name="on" value={on ? '' : '1'} />
    <TextField
      label={t('Password')}
      name="password"
      type="password"
      autocomplete="current-password"
      error={error}
      focus={Boolean(error)}
      required
    />
    <div class="rowed">
      <Button>{on ? t('Switch it off') : t('Switch it on')}</Button>
    </div>
  </form>
)

/** What can be seen and ended of one's log-in. */
export const DevicesParts = (page: Devices) => (
  <>
    {page.done && <Notice tone="green">{page.done}</Notice>}
    <FormError>{page.error}</FormError>
    <div class="stack">
      <Sessions {...page} />
      <Passkeys {...page} />
      <SecondStep {...page} />
    </div>
  </>
)

/** Where somebody is logged in, and by what (MA15, BY17). */
export const DevicesPage = ({ shell, page }: { shell: PortalShell; page: Devices }) => (
  <PortalLayout shell={shell} title={t('Devices and passkeys')} current="account" narrow>
    <h1>{t('Devices and passkeys')}</h1>
    <DevicesParts {...page} />
  </PortalLayout>
)
