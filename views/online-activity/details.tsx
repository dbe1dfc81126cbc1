import type { Child } from 'hono/jsx'
import { AreaField, type Errors, FormError, FormKey, firstError, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'
import { Pairs } from '../ui/list'
import { inWindow, WindowHead } from './head'
import { ReportNotice } from './report'
import type { Report, Row } from './types'

export type Fact = { label: string; text: string; href?: string }

/** What approving needs to know. */
export type ApproveForm = {
  action: string
  /** Dates of a transfer; absent for other kinds. */
  transferDate?: string
  dropDate?: string
  /** The class is full, with the numbers: approving means one more than there are places. */
  full?: { sentence: string; mayWait?: boolean }
  errors?: Errors
}

export type Pick = {
  id: number
  item: string
  variation?: string
  place?: string
  quantity: number
  picked: boolean
}

export type DetailsProps = {
  row: Row
  title: string
  formKey: string
  /** The list this entry was opened from. */
  here: string
  closeHref: string
  /** What was asked, by whom, when, from where. */
  asked: Fact[]
  /** The thing as it is now: class, seats, dates. */
  now: Fact[]
  money: { lines: Fact[]; note?: string }
  notes: { text: string; by: string; when: string }[]
  /** Where a staff note is written, for those who may. */
  noteAction?: string
  history: { text: string; when: string }[]
  approve?: ApproveForm
  denyAction?: string
  dismissAction?: string
  emailHref?: string
  /** The goods of an online order: all ticked, then dismissed. */
  picks?: { action: string; items: Pick[] }
  /** For a deletion request. */
  suspension?: { action: string; destroys: string[]; advice: string }
  report?: Report
}

const Part = ({ title, children }: { title: string; children: Child }) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
)

const Facts = ({ facts }: { facts: Fact[] }) => (
  <Pairs pairs={facts.map(({ label, text, href }) => ({ label, value: text, href }))} />
)

/** A form of the details: it acts in place and comes back to the list it was opened from. */
const Act = ({ action, entry, children }: { action: string; entry: DetailsProps; children: Child }) => (
  <form class="stack" method="post" action={action} hx-boost={inWindow(false)} hx-sync="this:drop">
    <FormKey value={entry.formKey} />
    <input type="hidden" name="here" value={entry.here} />
    <input type="hidden" name="details" value="1" />
    {children}
  </form>
)

const Approve = ({ approve, entry }: { approve: ApproveForm; entry: DetailsProps }) => {
  const first = firstError(approve.errors, 'date', 'drop')
  return (
    <Act action={approve.action} entry={entry}>
      <FormError>{approve.errors?.form}</FormError>
      {approve.transferDate !== undefined && (
        <TextField
          label="Transfer Date"
          name="date"
          type="date"
          value={approve.transferDate}
          error={approve.errors?.date}
          focus={first === 'date'}
          required
        />
      )}
      {approve.dropDate !== undefined && (
        <TextField
          label="Drop Date for Previous Class"
          name="drop"
          type="date"
          value={approve.dropDate}
          hint="The last day in the previous class."
          error={approve.errors?.drop}
          focus={first === 'drop'}
          required
        />
      )}
      {approve.full && (
        <>
          <p class="notice amber" role="alert">
            <Icon name="warning" />
            {approve.full.sentence}
          </p>
          <input type="hidden" name="overbook" value="1" />
        </>
      )}
      <button class="button primary">{approve.full ? 'Approve anyway' : 'Approve'}</button>
      {approve.full?.mayWait && (
        <button class="button" name="waitlist" value="1">
          Approve to the waitlist
        </button>
      )}
    </Act>
  )
}

const Picks = ({ picks, entry }: { picks: NonNullable<DetailsProps['picks']>; entry: DetailsProps }) => (
  <Part title="Pick list">
    <Act action={picks.action} entry={entry}>
      <table class="list">
        <caption class="away">What to pick, and where it lies</caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Place</th>
            <th scope="col" class="num">
              Quantity
            </th>
          </tr>
        </thead>
        <tbody>
          {picks.items.map(({ id, item, variation, place, quantity, picked }) => (
            <tr>
              <td>
                <label class="tickline">
                  <input type="checkbox" name="pick" value={id} checked={picked || undefined} />
                  <span>
                    {item}
                    {variation && <span class="sub">{variation}</span>}
                  </span>
                </label>
              </td>
              <td>{place}</td>
              <td class="num">{quantity}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="head">
        <button class="button">Save</button>
        {entry.dismissAction && (
          <button class="button primary" formaction={entry.dismissAction}>
            Picked up, Dismiss
          </button>
        )}
      </div>
    </Act>
  </Part>
)

const Suspension = ({
  suspension,
  entry,
}: {
  suspension: NonNullable<DetailsProps['suspension']>
  entry: DetailsProps
}) => (
  <Part title="Deletion">
    <p>Nothing is deleted by itself. {suspension.advice}</p>
    {suspension.destroys.length > 0 && (
      <>
        <p>Deleting would destroy:</p>
        <ul class="plain-list">
          {suspension.destroys.map(thing => (
            <li>{thing}</li>
          ))}
        </ul>
      </>
    )}
    <Act action={suspension.action} entry={entry}>
      <button class="button">Suspend account</button>
    </Act>
  </Part>
)

const Notes = ({ entry }: { entry: DetailsProps }) => (
  <Part title="Notes">
    {entry.notes.map(({ text, by, when }) => (
      <p class="said">
        {text}
        <small>
          {by}, {when}
        </small>
      </p>
    ))}
    {entry.notes.length === 0 && <p class="quiet">None.</p>}
    {entry.noteAction && (
      <Act action={entry.noteAction} entry={entry}>
        <AreaField label="Add a note" name="note" rows={2} maxlength={2000} />
        <button class="button">Save note</button>
      </Act>
    )}
  </Part>
)

const Buttons = ({ entry }: { entry: DetailsProps }) => (
  <div class="stack">
    {entry.approve && <Approve approve={entry.approve} entry={entry} />}
    {entry.denyAction && (
      <Act action={entry.denyAction} entry={entry}>
        <button class="button danger">Deny</button>
      </Act>
    )}
    {entry.dismissAction && !entry.picks && (
      <Act action={entry.dismissAction} entry={entry}>
        <button class="button">Dismiss</button>
      </Act>
    )}
    {entry.emailHref && (
      <a class="button" href={safeHref(entry.emailHref)}>
        <Icon name="mail" />
        E-mail
      </a>
    )}
  </div>
)

/** One entry behind its magnifying glass: what was asked, how things stand, and the same buttons as in its row. */
export const EntryDetails = (entry: DetailsProps) => (
  <>
    <WindowHead
      title={entry.title}
      closeHref={entry.closeHref}
      back={{ label: 'Back to Online Activity', href: entry.here }}
    >
      <span class={entry.row.status.tone ? `pill ${entry.row.status.tone}` : 'pill'}>{entry.row.status.word}</span>
    </WindowHead>
    <div class="body split details">
      <div class="stack">
        {entry.report && <ReportNotice report={entry.report} />}
        <Part title="What was asked">
          <Facts facts={entry.asked} />
          {entry.row.subs
            .filter(({ tone }) => tone)
            .map(({ tone, text }) => (
              <p class={`tone ${tone}`}>{text}</p>
            ))}
        </Part>
        {entry.now.length > 0 && (
          <Part title="As it is now">
            <Facts facts={entry.now} />
          </Part>
        )}
        {entry.picks && <Picks picks={entry.picks} entry={entry} />}
        {(entry.money.lines.length > 0 || entry.money.note) && (
          <Part title="Money">
            <Facts facts={entry.money.lines} />
            {entry.money.note && <p class="quiet">{entry.money.note}</p>}
          </Part>
        )}
        {entry.suspension && <Suspension suspension={entry.suspension} entry={entry} />}
        <Notes entry={entry} />
      </div>
      <aside class="stack" aria-label="Actions and history">
        <Buttons entry={entry} />
        <Part title="History">
          <ul class="history" role="list">
            {entry.history.map(({ text, when }) => (
              <li>
                {text} <small>{when}</small>
              </li>
            ))}
          </ul>
        </Part>
      </aside>
    </div>
  </>
)
