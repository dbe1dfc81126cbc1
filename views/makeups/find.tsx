import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'

export type FindMakeupProps = {
  shell: PortalShell
  formKey: string
  student: { id: number; name: string }
  /** Nothing for a request without one. */
  token?: { id: number; about: string }
  /** The program of the token is gone. */
  lost?: boolean
  places: Option[]
  place: number
  date: { value: string; min: string; max: string }
  /** "Mon, Nov 30" */
  day: string
  button: string
  classes: { id: number; name: string; about: string }[]
  errors?: Errors
}

/** Choosing the class of a makeup: a day, then what fits on it. */
export const FindMakeupPage = (props: FindMakeupProps) => {
  const { shell, formKey, student, token, lost, places, place, date, day, button, classes, errors } = props
  const at = paths.portal(shell.slug)
  const here = at.makeup(student.id, token?.id ?? 'request')
  const title = token ? t('Use Makeup Token') : t('Request a Makeup')
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      <p class="quiet">{[student.name, token?.about].filter(Boolean).join(', ')}</p>
      <div class="stack">
        {lost && <Notice tone="amber">{t('This token has no program any more. Contact us.')}</Notice>}
        <form class="stack" action={here}>
          <TextField label={t('Date')} name="date" type="date" {...date} error={errors?.date} required />
          {!token && places.length > 1 && (
            <SelectField label={t('Location')} name="location" options={places} value={place} />
          )}
          <div>
            <Button>{t('Find classes')}</Button>
          </div>
        </form>
        <section class="card">
          <header>
            <h2>{day}</h2>
          </header>
          <form class="body" method="post" action={token ? here : `${here}?location=${place}`}>
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
          <a href={at.makeups(student.id)}>{t('Makeups')}</a>
        </p>
      </div>
    </PortalLayout>
  )
}
