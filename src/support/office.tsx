import { OfficeLayout } from '../../views/layouts/office'
import { HelpPage, SupportPage } from '../../views/support/pages'
import { level } from '../auth/permissions'
import { officeDoor } from '../doors'
import { found, show } from '../http'
import * as paths from '../paths'
import { helpPages } from './pages'

/** Support: help for each area that the person may use, and whom to ask (OP19). */
export const supportOffice = officeDoor()

supportOffice.get('/support', c => {
  const { slug, settings } = c.get('account')
  const at = paths.office(slug)
  const person = c.get('person')
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Support" current="support">
      <SupportPage
        contact={settings['support.contact']}
        wishesHref={at.featureRequests()}
        pages={helpPages(settings)
          .filter(({ right }) => !right || level(person, right) > 0)
          .map(({ slug: page, title, paragraphs }) => ({
            title,
            about: paragraphs[0] ?? '',
            href: at.supportPage(page),
          }))}
      />
    </OfficeLayout>,
  )
})

supportOffice.get('/support/:page', c => {
  const { slug, settings } = c.get('account')
  const page = found(helpPages(settings).filter(each => each.slug === c.req.param('page')))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={page.title} current="support">
      <HelpPage
        back={paths.office(slug).support}
        title={page.title}
        paragraphs={page.paragraphs}
        contact={settings['support.contact']}
      />
    </OfficeLayout>,
  )
})
