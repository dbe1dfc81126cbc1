import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { Pill, type Tone, Unsubscribed } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey, Options, TickField } from '../ui/form'
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
  /** What the primary may do about a secondary's access. */
  access?: {
    key: string
    note?: string
    acts: readonly Act[]
    /** Whoever can log in may be given more than the limited view. */
    grants?: { key: string; pay: boolean; full: boolean }
  }
}

const acts = {
  'Send Invite Email': 'invitation',
  'Re-Send Invite Email': 'invitation',
  'Reset Password': 'password-reset',
  Revoke: 'revocation',
} as const

type Act = keyof typeof acts

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
      <select name="guardian" aria-label={t('Whose is {contact}?', { contact: contact.text })}>
        <Options options={people.map(({ id, name }) => ({ value: id, label: name }))} />
      </select>
      <Button about={contact.text}>{t('Assign to guardian')}</Button>
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

const Access = ({ access, slug, id, name }: Required<Pick<Guardian, 'access' | 'id' | 'name'>> & { slug: string }) => {
  const at = paths.portal(slug)
  const { key, note, grants } = access
  const [first] = access.acts
  return (
    <>
      {note && <p class="quiet">{note}</p>}
      {grants && (
        <form class="stack" method="post" action={at.guardianAct(id, 'access')}>
          <FormKey value={grants.key} />
          <div>
            <TickField label={t('May make payments')} name="pay" id={`pay-${id}`} checked={grants.pay} />
            <TickField
              label={t('Full ledger')}
              name="full"
              id={`full-${id}`}
              checked={grants.full}
              hint={t('Balance, history and methods; may enroll, drop and tell absences.')}
            />
          </div>
          <Button about={name}>{t('Save access')}</Button>
        </form>
      )}
      {first && (
        <form class="rowed" method="post" action={at.guardianAct(id, acts[first])}>
          <FormKey value={key} />
          {access.acts.map(act => (
            <Button formaction={at.guardianAct(id, acts[act])} about={name}>
              {t(act)}
            </Button>
          ))}
        </form>
      )}
    </>
  )
}

const GuardianCard = ({ guardian, slug, people }: { guardian: Guardian; slug: string; people: People }) => {
  const { id, name, state, contacts, note, access } = guardian
  const newOne = (kind: 'addresses' | 'emails' | 'phones') => (id ? paths.portal(slug).newContact(id, kind) : undefined)
  return (
    <article class="card guardian">
      <header>
        <span class="face l" aria-hidden="true">
          {name.slice(0, 1)}
        </span>
        <h3>{name}</h3>
        {state && <Pill tone={state.tone}>{t(state.word)}</Pill>}
      </header>
      <div class="body">
        {note && <p class="quiet">{note}</p>}
        {contacts && (
          <>
            <Contacts
              title={t('Mailing Address')}
              add={t('Add Mailing Address')}
              href={newOne('addresses')}
              of={name}
              contacts={contacts.addresses}
              people={people}
            />
            <Contacts
              title={t('Email Addresses')}
              add={t('Add Email')}
              href={newOne('emails')}
              of={name}
              contacts={contacts.emails}
              people={people}
            />
            <Contacts
              title={t('Phone Numbers')}
              add={t('Add Phone')}
              href={newOne('phones')}
              of={name}
              contacts={contacts.phones}
              people={people}
            />
          </>
        )}
        {access && <Access access={access} slug={slug} id={id} name={name} />}
      </div>
    </article>
  )
}

/** Account Information: the guardians and how to reach them. */
export const Guardians = ({ slug, guardians, mayAdd }: GuardiansProps) => (
  <section class="stack" id="information" aria-labelledby="h-information">
    <div class="rowed">
      <h2 id="h-information">{t('Account Information')}</h2>
      {mayAdd && (
        <a class="button plain push" href={paths.portal(slug).newGuardian}>
          <Icon name="plus" small />
          {t('Add Guardian')}
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
