import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { Pairs } from '../ui/list'

export type PassesProps = {
  shell: PortalShell
  student: { id: number; name: string }
  done?: string
  passes: {
    id: number
    title: string
    used: number
    remaining: number
    purchased: string
    active: boolean
    /** Why it is not active: suspended, expired, used up. */
    why?: string
    expires: string
    paid: string
    mayUse: boolean
  }[]
}

/** The passes that a student can use: its own and those of the family. */
export const PassesPage = ({ shell, student, done, passes }: PassesProps) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Passes')} current="account" narrow>
      <h1>{t('Passes')}</h1>
      <p class="quiet">{student.name}</p>
      <div class="stack">
        {done && <Notice tone="green">{done}</Notice>}
        {passes.map(pass => (
          <section class="card" aria-label={pass.title}>
            <header>
              <h2>{pass.title}</h2>
              {pass.active ? <Pill tone="green">{t('Active')}</Pill> : <Pill>{pass.why ?? t('Inactive')}</Pill>}
            </header>
            <div class="body stack">
              <Pairs
                pairs={[
                  { label: t('Name of Punch Pass'), value: pass.title },
                  {
                    label: t('Number of punches used/remaining'),
                    value: t('{used} used, {remaining} remaining', { used: pass.used, remaining: pass.remaining }),
                  },
                  { label: t('Date Purchased'), value: pass.purchased },
                  { label: t('Active status'), value: pass.active ? t('Active') : t('Inactive') },
                  { label: t('Expiration Date'), value: pass.expires },
                  { label: t('Amount Paid'), value: pass.paid },
                ]}
              />
              {pass.mayUse && (
                <p>
                  <ButtonLink look="soft" href={at.pass(student.id, pass.id)} about={pass.title}>
                    {t('Use a punch')}
                  </ButtonLink>
                </p>
              )}
            </div>
          </section>
        ))}
        {!passes.length && (
          <div class="card">
            <Empty icon="pass">{t('No punch pass yet.')}</Empty>
          </div>
        )}
        <div class="rowed">
          <a href={at.account()}>{t('My Account')}</a>
          <a href={at.punchPasses}>{t('Buy a punch pass')}</a>
        </div>
      </div>
    </PortalLayout>
  )
}

export type FindDayProps = {
  shell: PortalShell
  formKey: string
  student: { id: number; name: string }
  pass: { id: number; about: string }
  places: Option[]
  place: number
  date: { value: string; min: string; max: string }
  /** "Mon, Nov 30" */
  day: string
  /** Without a decision by staff. */
  atOnce: boolean
  classes: { id: number; name: string; about: string }[]
  errors?: Errors
}

/** Choosing the class and the day that a punch pays for: a day, then what fits on it. */
export const FindDayPage = (props: FindDayProps) => {
  const { shell, formKey, student, pass, places, place, date, day, atOnce, classes, errors } = props
  const at = paths.portal(shell.slug)
  const here = at.pass(student.id, pass.id)
  return (
    <PortalLayout shell={shell} title={t('Use a punch')} current="account" narrow>
      <h1>{t('Use a punch')}</h1>
      <p class="quiet">{[student.name, pass.about].join(', ')}</p>
      <div class="stack">
        <form class="stack" action={here}>
          <TextField label={t('Date')} name="date" type="date" {...date} error={errors?.date} required />
          {places.length > 1 && <SelectField label={t('Location')} name="location" options={places} value={place} />}
          <div>
            <Button>{t('Find classes')}</Button>
          </div>
        </form>
        <section class="card">
          <header>
            <h2>{day}</h2>
          </header>
          <form class="body" method="post" action={`${here}?location=${place}`}>
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
                    {atOnce ? t('Use a punch') : t('Request')}
                  </Button>
                </li>
              ))}
            </ul>
          </form>
        </section>
        <p>
          <a href={at.passes(student.id)}>{t('Passes')}</a>
        </p>
      </div>
    </PortalLayout>
  )
}
