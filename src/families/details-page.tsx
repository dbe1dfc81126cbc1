import { FamilyPage } from '../../views/families/record'
import { OfficeLayout } from '../../views/layouts/office'
import { locationOf } from '../accounts/account'
import { sayAmount, sayNext } from '../anniversaries/family'
import { auditOf } from '../audit/of'
import { demand, level } from '../auth/permissions'
import { sayDate, sayMoment, today } from '../clock'
import { sayPlace } from '../contacts/addresses'
import type { OfficeContext } from '../doors'
import { idIn, show } from '../http'
import * as paths from '../paths'
import { familyRecord } from './records'

const doneWords: Record<string, string> = {
  added: 'The family is added.',
  saved: 'Saved.',
  merged: 'The families are one.',
  invited: 'The invitation is on its way.',
  revoked: 'The access is revoked, and both are told.',
  'guardian-added': 'The guardian is added.',
  'guardian-saved': 'Saved.',
  'guardian-removed': 'The guardian is removed.',
  'password-link': 'The link to a new password is on its way.',
  'contact-added': 'Added.',
  'contact-saved': 'Saved.',
  'contact-deleted': 'Deleted.',
  'contact-assigned': 'Assigned.',
}

const accessWords = {
  none: undefined,
  invited: 'Invite Sent',
  revoked: 'Invite Revoked',
  limited: 'Can Log In',
  full: 'Can Log In',
} as const

/** The Details of a family: people, enrollments, money, what it asked for, what was done. */
export async function detailsPage(c: OfficeContext, again?: { note: string; error: string }) {
  const account = c.get('account')
  demand(c.get('person'), 'Families')
  const { family, people, children, lines, owed, paid, requests, log, keywords, fees, contacts, places, merge } =
    await familyRecord(account, c.get('person'), idIn(c.req.param('id')))
  const at = paths.office(account.slug)
  const place = locationOf(account, family.locationId)
  const zone = place?.timeZone ?? 'UTC'
  const isOpen = family.state === 'open' || family.state === 'suspended'
  const mayChange = level(c.get('person'), 'Families') === 2 && isOpen
  const key = () => crypto.randomUUID()
  const reached = (guardianId: number | null) => ({
    contacts: contacts
      .filter(one => one.guardianId === guardianId)
      .map(({ id, kind, value, label, isLogin, isPrimary, consent }) => ({
        kind,
        value,
        about: [
          label,
          isLogin ? 'Log-in' : null,
          isPrimary ? (kind === 'email' ? 'written to first' : 'called first') : null,
        ]
          .filter(Boolean)
          .join(', '),
        out: consent === 'out',
        editHref: mayChange ? at.familyContact(family.id, id) : undefined,
      })),
    places: places
      .filter(one => one.guardianId === guardianId)
      .map(one => ({ text: sayPlace(one), editHref: mayChange ? at.familyPlace(family.id, one.id) : undefined })),
  })
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={family.name}
      current="families"
      more
      pageActions={auditOf(account, c.get('person'), 'family', family.id)}
    >
      <FamilyPage
        slug={account.slug}
        family={{
          id: family.id,
          name: family.name,
          state: family.state,
          note: family.note,
          done: doneWords[c.req.query('done') ?? ''],
          into: family.into ? { name: family.into.name, href: at.family(family.into.id) } : undefined,
          merge: merge && {
            text: `${merge.names.join(', ')} merged into this family on ${sayMoment(merge.madeAt, zone)} by ${merge.who}.`,
            href: at.mergedFamily(merge.familyId, merge.id),
          },
          change: mayChange
            ? {
                editHref: at.familyForm(family.id),
                studentHref: at.newFamilyStudent(family.id),
                guardianHref: at.newFamilyGuardian(family.id),
                suspensionKey: family.state === 'open' ? key() : undefined,
                typed: again?.note,
                error: again?.error,
              }
            : undefined,
          enrollHref:
            level(c.get('person'), 'Enrollments') === 2 && family.state === 'open'
              ? at.enroll({ family: family.id })
              : undefined,
          reinstateKey:
            family.state === 'suspended' && level(c.get('person'), 'Families') === 2 ? crypto.randomUUID() : undefined,
          since: sayDate(today(family.createdAt, zone), { year: true }),
          location: place?.name ?? '',
          cents: family.cents,
          currency: place?.currency ?? 'USD',
          guardians: people.map(({ id, access, loginId, ...person }) => ({
            ...person,
            ...reached(id),
            access: person.role === 'secondary' || loginId === null ? accessWords[access] : undefined,
            change: mayChange
              ? {
                  editHref: at.familyGuardian(family.id, id),
                  emailHref: at.newFamilyReach(family.id, id, 'emails'),
                  phoneHref: at.newFamilyReach(family.id, id, 'phones'),
                  placeHref: at.newFamilyReach(family.id, id, 'addresses'),
                }
              : undefined,
            acts: [
              // Of a family that staff added; who signed up has a log-in.
              ...(mayChange &&
              family.state === 'open' &&
              person.role === 'primary' &&
              loginId === null &&
              contacts.some(({ guardianId, kind }) => guardianId === id && kind === 'email')
                ? [
                    {
                      action: at.familyInvitation(family.id),
                      key: key(),
                      label: access === 'invited' ? 'Re-Send Invite Email' : 'Send Invite Email',
                    },
                  ]
                : []),
              // Staff take access away; only the primary guardian gives it (A24).
              ...(mayChange &&
              (access === 'invited' || (person.role === 'secondary' && (access === 'limited' || access === 'full')))
                ? [{ action: at.familyGuardianAct(family.id, id, 'revocation'), key: key(), label: 'Revoke' }]
                : []),
            ],
          })),
          unassigned: reached(null),
          students: children.map(child => ({
            id: child.id,
            name: `${child.firstName} ${child.lastName}`,
            birthDate: child.birthDate,
            lines: lines
              .filter(({ studentId }) => studentId === child.id)
              .map(line => ({
                text: `${line.className} from ${sayDate(line.startDate)}${line.dropDate && line.dropDate !== line.startDate ? ` to ${sayDate(line.dropDate)}` : ''}`,
                type: line.type.replace('_', ' ').toUpperCase(),
                state: line.state,
                href: level(c.get('person'), 'Enrollments') > 0 ? at.enrollment(line.id) : at.class(line.classId),
              })),
          })),
          charges: owed.map(({ steps, ...charge }) => ({ ...charge, steps: JSON.parse(steps) as string[] })),
          payments: paid,
          fees: fees.map(one => ({
            name: one.fee.name,
            whose: one.whose,
            next: sayNext(one.standing),
            amount: sayAmount(one),
            href:
              level(c.get('person'), 'Transactions') === 2
                ? at.familyFee(family.id, one.fee.id, { student: one.standing.studentId })
                : undefined,
          })),
          requests: requests?.map(({ id, label, at: ms }) => ({
            text: label,
            href: at.entry(id),
            when: sayMoment(ms, zone),
          })),
          keywords: keywords.map(({ givesPriority, has, ...one }) => ({
            ...one,
            priority: givesPriority === 1,
            has: has === 1,
          })),
          log: log.map(({ at: ms, who, summary }) => ({ when: sayMoment(ms, zone), who, summary })),
        }}
      />
    </OfficeLayout>,
    again ? 422 : 200,
  )
}
