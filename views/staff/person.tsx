import * as paths from '../../src/paths'
import { Notice, Tag } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey } from '../ui/form'
import { List, Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { type Act, LogIn, type LogInRecord } from './log-in'

export type PersonRecord = {
  id: number
  name: string
  fullName: string
  active: boolean
  /** "Owner", "Admin access" */
  standing?: string
  email: string | null
  phones: string[]
  places: string[]
  groups: { id: number; name: string }[]
  /** Where it comes from that everything is allowed. */
  everything?: { from: string; own: boolean }
  rights: { name: string; level: string; groups: string[]; own: boolean }[]
  teaching: { name: string; kind: string; when: string; place: string; href: string }[]
  log: { when: string; who: string; summary: string }[]
}

/** Somebody on the staff. */
export const PersonPage = ({
  slug,
  person,
  logIn,
  done,
  error,
  why,
  editHref,
  rightsHref,
  profileHref,
  state,
}: {
  slug: string
  person: PersonRecord
  logIn: LogInRecord
  done?: string
  /** What was wrong with the address of an invitation. */
  error?: string
  /** Why whoever may change staff cannot change this person. */
  why?: string
  editHref?: string
  rightsHref?: string
  profileHref?: string
  state?: Act
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[{ label: 'Staff', href: at.staff() }]}
        title={person.name}
        pills={[
          person.active ? { word: 'Active', tone: 'green' } : { word: 'Inactive' },
          ...(person.standing ? [{ word: person.standing, tone: 'violet' as const }] : []),
        ]}
      >
        {editHref && <ButtonLink href={editHref}>Edit</ButtonLink>}
        {person.email && <ButtonLink href={`mailto:${person.email}`}>E-mail</ButtonLink>}
        {state && (
          <form method="post" action={state.action}>
            <FormKey value={state.key} />
            <Button>{person.active ? 'Make inactive' : 'Make active'}</Button>
          </form>
        )}
      </RecordHead>
      {done && <Notice tone="green">{done}</Notice>}
      {error && !logIn.invite && <Notice tone="red">{error}</Notice>}
      {why && <Notice>{why}</Notice>}
      {!person.active && person.teaching.length > 0 && (
        <Notice tone="amber">Still stands as instructor in the list below.</Notice>
      )}
      <div class="split">
        <div class="stack">
          <Teaching rows={person.teaching} />
          <Rights person={person} href={rightsHref} />
          <Section title="Audit Log" id="log">
            {person.log.length ? (
              <ul class="history" role="list">
                {person.log.map(({ when, who, summary }) => (
                  <li>
                    {who} {summary} <small>{when}</small>
                  </li>
                ))}
              </ul>
            ) : (
              <p class="quiet">Nothing was changed yet.</p>
            )}
          </Section>
        </div>
        <aside class="stack" aria-label="Details and log-in">
          <Section title="Details">
            <Pairs
              pairs={[
                ...(person.fullName === person.name ? [] : [{ label: 'Name', value: person.fullName }]),
                ...(person.email ? [{ label: 'E-mail', value: person.email, href: `mailto:${person.email}` }] : []),
                ...person.phones.map(phone => ({
                  label: 'Phone',
                  value: phone,
                  href: `tel:${phone.replaceAll(/[^+\d]/g, '')}`,
                })),
                { label: 'Locations', value: person.places.join(', ') || 'All' },
                ...(profileHref ? [{ label: 'Staff page', value: 'Biography', href: profileHref }] : []),
              ]}
            />
          </Section>
          <LogIn logIn={logIn} name={person.name} error={error} />
        </aside>
      </div>
    </>
  )
}

const Teaching = ({ rows }: { rows: PersonRecord['teaching'] }) => (
  <Section title="Classes, camps and appointments" id="teaches">
    {rows.length ? (
      <List
        caption="Classes, camps and appointments"
        rows={rows}
        columns={[
          { head: 'Name', cell: ({ name, href }) => <a href={href}>{name}</a> },
          { head: 'Kind', cell: ({ kind }) => kind, label: true },
          { head: 'When', cell: ({ when }) => when, label: true },
          { head: 'Where', cell: ({ place }) => place, label: true },
        ]}
      />
    ) : (
      <p class="quiet">Teaches nothing now.</p>
    )}
  </Section>
)

const Own = () => <Tag tone="amber">OWN</Tag>

const Rights = ({ person, href }: { person: PersonRecord; href?: string }) => (
  <Section title="Permissions" id="permissions">
    <div class="stack">
      <p>
        {person.groups.length ? `In ${person.groups.map(({ name }) => name).join(', ')}.` : 'In no group.'}{' '}
        {href && <a href={href}>Groups and permissions</a>}
      </p>
      {person.everything && (
        <p>
          <b>Everything</b>, from {person.everything.from}. {person.everything.own && <Own />}
        </p>
      )}
      {!person.everything && !person.rights.length && <p class="quiet">May nothing yet.</p>}
    </div>
    {!person.everything && person.rights.length > 0 && (
      <List
        caption="Permissions"
        rows={person.rights}
        columns={[
          { head: 'Permission', cell: ({ name }) => name },
          { head: 'Level', cell: ({ level }) => level, label: true },
          { head: 'From', cell: ({ groups, own }) => (own ? <Own /> : groups.join(', ')), label: true },
        ]}
      />
    )}
  </Section>
)
