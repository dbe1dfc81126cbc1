import { OfficeLayout } from '../../views/layouts/office'
import { WebsitePage } from '../../views/website/office'
import { demand } from '../auth/permissions'
import { officeDoor } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import type { Settings } from '../settings'

/** Why other websites show no classes now, when they do not. */
function whyNone(settings: Settings): string | undefined {
  if (!settings['portal.enabled']) return 'The Customer Portal is switched off, so none of these show classes now.'
  if (!settings['portal.show_classes']) return 'Classes are switched off, so none of these show them now.'
  if (!settings['portal.show_list_logged_out'])
    return 'Lists are for families that are logged in: links lead to the log-in first; the frame, the calendar and the JSON show no classes.'
}

/** SETTINGS > CUSTOMER PORTAL > OTHER SETTINGS > WEBSITE INTEGRATION: the addresses to copy (CP10). */
export const websiteOffice = officeDoor()

websiteOffice.get('/settings/website-integration', c => {
  demand(c.get('person'), 'Settings')
  const { slug, origin, settings } = c.get('account')
  const at = paths.portal(slug)
  const full = (path: string) => origin + path
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Website integration" current="settings">
      <WebsitePage
        settingsHref={paths.office(slug).settings}
        hidden={whyNone(settings)}
        frame={`<iframe src="${full(paths.embed(slug))}" title="Classes" width="100%" height="800"></iframe>`}
        links={[
          { label: 'List of classes', about: 'For a link or a button on your website.', url: full(at.classes()) },
          { label: 'Create an account', about: 'For new families.', url: full(at.signUp()) },
          {
            label: 'One class',
            about: 'With its own number in place of 12. Whoever has to log in first comes back to it.',
            url: full(at.class(12)),
          },
          {
            label: 'Calendar',
            about: 'Four weeks of classes, for calendar programs.',
            url: full(paths.classCalendar(slug)),
          },
          { label: 'JSON', about: 'All classes, for programs of your own.', url: full(paths.classListing(slug)) },
        ]}
      />
    </OfficeLayout>,
  )
})
