import { sayDate } from '../../src/clock'
import * as paths from '../../src/paths'
import { type TokenRow, TokensSection } from '../makeups/office'
import { Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { safeHref } from '../ui/href'
import { List, Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import {
  type AttendanceProps,
  AttendanceSection,
  type PassesProps,
  PassesSection,
  type SkillsProps,
  SkillsSection,
} from './history'

export type StudentRecord = {
  id: number
  name: string
  birthDate: string | null
  medical: string | null
  grade: string | null
  gender: string | null
  mayEdit: boolean
  /** What was just done. */
  done?: string
  /** Makes another record of the same child and this one one, for those who may. */
  mergeHref?: string
  /** The record that this one was merged into. */
  into?: { name: string; href: string }
  /** What was merged into it last. */
  merge?: { text: string; href: string }
  /** Answers to the business's own fields. */
  own: { label: string; value: string }[]
  families: { id: number; name: string }[]
  enrollments: { text: string; type: string; state: string; href: string }[]
  /** Enrolls the student, for those who may. */
  enrollHref?: string
  attendance: AttendanceProps
  skills: SkillsProps['trees']
  passes: PassesProps['passes']
  passesHref?: string
  tokens: { rows: TokenRow[]; mayCreate: boolean; mayOpen: boolean }
}

/** A student: families, what the coach must know, enrollments. */
export const StudentPage = ({ slug, student }: { slug: string; student: StudentRecord }) => (
  <>
    <RecordHead
      trail={[{ label: 'Students', href: paths.office(slug).students() }]}
      title={student.name}
      about={student.birthDate ? `born ${sayDate(student.birthDate, { year: true })}` : undefined}
    >
      <ButtonLink icon="policy" href={paths.office(slug).studentPolicies(student.id)}>
        Policies
      </ButtonLink>
      {student.mayEdit && (
        <>
          <ButtonLink icon="pencil" href={paths.office(slug).studentForm(student.id)}>
            Edit
          </ButtonLink>
          <ButtonLink icon="trash" href={paths.office(slug).studentDeletion(student.id)}>
            Delete
          </ButtonLink>
        </>
      )}
      {student.mergeHref && (
        <ButtonLink icon="students" href={student.mergeHref}>
          Merge
        </ButtonLink>
      )}
      {student.enrollHref && (
        <ButtonLink icon="plus" href={student.enrollHref}>
          Enroll
        </ButtonLink>
      )}
    </RecordHead>
    {student.done && <Notice tone="green">{student.done}</Notice>}
    {student.into && (
      <Notice tone="amber">
        This record was merged into <a href={safeHref(student.into.href)}>{student.into.name}</a>, where its enrollments
        are now.
      </Notice>
    )}
    {student.merge && (
      <Notice tone="amber">
        {student.merge.text} <a href={safeHref(student.merge.href)}>What moved, and Undo</a>
      </Notice>
    )}
    {student.medical && <p class="notice red">{student.medical}</p>}
    {(student.gender || student.grade || student.own.length > 0) && (
      <Pairs
        pairs={[
          ...(student.gender ? [{ label: 'Gender', value: student.gender }] : []),
          ...(student.grade ? [{ label: 'Grade', value: student.grade }] : []),
          ...student.own,
        ]}
      />
    )}
    <div class="stack">
      <Section title="Families">
        <ul class="plain-list">
          {student.families.map(({ id, name }) => (
            <li>
              <a href={paths.office(slug).family(id)}>{name}</a>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Enrollments">
        {student.enrollments.length ? (
          <List
            caption="Enrollments"
            rows={student.enrollments}
            columns={[
              { head: 'Class', cell: ({ text, href }) => <a href={href}>{text}</a> },
              { head: 'Type', cell: ({ type }) => type, label: true },
              {
                head: 'State',
                cell: ({ state }) => (
                  <Pill tone={state === 'requested' ? 'red' : state === 'approved' ? 'green' : undefined}>
                    {state === 'requested' ? 'Pending' : state === 'approved' ? 'Approved' : 'Canceled'}
                  </Pill>
                ),
              },
            ]}
          />
        ) : (
          <p class="quiet">No enrollments yet.</p>
        )}
      </Section>
      <AttendanceSection {...student.attendance} />
      <SkillsSection trees={student.skills} />
      {student.passes.length > 0 && <PassesSection passes={student.passes} href={student.passesHref} />}
      <TokensSection
        slug={slug}
        studentId={student.id}
        tokens={student.tokens.rows}
        mayCreate={student.tokens.mayCreate}
        mayOpen={student.tokens.mayOpen}
      />
    </div>
  </>
)
