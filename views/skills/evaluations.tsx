import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'

export type EvaluationsProps = {
  shell: PortalShell
  student: { id: number; name: string }
  trees: {
    name: string
    levels: {
      id: number
      name: string
      description?: string
      /** The day on which it was passed. */
      passed?: string
      events: { name: string; skills: { name: string; stars: number; on?: string; by?: string }[] }[]
    }[]
  }[]
}

const Stars = ({ stars }: { stars: number }) => (
  <span role="img" aria-label={t('{stars} of 5 stars', { stars })}>
    {'★'.repeat(stars)}
    {'☆'.repeat(5 - stars)}
  </span>
)

/** Evaluated Skills of a student. */
export const EvaluationsPage = ({ shell, student, trees }: EvaluationsProps) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Evaluations')} current="account" narrow>
      <h1>{t('Evaluations')}</h1>
      <p class="quiet">{student.name}</p>
      <div class="stack">
        {trees.length === 0 && <p class="quiet">{t('Nothing has been evaluated yet.')}</p>}
        {trees.map(tree => (
          <>
            <h2>{tree.name}</h2>
            {tree.levels.map(({ id, name, description, passed, events }) => (
              <section class="card">
                <header>
                  <h3>{name}</h3>
                  {passed && <Pill tone="green">{t('Passed on {day}', { day: passed })}</Pill>}
                </header>
                <div class="body">
                  {description && <p class="quiet">{description}</p>}
                  {events.map(event => (
                    <>
                      <h4>{event.name}</h4>
                      <ul class="courses" role="list">
                        {event.skills.map(({ name, stars, on, by }) => (
                          <li>
                            <div>
                              {name}
                              {on && (
                                <>
                                  <br />
                                  <small>{by ? t('{day} by {name}', { day: on, name: by }) : on}</small>
                                </>
                              )}
                            </div>
                            {stars > 0 ? <Stars stars={stars} /> : <small>{t('not yet')}</small>}
                          </li>
                        ))}
                      </ul>
                    </>
                  ))}
                  {passed && (
                    <p>
                      <ButtonLink icon="print" href={at.certificate(student.id, id)} about={name}>
                        {t('Certificate')}
                      </ButtonLink>
                    </p>
                  )}
                </div>
              </section>
            ))}
          </>
        ))}
        <p>
          <a href={at.account()}>{t('My Account')}</a>
        </p>
      </div>
    </PortalLayout>
  )
}

export type CertificateProps = {
  shell: PortalShell
  student: { id: number; name: string }
  business: string
  level: string
  tree: string
  day: string
  by?: string
}

/** A level that was passed, to be printed. */
export const CertificatePage = ({ shell, student, business, level, tree, day, by }: CertificateProps) => (
  <PortalLayout shell={shell} title={t('Certificate')} current="account" narrow>
    <div class="stack">
      <section class="card certificate">
        <p>{business}</p>
        <h1>{t('Certificate')}</h1>
        <p class="big">{student.name}</p>
        <p>{t('has passed the level')}</p>
        <p class="big">{level}</p>
        <p>{tree}</p>
        <p>{by ? t('{day} by {name}', { day, name: by }) : day}</p>
      </section>
      <p class="screen">
        {t('To keep it, print this page or save it as a PDF in your browser.')}{' '}
        <a href={paths.portal(shell.slug).evaluations(student.id)}>{t('Evaluations')}</a>
      </p>
    </div>
  </PortalLayout>
)
