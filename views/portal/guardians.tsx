import * as paths from '../../src/paths'
import { Pill, type Tone, Unsubscribed } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey, Options } from '../ui/form'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'

/** A way to reach a guardian, and the page that changes it. */
export type Contact = {
  text: string
  note?: string
  unsubscribed?: boolean
  href?: string
  /** For what belongs to nobody. */
  assign?: { action: string; key: string }
}

export type Guardian = {
  id: number
  name: string
  /** Primary, Can Log In, Invite Sent, Invite Revoked. */
  state?: { word: string; tone?: Tone }
  /** Absent for a secondary who looks after these alone. */
  contacts?: { addresses: Contact[]; emails: Contact[]; phones: Contact[] }
  note?: string
  /** Send Invite Email, Re-Send Invite Email, Revoke, Reset Password. */
  actions: { label: string; href: string }[]
}

export type GuardiansProps = {
  slug: string
  guardians: Guardian[]
  /** Whether guardians may be added. */
  mayAdd: boolean
}

const Said = ({ contact }: { contact: Contact }) => (
  <span>
    {contact.text} {contact.note && <small>{contact.note}</small>} {contact.unsubscribed && <Unsubscribed />}
  </span>
)

type People = Pick<Guardian, 'id' | 'name'>[]

const Assign = ({ contact, people }: { contact: Contact; people: People }) =>
  contact.assign ? (
    <form class="assign" method="post" action={contact.assign.action}>
      <FormKey value={contact.assign.key} />
      <select name="guardian" aria-label={`Whose is ${contact.text}?`}>
        <Options options={people.map(({ id, name }) => ({ value: id, label: name }))} />
      </select>
      <Button about={contact.text}>Assign to guardian</Button>
    </form>
  ) : null

const Contacts = ({
  title,
  add,
  href,
  of,
  contacts,
  people,
}: {
  title: string
  add: string
  href?: string
  /** Whose they are, for who only hears the page. */
  of: string
  contacts: Contact[]
  people: People
}) =>
  contacts.length > 0 || href ? (
    <>
      <h4>{title}</h4>
      <ul role="list">
        {contacts.map(contact => (
          <li>
            {contact.href ? (
              <a class="go-row" href={safeHref(contact.href)}>
                <Said contact={contact} />
                <Icon name="right" small />
              </a>
            ) : (
              <p>
                <Said contact={contact} />
              </p>
            )}
            <Assign contact={contact} people={people} />
          </li>
        ))}
      </ul>
      {href && (
        <ButtonLink look="plain" icon="plus" href={href} about={of}>
          {add}
        </ButtonLink>
      )}
    </>
  ) : null

const GuardianCard = ({ guardian, slug, people }: { guardian: Guardian; slug: string; people: People }) => {
  const { id, name, state, contacts, note, actions } = guardian
  const newOne = (kind: 'addresses' | 'emails' | 'phones') => (id ? paths.portal(slug).newContact(id, kind) : undefined)
  return (
    <article class="card guardian">
      <header>
        <span class="face l" aria-hidden="true">
          {name.slice(0, 1)}
        </span>
        <h3>{name}</h3>
        {state && <Pill tone={state.tone}>{state.word}</Pill>}
      </header>
      <div class="body">
        {note && <p class="quiet">{note}</p>}
        {contacts && (
          <>
            <Contacts
              title="Mailing Address"
              add="Add Mailing Address"
              href={newOne('addresses')}
              of={name}
              contacts={contacts.addresses}
              people={people}
            />
            <Contacts
              title="Email Addresses"
              add="Add Email"
              href={newOne('emails')}
              of={name}
              contacts={contacts.emails}
              people={people}
            />
            <Contacts
              title="Phone Numbers"
              add="Add Phone"
              href={newOne('phones')}
              of={name}
              contacts={contacts.phones}
              people={people}
            />
          </>
        )}
        {actions.length > 0 && (
          <div class="rowed">
            {actions.map(({ label, href }) => (
              <ButtonLink href={href} about={name}>
                {label}
              </ButtonLink>
            ))}
          </div>
        )}
      </div>
    </article>
  )
}

/** Account Information: the guardians and how to reach them. */
export const Guardians = ({ slug, guardians, mayAdd }: GuardiansProps) => (
  <section class="stack" id="information" aria-labelledby="h-information">
    <div class="rowed">
      <h2 id="h-information">Account Information</h2>
      {mayAdd && (
        <a class="button plain push" href={`${paths.portal(slug).guardians}/new`}>
          <Icon name="plus" small />
          Add Guardian
        </a>
      )}
    </div>
    <div class="two">
      {guardians.map(guardian => (
        <GuardianCard guardian={guardian} slug={slug} people={guardians.filter(({ id }) => id)} />
      ))}
    </div>
  </section>
)
