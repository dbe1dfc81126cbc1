import { sayWeekday } from '../../src/clock'

const days = [0, 1, 2, 3, 4, 5, 6]

/** The days of the week to choose one of. */
export const weekdayOptions = () => days.map(day => ({ value: day, label: sayWeekday(day) }))

/** The days of the week to tick; none means all of them. */
export const WeekdayTicks = ({ chosen, error }: { chosen: string[]; error?: string }) => (
  <fieldset class="field">
    <legend>Days of the week</legend>
    {days.map(day => (
      <label class="tickline">
        <input type="checkbox" name="weekday" value={day} checked={chosen.includes(String(day)) || undefined} />
        {sayWeekday(day, true)}
      </label>
    ))}
    <p class="hint">None means every day.</p>
    {error && <p class="error">{error}</p>}
  </fieldset>
)
