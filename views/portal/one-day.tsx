import { t } from '../../src/language'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'

export type FindDayProps = {
  shell: PortalShell
  formKey: string
  title: string
  /** Who it is for, and what it is taken from. */
  about: string
  /** Why no day can be had. */
  lost?: string
  /** Where the form leads. */
  here: string
  /** Where there is a choice of them. */
  places?: { options: Option[]; value: number }
  date: { value: string; min: string; max: string }
  /** "Mon, Nov 30" */
  day: string
  button: string
  classes: { id: number; name: string; about: string }[]
  back: { href: string; label: string }
  errors?: Errors
}

/** Choosing one day in a class, of a makeup or for a punch: a day, then what fits on it. */
export const FindDayPage = (props: FindDayProps) => {
  const { shell, formKey, title, about, lost, here, places, date, day, button, classes, back, errors } = props
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      <p class="quiet">{about}</p>
      <div class="stack">
        {lost && <Notice tone="amber">{lost}</Notice>}
        <form class="stack" action={here}>
          <TextField label={t('Date')} name="date" type="date" {...date} error={errors?.date} required />
          {places && places.options.length > 1 && <SelectField label={t('Location')} name="location" {...places} />}
          <div>
            <Button>{t('Find classes')}</Button>
          </div>
        </form>
        <section class="card">
          <header>
            <h2>{day}</h2>
          </header>
          <form class="body" method="post" action={places ? `${here}?location=${places.value}` : here}>
            <FormKey value={formKey} />
            <input type="hidden" name="date" value={date.value} />
            <FormError>{errors?.form ?? errors?.class}</FormError>
            {classes.length === 0 && (
              <p class="quiet">{t('No class that fits has a place on this day. Try another one.')}</p>
            )}
            <ul class="courses" role="list">
              {classes.map(({ id, name, about }) => (
                <li>
                  <div>
                    <b>{name}</b>
                    <br />
                    <small>{about}</small>
                  </div>
                  <Button look="soft" name="class" value={String(id)} about={name}>
                    {button}
                  </Button>
                </li>
              ))}
            </ul>
          </form>
        </section>
        <p>
          <a href={back.href}>{back.label}</a>
        </p>
      </div>
    </PortalLayout>
  )
}
