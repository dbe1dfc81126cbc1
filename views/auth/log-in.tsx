import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { BareLayout } from '../layouts/bare'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, TextField } from '../ui/form'
import type { LogInProps } from './types'

const LogInForm = ({ action, email, error, next, notice, children }: LogInProps & { action: string; children?: Child }) => (
  <>
    <h1>Log In</h1>
    {notice && <Notice>{notice}</Notice>}
    <form class="stack" method="post" action={action}>
      <FormError>{error}</FormError>
      {next && <input type="hidden" name="next" value={next} />}
      <TextField label="Email" name="email" type="email" value={email} autocomplete="username" focus={!email} required />
      <TextField
        label="Password"
        name="password"
        type="password"
        autocomplete="current-password"
        focus={Boolean(email)}
        required
      />
      <Button look={['primary', 'wide']}>Log In</Button>
    </form>
    {children}
  </>
)

/** The door to the Office. */
export const OfficeLogIn = (props: LogInProps) => (
  <BareLayout title="Log In" business={props.business}>
    <LogInForm {...props} action={paths.office(props.slug).login} />
  </BareLayout>
)

/** The door to the Staff Portal. */
export const StaffLogIn = (props: LogInProps) => (
  <BareLayout title="Log In" business={props.business}>
    <LogInForm {...props} action={paths.staff(props.slug).login} />
  </BareLayout>
)

/** The door to the Customer Portal, with the ways in for those who have none yet. */
export const PortalLogIn = (props: LogInProps) => {
  const at = paths.portal(props.slug)
  return (
    <BareLayout title="Log In" business={props.business}>
      <LogInForm {...props} action={at.login()}>
        <p>
          <a href={at.forgotten}>Forgot your password?</a>
        </p>
        <p>
          New here? <a href={at.signUp({ next: props.next })}>Create an account</a> or{' '}
          <a href={at.classes()}>look at the classes</a> first.
        </p>
      </LogInForm>
    </BareLayout>
  )
}
