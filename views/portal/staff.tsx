import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty } from '../ui/bits'

export type StaffPageProps = {
  shell: PortalShell
  /** What is not shown is not there. `photo` is the hash of the picture. */
  people: { name: string; biography?: string; photo?: string; hours?: string }[]
}

/** Who works here. */
export const StaffPage = ({ shell, people }: StaffPageProps) => (
  <PortalLayout shell={shell} title={t('Our staff')} current="staff">
    <h1>{t('Our staff')}</h1>
    {people.length === 0 && <Empty icon="user">{t('Nobody is shown here yet.')}</Empty>}
    <ul class="goods people" role="list">
      {people.map(({ name, biography, photo, hours }) => (
        <li class="card">
          <div class="body stack">
            <div class="rowed">
              {photo ? (
                <img class="photo" src={paths.portal(shell.slug).picture(photo)} alt="" loading="lazy" />
              ) : (
                <span class="face l" aria-hidden="true">
                  {name.slice(0, 1)}
                </span>
              )}
              <h2>{name}</h2>
            </div>
            {biography?.split(/\n+/).map(line => (
              <p>{line}</p>
            ))}
            {hours && (
              <p class="quiet">
                <b>{t('Availability')}</b> {hours}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  </PortalLayout>
)
