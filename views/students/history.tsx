import { Pill } from '../ui/bits'
import { safeHref } from '../ui/href'
import { List } from '../ui/list'
import { Section } from '../ui/record'

export type AttendanceProps = {
  /** "92 % attended, 11 of 12" */
  rate?: string
  marks: {
    when: string
    className: string
    /** The meeting, where the mark is put right. */
    href?: string
    mark: 'present' | 'absent' | 'tardy' | 'excused'
  }[]
  /** There are older ones. */
  more: boolean
}

const words = {
  present: { word: 'Present', tone: 'green' },
  tardy: { word: 'Tardy', tone: 'amber' },
  absent: { word: 'Absent', tone: 'red' },
  excused: { word: 'Excused', tone: undefined },
} as const

/** When a student came, class by class, and the way to where it is put right. */
export const AttendanceSection = ({ rate, marks, more }: AttendanceProps) => (
  <Section title="Attendance">
    {marks.length ? (
      <div class="stack">
        {rate && <p>{rate}</p>}
        <List
          caption="Attendance"
          rows={marks}
          columns={[
            { head: 'When', cell: ({ when, href }) => (href ? <a href={safeHref(href)}>{when}</a> : when) },
            { head: 'Class', cell: ({ className }) => className, label: true },
            { head: 'Mark', cell: ({ mark }) => <Pill tone={words[mark].tone}>{words[mark].word}</Pill> },
          ]}
        />
        {more && <p class="quiet">Older ones count in the rate. The calendar has each day.</p>}
      </div>
    ) : (
      <p class="quiet">No attendance taken yet.</p>
    )}
  </Section>
)

export type SkillsProps = {
  trees: {
    name: string
    href?: string
    levels: {
      name: string
      /** The day on which it was passed. */
      passed?: string
      skills: { name: string; stars: number; about: string }[]
    }[]
  }[]
}

/** What a student can do, by tree and level: the newest stars of each skill. Coaches evaluate in the Staff Portal. */
export const SkillsSection = ({ trees }: SkillsProps) => (
  <Section title="Skills">
    {trees.length ? (
      <div class="stack">
        {trees.map(({ name, href, levels }) => (
          <div>
            <h3>{href ? <a href={safeHref(href)}>{name}</a> : name}</h3>
            {levels.map(level => (
              <details open={level.skills.some(({ stars }) => stars > 0) || undefined}>
                <summary>
                  {level.name} {level.passed && <Pill tone="green">Passed on {level.passed}</Pill>}
                </summary>
                <ul class="plain-list">
                  {level.skills.map(({ name, stars, about }) => (
                    <li>
                      {name}{' '}
                      <span role="img" aria-label={`${stars} of 5 stars`}>
                        {'★'.repeat(stars)}
                        {'☆'.repeat(5 - stars)}
                      </span>{' '}
                      {about && <small class="quiet">{about}</small>}
                    </li>
                  ))}
                </ul>
              </details>
            ))}
          </div>
        ))}
      </div>
    ) : (
      <p class="quiet">Nothing to evaluate yet: none of the classes has a skill tree.</p>
    )}
  </Section>
)

export type PassesProps = {
  passes: { title: string; whose: string; used: string; expires: string; standing: string }[]
  /** Where they are suspended. */
  href?: string
}

/** The punch passes that a student can use: its own, and those of its families. */
export const PassesSection = ({ passes, href }: PassesProps) => (
  <Section title="Punch Passes">
    <List
      caption="Punch Passes"
      rows={passes}
      columns={[
        {
          head: 'Pass',
          cell: ({ title, whose }) => (
            <>
              {href ? <a href={safeHref(href)}>{title}</a> : title}
              {whose && <span class="sub">Of {whose}</span>}
            </>
          ),
        },
        { head: 'Used', cell: ({ used }) => used, label: true },
        { head: 'Expires', cell: ({ expires }) => expires, label: true },
        {
          head: 'State',
          cell: ({ standing }) => <Pill tone={standing === 'active' ? 'green' : undefined}>{standing}</Pill>,
        },
      ]}
    />
  </Section>
)
