import { BareLayout } from '../layouts/bare'
import { safeHref } from '../ui/href'

/** A link to somebody on the staff that opens nothing any more. */
export const StaffLinkOver = ({ business }: { business: string }) => (
  <BareLayout title="Link" business={business}>
    <h1>This link does not open any more</h1>
    <p>It was used, has run out or was taken back. Ask somebody in the office for a new one.</p>
  </BareLayout>
)

/** What a link to somebody on the staff has opened. */
export const StaffLinkDone = ({ business, logInHref }: { business: string; logInHref: string }) => (
  <BareLayout title="Done" business={business}>
    <h1>Done</h1>
    <p>Log in with your new password.</p>
    <p>
      <a class="button primary" href={safeHref(logInHref)}>
        Log In
      </a>
    </p>
  </BareLayout>
)
