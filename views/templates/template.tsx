import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey, firstError, TextField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'
import { Counterpart, Preview, Variables, WordingFields } from './parts'
import type { TemplateProps, Words } from './types'

const Said = ({ subject, body }: Words) => (
  <>
    <p>
      <b>{subject}</b>
    </p>
    <pre class="letter">{body}</pre>
  </>
)

const Editor = (props: TemplateProps) => {
  const { action, previewAction, formKey, name, version, typed, errors, refusal, mayChooseFamily } = props
  const first = firstError(errors, 'name', 'subject', 'body', 'family')
  return (
    <form class="stack wide" method="post" action={action}>
      <FormKey value={formKey} />
      <input type="hidden" name="version" value={version} />
      <FormError>{refusal}</FormError>
      {name !== undefined && (
        <TextField
          label="Name"
          name="name"
          value={name}
          maxlength={80}
          error={errors?.name}
          focus={first === 'name'}
          hint="Only staff see it."
        />
      )}
      <WordingFields typed={typed} errors={errors} first={first} />
      {mayChooseFamily && (
        <TextField
          label="Preview for a family (optional)"
          name="family"
          value={typed.family}
          maxlength={80}
          hint="The beginning of its name. What the mail is about stays an example."
          error={errors?.family}
          focus={first === 'family'}
        />
      )}
      <div class="head">
        <Button look="primary">Save</Button>
        <Button formaction={`${previewAction}#preview-title`}>Preview</Button>
      </div>
    </form>
  )
}

const Versions = ({ versions, version }: TemplateProps) => (
  <Section title="Versions">
    <ul class="stack">
      {versions.map(one => (
        <li>
          <details>
            <summary>
              Version {one.version}, {one.by}
              {one.current && ', in use'}
            </summary>
            <Said {...one} />
            {one.action && (
              <form method="post" action={one.action}>
                <FormKey value={one.key} />
                <input type="hidden" name="version" value={version} />
                <Button about={`, version ${one.version}`}>Use this version again</Button>
              </form>
            )}
          </details>
        </li>
      ))}
    </ul>
  </Section>
)

/** One template: its words, what may stand in them, how they read to a family, and what they were before (OP28, A22). */
export const TemplatePage = (props: TemplateProps) => {
  const { trail, title, when, state, action, said, meanwhile, preview, versions, original, retirement } = props
  return (
    <>
      <RecordHead trail={trail} title={title} pills={[state]} about={when}>
        {props.copyHref && <ButtonLink href={props.copyHref}>Copy under a new name</ButtonLink>}
      </RecordHead>
      {said && <Notice tone="green">{said}</Notice>}
      <div class="split">
        <div class="stack">
          {meanwhile && (
            <Section title={`In use now, by ${meanwhile.by}`} id="meanwhile">
              <Said {...meanwhile} />
            </Section>
          )}
          {action ? <Editor {...props} /> : <Section title="Words" children={<Said {...props.typed} />} />}
          {preview && <Preview id="preview" {...preview} />}
          {props.counterpart && <Counterpart {...props.counterpart} />}
          {versions.length > 0 && <Versions {...props} />}
          {original && (
            <Section title="The program’s own words">
              <Said {...original} />
            </Section>
          )}
          {retirement && (
            <form method="post" action={retirement.action}>
              <FormKey value={retirement.key} />
              <input type="hidden" name="version" value={props.version} />
              <p class="quiet">{retirement.hint}</p>
              <Button look="danger">{retirement.label}</Button>
            </form>
          )}
        </div>
        <aside class="stack" aria-label="Variables">
          <Variables variables={props.variables} />
        </aside>
      </div>
    </>
  )
}
