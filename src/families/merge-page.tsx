import { MergePage } from '../../views/families/merge'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone, locationOf } from '../accounts/account'
import { sayDate, today } from '../clock'
import type { OfficeContext } from '../doors'
import { type Form, numbersIn } from '../forms'
import { show } from '../http'
import { money } from '../money'
import { mergeSpan, wordsOf } from './merge-things'
import type { Candidate } from './merges'

/** Of the same person twice the one who logs in is kept, else the first; a log-in or a name tells that it is the same. */
function keptOf(families: Candidate[]): number[] {
  const people = families.flatMap(family => family.people)
  const keyOf = ({ first, last }: (typeof people)[number]) => `${first} ${last}`.trim().toLowerCase()
  const kept: typeof people = []
  for (const person of people) {
    const same = kept.findIndex(
      one => keyOf(one) === keyOf(person) || (one.loginId !== null && one.loginId === person.loginId),
    )
    if (same < 0) kept.push(person)
    else if (kept[same]?.loginId === null && person.loginId !== null) kept[same] = person
  }
  return kept.map(({ id }) => id)
}

type Again = { form: Form; errors: Record<string, string>; status: 409 | 422 }

/** The page that shows what each has and asks what stays; the first one says what stands there at first. */
export function mergePage(c: OfficeContext, families: Candidate[], again?: Again) {
  const account = c.get('account')
  const [first] = families as [Candidate]
  const kept = again ? numbersIn(again.form.keep) : keptOf(families)
  const people = families.flatMap(family => family.people.map(person => ({ ...person, family: family.name })))
  const primaryOf = ({ people }: Candidate) => people.find(({ role }) => role === 'primary')
  // The first one's primary guardian, or who is kept of the same name.
  const former = primaryOf(first)
  const primary =
    people.find(({ id }) => id === former?.id && kept.includes(id)) ??
    people.find(one => kept.includes(one.id) && `${one.first} ${one.last}` === `${former?.first} ${former?.last}`) ??
    people.find(({ id }) => kept.includes(id))
  const typed = again?.form
  const said = (name: string, otherwise: number | undefined | null) =>
    String(typed?.[name] === undefined ? (otherwise ?? '') : [typed[name]].flat()[0])
  const currency = locationOf(account, first.locationId)?.currency ?? 'USD'
  const referrals = new Map(
    families.flatMap(({ referralId, referral }) => (referralId && referral ? [[referralId, referral]] : [])),
  )
  const things = first.counts.map(({ name }) => name)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Merge families" current="families" more>
      <MergePage
        slug={account.slug}
        formKey={crypto.randomUUID()}
        errors={again?.errors}
        until={sayDate(today(account.now + mergeSpan, businessZone(account)), { year: true })}
        families={families.map(({ id, name, updatedAt, state, cents, people, children }) => ({
          id,
          name,
          seen: updatedAt,
          suspended: state === 'suspended',
          guardians: people.map(({ first, last }) => `${first} ${last}`).join(', '),
          students: children.map(child => child.name).join(', '),
          balance: money(cents, currency),
        }))}
        rows={things
          .map(thing => ({
            label: wordsOf(thing).many,
            cells: families.map(({ counts }) => counts.find(({ name }) => name === thing)?.many ?? 0),
          }))
          .filter(({ cells }) => cells.some(many => many > 0))}
        twins={twinsOf(families)}
        into={said('into', first.id)}
        name={said('name', first.id)}
        location={said('location', first.locationId)}
        locations={account.locations.map(({ id, name }) => ({ value: id, label: name }))}
        referral={said('referral', first.referralId ?? [...referrals.keys()][0])}
        referrals={[...referrals].map(([value, label]) => ({ value, label: String(label) }))}
        primary={said('primary', primary?.id)}
        people={people.map(({ id, first, last, relationship, login, family }) => ({
          id,
          name: `${first} ${last}`,
          about: [family, relationship, login ? `logs in with ${login}` : null].filter(Boolean).join(', '),
          kept: kept.includes(id),
        }))}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}

/** Children who may be one child: the same name and birthday, written down twice. */
function twinsOf(families: Candidate[]): string[] {
  const known = new Map<string, number>()
  const twins = new Set<string>()
  for (const { id, name, born } of families.flatMap(({ children }) => children)) {
    const key = `${name.toLowerCase()} ${born}`
    if (known.has(key) && known.get(key) !== id) twins.add(name)
    known.set(key, id)
  }
  return [...twins]
}
