import { Preview, Variables, WordingFields } from '../templates/parts'
import { count, Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { Field, FormError, FormKey, firstError, Options, TextField } from '../ui/form'
import { Section } from '../ui/record'
import type { ComposerProps } from './types'

const Recipients = ({ recipients, typed }: ComposerProps) => {
  const { reached, left, filter } = recipients
  return (
    <Section title="Recipients">
      <div class="stack">
        <p class="big">{count(reached, 'family', 'families')}</p>
        {left.length > 0 && (
          <div>
            <p>Left out:</p>
            <ul class="plain-list">
              {left.map(({ reason, count: many }) => (
                <li>
                  {many}: {reason}
                </li>
              ))}
            </ul>
          </div>
        )}
        {filter ? (
          <fieldset class="stack">
            <legend class="away">When it goes, it goes to</legend>
            <label class="tickline">
              <input type="radio" name="live" value="" checked={!typed.live || undefined} />
              <span>These families, whatever happens meanwhile</span>
            </label>
            <label class="tickline">
              <input type="radio" name="live" value="1" checked={typed.live || undefined} />
              <span>
                Whoever is in this list when it goes: {filter.says}
                {filter.more + filter.fewer > 0 && (
                  <span class="sub">
                    By now {filter.more} more and {filter.fewer} fewer.
                  </span>
                )}
              </span>
            </label>
          </fieldset>
        ) : (
          <p class="quiet">The families of the rows that were selected, one e-mail each.</p>
        )}
      </div>
    </Section>
  )
}

const Attachments = ({ files, errors }: ComposerProps) => (
  <>
    {files.length > 0 && (
      <ul class="lines" aria-label="Attachments">
        {files.map(({ name, size, removal }) => (
          <li>
            <span class="cut">{name}</span> <small>{size}</small>
            <Button look="plain" formaction={removal} about={name}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
    )}
    {files.length < 3 && (
      <Field label="Attachments (optional)" name="files" hint="Up to three files of 1 MB each." error={errors?.files}>
        <input type="file" id="files" name="files" multiple aria-describedby="files-hint" />
      </Field>
    )}
  </>
)

const When = ({ typed, errors, zone }: ComposerProps) => (
  <fieldset class="when">
    <legend>Send later, by the clocks of {zone}</legend>
    <TextField label="Date" name="date" type="date" value={typed.date} error={errors?.date} />
    <TextField label="Time" name="time" type="time" value={typed.time} error={errors?.time} />
    <Button name="act" value="schedule">
      Schedule
    </Button>
  </fieldset>
)

/** The Email Blast window: who gets it, what it says, how it looks to one of them, and when it goes (OA19, OP28, BY12). */
export const Composer = (props: ComposerProps) => {
  const { action, formKey, hidden, typed, errors, refusal, said, recipients, templates, preview, scheduled } = props
  const first = firstError(errors, 'subject', 'body', 'files', 'date', 'time')
  return (
    <>
      <div class="head">
        <h1>Email Blast</h1>
        {scheduled && <span class="pill blue">Scheduled for {scheduled}</span>}
      </div>
      {said && <Notice tone="green">{said}</Notice>}
      {props.warning && <Notice tone="amber">{props.warning}</Notice>}
      <form class="split" method="post" action={action} enctype="multipart/form-data">
        <div class="stack wide">
          <FormKey value={formKey} />
          {/* The first button is the one that ENTER in a field presses: it must neither send nor take off anything. */}
          <button class="away" name="act" value="save" tabindex={-1}>
            Save draft
          </button>
          {Object.entries(hidden).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <FormError>{refusal}</FormError>
          <WordingFields typed={typed} errors={errors} first={first} />
          <Attachments {...props} />
          {templates.length > 0 && (
            <Field label="Template" name="template">
              <select name="template" id="template">
                <Options options={templates.map(({ id, name }) => ({ value: id, label: name }))} />
              </select>
              <Button name="act" value="template">
                Insert template
              </Button>
            </Field>
          )}
          <div class="head">
            <Button look="primary" name="act" value="send">
              Send now to {count(recipients.reached, 'family', 'families')}
            </Button>
            <Button name="act" value="save">
              Save
            </Button>
            {props.cancelAction && (
              <Button look="danger" formaction={props.cancelAction}>
                {scheduled ? 'Cancel this e-mail' : 'Discard draft'}
              </Button>
            )}
          </div>
          <When {...props} />
        </div>
        <aside class="stack" aria-label="Recipients, preview and variables">
          <Recipients {...props} />
          <Section title="Preview">
            <div class="stack">
              <Field label="Family" name="preview" id="preview-family">
                <select name="preview" id="preview-family">
                  <Options
                    options={recipients.some.map(({ id, name }) => ({ value: id, label: name }))}
                    value={preview?.family}
                  />
                </select>
              </Field>
              <TextField
                label="Another family (optional)"
                name="preview_name"
                hint="The beginning of its name."
                maxlength={80}
              />
              <div class="head">
                <Button name="act" value="preview">
                  Preview
                </Button>
                <Button name="act" value="test">
                  Send a test to me
                </Button>
              </div>
            </div>
          </Section>
          {preview && <Preview id="shown" to={preview.name} {...preview} />}
          <Variables variables={props.variables} />
        </aside>
      </form>
    </>
  )
}
