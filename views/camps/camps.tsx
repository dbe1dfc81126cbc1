import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Option, SelectField, TextField } from '../ui/form'

/** One camp or event as a family sees it, its first day first. */
export type CampCard = {
  id: number
  name: string
  /** "Jul 6" */
  when: string
  /** "to Jul 10" */
  until?: string
  /** "Ages 6 to 12, Eastside Gym" */
  about: string
  /** "$60", "a day" */
  price?: { amount: string; per: string }
  act?: 'Enroll' | 'Request'
  /** Why it cannot be had, or does not fit the chosen child. */
  reason?: string
}

export type CampsProps = {
  shell: PortalShell
  filter: { type?: number; location?: number; child?: number; age?: number; from: string; to: string }
  types: Option[]
  locations: Option[]
  /** The children of whoever is logged in. */
  students?: Option[]
  /** "2 fit Mia." */
  found?: string
  /** Each type under its own title; an event is one of them. */
  groups: { title: string; camps: CampCard[] }[]
  /** Those that do not fit, each with its true reason. */
  unfit: CampCard[]
}

const Filters = ({ shell, filter, types, locations, students }: CampsProps) => {
  const all = { value: '', label: t('All') }
  return (
    <form class="card" action={paths.portal(shell.slug).camps()} role="search" aria-label={t('Filters')}>
      <div class="body stack">
        <div class="few">
          <SelectField label={t('Type')} name="type" options={[all, ...types]} value={filter.type} />
          <SelectField label={t('Location')} name="location" options={[all, ...locations]} value={filter.location} />
          {students ? (
            <SelectField
              label={t('Child')}
              name="child"
              options={[{ value: '', label: t('Anybody') }, ...students]}
              value={filter.child}
            />
          ) : (
            <TextField label={t('Age')} name="age" type="number" min={0} max={99} value={filter.age} />
          )}
          <TextField label={t('From day')} name="from" type="date" value={filter.from} />
          <TextField label={t('To day')} name="to" type="date" value={filter.to} />
        </div>
        <div class="rowed">
          <Button>{t('Apply Filters')}</Button>
          <ButtonLink look="plain" href={paths.portal(shell.slug).camps()}>
            {t('Remove Filters')}
          </ButtonLink>
        </div>
      </div>
    </form>
  )
}

const Card = ({ camp, slug }: { camp: CampCard; slug: string }) => (
  <li class="class">
    <p class="when">
      <b>{camp.when}</b>
      {camp.until && <small>{camp.until}</small>}
    </p>
    <div class="what">
      <h3>
        <a href={paths.portal(slug).camp(camp.id)}>{camp.name}</a>
      </h3>
      <p>{camp.about}</p>
    </div>
    <p class="room">{camp.reason && <span>{camp.reason}</span>}</p>
    <p class="price">
      {camp.price && (
        <>
          <b>{camp.price.amount}</b> <small>{camp.price.per}</small>
        </>
      )}
    </p>
    {camp.act ? (
      <ButtonLink look={['soft', 'go']} href={paths.portal(slug).camp(camp.id)} about={camp.name}>
        {t(camp.act)}
      </ButtonLink>
    ) : (
      <p class="go"></p>
    )}
  </li>
)

/** Camps and events that families can look at, under the title of their type. */
export const CampsPage = (props: CampsProps) => {
  const { shell, groups, unfit, found } = props
  return (
    <PortalLayout shell={shell} title={t('Camps')} current="camps">
      <div class="hero">
        <h1>{t('Camps')}</h1>
      </div>
      <Filters {...props} />
      {found && <p class="quiet">{found}</p>}
      {groups.map(({ title, camps }) => (
        <section>
          <h2 class="day-head">{title}</h2>
          <ul class="card" role="list">
            {camps.map(camp => (
              <Card camp={camp} slug={shell.slug} />
            ))}
          </ul>
        </section>
      ))}
      {unfit.length > 0 && (
        <section>
          <h2 class="day-head">{t('These do not fit')}</h2>
          <ul class="card" role="list">
            {unfit.map(camp => (
              <Card camp={camp} slug={shell.slug} />
            ))}
          </ul>
        </section>
      )}
      {!groups.length && !unfit.length && (
        <div class="card">
          <Empty icon="camps">{t('No camp is open here now.')}</Empty>
        </div>
      )}
    </PortalLayout>
  )
}
