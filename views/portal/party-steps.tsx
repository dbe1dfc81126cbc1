import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import { PortalLayout, type PortalShell } from '../layouts/portal'

/** What the steps carry along. */
export type Hidden = [name: string, value: string][]

const stepNames = ['Day and time', 'Package', 'Log in', 'Details', 'Confirm']

/** Where in the five steps this page is. */
const Steps = ({ step }: { step: number }) => (
  <ol class="steps">
    {stepNames.map((name, nth) => (
      <li class={nth + 1 < step ? 'done' : undefined} aria-current={nth + 1 === step ? 'step' : undefined}>
        <span class={nth + 1 === step ? undefined : 'wide-only'}>
          {nth + 1}. {t(name)}
        </span>
      </li>
    ))}
  </ol>
)

/** A page of the five steps. */
export const Page = ({
  shell,
  step,
  title,
  when,
  children,
}: {
  shell: PortalShell
  step: number
  title: string
  when?: string
  children: Child
}) => (
  <PortalLayout shell={shell} title={title} current="parties" narrow>
    <h1>{title}</h1>
    <Steps step={step} />
    {when && <p class="quiet">{when}</p>}
    {children}
  </PortalLayout>
)

/** What was chosen in the steps before. */
export const HiddenFields = ({ hidden }: { hidden: Hidden }) => (
  <>
    {hidden.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)
