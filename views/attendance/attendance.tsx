import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Pill } from '../ui/bits'

export type AttendedClass = {
  name: string
  about: string
  /** "92 % attended, 11 of 12" */
  rate?: string
  marks: { when: string; mark: 'present' | 'absent' | 'tardy' | 'excused' }[]
}

const marks = {
  present: { word: 'Present', tone: 'green' },
  tardy: { word: 'Tardy', tone: 'amber' },
  absent: { word: 'Absent', tone: 'red' },
  excused: { word: 'Excused', tone: 'blue' },
} as const

const ClassCard = ({ of }: { of: AttendedClass }) => (
  <section class="card">
    <header>
      <h3>{of.name}</h3>
      {of.rate && <b>{of.rate}</b>}
    </header>
    <div class="body">
      <p class="quiet">{of.about}</p>
      {of.marks.length === 0 && <p class="quiet">{t('No class has been marked yet.')}</p>}
      <ul class="courses" role="list">
        {of.marks.map(({ when, mark }) => (
          <li>
            {when} <Pill tone={marks[mark].tone}>{t(marks[mark].word)}</Pill>
          </li>
        ))}
      </ul>
    </div>
  </section>
)

/** Attendance of a student: what runs, then what is past. */
export const AttendancePage = ({
  shell,
  student,
  current,
  past,
}: {
  shell: PortalShell
  student: string
  current: AttendedClass[]
  past: AttendedClass[]
}) => (
  <PortalLayout shell={shell} title={t('Attendance')} current="account" narrow>
    <h1>{t('Attendance')}</h1>
    <p class="quiet">{student}</p>
    <div class="stack">
      <h2>{t('Current Enrollments')}</h2>
      {current.length === 0 && <p class="quiet">{t('None.')}</p>}
      {current.map(each => (
        <ClassCard of={each} />
      ))}
      {past.length > 0 && (
        <details class="fold">
          <summary>
            <span class="shut">{t('Show')}</span>
            <span class="wide">{t('Hide')}</span> {t('Past Enrollments')}
          </summary>
          <div class="stack">
            {past.map(each => (
              <ClassCard of={each} />
            ))}
          </div>
        </details>
      )}
      <p class="quiet">{t('Tardy counts as attended; excused absences do not count.')}</p>
      <p>
        <a href={paths.portal(shell.slug).account()}>{t('My Account')}</a>
      </p>
    </div>
  </PortalLayout>
)
