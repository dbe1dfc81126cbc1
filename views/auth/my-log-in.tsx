import type { Child } from 'hono/jsx'
import { OfficeLayout, type OfficeShell } from '../layouts/office'
import { StaffLayout, type StaffShell } from '../layouts/staff'
import { ButtonLink } from '../ui/button'
import { type Devices, DevicesParts } from './devices'
import { ChangePassword, type PasswordAsked } from './password'

const title = 'My Log-in'

/** What one logs in with, where it is changed, and what can be seen and ended of it. */
const Mine = ({ email, passwordHref, page }: { email: string; passwordHref: string; page: Devices }) => (
  <>
    <p>
      You log in with {email}. Whoever may change staff can mail a link to another address, and once it is opened you
      log in with that one.
    </p>
    <p>
      <ButtonLink href={passwordHref}>Change Password</ButtonLink>
    </p>
    <DevicesParts {...page} />
  </>
)

interface Devicing {
  email: string
  passwordHref: string
  page: Devices
}

interface Changing {
  back: string
  page: PasswordAsked
}

const InOffice = ({ shell, heading, children }: { shell: OfficeShell; heading: string; children: Child }) => (
  <OfficeLayout shell={shell} title={heading} current="my-log-in" more>
    <div class="head">
      <h1>{heading}</h1>
    </div>
    <div class="stack narrow">{children}</div>
  </OfficeLayout>
)

const InStaffPortal = ({ shell, heading, children }: { shell: StaffShell; heading: string; children: Child }) => (
  <StaffLayout shell={shell} title={heading}>
    <div class="hero">
      <h1>{heading}</h1>
    </div>
    <div class="stack">{children}</div>
  </StaffLayout>
)

/** One's own log-in, in the Office (BY17). */
export const OfficeLogInPage = ({ shell, ...props }: Devicing & { shell: OfficeShell }) => (
  <InOffice shell={shell} heading={title}>
    <Mine {...props} />
  </InOffice>
)

/** The same on a coach's phone. */
export const StaffLogInPage = ({ shell, ...props }: Devicing & { shell: StaffShell }) => (
  <InStaffPortal shell={shell} heading={title}>
    <Mine {...props} />
  </InStaffPortal>
)

export const OfficePasswordPage = ({ shell, page, back }: Changing & { shell: OfficeShell }) => (
  <InOffice shell={shell} heading="Change Password">
    <ChangePassword {...page} back={back} />
  </InOffice>
)

export const StaffPasswordPage = ({ shell, page, back }: Changing & { shell: StaffShell }) => (
  <InStaffPortal shell={shell} heading="Change Password">
    <ChangePassword {...page} back={back} />
  </InStaffPortal>
)
