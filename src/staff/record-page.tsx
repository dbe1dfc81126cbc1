import { and, desc, eq } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { PersonPage } from '../../views/staff/person'
import { businessZone, locationOf } from '../accounts/account'
import { auditOf } from '../audit/of'
import { demand, level } from '../auth/permissions'
import { saySchedule } from '../classes/classes'
import { sayDate, sayMoment } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { found, idIn, show } from '../http'
import * as paths from '../paths'
import { audit, auditSubjects } from '../schema/audit'
import { ends } from './invite'
import { type Person, personQuery } from './people'
import { reaches } from './reach'
import { effectiveRights, levelWords } from './rights'
import { teachingQueries } from './teaching'

const told: Record<string, string> = {
  added: 'Added to the staff.',
  saved: 'Saved.',
  active: 'Works here again.',
  inactive: 'Made inactive, and logged out everywhere.',
  rights: 'The permissions were changed.',
  invitation: 'The link is on its way.',
  revocation: 'The link opens nothing any more.',
  'log-out': 'Logged out everywhere.',
  'second-step-removal': 'The second step was removed.',
  'passkey-removal': 'The passkeys were removed.',
}

/** Somebody on the staff: details, log-in, what they teach, what they may and why, what was done. */
export async function personPage(
  c: OfficeContext,
  again: { error?: string; address?: string } = {},
  status: 200 | 409 | 422 = 200,
) {
  const account = c.get('account')
  const actor = c.get('person')
  demand(actor, 'Staff')
  const id = idIn(c.req.param('id'))
  const [rows, lessons, services, log] = await read(account, [
    personQuery(account, actor, id),
    ...teachingQueries(account, actor, id),
    account.db
      .select({ at: audit.at, who: audit.who, summary: audit.summary })
      .from(auditSubjects)
      .innerJoin(audit, eq(audit.id, auditSubjects.auditId))
      .where(and(eq(auditSubjects.subject, 'staff'), eq(auditSubjects.subjectId, id)))
      .orderBy(desc(auditSubjects.auditId))
      .limit(30),
  ])
  const person = found(rows)
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const mayChange = level(actor, 'Staff') === 2 && reaches(actor, person)
  const teaching = [
    ...lessons.map(lesson => ({
      name: lesson.name,
      kind: lesson.kind === 'camp' ? 'Camp' : 'Class',
      when:
        lesson.kind === 'camp'
          ? [lesson.startDate, lesson.endDate]
              .map(day => day && sayDate(day))
              .filter(Boolean)
              .join(' to ')
          : saySchedule(lesson.slots),
      place: lesson.place,
      href: lesson.kind === 'camp' ? at.camp(lesson.id) : at.class(lesson.id),
    })),
    ...services.map(service => ({
      name: service.name,
      kind: 'Appointment',
      when: '',
      place: service.place,
      href: at.appointment(service.id),
    })),
  ]
  const key = () => crypto.randomUUID()
  const act = (which: paths.PersonAct) => ({ action: at.personAct(id, which), key: key() })
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={person.name}
      current="staff"
      pageActions={auditOf(account, c.get('person'), 'staff', person.id)}
    >
      <PersonPage
        slug={account.slug}
        done={told[c.req.query('done') ?? '']}
        error={again.error}
        person={{
          id,
          name: person.name,
          fullName: `${person.firstName} ${person.lastName}`,
          active: person.active,
          standing: person.isOwner ? 'Owner' : person.isAdmin ? 'Admin access' : undefined,
          email: person.email,
          phones: [person.phone, person.otherPhone].filter(phone => phone !== null),
          places: person.locationIds.map(id => locationOf(account, id)?.name).filter(place => place !== undefined),
          groups: person.groups,
          everything: everythingOf(person),
          rights: effectiveRights(person)
            .filter(right => right.level > 0)
            .map(right => ({ ...right, level: levelWords[right.level] })),
          teaching,
          log: log.map(({ at: ms, who, summary }) => ({ when: sayMoment(ms, zone), who, summary })),
        }}
        logIn={{
          state: logInState(person),
          username: person.login?.email,
          seen: person.login?.lastSeenAt ? sayMoment(person.login.lastSeenAt, zone) : undefined,
          sessions: person.login?.sessions ?? 0,
          passkeys: person.login?.passkeys ?? 0,
          secondStep: person.login?.secondStep ?? false,
          link: person.link && {
            address: person.link.address,
            until: sayMoment(person.link.expiresAt, zone),
            revocation: mayChange ? act('revocation') : undefined,
          },
          invite:
            mayChange && person.active
              ? {
                  ...act('invitation'),
                  hours: account.settings['invite.valid_hours'],
                  address: again.address ?? person.link?.address ?? person.login?.email ?? person.email ?? '',
                }
              : undefined,
          ends: mayChange
            ? (Object.keys(ends) as (keyof typeof ends)[])
                .filter(which =>
                  which === 'log-out'
                    ? person.login?.sessions
                    : which === 'second-step-removal'
                      ? person.login?.secondStep
                      : person.login?.passkeys,
                )
                .map(which => ({ ...act(which), which }))
            : [],
        }}
        editHref={mayChange ? at.personForm(id) : undefined}
        rightsHref={level(actor, 'Staff Permissions') > 0 ? at.personRights(id) : undefined}
        profileHref={person.active && level(actor, 'Settings') > 0 ? at.staffProfile(id) : undefined}
        state={mayChange ? act(person.active ? 'inactivation' : 'activation') : undefined}
        why={
          level(actor, 'Staff') === 2 && !mayChange
            ? 'Has permissions or locations that you do not have, so you can look and not change.'
            : undefined
        }
      />
    </OfficeLayout>,
    status,
  )
}

/** Whose permissions no list says: owners' and administrators'. */
function everythingOf({ isOwner, isAdmin, ownAdmin, groups }: Person): { from: string; own: boolean } | undefined {
  if (isOwner) return { from: 'Owner of the account', own: true }
  if (!isAdmin) return
  const giving = groups.filter(group => group.isAdmin).map(({ name }) => name)
  return giving.length ? { from: giving.join(', '), own: false } : { from: 'Admin access', own: ownAdmin }
}

function logInState({ login, link, invitedBefore, active }: Person): { word: string; tone?: 'green' | 'amber' } {
  if (!active) return { word: 'Inactive' }
  if (login?.opens) return { word: 'Can Log In', tone: 'green' }
  if (link) return { word: 'Invite Sent', tone: 'amber' }
  return { word: invitedBefore ? 'Invite Revoked' : 'No log-in' }
}
