import { Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, FormKey, TextField } from '../ui/form'
import { Pairs } from '../ui/list'
import { Section } from '../ui/record'

/** A form that is one button. */
export type Act = { action: string; key: string }

export type LogInRecord = {
  state: { word: string; tone?: 'green' | 'amber' }
  username?: string
  seen?: string
  sessions: number
  passkeys: number
  secondStep: boolean
  link: { address: string; until: string; revocation?: Act } | null
  /** A link that can be mailed, and for how many hours it would open. */
  invite?: Act & { address: string; hours: number }
  ends: (Act & { which: 'log-out' | 'second-step-removal' | 'passkey-removal' })[]
}

const endWords = {
  'log-out': 'Log out everywhere',
  'second-step-removal': 'Remove second step',
  'passkey-removal': 'Remove passkeys',
}

/** How somebody on the staff comes in, and what others may do about it. */
export const LogIn = ({ logIn, name, error }: { logIn: LogInRecord; name: string; error?: string }) => (
  <Section title="Log-in" id="log-in">
    <div class="stack">
      <Pairs
        pairs={[
          { label: 'State', value: <Pill tone={logIn.state.tone}>{logIn.state.word}</Pill> },
          ...(logIn.username ? [{ label: 'Username', value: logIn.username }] : []),
          ...(logIn.seen ? [{ label: 'Last log-in', value: logIn.seen }] : []),
          ...(logIn.username
            ? [
                { label: 'Logged in on', value: `${logIn.sessions}` },
                { label: 'Passkeys', value: `${logIn.passkeys}` },
                { label: 'Second step', value: logIn.secondStep ? 'On' : 'Off' },
              ]
            : []),
        ]}
      />
      {logIn.link && (
        <div>
          <p>
            A link went to {logIn.link.address}. It opens until {logIn.link.until}.
          </p>
          {logIn.link.revocation && (
            <form method="post" action={logIn.link.revocation.action}>
              <FormKey value={logIn.link.revocation.key} />
              <Button about={`the link of ${name}`}>Revoke</Button>
            </form>
          )}
        </div>
      )}
      {logIn.invite && (
        <form class="stack" method="post" action={logIn.invite.action} aria-label="Invitation">
          <FormKey value={logIn.invite.key} />
          <FormError>{error}</FormError>
          <TextField
            label="Address"
            name="address"
            type="email"
            value={logIn.invite.address}
            maxlength={254}
            hint={
              logIn.username
                ? 'To the username: a link to a new password. To another address: once it is opened, that one logs in.'
                : `It gets a link that opens once, for ${logIn.invite.hours} hours. There they choose their password.`
            }
            required
          />
          <div>
            <Button>
              {logIn.username ? 'Mail a link' : logIn.link ? 'Re-Send Invite Email' : 'Send Invite Email'}
            </Button>
          </div>
        </form>
      )}
      {logIn.ends.map(({ action, key, which }) => (
        <form method="post" action={action}>
          <FormKey value={key} />
          <Button about={name}>{endWords[which]}</Button>
        </form>
      ))}
    </div>
  </Section>
)
