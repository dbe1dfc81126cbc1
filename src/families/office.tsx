import { FamilyPage } from '../../views/families/record'
import { OfficeLayout } from '../../views/layouts/office'
import { sayAmount, sayNext } from '../anniversaries/family'
import { auditOf } from '../audit/of'
import { demand, level } from '../auth/permissions'
import { sayDate, sayMoment, today } from '../clock'
import { officeDoor } from '../doors'
import { numbersIn } from '../forms'
import { revoke } from '../guardians/access'
import { idIn, leadTo, show } from '../http'
import { sayReason, stateWords } from '../messages/words'
import * as paths from '../paths'
import { setKeywords } from '../setup/keywords'
import { listPage } from './list-page'
import { newFamily, newFamilyPage } from './new-family-page'
import { familyRecord } from './records'
import { reinstateFamily } from './suspension'

/** Families for staff: the list and the record. */
export const familiesOffice = officeDoor()

familiesOffice.get('/families', listPage)
familiesOffice.get('/families/new', c => newFamilyPage(c))
familiesOffice.post('/families', newFamily)

for (const path of ['/families/:id', '/families/:id/ledger'])
  familiesOffice.get(path, async c => {
    const account = c.get('account')
    demand(c.get('person'), 'Families')
    const { family, people, children, lines, owed, paid, requests, log, keywords, fees, mails, addresses } =
      await familyRecord(account, c.get('person'), idIn(c.req.param('id')))
    const at = paths.office(account.slug)
    const place = account.locations.find(({ id }) => id === family.locationId)
    const zone = place?.timeZone ?? 'UTC'
    return show(
      c,
      <OfficeLayout
        shell={c.get('shell')}
        title={family.name}
        current="families"
        pageActions={auditOf(account, c.get('person'), 'family', family.id)}
      >
        <FamilyPage
          slug={account.slug}
          family={{
            id: family.id,
            name: family.name,
            state: family.state,
            note: family.note,
            change:
              level(c.get('person'), 'Families') === 2 && (family.state === 'open' || family.state === 'suspended')
                ? {
                    studentHref: at.newFamilyStudent(family.id),
                    suspensionKey: family.state === 'open' ? crypto.randomUUID() : undefined,
                    error: c.req.query('said') === 'no-reason' ? 'The reason is missing.' : undefined,
                  }
                : undefined,
            enrollHref:
              level(c.get('person'), 'Enrollments') === 2 && family.state === 'open'
                ? at.enroll({ family: family.id })
                : undefined,
            reinstateKey:
              family.state === 'suspended' && level(c.get('person'), 'Families') === 2
                ? crypto.randomUUID()
                : undefined,
            since: sayDate(today(family.createdAt, zone), { year: true }),
            location: place?.name ?? '',
            cents: family.cents,
            currency: place?.currency ?? 'USD',
            guardians: people.map(({ id, access, ...person }) => ({
              ...person,
              access: person.role === 'secondary' || access === 'invited' ? accessWords[access] : undefined,
              // Of a family that staff added; who signed up has a log-in.
              invitation:
                person.role === 'primary' &&
                (access === 'none' || access === 'invited') &&
                person.email &&
                family.state === 'open' &&
                level(c.get('person'), 'Families') === 2
                  ? {
                      action: at.familyInvitation(family.id),
                      key: crypto.randomUUID(),
                      label: access === 'invited' ? 'Re-Send Invite Email' : 'Send Invite Email',
                    }
                  : undefined,
              // Staff take access away; only the primary guardian gives it (A24).
              revocation:
                person.role === 'secondary' &&
                access !== 'none' &&
                access !== 'revoked' &&
                level(c.get('person'), 'Families') === 2
                  ? { action: at.guardianRevocation(family.id, id), key: crypto.randomUUID() }
                  : undefined,
            })),
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
            communication: {
              mails: mails.map(mail => ({
                href: at.mail(mail.id),
                subject: mail.subject,
                state: stateWords[mail.state] ?? mail.state,
                reason: sayReason(mail.reason),
                when: sayMoment(mail.at, zone),
              })),
              addresses: addresses.map(({ address, consent, ended, endedAt }) => ({
                address,
                out: consent === 'out',
                ended: ended
                  ? {
                      word: stateWords[ended] ?? ended,
                      when: sayMoment(endedAt ?? 0, zone),
                      resetKey: level(c.get('person'), 'Families') === 2 ? crypto.randomUUID() : undefined,
                    }
                  : undefined,
              })),
              resetAction: at.addressReset(family.id),
            },
            keywords: {
              rows: keywords.map(({ givesPriority, has, ...one }) => ({
                ...one,
                priority: givesPriority === 1,
                has: has === 1,
              })),
              change:
                level(c.get('person'), 'Families') === 2
                  ? { action: at.familyKeywords(family.id), key: crypto.randomUUID() }
                  : undefined,
            },
            log: log.map(({ at: ms, who, summary }) => ({ when: sayMoment(ms, zone), who, summary })),
          }}
        />
      </OfficeLayout>,
    )
  })

const accessWords = {
  none: undefined,
  invited: 'Invite Sent',
  revoked: 'Invite Revoked',
  limited: 'Can Log In',
  full: 'Can Log In',
} as const

familiesOffice.post('/families/:id/guardians/:guardian/revocation', async c => {
  demand(c.get('person'), 'Families', 2)
  const id = idIn(c.req.param('id'))
  const account = c.get('account')
  const location = paths.office(account.slug).family(id)
  await revoke(account, id, idIn(c.req.param('guardian')), account.business, { location })
  return leadTo(c, location)
})

familiesOffice.post('/families/:id/reinstatement', async c => {
  demand(c.get('person'), 'Families', 2)
  const id = idIn(c.req.param('id'))
  const location = paths.office(c.get('account').slug).family(id)
  await reinstateFamily(c.get('account'), id, { location })
  return leadTo(c, location)
})

familiesOffice.post('/families/:id/keywords', async c => {
  demand(c.get('person'), 'Families', 2)
  const id = idIn(c.req.param('id'))
  const { keyword, was } = c.get('form')
  const location = paths.office(c.get('account').slug).family(id)
  const had = numbersIn(typeof was === 'string' ? was.split(' ') : was)
  await setKeywords(c.get('account'), id, { was: had, ids: numbersIn(keyword) }, { location })
  return leadTo(c, location)
})
