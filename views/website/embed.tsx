import { t } from '../../src/language'
import { Document } from '../layouts/document'
import { safeHref } from '../ui/href'

export type EmbedProps = {
  business: string
  asOf: string
  /** Where the classes are, when only families that are logged in see them. */
  logInHref?: string
  classes: { name: string; about: string; openings?: string; href: string }[]
}

/** The classes inside somebody else's page: a list without a menu, whose links open the portal in the whole window. */
export const EmbedPage = ({ business, asOf, logInHref, classes }: EmbedProps) => (
  <Document title={`${t('Find a class')} · ${business}`} sheet="portal">
    <main id="main">
      <h1>{t('Find a class')}</h1>
      <p class="quiet above">{t('Openings as of {time}', { time: asOf })}</p>
      <ul class="card" role="list">
        {classes.map(({ name, about, openings, href }) => (
          <li class="line">
            <span>
              <b>{name}</b>
              <small>{about}</small>
            </span>
            <a class="button" href={safeHref(href)} target="_top" rel="noopener">
              {openings ?? t('Look')}
              <span class="away"> {name}</span>
            </a>
          </li>
        ))}
      </ul>
      {logInHref ? (
        <p class="empty">
          <a class="button" href={safeHref(logInHref)} target="_top" rel="noopener">
            {t('Log in to see the classes')}
          </a>
        </p>
      ) : (
        classes.length === 0 && <p class="empty">{t('No class fits these filters.')}</p>
      )}
    </main>
  </Document>
)
