import * as paths from '../../src/paths'
import { count, Empty, Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { AreaField, asking, type Errors, FormKey, type Option, Options, SelectField, TextField } from '../ui/form'
import { Section } from '../ui/record'

export type WishRow = {
  id: number
  title: string
  text: string
  state: string
  votes: number
  answer: string | null
  /** Who answered, and when. */
  answered?: string
  by: string
  when: string
  mine: boolean
  voteKey: string
  /** For the owner. */
  answerKey?: string
  /** What was typed as an answer, and what was wrong with it. */
  again?: { values: Record<string, string>; errors: Errors }
}

/** What the staff wish for, with votes and answers. */
export const FeatureRequestsPage = ({
  slug,
  done,
  state,
  states,
  rows,
  formKey,
  values,
  errors,
}: {
  slug: string
  done?: string
  state: string
  states: Option[]
  rows: WishRow[]
  formKey: string
  values: Record<string, string>
  errors?: Errors
}) => {
  const at = paths.office(slug)
  const text = asking({ values, errors }, 'title', 'text')
  return (
    <>
      <div class="head">
        <h1>Feature Requests</h1>
      </div>
      {done && <Notice tone="green">{done}</Notice>}
      <div class="stack">
        <section class="card" aria-label="Feature Requests">
          <form class="filters" aria-label="Filter Feature Requests">
            <label>
              State{' '}
              <select name="state">
                <Options options={states} value={state} />
              </select>
            </label>
            <Button>Go</Button>
          </form>
          {!rows.length && <Empty icon="note">Nobody wishes for anything here.</Empty>}
        </section>
        {rows.map(row => (
          <WishCard slug={slug} row={row} states={states} />
        ))}
        <Section title="New request" id="new">
          <form class="stack" method="post" action={at.featureRequests()}>
            <FormKey value={formKey} />
            <TextField label="Title" {...text('title')} maxlength={120} required />
            <AreaField label="Text" {...text('text')} maxlength={2000} hint="What it would be good for." />
            <p>
              <Button look="primary">Send</Button>
            </p>
          </form>
        </Section>
      </div>
    </>
  )
}

const WishCard = ({ slug, row, states }: { slug: string; row: WishRow; states: Option[] }) => {
  const at = paths.office(slug)
  const text = asking(
    {
      values: row.again?.values ?? { state: row.state, answer: row.answer ?? '' },
      errors: row.again?.errors,
      prefix: `answer-${row.id}`,
    },
    'state',
    'answer',
  )
  return (
    <Section title={row.title} id={`request-${row.id}`}>
      <div class="stack">
        {row.text && <p>{row.text}</p>}
        <p class="quiet">
          {count(row.votes, 'vote')}. {row.by}, {row.when}
        </p>
        {row.answered && (
          <Notice tone="blue">
            {row.answer} <small>{row.answered}</small>
          </Notice>
        )}
        <form method="post" action={at.featureRequest(row.id, 'vote')}>
          <FormKey value={row.voteKey} />
          <input type="hidden" name="list" value={row.state} />
          {!row.mine && <input type="hidden" name="vote" value="1" />}
          <Button about={row.title}>{row.mine ? 'Take Vote Back' : 'Vote'}</Button>
        </form>
        {row.answerKey && (
          <details open={row.again ? true : undefined}>
            <summary>Answer</summary>
            <form class="stack" method="post" action={at.featureRequest(row.id, 'answer')}>
              <FormKey value={row.answerKey} />
              <SelectField label="State" {...text('state')} options={states} />
              <AreaField label="Answer" {...text('answer')} maxlength={2000} />
              <p>
                <Button>Save Answer</Button>
              </p>
            </form>
          </details>
        )}
      </div>
    </Section>
  )
}
