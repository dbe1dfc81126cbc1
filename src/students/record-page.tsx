import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { StudentPage } from '../../views/students/record'
import { businessZone } from '../accounts/account'
import { type MarkOfStudent, marksOfStudent, rate } from '../attendance/attendance'
import { auditOf } from '../audit/of'
import { demand, level } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { sayDate, sayMoment, sayTime, today } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { lastStudentMergeQuery } from '../families/student-merges'
import { found, idIn, show } from '../http'
import { never, standing, tokensQuery } from '../makeups/tokens'
import { never as neverOver, passesQuery, standingOf } from '../passes/passes'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { families } from '../schema/families'
import { makeupTokens } from '../schema/makeups'
import { passes } from '../schema/passes'
import { familyStudents, grades, students } from '../schema/students'
import { ofStudent, treeRows, treesOf } from '../skills/tree'
import { customFieldsQuery, sayAnswer } from './custom-fields'

const doneWords: Record<string, string> = {
  added: 'The student is added.',
  saved: 'Saved.',
  merged: 'The two records are one.',
}

/** A student: families, what the coach must know, enrollments, attendance, skills, passes and tokens (A3). */
export async function recordPage(c: OfficeContext) {
  const account = c.get('account')
  demand(c.get('person'), 'Students')
  const id = idIn(c.req.param('id'))
  const person = c.get('person')
  const [rows, homes, lines, tokens, fields, marks, skills, sold, [merge]] = await read(account, [
    account.db
      .select({
        id: students.id,
        firstName: students.firstName,
        lastName: students.lastName,
        birthDate: students.birthDate,
        medical: students.medical,
        state: students.state,
        gender: students.gender,
        grade: grades.name,
        into: sql`(select json_object('id', o.id, 'name', o.first_name || ' ' || o.last_name) from students o where o.id = ${students.mergedInto})`
          .mapWith((text: string | null) => (text ? (JSON.parse(text) as { id: number; name: string }) : null))
          .as('merged_student'),
      })
      .from(students)
      .leftJoin(grades, eq(grades.id, students.gradeId))
      .where(eq(students.id, id)),
    account.db
      .select({ id: families.id, name: families.name })
      .from(familyStudents)
      .innerJoin(families, eq(families.id, familyStudents.familyId))
      .where(eq(familyStudents.studentId, id)),
    account.db
      .select({
        id: enrollments.id,
        classId: enrollments.classId,
        className: classes.name,
        type: enrollments.type,
        state: enrollments.state,
        startDate: enrollments.startDate,
        dropDate: enrollments.dropDate,
      })
      .from(enrollments)
      .innerJoin(classes, eq(classes.id, enrollments.classId))
      .where(eq(enrollments.studentId, id))
      .orderBy(desc(enrollments.startDate))
      .limit(100),
    tokensQuery(account, and(eq(makeupTokens.studentId, id), atPlacesOf(person, makeupTokens.locationId)) as SQL),
    customFieldsQuery(account, id, { forFamilies: false }),
    marksOfStudent(account, id),
    treeRows(account, ofStudent, [], id),
    passesQuery(
      account,
      sql`${passes.familyId} in (select h.family_id from family_students h where h.student_id = ${id}) and (${passes.studentId} = ${id} or ${passes.studentId} is null)`,
    ),
    lastStudentMergeQuery(account, id),
  ])
  const student = found(rows)
  const zone = businessZone(account)
  const day = today(account.now, zone)
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={`${student.firstName} ${student.lastName}`}
      current="students"
      pageActions={auditOf(account, person, 'student', id)}
    >
      <StudentPage
        slug={account.slug}
        student={{
          id,
          name: `${student.firstName} ${student.lastName}`,
          birthDate: student.birthDate,
          medical: student.medical,
          grade: student.grade,
          own: fields.flatMap(field => (field.value === null ? [] : [{ label: field.name, value: sayAnswer(field) }])),
          families: homes,
          enrollments: lines.map(line => ({
            text: `${line.className} from ${sayDate(line.startDate, { year: true })}${line.dropDate && line.dropDate !== line.startDate ? ` to ${sayDate(line.dropDate, { year: true })}` : ''}`,
            type: line.type.replace('_', ' ').toUpperCase(),
            state: line.state,
            href:
              level(person, 'Enrollments') > 0
                ? paths.office(account.slug).enrollment(line.id)
                : paths.office(account.slug).class(line.classId),
          })),
          gender: student.gender === 'unstated' ? null : student.gender === 'female' ? 'Female' : 'Male',
          mayEdit: student.state === 'open' && level(person, 'Students') === 2,
          done: doneWords[c.req.query('done') ?? ''],
          mergeHref:
            student.state === 'open' && level(person, 'Families') === 2
              ? paths.office(account.slug).studentMerge(id)
              : undefined,
          into: student.into
            ? { name: student.into.name, href: paths.office(account.slug).student(student.into.id) }
            : undefined,
          merge:
            merge && level(person, 'Families') > 0
              ? {
                  text: `Another record, ${merge.names.join(', ')}, was merged into this one on ${sayMoment(merge.madeAt, zone)} by ${merge.who}.`,
                  href: paths.office(account.slug).mergedStudent(id, merge.id),
                }
              : undefined,
          enrollHref:
            student.state === 'open' && level(person, 'Enrollments') === 2
              ? paths.office(account.slug).enroll({ student: id })
              : undefined,
          attendance: attendanceOf(marks, ({ classId, onDate }) =>
            level(person, 'Calendar') > 0 ? paths.office(account.slug).meeting(classId, onDate) : undefined,
          ),
          skills: treesOf(skills).map(tree => ({
            name: tree.name,
            href: level(person, 'Skills') > 0 ? paths.office(account.slug).skillTree(tree.id) : undefined,
            levels: tree.levels
              .filter(({ events }) => events.some(event => event.skills.length))
              .map(({ name, passed, events }) => ({
                name,
                passed: passed && sayDate(today(passed.at, zone), { year: true }),
                skills: events.flatMap(event =>
                  event.skills.map(skill => ({
                    name: `${event.name}: ${skill.name}`,
                    stars: skill.stars ?? 0,
                    about: [skill.at === null ? null : sayDate(today(skill.at, zone), { year: true }), skill.by]
                      .filter(Boolean)
                      .join(', '),
                  })),
                ),
              })),
          })),
          passes: sold.map(pass => ({
            title: pass.title,
            whose: pass.studentId === null ? `the ${pass.family} family` : '',
            used: `${pass.used} of ${pass.punches}`,
            expires: pass.expiresOn === neverOver ? 'never' : sayDate(pass.expiresOn, { year: true }),
            standing: standingOf(pass, day),
          })),
          passesHref: level(person, 'Punch Passes') > 0 ? paths.office(account.slug).punchPasses() : undefined,
          tokens: {
            mayCreate: level(person, 'Create Makeup Tokens') === 2,
            mayOpen: level(person, 'Create Makeup Tokens') > 0 || level(person, 'Delete Makeup Tokens') > 0,
            rows: tokens.map(token => ({
              id: token.id,
              program: token.programName ?? 'No program',
              location: token.locationName,
              issued: `${sayDate(today(token.issuedAt, zone), { year: true })} by ${token.issuedBy}${token.missedOn ? `, for ${token.missedClass} on ${sayDate(token.missedOn)}` : ''}`,
              expires: token.expiresOn === never ? 'never' : sayDate(token.expiresOn, { year: true }),
              comment: token.comment,
              state: standing(token, day),
              used:
                token.usedClass && token.usedOn
                  ? {
                      text: `${token.usedClass} on ${sayDate(token.usedOn, { year: true })}`,
                      href: paths.office(account.slug).class(token.usedClassId ?? 0),
                    }
                  : undefined,
            })),
          },
        }}
      />
    </OfficeLayout>,
  )
}

/** How many marks the record shows; all that were read count for the rate. */
const listedMarks = 60

function attendanceOf(marks: MarkOfStudent[], hrefOf: (mark: MarkOfStudent) => string | undefined) {
  const { held, came, percent } = rate(marks.map(({ mark }) => mark))
  return {
    rate: percent === null ? undefined : `${percent} % attended, ${came} of ${held}`,
    marks: marks.slice(0, listedMarks).map(mark => ({
      when: `${sayDate(mark.onDate, { year: true })}, ${sayTime(mark.start)}`,
      className: mark.className,
      href: hrefOf(mark),
      mark: mark.mark,
    })),
    more: marks.length > listedMarks,
  }
}
