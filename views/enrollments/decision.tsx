import { money } from '../../src/money'
import { Notice } from '../ui/bits'
import { AreaField, type Option, SelectField, TickField } from '../ui/form'

export type MoneyLine = { label: string; amount: string; why: string[] }

/** Amounts, each with how it came about (BY5, BY6). */
export const MoneyLines = ({ lines }: { lines: MoneyLine[] }) => (
  <ul class="reached" role="list">
    {lines.map(({ label, amount, why }) => (
      <li>
        <span>{label}</span> <b class="push">{amount}</b>
        {why.length > 0 && (
          <details>
            <summary>Why this amount?</summary>
            {why.map(step => (
              <span class="sub">{step} </span>
            ))}
          </details>
        )}
      </li>
    ))}
  </ul>
)

/** What has to be agreed to before it may happen: doubts that are set aside, and a full class. */
export const Agreements = ({
  doubts,
  full,
  waitHref,
  verb = 'Enroll',
}: {
  doubts: { code: string; sentence: string }[]
  full?: { sentence: string; seen: number }
  /** The waitlist instead. */
  waitHref?: string
  verb?: string
}) => (
  <>
    {doubts.length > 0 && (
      <>
        <Notice tone="amber">
          {doubts.map(({ sentence }) => (
            <p>{sentence}</p>
          ))}
        </Notice>
        <input type="hidden" name="doubts" value={doubts.map(({ code }) => code).join(' ')} />
        <TickField
          label={`${verb} all the same`}
          name="agreed"
          hint="The audit log says what was set aside, and by whom."
        />
      </>
    )}
    {full && (
      <>
        <Notice tone="amber">
          <p>{full.sentence}</p>
          {waitHref && (
            <p>
              <a href={waitHref}>Put the student on the waitlist instead</a>
            </p>
          )}
        </Notice>
        <input type="hidden" name="seen" value={full.seen} />
        <TickField label="Overbook the class" name="overbook" />
      </>
    )}
  </>
)

/** An amount that comes to nothing is of parts: one place gives back what another one takes. */
const postLabel = (cents: number) => {
  if (cents === 0) return 'Post it to the ledger'
  return cents > 0 ? `Post ${money(cents)} to the ledger` : `Post a credit of ${money(-cents)} to the ledger`
}

/** The money of an act, and the tick that posts it. */
export const Money = ({
  lines,
  cents,
  posts,
  none,
}: {
  lines: MoneyLine[]
  cents: number
  posts: boolean
  /** What is said where it costs nothing. */
  none: string
}) =>
  lines.length ? (
    <div class="stack">
      <MoneyLines lines={lines} />
      <input type="hidden" name="cents" value={cents} />
      <TickField label={postLabel(cents)} name="post" checked={posts} hint="Without it the ledger stays as it is." />
    </div>
  ) : (
    <p class="quiet">{none}</p>
  )

/** Why it cannot be done, and the request that stands in the way. */
export const Never = ({ never, asked }: { never?: string; asked?: string }) =>
  never ? (
    <Notice tone="red">
      {never}{' '}
      {asked && (
        <a href={asked} data-window>
          Look at what is asked
        </a>
      )}
    </Notice>
  ) : null

/** Why somebody leaves, where the business keeps reasons. */
export const DropReason = ({ reasons, reason }: { reasons: Option[]; reason?: string }) =>
  reasons.length > 0 ? (
    <SelectField
      label="Drop reason"
      name="reason"
      options={[{ value: '', label: 'None' }, ...reasons]}
      value={reason}
    />
  ) : null

/** What staff write down with a decision, and whether the family hears of it. */
export const NoteAndMail = ({ note, mail, error }: { note?: string; mail: boolean; error?: string }) => (
  <>
    <AreaField label="Notes" name="note" value={note} maxlength={1000} error={error} />
    <TickField label="Send e-mail to the family" name="mail" checked={mail} />
  </>
)
