import { and, asc, eq, sql } from 'drizzle-orm'
import { CampRecordPage } from '../../views/camps/record'
import { OfficeLayout } from '../../views/layouts/office'
import type { Account } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { sayAges } from '../classes/classes'
import { sayDate, today } from '../clock'
import { type Results, read } from '../database'
import type { OfficeContext } from '../doors'
import { found, idIn, NotFound, show } from '../http'
import * as paths from '../paths'
import { enrollmentDays, enrollments } from '../schema/enrollments'
import { students } from '../schema/students'
import { type CampRow, campById, isAhead, sayDates, sayDays, sayHours } from './camps'
import { choiceQueries, options } from './choices'
import { typedOf } from './forms'
import { questionKinds, typedOf as typedQuestion } from './question-form'
import { answersOfCamp, kindsOfQuestion, questionsQuery, sayAnswer } from './questions'
import { waitingQuery } from './waitlist'

interface Again {
  typed?: Record<string, string | string[] | undefined>
  errors?: Record<string, string>
  status?: 409 | 422
}

/** The forms of the page, asked again. */
export interface CampAgain {
  change?: Again
  block?: Again
  removal?: Again
  question?: Again & { id?: number }
  place?: Again
}

const campQueryOf = (c: OfficeContext) => campById(c.get('account'), idIn(c.req.param('id')))

/** Somebody who works elsewhere finds nothing. */
const mine = (c: OfficeContext, rows: CampRow[]) => {
  const camp = found(rows)
  if (!worksAt(c.get('person'), camp.locationId)) throw new NotFound()
  return camp
}

/** The camp of the address. @throws NotFound */
export async function campOf(c: OfficeContext) {
  const [rows] = await read(c.get('account'), [campQueryOf(c)])
  return mine(c, rows)
}

/** One camp as staff see it: who comes, what is asked, and the forms that change it. */
export async function campPage(c: OfficeContext, again: CampAgain = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Camps')
  const { db } = account
  const campId = idIn(c.req.param('id'))
  const [rows, questions, answers, waiting, who, ...choices] = await read(account, [
    campQueryOf(c),
    questionsQuery(account, campId),
    answersOfCamp(account, campId),
    waitingQuery(account, campId),
    db
      .select({
        id: enrollments.id,
        onDate: enrollmentDays.onDate,
        familyId: enrollments.familyId,
        studentId: enrollments.studentId,
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
        asked: sql<number>`${enrollments.state} = 'requested'`.as('is_asked'),
      })
      .from(enrollments)
      .innerJoin(enrollmentDays, eq(enrollmentDays.enrollmentId, enrollments.id))
      .innerJoin(students, eq(students.id, enrollments.studentId))
      .where(
        and(
          eq(enrollments.classId, campId),
          sql`${enrollments.state} <> 'cancelled' and ${enrollments.type} <> 'wait'`,
        ),
      )
      .orderBy(asc(enrollmentDays.onDate), asc(students.sortName))
      .limit(2000),
    ...choiceQueries(c),
  ])
  const camp = mine(c, rows)
  const [types, pricings] = choices
  const known = <T extends { id: number; name: string }>(list: T[], id: number, name: string) =>
    options(list.some(one => one.id === id) ? list : [...list, { id, name }])
  const { status } = again.change ?? again.block ?? again.removal ?? again.question ?? again.place ?? {}
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={camp.name} current="camps">
      <CampRecordPage
        slug={account.slug}
        id={camp.id}
        name={camp.name}
        active={camp.state === 'active'}
        facts={[
          { label: 'Dates', value: sayDates(camp) },
          { label: 'Location', value: camp.locationName },
          { label: 'Program', value: camp.programName },
          { label: 'Ages', value: sayAges(camp) },
          { label: 'In the Customer Portal', value: camp.showPortal ? 'Shown' : 'Hidden' },
        ]}
        portalHref={paths.portal(account.slug).camp(camp.id)}
        mayAct={level(person, 'Camps') === 2}
        enrollHref={
          level(person, 'Enrollments') === 2 && camp.state === 'active'
            ? paths.office(account.slug).campEnroll(camp.id)
            : undefined
        }
        saved={c.req.query('saved') && !status ? 'Saved.' : undefined}
        change={{
          key: crypto.randomUUID(),
          values: again.change?.typed ?? typedOf(camp, moment => today(moment, camp.timeZone)),
          errors: again.change?.errors,
        }}
        block={{ key: crypto.randomUUID(), values: again.block?.typed ?? {}, errors: again.block?.errors }}
        removalError={again.removal?.errors?.form}
        options={{
          types: known(types, camp.typeId, camp.singular),
          pricings: known(pricings, camp.scheduleId, camp.pricingName),
        }}
        waiting={
          camp.allowWaitlist || waiting.length
            ? {
                mayAct: level(person, 'Enrollments') === 2,
                error: again.place?.errors?.form,
                rows: waitingRows(account, camp, waiting, answers),
              }
            : undefined
        }
        asks={{
          kinds: questionKinds,
          questions: questions.map(row => {
            const { id, label, kind, retiredAt } = row
            const asked = again.question?.id === id ? again.question : undefined
            return {
              id,
              label,
              about: kindsOfQuestion[kind],
              retired: retiredAt !== null,
              key: crypto.randomUUID(),
              values: asked?.typed ?? typedQuestion(row),
              errors: asked?.errors,
            }
          }),
          newQuestion: {
            key: crypto.randomUUID(),
            values: (!again.question?.id && again.question?.typed) || {},
            errors: again.question?.id ? undefined : again.question?.errors,
          },
          answers: answersByChild(who, answers),
        }}
        blocks={[...Map.groupBy(camp.days, ({ blockId }) => blockId)].map(([id, days]) => ({
          id,
          key: crypto.randomUUID(),
          name: days[0]?.block ?? '',
          days: days.map(day => ({
            date: sayDate(day.date, { weekday: true }),
            hours: sayHours(day),
            taken: day.taken,
            places: day.places,
            students: who
              .filter(({ onDate }) => onDate === day.date)
              .map(({ studentId, name, asked }) => ({ id: studentId, name, asked: asked === 1 })),
          })),
        }))}
      />
    </OfficeLayout>,
    status ?? 200,
  )
}

/** What was answered for each place, the days beside it. */
function answersByChild(
  who: { id: number; onDate: string; studentId: number; name: string; asked: number }[],
  answers: { enrollmentId: number; label: string; answer: string }[],
) {
  const places = Map.groupBy(who, ({ id }) => id)
  return [...Map.groupBy(answers, ({ enrollmentId }) => enrollmentId)].flatMap(([id, given]) => {
    const days = places.get(id)
    if (!days?.[0]) return []
    const { studentId, name, asked } = days[0]
    return [
      {
        studentId,
        name,
        dates: sayDays(days.map(({ onDate }) => onDate)),
        pending: asked === 1,
        answers: sayAll(given),
      },
    ]
  })
}

const sayAll = (answers: { label: string; answer: string }[]) =>
  answers.map(each => `${each.label}: ${sayAnswer(each)}`).join('; ')

/** Who waits, with which of the days could be given now. */
function waitingRows(
  account: Account,
  camp: CampRow,
  waiting: Results<[ReturnType<typeof waitingQuery>]>[0],
  answers: { enrollmentId: number; label: string; answer: string }[],
) {
  const free = new Set(
    camp.days.filter(day => day.taken < day.places && isAhead(account, camp, day)).map(({ date }) => date),
  )
  let place = 0
  return waiting.map(({ id, state, studentId, studentName, familyId, familyName, askedAt, days, notes }) => ({
    id,
    key: crypto.randomUUID(),
    place: state === 'approved' ? ++place : undefined,
    studentId,
    student: studentName,
    familyId,
    family: familyName,
    asked: sayDate(today(askedAt, camp.timeZone)),
    days: days.map(date => ({ date, label: sayDate(date, { weekday: true }), free: free.has(date) })),
    byDay: camp.attend === 'days',
    about: [sayAll(answers.filter(({ enrollmentId }) => enrollmentId === id)), notes].filter(Boolean).join('; '),
  }))
}
