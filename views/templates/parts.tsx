import { raw } from 'hono/html'
import { AreaField, type Errors, TextField } from '../ui/form'
import { Section } from '../ui/record'

/** The variables that a text may have, by group; pressed, one goes where the text is being written. */
export const Variables = ({
  variables,
}: {
  variables: { group: string; names: { name: string; help: string }[] }[]
}) => (
  <Section title="Variables">
    <div class="stack">
      {variables.map(({ group, names }) => (
        <div>
          <h3>{group}</h3>
          <dl class="pairs">
            {names.map(({ name, help }) => (
              <div>
                <dt>
                  <code data-insert="body">[[{name}]]</code>
                </dt>
                <dd>{help}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  </Section>
)

/** A text as one family gets it, formatted and plain. */
export const Preview = ({
  to,
  id,
  subject,
  html,
  text,
}: {
  to?: string
  id: string
  subject: string
  /** Written by markup.ts, which escapes whatever people typed. */
  html: string
  text: string
}) => (
  <Section title={to ? `As ${to} gets it` : 'As a family gets it'} id={id}>
    <p>
      <b>{subject}</b>
    </p>
    <div class="letter">{raw(html)}</div>
    <details>
      <summary>Plain text</summary>
      <pre class="letter">{text}</pre>
    </details>
  </Section>
)

/** Subject and text of an e-mail. */
export const WordingFields = ({
  typed,
  errors,
  first,
}: {
  typed: { subject: string; body: string }
  errors?: Errors
  /** The field that gets the focus. */
  first?: string
}) => (
  <>
    <TextField
      label="Subject"
      name="subject"
      value={typed.subject}
      maxlength={200}
      error={errors?.subject}
      focus={first === 'subject'}
    />
    <AreaField
      label="Text"
      name="body"
      rows={14}
      maxlength={20000}
      value={typed.body}
      hint="**bold**, *italic*, lists with -, [a link](https://…). Whoever reads plain text gets it as you typed it."
      error={errors?.body}
      focus={first === 'body'}
    />
  </>
)
