import { raw } from 'hono/html'
import { AreaField, type Errors, TextField } from '../ui/form'
import { Section } from '../ui/record'
import type { TemplatePreview, TemplateProps } from './types'

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
export const Preview = ({ id, ...letter }: TemplatePreview & { id: string }) => (
  <Section title={letter.to ? `As ${letter.to} gets it` : 'As a family gets it'} id={id}>
    <Letter {...letter} />
  </Section>
)

const Letter = ({ language, subject, html, text }: TemplatePreview) => (
  <div class="stack" lang={language}>
    <p>
      <b>{subject}</b>
    </p>
    <div class="letter">{raw(html)}</div>
    <details>
      <summary lang="en">Plain text</summary>
      <pre class="letter">{text}</pre>
    </details>
  </div>
)

/** The same notice in the other language that families are written to in. */
export const Counterpart = ({ language, about, href, preview }: NonNullable<TemplateProps['counterpart']>) => (
  <Section title={`In ${language}`} id="other-language">
    <p>
      {about} <a href={href}>The words in {language}</a>
    </p>
    {preview && <Letter {...preview} />}
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
