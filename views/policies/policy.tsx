import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { AreaField, FormError, FormKey, firstError, SelectField, TextField, TickField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'
import type { PolicyFormProps } from './types'

const Editor = (props: PolicyFormProps & { action: string }) => {
  const { action, formKey, version, kinds, typed, errors } = props
  const first = firstError(errors, 'name', 'kind', 'body')
  return (
    <form class="stack wide" method="post" action={action}>
      <FormKey value={formKey} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <FormError>{errors?.form}</FormError>
      <TextField
        label="Name"
        name="name"
        value={typed.name}
        maxlength={80}
        required
        error={errors?.name}
        focus={first === 'name'}
      />
      {version === undefined && (
        <SelectField
          label="Asked"
          name="kind"
          options={kinds}
          value={typed.kind}
          hint="Of whom and when. It cannot be changed later."
          error={errors?.kind}
        />
      )}
      <AreaField
        label="Text"
        name="body"
        rows={14}
        maxlength={20000}
        value={typed.body}
        required
        hint={
          version === undefined
            ? 'An empty line begins a new paragraph.'
            : 'Changed words are a new version, and everybody is asked again. An empty line begins a new paragraph.'
        }
        error={errors?.body}
        focus={first === 'body'}
      />
      <TickField label="Active" name="active" checked={typed.active} hint="Only active policies are asked." />
      <TickField
        label="Required"
        name="required"
        checked={typed.required}
        error={errors?.required}
        hint="Families cannot go on, or enroll that student, until it is accepted."
      />
      <TickField
        label="Show On Web"
        name="web"
        checked={typed.showWeb}
        hint="Families read and answer it in the Customer Portal."
      />
      <div class="head">
        <Button look="primary">{version === undefined ? 'Publish' : 'Save'}</Button>
      </div>
    </form>
  )
}

/** One policy: its words and switches, and every version that was ever published (PO1). */
export const PolicyFormPage = (props: PolicyFormProps) => {
  const { policiesHref, title, action, said, tellHref, versions, meanwhile, typed } = props
  return (
    <>
      <RecordHead trail={[{ label: 'Policies', href: policiesHref }]} title={title} />
      {said && (
        <Notice tone="green">
          {said} {tellHref && <a href={tellHref}>Write to the families about it</a>}
        </Notice>
      )}
      <div class="stack">
        {meanwhile && (
          <Section title={`Version ${meanwhile.number}, in use now, by ${meanwhile.by}`} id="meanwhile">
            <pre class="letter">{meanwhile.body}</pre>
          </Section>
        )}
        {action ? (
          <Editor {...props} action={action} />
        ) : (
          <Section title="Text">
            <pre class="letter">{typed.body}</pre>
          </Section>
        )}
        {versions.length > 0 && (
          <Section title="Versions">
            <ul class="stack">
              {versions.map(({ number, by, body }) => (
                <li>
                  <details>
                    <summary>
                      Version {number}, {by}
                    </summary>
                    <pre class="letter">{body}</pre>
                  </details>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  )
}
