import { Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { safeHref } from '../ui/href'
import { List } from '../ui/list'
import { Section } from '../ui/record'

type Props = {
  mails: {
    id: number
    href: string
    subject: string
    /** Empty while it waits for one. */
    address: string
    state: string
    reason: string
    when: string
    /** It was given up and this person may send it once more. */
    again: boolean
  }[]
  again: { action: string; key: string }
  addresses: {
    address: string
    /** Somebody opted out. */
    out: boolean
    /** Why no more Email Blasts go to it, and since when. */
    ended?: { word: string; when: string; resetKey?: string }
  }[]
  resetAction: string
  next?: string
}

/** How a family is written to: its addresses as they are now, and every mail that went out. */
export const CommunicationTab = ({ mails, again, addresses, resetAction, next }: Props) => (
  <div class="stack">
    <Section title="Addresses">
      {addresses.length > 0 ? (
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
      ) : (
        <p class="quiet">No e-mail address yet.</p>
      )}
    </Section>
    <Section title="E-mails">
      {mails.length ? (
        <List
          caption="E-mails"
          rows={mails}
          columns={[
            { head: 'Subject', cell: mail => <a href={mail.href}>{mail.subject}</a> },
            { head: 'To', cell: mail => mail.address, label: true },
            { head: 'When', cell: mail => mail.when, label: true },
            {
              head: 'State',
              cell: mail => (
                <>
                  {mail.state}
                  {mail.reason && <span class="sub">{mail.reason}</span>}
                  {mail.again && (
                    <form method="post" action={again.action}>
                      <FormKey value={again.key} />
                      <Button name="only" value={String(mail.id)} about={mail.subject}>
                        Send again
                      </Button>
                    </form>
                  )}
                </>
              ),
            },
          ]}
        />
      ) : (
        <p class="quiet">No e-mail yet.</p>
      )}
      {next && (
        <p>
          <a class="button" href={safeHref(next)} rel="next">
            Next
          </a>
        </p>
      )}
    </Section>
  </div>
)
