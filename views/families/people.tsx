import { Unsubscribed } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey } from '../ui/form'
import { safeHref } from '../ui/href'
import { Section } from '../ui/record'

export type ReachedProps = {
  contacts: {
    kind: 'email' | 'phone'
    value: string
    /** Its type, that it is the log-in, that it comes first. */
    about: string
    out: boolean
    editHref?: string
  }[]
  places: { text: string; editHref?: string }[]
}

export type GuardianCardProps = ReachedProps & {
  name: string
  role: string
  relationship: string | null
  /** Can Log In, Invite Sent, Invite Revoked. */
  access?: string
  /** For those who may change them. */
  change?: { editHref: string; emailHref: string; phoneHref: string; placeHref: string }
  /** Invitations to send, access to take away. */
  acts: { action: string; key: string; label: string }[]
}

const Edit = ({ href, about }: { href?: string; about: string }) =>
  href ? (
    <a href={safeHref(href)} aria-label={`Edit ${about}`}>
      Edit
    </a>
  ) : null

const Reached = ({ contacts, places }: ReachedProps) => (
  <ul class="plain-list">
    {contacts.map(({ kind, value, about, out, editHref }) => (
      <li>
        <a href={kind === 'email' ? `mailto:${value}` : `tel:${value.replaceAll(/[^+\d]/g, '')}`}>{value}</a>{' '}
        {about && <small class="quiet">{about}</small>} {out && <Unsubscribed />} <Edit href={editHref} about={value} />
      </li>
    ))}
    {places.map(({ text, editHref }) => (
      <li>
        {text} <Edit href={editHref} about={text} />
      </li>
    ))}
  </ul>
)

/** Who is responsible in a family, how each is reached, and the ways to their forms. */
export const Guardians = ({
  guardians,
  unassigned,
  addHref,
}: {
  guardians: GuardianCardProps[]
  unassigned: ReachedProps
  addHref?: string
}) => (
  <Section title="Guardians">
    <div class="stack">
      {guardians.map(({ name, role, relationship, access, contacts, places, change, acts }) => (
        <div>
          <p>
            <b>{name}</b>{' '}
            <small class="quiet">
              {[role === 'primary' ? 'Primary' : 'Secondary', relationship, access].filter(Boolean).join(', ')}
            </small>{' '}
            <Edit href={change?.editHref} about={name} />
          </p>
          <Reached contacts={contacts} places={places} />
          {change && (
            <p class="rowed">
              <a href={safeHref(change.emailHref)} aria-label={`Add Email, ${name}`}>
                Add Email
              </a>{' '}
              <a href={safeHref(change.phoneHref)} aria-label={`Add Phone, ${name}`}>
                Add Phone
              </a>{' '}
              <a href={safeHref(change.placeHref)} aria-label={`Add Mailing Address, ${name}`}>
                Add Mailing Address
              </a>
            </p>
          )}
          {acts.map(({ action, key, label }) => (
            <form method="post" action={action}>
              <FormKey value={key} />
              <Button about={name}>{label}</Button>
            </form>
          ))}
        </div>
      ))}
      {(unassigned.contacts.length > 0 || unassigned.places.length > 0) && (
        <div>
          <p>
            <b>Unassigned</b>
          </p>
          <Reached {...unassigned} />
        </div>
      )}
      {addHref && (
        <p>
          <ButtonLink icon="plus" href={addHref}>
            Add Guardian
          </ButtonLink>
        </p>
      )}
    </div>
  </Section>
)
