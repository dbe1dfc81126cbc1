import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { type FormProps, RequestPage } from '../portal/requests'
import { AreaField, firstError, type Option, SelectField } from '../ui/form'
import { Pairs } from '../ui/list'

export type DayDropProps = FormProps & {
  enrollment: number
  /** Days or blocks; nothing where the camp is only taken whole. */
  choices?: { name: 'day' | 'block'; value: string | number; label: string; may: boolean; chosen: boolean }[]
  /** What was charged, and what fewer days cost. */
  money: { label: string; value: string }[]
  reasons: Option[]
  reason?: string
  note: string
  automatic: boolean
}

/** Giving back days of a camp: which, why, and what that has to do with money. */
export const DayDropPage = ({
  enrollment,
  choices,
  money,
  reasons,
  reason,
  note,
  automatic,
  ...form
}: DayDropProps) => {
  const { errors } = form
  const first = firstError(errors, 'reason', 'note')
  return (
    <RequestPage
      {...form}
      title={t('Drop')}
      action={paths.portal(form.shell.slug).campDrop(enrollment)}
      button={automatic ? t('Drop') : t('Request Drop')}
    >
      {choices ? (
        <fieldset class="chips">
          <legend>{t('What do you give back?')}</legend>
          {choices.map(({ name, value, label, may, chosen }) => (
            <label class="chip">
              <input
                type="checkbox"
                name={name}
                value={value}
                checked={(may && chosen) || undefined}
                disabled={!may || undefined}
              />
              {label}
            </label>
          ))}
          {errors?.day && <p class="error">{t(errors.day)}</p>}
        </fieldset>
      ) : (
        <p>{t('All days are given back, from the first to the last.')}</p>
      )}
      <Pairs pairs={money} />
      {reasons.length > 0 && (
        <SelectField
          label={t('Reason')}
          name="reason"
          options={[{ value: '', label: t('Choose') }, ...reasons]}
          value={reason}
          error={errors?.reason}
          focus={first === 'reason'}
        />
      )}
      <AreaField
        label={t('Note')}
        name="note"
        value={note}
        maxlength={1000}
        error={errors?.note}
        focus={first === 'note'}
      />
    </RequestPage>
  )
}
