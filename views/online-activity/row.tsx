import * as paths from '../../src/paths'
import { Icon } from '../ui/icon'
import type { Row } from './types'

/** "Rivera, Mia": who an entry is about, for the names of its buttons. */
export const sayWho = (row: Pick<Row, 'family' | 'student' | 'typeLabel'>) =>
  [row.family?.name, row.student?.name].filter(Boolean).join(', ') || row.typeLabel

/** What pointing at it says is the verb alone: whose it is stands beside it. */
type ActProps = { kind: string; icon: string; verb: string; who: string; href: string }

const Send = ({ kind, icon, verb, who, href }: ActProps) => (
  <button class={`act ${kind}`} formaction={href} aria-label={`${verb}, ${who}`} title={verb}>
    <Icon name={icon} />
  </button>
)

const Open = ({ kind, icon, verb, who, href, window }: ActProps & { window?: boolean }) => (
  <a class={`act ${kind}`} href={href} data-window={window || undefined} aria-label={`${verb}, ${who}`} title={verb}>
    <Icon name={icon} />
  </a>
)

const Acts = ({ row }: { row: Row }) => {
  const who = sayWho(row)
  const { approve, deny, look, write, dismiss } = row.acts
  return (
    <div class="acts">
      {approve &&
        (approve.ask ? (
          <Open kind="approve" icon="check" verb="Approve" who={who} href={approve.href} window />
        ) : (
          <Send kind="approve" icon="check" verb="Approve" who={who} href={approve.href} />
        ))}
      {deny &&
        (deny.ask ? (
          <Open kind="deny" icon="deny" verb="Deny" who={who} href={deny.href} window />
        ) : (
          <Send kind="deny" icon="deny" verb="Deny" who={who} href={deny.href} />
        ))}
      <Open kind="look" icon="search" verb="Details" who={who} href={look.href} window />
      {write && <Open kind="write" icon="mail" verb="E-mail" who={row.family?.name ?? who} href={write.href} />}
      {dismiss && <Send kind="dismiss" icon="x" verb="Dismiss" who={who} href={dismiss.href} />}
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
      {row.trial && (
        <>
          {' '}
          <span class="tag amber">(TRIAL)</span>
        </>
      )}
    </>
  )
}

/** One line of the window. Its id lets a morph recognise it, and the focus find its neighbour when it leaves. */
export const EntryRow = ({ row, slug, mayAct }: { row: Row; slug: string; mayAct: boolean }) => (
  <tr id={`e${row.id}`}>
    {mayAct && (
      <td class="c-tick">
        <label class="tick">
          <input type="checkbox" name="entry" value={row.id} aria-label={`Select ${sayWho(row)}`} />
        </label>
      </td>
    )}
    <td class="c-type">
      <Icon name={row.icon} small />
      {row.typeTone ? <span class={`tag ${row.typeTone}`}>{row.typeLabel}</span> : row.typeLabel}
    </td>
    <td class="c-who">
      <Who row={row} slug={slug} />
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
