import { BareLayout } from '../layouts/bare'
import { Button } from '../ui/button'

type Page = {
  business: string
  /** "m…@example.com"; nothing when the link is not one of ours. */
  address?: string
  action: string
}

/** Asks; only the button changes anything. */
export const AskUnsubscribe = ({ business, address, action }: Page) => (
  <BareLayout title="Unsubscribe" business={business}>
    <h1>Unsubscribe</h1>
    <p>
      {address ? `${address} gets` : 'You get'} e-mails with news from {business}. E-mails about your own account come
      in any case.
    </p>
    <form method="post" action={action}>
      <Button look="primary" name="List-Unsubscribe" value="One-Click">
        Unsubscribe
      </Button>
    </form>
  </BareLayout>
)

/** Done, and the way back for a mistake. */
export const Unsubscribed = ({ business, address, action }: Page) => (
  <BareLayout title="Unsubscribed" business={business}>
    <h1>Unsubscribed</h1>
    <p>
      {business} sends no more news{address ? ` to ${address}` : ''}. E-mails about your own account come in any case.
    </p>
    <form method="post" action={action}>
      <Button name="again" value="1">
        Subscribe again
      </Button>
    </form>
  </BareLayout>
)

/** Back in. */
export const Subscribed = ({ business, address }: Page) => (
  <BareLayout title="Subscribed" business={business}>
    <h1>Subscribed</h1>
    <p>
      {business} sends its news{address ? ` to ${address}` : ''} again. Every e-mail has a link to unsubscribe.
    </p>
  </BareLayout>
)
