import { t } from '../../src/language'
import * as paths from '../../src/paths'
import type { PortalShell } from '../layouts/portal'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { type Hidden, HiddenFields, Page } from './party-steps'

const goneWords = { 'slot-taken': 'Taken', 'too-soon': 'Too soon' } as const

/** Step 1: a day, a station, a time. What is taken is dimmed. */
export const DayPage = ({
  shell,
  day,
  min,
  max,
  said,
  free,
  stations,
}: {
  shell: PortalShell
  day: string
  min: string
  max: string
  said: string
  free: { label: string; href: string; chosen: boolean }[]
  stations: {
    name: string
    location?: string
    slots: { time: string; gone?: keyof typeof goneWords; href: string }[]
  }[]
}) => {
  const at = paths.portal(shell.slug)
  return (
    <Page shell={shell} step={1} title={t('Book a party')}>
      <form class="card" action={at.parties()}>
        <div class="body stack">
          <TextField label={t('Day')} name="day" type="date" value={day} min={min} max={max} />
          <Button>{t('Show this day')}</Button>
          {free.length > 0 && (
            <div>
              <p class="quiet">{t('Next days with a free time')}</p>
              <ul class="chips" role="list">
                {free.map(({ label, href, chosen }) => (
                  <li>
                    <a class="chip" href={safeHref(href)} aria-current={chosen ? 'true' : undefined}>
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </form>
      <section class="stack" aria-labelledby="that-day">
        <h2 id="that-day">{said}</h2>
        {stations.map(({ name, location, slots }) => (
          <div class="card">
            <header>
              <h3>{name}</h3>
              {location && <span class="quiet">{location}</span>}
            </header>
            <ul role="list">
              {slots.map(({ time, gone, href }) => (
                <li class={gone ? 'line quiet' : 'line'}>
                  <span>{time}</span>
                  {gone ? (
                    <Pill>{t(goneWords[gone])}</Pill>
                  ) : (
                    <ButtonLink look="soft" href={href} about={`${name}, ${time}`}>
                      {t('Choose')}
                    </ButtonLink>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {!stations.length && (
          <div class="card">
            <Empty icon="parties">{t('There are no party times on this day.')}</Empty>
          </div>
        )}
      </section>
      {shell.guardian && (
        <p>
          <a href={at.myParties()}>{t('My parties')}</a>
        </p>
      )}
    </Page>
  )
}

export type PackageProps = {
  shell: PortalShell
  hidden: Hidden
  when: string
  /** Why the time cannot be had any more. */
  gone?: string
  packages: { id: number; name: string; description?: string; price: string; guests?: number; extra?: string }[]
  chosen?: number
  addOns: { id: number; name: string; price: string; most: number; quantity: string }[]
  /** Of what is chosen so far. */
  total?: string
  errors: Errors
}

const Package = ({ pack, chosen }: { pack: PackageProps['packages'][number]; chosen: boolean }) => (
  <li class="line">
    <label class="tickline">
      <input type="radio" name="package" value={pack.id} checked={chosen || undefined} />
      <span>
        <b>{pack.name}</b>
        {pack.description && <small>{pack.description}</small>}
        {pack.guests !== undefined && (
          <small>
            {t('Up to {guests} guests', { guests: pack.guests })}
            {pack.extra && `, ${t('each more {price}', { price: pack.extra })}`}
          </small>
        )}
      </span>
    </label>
    <b class="num">{pack.price}</b>
  </li>
)

/** Step 2: the package, add-ons with their number, and what it comes to so far. */
export const PackagePage = ({ shell, hidden, when, gone, packages, chosen, addOns, total, errors }: PackageProps) => {
  const at = paths.portal(shell.slug)
  return (
    <Page shell={shell} step={2} title={t('Package and add-ons')} when={when}>
      {gone ? (
        <>
          <Notice tone="amber">{t(gone)}</Notice>
          <ButtonLink href={at.parties()}>{t('Other times')}</ButtonLink>
        </>
      ) : (
        <form class="stack" action={at.partyPackage()}>
          <HiddenFields hidden={hidden} />
          <fieldset class="card">
            <legend class="away">{t('Package')}</legend>
            <ul role="list">
              {packages.map(pack => (
                <Package pack={pack} chosen={pack.id === chosen} />
              ))}
              {!packages.length && <li class="empty">{t('No package is offered yet. Call us.')}</li>}
            </ul>
          </fieldset>
          {errors.package && <p class="error">{t(errors.package)}</p>}
          {addOns.length > 0 && (
            <fieldset class="card">
              <legend class="away">{t('Add-ons')}</legend>
              <div class="body stack">
                <h2>{t('Add-ons')}</h2>
                {addOns.map(({ id, name, price, most, quantity }) => (
                  <TextField
                    label={name}
                    name={`add_${id}`}
                    type="number"
                    min={0}
                    max={most}
                    hint={t('{price} each', { price })}
                    value={quantity}
                    error={errors[`add_${id}`]}
                  />
                ))}
              </div>
            </fieldset>
          )}
          <div class="paybar">
            <span>{t('Total so far')}</span>
            <b class="big">{total ?? '–'}</b>
            <Button look="primary" formaction={at.partyDetails()}>
              {t('Continue')}
            </Button>
          </div>
          <div class="rowed">
            <Button>{t('Update total')}</Button>
            <ButtonLink look="plain" href={at.parties(Object.fromEntries(hidden.filter(([name]) => name === 'day')))}>
              {t('Back')}
            </ButtonLink>
          </div>
        </form>
      )}
    </Page>
  )
}
