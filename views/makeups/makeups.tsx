import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Option, SelectField } from '../ui/form'
import { safeHref } from '../ui/href'

export type TokenLine = {
  id: number
  /** The program. */
  what: string
  about: string
  expires: string
  comment?: string
  /** The makeup that holds it. */
  used?: { text: string; waits: boolean }
  /** Its program is gone. */
  lost: boolean
  /** Where it can be used. */
  href?: string
}

export type MakeupsProps = {
  shell: PortalShell
  student: { id: number; name: string }
  done?: string
  /** The locations that have makeups. */
  places: Option[]
  place: number
  tokens?: {
    /** Nothing for who may only look. */
    button?: 'Use Makeup Token' | 'Request'
    here: TokenLine[]
    elsewhere: TokenLine[]
    pending: TokenLine[]
    expired: TokenLine[]
    spent: TokenLine[]
  }
  requests?: { mayAsk: boolean; past: { what: string; when: string }[] }
}

const Group = ({
  title,
  lines,
  button,
  hrefOf,
}: {
  title: string
  lines: TokenLine[]
  button?: string
  hrefOf?: (line: TokenLine) => string
}) => (
  <section class="card">
    <header>
      <h2>{title}</h2>
    </header>
    <div class="body">
      {lines.length === 0 && <p class="quiet">{t('None.')}</p>}
      <ul class="courses" role="list">
        {lines.map(line => (
          <li>
            <div>
              <b>{line.what}</b> <small>{line.expires}</small>
              <br />
              <small>{line.about}</small>
              {line.used && (
                <p>
                  {line.used.text} {line.used.waits && <small>{t('waits for a decision')}</small>}
                </p>
              )}
              {line.comment && <p>{line.comment}</p>}
              {line.lost && <p class="tone amber">{t('This token has no program any more. Contact us.')}</p>}
              {line.href && (
                <p>
                  <a href={safeHref(line.href)}>{t('Look at this location')}</a>
                </p>
              )}
            </div>
            {button && hrefOf && !line.lost && (
              <ButtonLink look="soft" href={hrefOf(line)} about={line.what}>
                {t(button)}
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </div>
  </section>
)

/** Makeups of a student. */
export const MakeupsPage = ({ shell, student, done, places, place, tokens, requests }: MakeupsProps) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Makeups')} current="account" narrow>
      <h1>{t('Makeups')}</h1>
      <p class="quiet">{student.name}</p>
      <div class="stack">
        {done && <Notice tone="green">{done}</Notice>}
        {places.length > 1 && (
          <form class="stack" action={at.makeups(student.id)}>
            <SelectField label={t('Location')} name="location" options={places} value={place} />
            <div>
              <Button>{t('Go')}</Button>
            </div>
          </form>
        )}
        {tokens && (
          <>
            <Group
              title={t('Current Location Tokens')}
              lines={tokens.here}
              button={tokens.button}
              hrefOf={line => at.makeup(student.id, line.id)}
            />
            <Group title={t('Tokens Available in Other Locations')} lines={tokens.elsewhere} />
            <Group title={t('Pending Makeup Tokens')} lines={tokens.pending} />
            <Group title={t('Expired Makeup Tokens')} lines={tokens.expired} />
            <Group title={t('Spent Makeup Tokens')} lines={tokens.spent} />
          </>
        )}
        {requests && (
          <>
            {requests.mayAsk && (
              <p>
                <ButtonLink look="primary" href={at.makeup(student.id, 'request')}>
                  {t('Request a Makeup')}
                </ButtonLink>
              </p>
            )}
            <section class="card">
              <header>
                <h2>{t('Past Makeups')}</h2>
              </header>
              <div class="body">
                {requests.past.length === 0 && <p class="quiet">{t('None.')}</p>}
                <ul class="courses" role="list">
                  {requests.past.map(({ what, when }) => (
                    <li>
                      <div>
                        <b>{what}</b>
                        <br />
                        <small>{when}</small>
                      </div>
                    </li>
                  ))}
                </ul>
              </div>
            </section>
          </>
        )}
        <p>
          <a href={at.account()}>{t('My Account')}</a>
        </p>
      </div>
    </PortalLayout>
  )
}
