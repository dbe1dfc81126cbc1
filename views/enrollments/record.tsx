import * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, FormError, FormKey } from '../ui/form'
import { List, Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { TypeTag } from './list'

type Link = { text: string; href?: string }

export type EnrollmentRecordProps = {
  slug: string
  done?: string
  error?: string
  title: string
  about: string
  type: string
  state: 'Pending' | 'Approved' | 'Ended' | 'Canceled'
  /** What the family asked about it and nobody decided. */
  asked: { text: string; href: string }[]
  acts: { edit?: string; enroll?: string; transfer?: string; drop?: string }
  /** What often comes next. */
  again?: { student: string; sibling: string }
  facts: { label: string; value: string; href?: string }[]
  charges: { title: string; amount: string; open: string }[]
  ledgerHref: string
  moves: Link[]
  sourceHref?: string
  undo?: { action: string; key: string; over?: string; says: string }
  notes?: { action: string; key: string; value: string; error?: string }
  note: string | null
  deletion?: { action: string; key: string; held: string[] }
  log: { when: string; who: string; summary: string }[]
}

const tones = { Pending: 'red', Approved: 'green', Ended: undefined, Canceled: undefined } as const

const Notes = ({ notes, note }: Pick<EnrollmentRecordProps, 'notes' | 'note'>) => (
  <Section title="Notes">
    {notes ? (
      <form class="stack" method="post" action={notes.action} aria-label="Notes">
        <FormKey value={notes.key} />
        <AreaField label="Notes" name="note" value={notes.value} maxlength={1000} error={notes.error} />
        <p>
          <Button>Save notes</Button>
        </p>
      </form>
    ) : (
      <p class="letter">{note ?? 'None.'}</p>
    )}
  </Section>
)

const Undo = ({ undo }: { undo: NonNullable<EnrollmentRecordProps['undo']> }) => (
  <Section title="Drop">
    <p>{undo.says}</p>
    {undo.over ? (
      <p class="quiet">{undo.over}</p>
    ) : (
      <form method="post" action={undo.action}>
        <FormKey value={undo.key} />
        <Button icon="undo">Undo drop</Button>
      </form>
    )}
  </Section>
)

const Deletion = ({ deletion }: { deletion: NonNullable<EnrollmentRecordProps['deletion']> }) => (
  <Section title="Delete">
    {deletion.held.length ? (
      <p class="quiet">It cannot be deleted, because of {deletion.held.join(', ')}. Drop it instead.</p>
    ) : (
      <form class="stack" method="post" action={deletion.action}>
        <FormKey value={deletion.key} />
        <p class="quiet">Nothing hangs on it. Deleting takes it away for good; the audit log keeps what it was.</p>
        <p>
          <Button look="danger" icon="trash">
            Delete enrollment
          </Button>
        </p>
      </form>
    )}
  </Section>
)

/** Everything about one enrollment. */
export const EnrollmentPage = (props: EnrollmentRecordProps) => {
  const { slug, title, about, type, state, asked, acts, facts, charges, moves, log } = props
  return (
    <>
      <RecordHead
        trail={[{ label: 'Enrollments', href: paths.office(slug).enrollments() }]}
        title={title}
        pills={[{ word: state, tone: tones[state] }]}
        about={about}
      >
        <TypeTag type={type} />
        {acts.enroll && (
          <ButtonLink look="primary" icon="plus" href={acts.enroll}>
            Enroll
          </ButtonLink>
        )}
        {acts.edit && (
          <ButtonLink icon="pencil" href={acts.edit}>
            Edit
          </ButtonLink>
        )}
        {acts.transfer && (
          <ButtonLink icon="swap" href={acts.transfer}>
            Transfer
          </ButtonLink>
        )}
        {acts.drop && (
          <ButtonLink icon="exit" href={acts.drop}>
            Drop
          </ButtonLink>
        )}
      </RecordHead>
      {props.done && (
        <Notice tone="green">
          {props.done}
          {props.again && (
            <>
              {' '}
              <a href={props.again.student}>Enroll in another class</a> or{' '}
              <a href={props.again.sibling}>enroll a sibling</a>.
            </>
          )}
        </Notice>
      )}
      <FormError>{props.error}</FormError>
      {asked.map(({ text, href }) => (
        <Notice tone="amber">
          The family asks for something: <a href={href}>{text}</a>
        </Notice>
      ))}
      <div class="split">
        <div class="stack">
          <Section title="Details">
            <Pairs pairs={facts} />
          </Section>
          {props.undo && <Undo undo={props.undo} />}
          <Section title="Charges">
            {charges.length ? (
              <List
                caption="Charges"
                rows={charges}
                columns={[
                  { head: 'Charge', cell: row => row.title },
                  { head: 'Amount', cell: row => row.amount, num: true, label: true },
                  { head: 'Open', cell: row => row.open, num: true, label: true },
                ]}
              />
            ) : (
              <p class="quiet">
                Nothing was charged for it. <a href={props.ledgerHref}>Ledger of the family</a>
              </p>
            )}
          </Section>
          <Section title="History">
            <ul class="history" role="list">
              {log.map(({ when, who, summary }) => (
                <li>
                  {summary}
                  <small>
                    {when}, {who}
                  </small>
                </li>
              ))}
            </ul>
          </Section>
        </div>
        <div class="stack">
          <Notes notes={props.notes} note={props.note} />
          {(moves.length > 0 || props.sourceHref) && (
            <Section title="Where it comes from">
              <ul class="plain-list">
                {moves.map(({ text, href }) => (
                  <li>{href ? <a href={href}>{text}</a> : text}</li>
                ))}
                {props.sourceHref && (
                  <li>
                    <a href={props.sourceHref}>The enrollment before</a>
                  </li>
                )}
              </ul>
            </Section>
          )}
          {props.deletion && <Deletion deletion={props.deletion} />}
        </div>
      </div>
    </>
  )
}
