import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { ButtonLink } from '../ui/button'

/** The front page of a business that shows no classes: its own words, and the ways to what it offers. */
export const HomePage = ({ shell, frontText }: { shell: PortalShell; frontText: string }) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Booking')} current="booking">
      <div class="stack">
        <h1>{shell.business}</h1>
        {frontText.split(/\n+/).map(line => line && <p class="above">{line}</p>)}
        <div class="rowed">
          {shell.more?.map(({ label, href, icon }) => (
            <ButtonLink icon={icon} href={href}>
              {t(label)}
            </ButtonLink>
          ))}
          <ButtonLink look="primary" icon="user" href={shell.guardian ? at.account() : at.login()}>
            {shell.guardian ? t('My Account') : t('Log In')}
          </ButtonLink>
        </div>
      </div>
    </PortalLayout>
  )
}
