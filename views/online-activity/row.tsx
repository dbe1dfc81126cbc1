import * as paths from '../../src/paths'
import { Icon } from '../ui/icon'
import type { Act, Row } from './types'

/** What can be done in a row, by the class that gives it its place and its sign. */
const verbs = {
  select: 'Select',
  approve: 'Approve,',
  deny: 'Deny,',
  look: 'Details,',
  write: 'E-mail,',
  dismiss: 'Dismiss,',
}
type Verb = keyof typeof verbs

/** The verbs of all rows, written once: each control is called by its verb and by whose row it is in. */
export const Verbs = () => (
  <div hidden>
    {Object.entries(verbs).map(([name, verb]) => (
      <span id={`v-${name}`}>{verb}</span>
    ))}
  </div>
)

/** "Approve, Rivera, Mia": the names stand in the row already, and written again in each button they would weigh most. */
const called = (verb: Verb, row: Row) => `v-${verb} w${row.id}`

/** What pointing at it says is the verb alone: whose it is stands beside it. */
const titled = (verb: Verb) => verbs[verb].replace(',', '')

// What differs from row to row stands at both ends: between them is one repetition, which compresses to almost nothing.
const Send = ({ verb, row, href }: { verb: Verb; row: Row; href: string }) => (
  <button formaction={href} class={`act ${verb}`} title={titled(verb)} aria-labelledby={called(verb, row)}></button>
)

const Open = ({ verb, row, href }: { verb: Verb; row: Row; href: string }) => (
  <a href={href} class={`act ${verb}`} title={titled(verb)} aria-labelledby={called(verb, row)}></a>
)

const Acts = ({ row }: { row: Row }) => {
  const { approve, deny, look, write, dismiss } = row.acts
  const act = (verb: Verb, { href, ask }: Act) =>
    ask ? <Open verb={verb} row={row} href={href} /> : <Send verb={verb} row={row} href={href} />
  return (
    <div class="acts">
      {approve && act('approve', approve)}
      {deny && act('deny', deny)}
      <Open verb="look" row={row} href={look.href} />
      {write && <Open verb="write" row={row} href={write.href} />}
      {dismiss && act('dismiss', dismiss)}
    </div>
  )
}

const Who = ({ row, slug }: { row: Row; slug: string }) => {
  const at = paths.office(slug)
  return (
    <>
      {row.family && <a href={at.family(row.family.id)}>{row.family.name}</a>}
      {row.family && row.student && ', '}
      {row.student && <a href={at.student(row.student.id)}>{row.student.name}</a>}
    </>
  )
}

/** One line of the window. Its id lets a morph recognise it, and the focus find its neighbour when it leaves. */
export const EntryRow = ({ row, slug, mayAct }: { row: Row; slug: string; mayAct: boolean }) => {
  const who = `w${row.id}`
  const known = row.family || row.student
  return (
    <tr id={`e${row.id}`}>
      {mayAct && (
        <td class="c-tick">
          <label class="tick">
            <input type="checkbox" name="entry" value={row.id} aria-labelledby={called('select', row)} />
          </label>
        </td>
      )}
      <td class="c-type">
        <Icon name={row.icon} small />
        {row.typeTone ? (
          <span class={`tag ${row.typeTone}`}>{row.typeLabel}</span>
        ) : known ? (
          row.typeLabel
        ) : (
          <span id={who}>{row.typeLabel}</span>
        )}
      </td>
      <td class="c-who" id={known ? who : undefined}>
        {known && <Who row={row} slug={slug} />}
        {row.trial && (
          <>
            {' '}
            <span class="tag amber">(TRIAL)</span>
          </>
        )}
      </td>
      <td class="c-what">
        {row.whatHref ? <a href={row.whatHref}>{row.what}</a> : row.what}
        {row.subs.map(({ icon, tone, text }) => (
          <span class={tone ? `sub tone ${tone}` : 'sub'}>
            {icon && <Icon name={icon} small />}
            {text}
          </span>
        ))}
      </td>
      <td class="c-where">{row.where}</td>
      <td class="c-when">{row.when}</td>
      <td class="c-state">
        <span class={row.status.tone ? `pill ${row.status.tone}` : 'pill'}>{row.status.word}</span>
      </td>
      <td class="c-acts">
        <Acts row={row} />
      </td>
    </tr>
  )
}
