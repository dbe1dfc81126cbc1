import { OfficeLayout } from '../../views/layouts/office'
import { TemplatePage } from '../../views/templates/template'
import type { TemplateProps } from '../../views/templates/types'
import { businessZone } from '../accounts/account'
import { level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { type Form, numbersIn, typedIn } from '../forms'
import { found, show } from '../http'
import { automatic, programWords, wordingOf, wordingsQuery } from '../messages/templates'
import * as paths from '../paths'
import { seenIn, variablesFor } from './form'
import { addressOf, counterpart, sayWhose, whoseWords } from './languages'
import { previewOf } from './preview'
import { templateQueries, type Which } from './templates'

/** A form that is shown again: why it did not do, or how what it says would read. */
export interface Again {
  form: Form
  errors?: Record<string, string>
  refusal?: string
  preview?: TemplateProps['preview']
}

const said: Record<string, string> = {
  saved: 'Saved. E-mails that go from now on say it like this.',
  back: 'The program’s own words are in use again.',
  unspoken: 'Our Spanish words are out of use.',
}

function typedAgain(form: Form): TemplateProps['typed'] {
  const { subject = '', body = '', family = '' } = typedIn(form)
  return { subject, body, family }
}

const statusOf = (again?: Again) => (again?.errors || again?.refusal ? 422 : 200)

/** The page of one template. */
export async function showTemplate(c: OfficeContext, which: Which, again?: Again) {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const isNotice = which.kind === 'automatic'
  const [rows, versions, own] = await read(account, [
    ...templateQueries(account, which),
    wordingsQuery(account, isNotice ? which.name : undefined),
  ])
  const row = which.kind === 'blast' ? found(rows) : rows[0]
  const notice = isNotice ? automatic[which.name] : undefined
  const language = (isNotice && which.language) || 'en'
  const programs = isNotice ? programWords(which.name, language) : undefined
  const title = `${notice?.title ?? row?.name ?? ''}${language === 'es' ? ', in Spanish' : ''}`
  const inUse = row?.retiredAt === null ? versions[0] : undefined
  const now = inUse ?? programs ?? { subject: '', body: '' }
  const goesOut = (isNotice && wordingOf(which.name, own, language)) || now
  const version = inUse?.version ?? 0
  const id = addressOf(which)
  const other = isNotice ? counterpart(account, which, own) : undefined
  const mayChange = level(c.get('person'), 'Settings') === 2
  const by = ({ who, at }: { who: string; at: number }) => `${who}, ${sayMoment(at, zone)}`
  // Whoever wrote beside somebody else sees both, and the next Save is meant.
  const overtaken = again?.refusal !== undefined && seenIn(again.form) !== version
  const writes = again && 'subject' in again.form
  const typed = writes ? typedAgain(again.form) : { subject: now.subject, body: now.body, family: '' }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={title} current="settings" more>
      <TemplatePage
        trail={trail(c)}
        title={title}
        when={notice && `${notice.when} ${sayWhose(own, language)}`}
        state={
          which.kind === 'blast'
            ? { word: 'Email Blasts' }
            : inUse
              ? { word: 'Our own words', tone: 'green' }
              : { word: whoseWords(own, language) === 'english' ? 'Our English words' : 'The program’s words' }
        }
        action={mayChange ? at.template(id) : undefined}
        previewAction={at.templatePreview(id)}
        formKey={crypto.randomUUID()}
        version={again?.errors ? seenIn(again.form) : again?.preview ? seenIn(again.form) : version}
        typed={typed}
        errors={again?.errors}
        refusal={again?.refusal}
        said={again ? undefined : said[c.req.query('said') ?? '']}
        meanwhile={
          overtaken ? { subject: now.subject, body: now.body, by: inUse ? by(inUse) : 'the program' } : undefined
        }
        variables={variablesFor(which)}
        mayChooseFamily={level(c.get('person'), 'Families') > 0}
        preview={again?.preview ?? (statusOf(again) === 200 ? previewOf(account, goesOut, language) : undefined)}
        counterpart={other && { ...other, href: at.template(other.address) }}
        versions={versions.map(one => ({
          version: one.version,
          subject: one.subject,
          body: one.body,
          by: by(one),
          current: one === inUse,
          action: mayChange && one !== inUse ? at.templateReturn(id, one.version) : undefined,
          key: crypto.randomUUID(),
        }))}
        original={programs && inUse ? { subject: programs.subject, body: programs.body } : undefined}
        retirement={
          mayChange && inUse
            ? {
                action: at.templateRetirement(id),
                key: crypto.randomUUID(),
                ...(notice
                  ? language === 'es'
                    ? { label: 'Give up our Spanish words', hint: 'They stay in the list above.' }
                    : { label: 'Back to the program’s own words', hint: 'Our own versions stay in the list above.' }
                  : { label: 'Retire this template', hint: 'Email Blasts that were begun with it stay as they are.' }),
              }
            : undefined
        }
        copyHref={which.kind === 'blast' && mayChange ? at.newTemplate({ from: which.id }) : undefined}
      />
    </OfficeLayout>,
    statusOf(again),
  )
}

/** The page of a template that is to be made, with the words of another one where it is a copy. */
export async function showNew(c: OfficeContext, again?: Again) {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const from = numbersIn(c.req.query('from'))[0]
  const [, versions] = from ? await read(account, templateQueries(account, { kind: 'blast', id: from })) : [[], []]
  const typed = again
    ? typedAgain(again.form)
    : { subject: versions[0]?.subject ?? '', body: versions[0]?.body ?? '', family: '' }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="New template" current="settings" more>
      <TemplatePage
        trail={trail(c)}
        title="New template"
        state={{ word: 'Email Blasts' }}
        action={at.templates()}
        previewAction={at.templatePreview('new')}
        formKey={crypto.randomUUID()}
        name={again ? (typedIn(again.form).name ?? '') : ''}
        version={0}
        typed={typed}
        errors={again?.errors}
        refusal={again?.refusal}
        variables={variablesFor()}
        mayChooseFamily={level(c.get('person'), 'Families') > 0}
        preview={again?.preview}
        versions={[]}
      />
    </OfficeLayout>,
    statusOf(again),
  )
}

function trail(c: OfficeContext) {
  const at = paths.office(c.get('account').slug)
  return [
    { label: 'Settings', href: at.settings },
    { label: 'E-mail templates', href: at.templates() },
  ]
}
