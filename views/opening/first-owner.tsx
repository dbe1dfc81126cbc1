import { BareLayout } from '../layouts/bare'
import { Button } from '../ui/button'
import { asking, type Errors, FormKey, TextField } from '../ui/form'

/** Who owns the business: the first log-in there is. */
export const FirstOwnerPage = ({
  business,
  action,
  formKey,
  typed,
  errors,
}: {
  business: string
  action: string
  formKey: string
  typed: Record<string, string>
  errors?: Errors
}) => {
  const field = asking({ values: typed, errors }, 'first', 'last', 'email', 'password')
  return (
    <BareLayout title="Become the owner" business={business}>
      <h1>Become the owner</h1>
      <p>This is your business now. You log in with what you choose here, and invite everybody else.</p>
      <form class="stack" method="post" action={action}>
        <FormKey value={formKey} />
        <TextField label="First name" autocomplete="given-name" maxlength={60} required {...field('first')} />
        <TextField label="Last name" autocomplete="family-name" maxlength={60} required {...field('last')} />
        <TextField label="E-mail" type="email" autocomplete="username" required {...field('email')} />
        <TextField
          label="Password"
          type="password"
          autocomplete="new-password"
          hint="At least 8 characters. A sentence is fine."
          required
          {...field('password')}
          value={undefined}
        />
        <Button look={['primary', 'wide']}>Become the owner</Button>
      </form>
    </BareLayout>
  )
}
