import * as paths from '../../src/paths'
import { Pill, type Tone } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'

/** A way to reach a guardian, and the page that changes it. */
export type Contact = { text: string; note?: string; unsubscribed?: boolean; href?: string }

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

export type GuardiansProps = { slug: string; guardians: Guardian[]; mayAdd: boolean }

const Said = ({ contact }: { contact: Contact }) => (
  <span>
    {contact.text} {contact.note && <small>{contact.note}</small>}{' '}
    {contact.unsubscribed && <i class="out">Unsubscribed</i>}
  </span>
)

const Contacts = ({
  title,
  add,
  href,
  contacts,
}: {
  title: string
  add: string
  href?: string
  contacts: Contact[]
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
          </li>
        ))}
      </ul>
      {href && (
        <ButtonLink look="plain" icon="plus" href={href}>
          {add}
        </ButtonLink>
      )}
    </>
  ) : null

const GuardianCard = ({ guardian, slug, mayAdd }: { guardian: Guardian; slug: string; mayAdd: boolean }) => {
  const { id, name, state, contacts, note, actions } = guardian
  const page = paths.portal(slug).guardian(id)
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
              href={mayAdd ? `${page}/addresses/new` : undefined}
              contacts={contacts.addresses}
            />
            <Contacts
              title="Email Addresses"
              add="Add Email"
              href={mayAdd ? `${page}/emails/new` : undefined}
              contacts={contacts.emails}
            />
            <Contacts
              title="Phone Numbers"
              add="Add Phone"
              href={mayAdd ? `${page}/phones/new` : undefined}
              contacts={contacts.phones}
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
        <GuardianCard guardian={guardian} slug={slug} mayAdd={mayAdd} />
      ))}
    </div>
  </section>
)
