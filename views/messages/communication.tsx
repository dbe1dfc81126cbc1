import { Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { List } from '../ui/list'
import { Section } from '../ui/record'

export type CommunicationProps = {
  mails: { href: string; subject: string; state: string; reason: string; when: string }[]
  addresses: {
    address: string
    /** Somebody opted out. */
    out: boolean
    /** Why no more Email Blasts go to it, and since when. */
    ended?: { word: string; when: string; resetKey?: string }
  }[]
  resetAction: string
}

/** How a family is written to: its addresses as they are now, and what went out. */
export const Communication = ({ mails, addresses, resetAction }: CommunicationProps) => (
  <Section title="Communication">
    {addresses.length > 0 && (
      <ul class="reached" role="list" aria-label="Addresses">
        {addresses.map(({ address, out, ended }) => (
          <li>
            <span>{address}</span>
            {out && <span class="out">Unsubscribed</span>}
            {ended && (
              <>
                <Pill tone="red">{ended.word}</Pill>
                <small>{ended.when}</small>
              </>
            )}
            {ended?.resetKey && (
              <form method="post" action={resetAction}>
                <FormKey value={ended.resetKey} />
                <input type="hidden" name="address" value={address} />
                <Button about={address}>Reset</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    )}
    {mails.length ? (
      <List
        caption="E-mails"
        rows={mails}
        columns={[
          { head: 'Subject', cell: mail => <a href={mail.href}>{mail.subject}</a> },
          { head: 'When', cell: mail => mail.when, label: true },
          {
            head: 'State',
            cell: mail => (
              <>
                {mail.state}
                {mail.reason && <span class="sub">{mail.reason}</span>}
              </>
            ),
          },
        ]}
      />
    ) : (
      <p class="quiet">No e-mail yet.</p>
    )}
  </Section>
)
