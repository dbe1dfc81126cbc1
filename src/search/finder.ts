import type { Account } from '../accounts/account'
import { level, type Permission, type Staffer } from '../auth/permissions'
import { plain } from '../database'

/** How many of each are shown beside each other, and how many of one kind by itself. */
export const few = 8
export const many = 100
/** Of people with one half of the name so many are looked at for the other half. */
const lookedAt = 300

export const nouns = ['families', 'students', 'classes', 'staff'] as const
export type Noun = (typeof nouns)[number]

export interface Hit {
  id: number
  name: string
  /** What tells two of one name apart. */
  about: string
  /** Of classes: camps have another page. */
  camp: boolean
}

interface Arm {
  text: string
  params: (string | number)[]
}

/** Words as typed, in lower case; at most four. */
export const wordsIn = (q: string) =>
  q
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, 4)

/** Of which kinds this person may find something. */
export const mayFind = (person: Staffer, noun: Noun): boolean => rightsFor[noun].some(right => level(person, right) > 0)

const rightsFor: Record<Noun, Permission[]> = {
  families: ['Families'],
  students: ['Students'],
  classes: ['Classes', 'Camps'],
  staff: ['Staff'],
}

/**
 * What is called like that, one more than `most`. Names in any order, each word from its beginning; families and staff
 * also by e-mail and by how a phone number ends. Every arm of a search is a look-up in an index, and what has to be
 * looked through is cut off, so that a search costs the same however many people there are.
 */
export function findQuery(account: Account, person: Staffer, noun: Noun, q: string, most: number) {
  const words = wordsIn(q)
  const { text, params } = { families, students, classes, staff }[noun](words, person, most + 1, q)
  return plain<Hit>(account, text, params, row => ({
    id: Number(row.id),
    name: String(row.name),
    about: String(row.about ?? ''),
    camp: row.camp === 1,
  }))
}

const begins = (column: string, typed: string): Arm => ({
  text: `${column} >= ? and ${column} < ? || char(1114111)`,
  params: [typed, typed],
})
const all = (...arms: Arm[]): Arm => ({
  text: arms.map(({ text }) => text).join(' and '),
  params: arms.flatMap(({ params }) => params),
})
const is = (column: string, typed: string): Arm => ({ text: `${column} = ?`, params: [typed] })

/** SQLite's lower() leaves letters beyond ASCII as they are, and a name begins with a capital. */
const folded = (word: string) => (word < '\u0080' ? word : word.charAt(0).toUpperCase() + word.slice(1))

/** All arms as one; a compound select of D1 has five terms at most, so that more of them are nested. */
const union = (arms: Arm[]): Arm => {
  if (arms.length > 5) return union([union(arms.slice(0, 5)), ...arms.slice(5)])
  return {
    text: arms.map(({ text }) => `select id from (${text})`).join(' union '),
    params: arms.flatMap(({ params }) => params),
  }
}

const halves = (words: string[]) => {
  const [first = '', ...rest] = words
  return { first, rest: rest.join(' '), last: words.at(-1) ?? '', before: words.slice(0, -1).join(' ') }
}

const digitsIn = (q: string) => {
  const digits = /^[\d\s()+./-]+$/.test(q) ? q.replaceAll(/\D/g, '') : ''
  // No number is longer, and D1 takes no longer pattern.
  return digits.length <= 20 ? digits : ''
}

function families(words: string[], _person: Staffer, most: number, q: string): Arm {
  const open = "state in ('open','suspended')"
  const guardian = (where: Arm, limit = most * 2): Arm => ({
    text: `select family_id as id from guardians where removed_at is null and ${where.text} limit ${limit}`,
    params: where.params,
  })
  // The half that is only begun is looked for among those whose other half fits.
  const tested = (column: string, word: string, test: string, begun: string): Arm => {
    const from = begins(column, word)
    return {
      text: `select family_id as id from (select family_id, first_name, last_name from guardians where removed_at is null and ${from.text} limit ${lookedAt}) where instr(lower(${test}), ?) = 1`,
      params: [...from.params, begun],
    }
  }
  const [firstName, lastName] = ['lower(first_name)', 'lower(last_name)']
  const called = begins('sort_name', words.join(' '))
  const named: Arm = {
    text: `select id from families where ${open} and ${called.text} order by sort_name limit ${most}`,
    params: called.params,
  }
  const digits = digitsIn(q)
  const { first, rest, last, before } = halves(words)
  const arms =
    digits.length >= 4
      ? [named, byPhone(digits)]
      : words.length === 1
        ? [
            named,
            guardian(begins(lastName, folded(first))),
            guardian(begins(firstName, folded(first))),
            byEmail(first, most),
          ]
        : [
            named,
            guardian(all(is(firstName, folded(first)), begins(lastName, folded(rest)))),
            guardian(all(is(firstName, folded(last)), begins(lastName, folded(before)))),
            tested(lastName, folded(before), 'first_name', folded(last)),
            tested(lastName, folded(rest), 'first_name', folded(first)),
          ]
  const found = union(arms)
  return {
    text: `select f.id, f.name, (select group_concat(g.first_name || ' ' || g.last_name, ', ') from guardians g where g.family_id = f.id and g.removed_at is null) as about
      from families f where f.id in (${found.text}) and f.${open} order by f.sort_name, f.id limit ${most}`,
    params: found.params,
  }
}

const byEmail = (typed: string, most: number): Arm => {
  const from = begins('folded', typed)
  return {
    text: `select family_id as id from contacts where kind = 'email' and ${from.text} limit ${most * 2}`,
    params: from.params,
  }
}

const byPhone = (digits: string): Arm => ({
  text: `select family_id as id from (select family_id, folded from contacts where kind = 'phone' and substr(folded, -4) = ? limit ${lookedAt * 2}) where substr(folded, -${digits.length}) = ? or substr(?, -length(folded)) = folded`,
  params: [digits.slice(-4), digits, digits],
})

function students(words: string[], _person: Staffer, most: number): Arm {
  const named = (where: Arm, limit = most): Arm => ({
    text: `select id from students where state = 'open' and ${where.text} order by sort_name limit ${limit}`,
    params: where.params,
  })
  const tested = (word: string): Arm => {
    const from = begins('sort_name', word)
    const others = words.filter(each => each !== word)
    return {
      text: `select id from (select id, sort_name from students where state = 'open' and ${from.text} order by sort_name limit ${lookedAt}) where ${everyWord('sort_name', others)}`,
      params: [...from.params, ...others],
    }
  }
  const { first, rest, last, before } = halves(words)
  const firstName = 'lower(first_name)'
  const arms =
    words.length === 1
      ? [named(begins('sort_name', first)), byFirstName(first, most)]
      : [
          named(begins('sort_name', words.join(' '))),
          named(begins('sort_name', `${first}, ${rest}`)),
          named(begins('sort_name', `${before}, ${last}`)),
          named(begins('sort_name', `${last}, ${before}`)),
          named(all(is(firstName, folded(first)), begins('sort_name', rest))),
          named(all(is(firstName, folded(last)), begins('sort_name', before))),
          tested(first),
          tested(last),
        ]
  const found = union(arms)
  return {
    text: `select s.id, s.first_name || ' ' || s.last_name as name, (select group_concat(f.name, ', ') from family_students fs join families f on f.id = fs.family_id where fs.student_id = s.id) as about
      from students s where s.id in (${found.text}) and s.state = 'open' order by s.sort_name, s.id limit ${most}`,
    params: found.params,
  }
}

const byFirstName = (word: string, most: number): Arm => {
  const from = begins('lower(first_name)', folded(word))
  return {
    text: `select id from students where state = 'open' and ${from.text} limit ${most * 2}`,
    params: from.params,
  }
}

/** Each of the words begins one of the words there. */
const everyWord = (column: string, words: string[]) =>
  words.map(() => `instr(' ' || replace(${column}, ',', ' '), ' ' || ?) > 0`).join(' and ') || '1'

/** Active ones: a business runs some hundreds, so all of them are looked through, those of the person's places. */
function classes(words: string[], person: Staffer, most: number): Arm {
  const kinds = [...(level(person, 'Classes') ? ['class'] : []), ...(level(person, 'Camps') ? ['camp'] : [])]
  const places = person.locationIds.length ? ` and c.location_id in (${person.locationIds.map(Number).join()})` : ''
  return {
    text: `select c.id, c.name, l.name as about, c.kind = 'camp' as camp from classes c join locations l on l.id = c.location_id
      where c.state = 'active' and c.kind in (${kinds.map(kind => `'${kind}'`).join()})${places} and ${everyWord('c.sort_name', words)} order by c.sort_name, c.id limit ${most}`,
    params: words,
  }
}

/** Active ones near to the person, by name, log-in, e-mail or phone. A business has some hundreds at most. */
function staff(words: string[], { locationIds }: Staffer, most: number, q: string): Arm {
  const near = locationIds.length
    ? ` and (not exists (select 1 from staff_locations o where o.staff_id = s.id) or exists (select 1 from staff_locations o where o.staff_id = s.id and o.location_id in (${locationIds.map(Number).join()})))`
    : ''
  const digits = digitsIn(q)
  const also =
    digits.length >= 4
      ? " or replace(replace(replace(replace(replace(coalesce(s.phone, ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', '') like '%' || ?"
      : " or instr(lower(coalesce(s.email, '')), ?) = 1 or instr(coalesce(l.email, ''), ?) = 1"
  const typed = words.join(' ')
  return {
    text: `select s.id, coalesce(s.display_name, s.first_name || ' ' || s.last_name) as name, coalesce(l.email, s.email) as about
      from staff s left join logins l on l.id = s.login_id where s.active = 1${near} and ((${everyWord('s.sort_name', words)})${also}) order by s.sort_name, s.id limit ${most}`,
    params: [...words, ...(digits.length >= 4 ? [digits] : [typed, typed])],
  }
}
