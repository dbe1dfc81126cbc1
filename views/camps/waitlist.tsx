import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { Button } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey } from '../ui/form'
import { type AskedChild, ForWhom } from './questions'

export type WaitlistProps = {
  slug: string
  campId: number
  formKey: string
  /** Open where it is the only way, or was sent. */
  open: boolean
  /** Days or blocks that are full; nothing where the camp is only taken whole. */
  choices?: { name: 'day' | 'block'; value: string | number; label: string; chosen: boolean }[]
  students: AskedChild[]
  note: string
  errors?: Errors
}

/** Asking to wait for what is full: it keeps no place and costs nothing. */
export const WaitlistForm = ({ slug, campId, formKey, open, choices, students, note, errors }: WaitlistProps) => (
  <details class="fold" open={open}>
    <summary>{t('Ask for the waitlist')}</summary>
    <form class="stack" method="post" action={paths.portal(slug).campWaitlist(campId)}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <ForWhom students={students} errors={errors} prefix="wait-" />
      {choices ? (
        <fieldset class="chips">
          <legend>{t('What is full')}</legend>
          {choices.map(({ name, value, label, chosen }) => (
            <label class="chip">
              <input type="checkbox" name={name} value={value} checked={chosen || undefined} />
              {label}
            </label>
          ))}
          {errors?.day && <p class="error">{t(errors.day)}</p>}
        </fieldset>
      ) : (
        <p>{t('All days, from the first to the last.')}</p>
      )}
      <AreaField label={t('Note')} name="note" id="wait-note" value={note} maxlength={1000} error={errors?.note} />
      <p class="quiet">{t('Nothing is charged for waiting. We write to you when a place is free.')}</p>
      <Button look="wide">{t('Join waitlist')}</Button>
    </form>
  </details>
)
