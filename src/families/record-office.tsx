import { and, asc, eq, sql } from 'drizzle-orm'
import { KeywordsTab } from '../../views/families/keywords'
import { FamilyStudents } from '../../views/families/students'
import { CommunicationTab } from '../../views/messages/communication'
import { businessZone, todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayAge, sayDate, sayMoment } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { numbersIn } from '../forms'
import { found, idIn, leadTo } from '../http'
import { addressesQuery, mailedQuery, mailsAPage } from '../messages/records'
import { automatic, isAutomatic } from '../messages/templates'
import { reachOf } from '../messages/undelivered'
import { sayReason, stateWords } from '../messages/words'
import * as paths from '../paths'
import { familyStudents, students } from '../schema/students'
import { keywordsQuery, setKeywords } from '../setup/keywords'
import { isActive } from '../students/listing'
import { headQuery, showTab } from './frame'

/** The tabs Students, Keywords and Communication of a family's record (A3). */
export const familyRecordOffice = officeDoor()

const famId = (c: OfficeContext) => idIn(c.req.param('id'))
const at = (c: OfficeContext) => paths.office(c.get('account').slug)
const isThere = (state: string) => state === 'open' || state === 'suspended'

familyRecordOffice.get('/families/:id/students', async c => {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const id = famId(c)
  const { firstName, lastName, birthDate } = students
  const [heads, rows] = await read(account, [
    headQuery(account, id),
    account.db
      .select({
        id: students.id,
        ...{ firstName, lastName, birthDate },
        active: sql<boolean>`${isActive(account)}`.mapWith(Boolean).as('is_active'),
        // A child may live in two households (BY7).
        others:
          sql`(select json_group_array(json_object('id', f.id, 'name', f.name)) from family_students h join families f on f.id = h.family_id where h.student_id = students.id and h.family_id <> ${id})`
            .mapWith(text => JSON.parse(text) as { id: number; name: string }[])
            .as('other_households'),
      })
      .from(familyStudents)
      .innerJoin(students, eq(students.id, familyStudents.studentId))
      .where(and(eq(familyStudents.familyId, id), eq(students.state, 'open')))
      .orderBy(asc(birthDate), asc(students.id)),
  ])
  const family = found(heads)
  const day = todayAt(account)
  const may = (permission: 'Families' | 'Students' | 'Enrollments') => level(c.get('person'), permission) === 2
  return showTab(
    c,
    family,
    'students',
    <FamilyStudents
      slug={account.slug}
      addHref={may('Families') && isThere(family.state) ? at(c).newFamilyStudent(id) : undefined}
      mayEdit={may('Students')}
      mayEnroll={may('Enrollments') && family.state === 'open'}
      rows={rows.map(row => ({
        id: row.id,
        name: `${row.firstName} ${row.lastName}`,
        born: row.birthDate ? sayDate(row.birthDate, { year: true }) : '',
        age: row.birthDate ? sayAge(row.birthDate, day) : '',
        active: row.active,
        others: row.others,
      }))}
    />,
  )
})

familyRecordOffice.get('/families/:id/keywords', async c => {
  demand(c.get('person'), 'Families')
  const account = c.get('account')
  const id = famId(c)
  const [heads, rows] = await read(account, [headQuery(account, id), keywordsQuery(account, id)])
  const family = found(heads)
  return showTab(
    c,
    family,
    'keywords',
    <KeywordsTab
      rows={rows.map(({ givesPriority, has, ...one }) => ({ ...one, priority: givesPriority === 1, has: has === 1 }))}
      change={
        level(c.get('person'), 'Families') === 2 && isThere(family.state)
          ? { action: at(c).familyTab(id, 'keywords'), key: crypto.randomUUID() }
          : undefined
      }
    />,
  )
})

familyRecordOffice.post('/families/:id/keywords', async c => {
  demand(c.get('person'), 'Families', 2)
  const { keyword, was } = c.get('form')
  const location = at(c).familyTab(famId(c), 'keywords')
  const had = numbersIn(typeof was === 'string' ? was.split(' ') : was)
  await setKeywords(c.get('account'), famId(c), { was: had, ids: numbersIn(keyword) }, { location })
  return leadTo(c, location)
})

familyRecordOffice.get('/families/:id/communication', async c => {
  const person = c.get('person')
  demand(person, 'Families')
  const account = c.get('account')
  const id = famId(c)
  const [before, beforeId] = (c.req.query('after') ?? '').split('-').map(text => numbersIn(text)[0])
  const [heads, mails, addresses] = await read(account, [
    headQuery(account, id),
    mailedQuery(account, id, before && beforeId ? { at: before, id: beforeId } : undefined),
    addressesQuery(account, id),
  ])
  const zone = businessZone(account)
  const reach = reachOf(person, 2)
  const last = mails.length > mailsAPage ? mails[mailsAPage - 1] : undefined
  return showTab(
    c,
    found(heads),
    'communication',
    <CommunicationTab
      mails={mails.slice(0, mailsAPage).map(mail => ({
        id: mail.id,
        href: at(c).mail(mail.id),
        // A notice gets its words when it goes; until then it is called what it is about.
        subject:
          mail.subject === 'E-mail' && mail.template && isAutomatic(mail.template)
            ? automatic[mail.template].title
            : mail.subject,
        address: mail.address,
        state: stateWords[mail.state] ?? mail.state,
        reason: sayReason(mail.reason),
        when: sayMoment(mail.at, zone),
        // As the page of undelivered mail has it: all of it, or only what was a blast's.
        again: mail.state === 'failed' && (reach === 'all' || (reach === 'blasts' && mail.blastId !== null)),
      }))}
      again={{ action: at(c).undelivered(), key: crypto.randomUUID() }}
      addresses={addresses.map(({ address, consent, ended, endedAt }) => ({
        address,
        out: consent === 'out',
        ended: ended
          ? {
              word: stateWords[ended] ?? ended,
              when: sayMoment(endedAt ?? 0, zone),
              resetKey: level(person, 'Families') === 2 ? crypto.randomUUID() : undefined,
            }
          : undefined,
      }))}
      resetAction={at(c).addressReset(id)}
      next={last && at(c).familyTab(id, 'communication', { after: `${last.at}-${last.id}` })}
    />,
  )
})
