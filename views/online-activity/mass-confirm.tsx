import { FormKey } from '../ui/form'
import { inWindow, WindowHead } from './head'

export type MassConfirmProps = {
  /** Where the answer goes: the same address that asked. */
  action: string
  formKey: string
  ids: number[]
  /** The list to come back to. */
  here: string
  closeHref: string
  /** How many of which type. */
  types: { label: string; count: number }[]
  /** What approving all of them charges, in words. */
  money?: string
  /** Classes that have fewer places than are asked for. */
  full: { name: string; href: string; asked: number; open: number }[]
  /** Rows that need a choice and stay as they are. */
  left: { text: string; href: string }[]
}

/** The one summary before a mass approve. Nothing is overbooked: what does not fit stays pending. */
export const MassConfirm = ({ action, formKey, ids, here, closeHref, types, money, full, left }: MassConfirmProps) => (
  <>
    <WindowHead
      title={`Approve ${ids.length === 1 ? '1 entry' : `${ids.length} entries`}`}
      closeHref={closeHref}
      back={{ label: 'Back to Online Activity', href: here }}
    />
    <form class="body stack" method="post" action={action} hx-boost={inWindow(false)} hx-sync="this:queue all">
      <FormKey value={formKey} />
      <input type="hidden" name="confirmed" value="1" />
      <input type="hidden" name="here" value={here} />
      {ids.map(id => (
        <input type="hidden" name="entry" value={id} />
      ))}
      <dl class="pairs narrow">
        {types.map(({ label, count }) => (
          <div>
            <dt>{label}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {money && <p>{money}</p>}
      {full.length > 0 && (
        <section>
          <h2>Not all of these fit</h2>
          <ul class="plain-list">
            {full.map(({ name, href, asked, open }) => (
              <li>
                <a href={href}>{name}</a>: {asked} asked,{' '}
                {open === 0 ? 'no place' : open === 1 ? '1 place' : `${open} places`} open. What does not fit stays
                pending.
              </li>
            ))}
          </ul>
        </section>
      )}
      {left.length > 0 && (
        <section>
          <h2>These need a choice and stay as they are</h2>
          <ul class="plain-list">
            {left.map(({ text, href }) => (
              <li>
                <a href={href} data-window>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="head">
        <button class="button primary">Approve</button>
        <a class="button" href={here} data-window>
          Cancel
        </a>
      </div>
    </form>
  </>
)
