import { sayDate } from '../../src/clock'
import { money } from '../../src/money'
import * as paths from '../../src/paths'
import { type FamilyFees, FamilyFeesSection } from '../anniversaries/list'
import { Notice, Pill, Tag } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { FamilyTabs } from './frame'
import { Keywords } from './keywords'
import { type GuardianCardProps, Guardians, type ReachedProps } from './people'

export type FamilyRecord = {
  id: number
  name: string
  state: string
  note: string | null
  /** Present when the family is suspended and this person may change that. */
  reinstateKey?: string
  /** For those who may suspend it and add to it. */
  change?: {
    suspensionKey?: string
    editHref: string
    studentHref: string
    guardianHref: string
    typed?: string
    error?: string
  }
  /** What was just done. */
  done?: string
  /** The family that this one went into. */
  into?: { name: string; href: string }
  /** What was merged into it last. */
  merge?: { text: string; href: string }
  /** Enrolls a child of it, for those who may. */
  enrollHref?: string
  since: string
  location: string
  cents: number
  currency: string
  guardians: GuardianCardProps[]
  /** What belongs to no guardian. */
  unassigned: ReachedProps
  students: {
    id: number
    name: string
    birthDate: string | null
    lines: { text: string; type: string; state: string; href: string }[]
  }[]
  charges: { title: string; due: string; cents: number; open: number; steps: string[] }[]
  payments: { on: string; type: string; cents: number; reference: string | null }[]
  fees: FamilyFees
  /** Only for those who may look at Online Activity. */
  requests?: { text: string; href: string; when: string }[]
  keywords: Parameters<typeof Keywords>[0]['rows']
  log: { when: string; who: string; summary: string }[]
}

/** A family: people, enrollments, money, what it asked for, what was done. */
export const FamilyPage = ({ slug, family }: { slug: string; family: FamilyRecord }) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[{ label: 'Families', href: at.families() }]}
        title={family.name}
        pills={[
          family.state === 'suspended'
            ? { word: 'Suspended', tone: 'amber' as const }
            : family.state === 'open'
              ? { word: 'Open', tone: 'green' as const }
              : { word: family.state === 'merged' ? 'Merged' : 'Former', tone: 'amber' as const },
          ...(family.cents > 0 ? [{ word: `Owes ${money(family.cents, family.currency)}`, tone: 'red' as const }] : []),
        ]}
        about={`Family ${family.id}, since ${family.since}, ${family.location}`}
      >
        {family.change && (
          <ButtonLink icon="pencil" href={family.change.editHref}>
            Edit
          </ButtonLink>
        )}
        {family.change && (
          <ButtonLink icon="students" href={family.change.studentHref}>
            Add Student
          </ButtonLink>
        )}
        {family.enrollHref && (
          <ButtonLink icon="plus" href={family.enrollHref}>
            Enroll
          </ButtonLink>
        )}
      </RecordHead>
      <FamilyTabs slug={slug} id={family.id} current="details" />
      {family.done && <Notice tone="green">{family.done}</Notice>}
      {family.into && (
        <Notice tone="amber">
          This family was merged into <a href={safeHref(family.into.href)}>{family.into.name}</a>, where its students,
          enrollments and money are now.
        </Notice>
      )}
      {family.merge && (
        <Notice tone="amber">
          {family.merge.text} <a href={safeHref(family.merge.href)}>What moved, and Undo</a>
        </Notice>
      )}
      {family.note && <p class="notice amber">{family.note}</p>}
      {family.reinstateKey && (
        <form method="post" action={at.reinstatement(family.id)}>
          <FormKey value={family.reinstateKey} />
          <Button>Lift suspension</Button>
        </form>
      )}
      <div class="split">
        <div class="stack">
          {family.requests && (
            <Section title="Requests">
              {family.requests.length ? (
                <ul class="plain-list">
                  {family.requests.map(({ text, href, when }) => (
                    <li>
                      <a href={href}>{text}</a> <small class="quiet">{when}</small>
                    </li>
                  ))}
                </ul>
              ) : (
                <p class="quiet">Nothing waits.</p>
              )}
            </Section>
          )}
          <Section title="Ledger" id="ledger">
            {family.charges.length || family.payments.length ? (
              <>
                {family.charges.length > 0 && (
                  <List
                    caption="Charges"
                    rows={family.charges}
                    columns={[
                      {
                        head: 'Charge',
                        cell: ({ title, steps }) => (
                          <>
                            {title}
                            {steps.length > 0 && (
                              <details>
                                <summary>Why this amount?</summary>
                                {steps.map(step => (
                                  <span class="sub">{step}</span>
                                ))}
                              </details>
                            )}
                          </>
                        ),
                      },
                      { head: 'Due', cell: ({ due }) => sayDate(due), label: true },
                      { head: 'Amount', cell: ({ cents }) => money(cents, family.currency), num: true, label: true },
                      { head: 'Open', cell: ({ open }) => money(open, family.currency), num: true, label: true },
                    ]}
                  />
                )}
                {family.payments.length > 0 && (
                  <List
                    caption="Payments"
                    rows={family.payments}
                    columns={[
                      { head: 'Payment', cell: ({ on }) => sayDate(on) },
                      {
                        head: 'How',
                        cell: ({ type, reference }) => [type.replace('_', ' '), reference].filter(Boolean).join(', '),
                        label: true,
                      },
                      { head: 'Amount', cell: ({ cents }) => money(cents, family.currency), num: true, label: true },
                    ]}
                  />
                )}
              </>
            ) : (
              <p class="quiet">No charges and no payments yet.</p>
            )}
          </Section>
          {family.fees.length > 0 && <FamilyFeesSection fees={family.fees} />}
          <Section title="Audit Log">
            <ul class="history" role="list">
              {family.log.map(({ when, who, summary }) => (
                <li>
                  {who} {summary} <small>{when}</small>
                </li>
              ))}
            </ul>
          </Section>
        </div>
        <aside class="stack" aria-label="People">
          <Section title="Students">
            {family.students.map(student => (
              <div class="person">
                <span class="face" aria-hidden="true">
                  {student.name.slice(0, 1)}
                </span>
                <div>
                  <a href={at.student(student.id)}>
                    <b>{student.name}</b>
                  </a>{' '}
                  {student.birthDate && <small>born {sayDate(student.birthDate, { year: true })}</small>}
                  <ul role="list">
                    {student.lines.map(({ text, type, state, href }) => (
                      <li>
                        <a href={href}>{text}</a>{' '}
                        <Tag tone={type === 'ACTIVE' ? 'green' : type === 'TRIAL' ? 'amber' : 'blue'}>{type}</Tag>{' '}
                        {state === 'requested' && <Pill tone="red">Pending</Pill>}
                      </li>
                    ))}
                  </ul>
                </div>
              </div>
            ))}
          </Section>
          <Guardians
            guardians={family.guardians}
            unassigned={family.unassigned}
            addHref={family.change?.guardianHref}
          />
          <Section title="Keywords">
            <Keywords rows={family.keywords} />
          </Section>
          {family.change?.suspensionKey && (
            <details open={Boolean(family.change.error) || undefined}>
              <summary>Suspend account</summary>
              <form class="stack" method="post" action={at.familySuspension(family.id)} aria-label="Suspend account">
                <FormKey value={family.change.suspensionKey} />
                <TextField
                  label="Reason"
                  name="note"
                  hint="Nobody of the family can log in, enroll or be charged. History and balance stay."
                  value={family.change.typed}
                  error={family.change.error}
                  focus={Boolean(family.change.error)}
                  maxlength={500}
                  required
                />
                <div>
                  <Button look="danger">Suspend account</Button>
                </div>
              </form>
            </details>
          )}
        </aside>
      </div>
    </>
  )
}
