import { isDay } from '../forms'
import type { CsvRecord } from './csv'
import { fileId, optional, refuse, type StagedLine, sortName, text, Unusable, whole, wrongColumns } from './lines'

interface Person {
  line: number
  values: Record<string, string>
  id: string
  household: string
  first: string
  last: string
  age: number
  /** What the person is to the household's reference person, in the file's words. */
  relation: string
  /** Whether the line names a household and not a nursing home or a barracks. */
  housed: boolean
  housing: string
  guardians: string[]
}

const majority = 18

/**
 * People by household. Every household with an adult is a family, also one without children: its adults may take
 * classes, and a child may still come. Adults are guardians (the reference person is the primary one and gets a
 * log-in), people under 18 are students. Age is what the file says, on the day it was made.
 *
 * A child whose guardians live elsewhere belongs to their families too; one who lives with no adult of the file, or in
 * group quarters, belongs to the guardian's. Who lives in group quarters otherwise has no household and is refused.
 */
export function readHouseholds(records: CsvRecord[]): StagedLine[] {
  const lines = new Map<number, StagedLine>()
  const people: Person[] = []
  const seen = new Map<string, number>()
  for (const { line, values, columns } of records) {
    try {
      if (!values) throw new Unusable(wrongColumns(columns))
      const person = personOf(line, values)
      const before = seen.get(person.id)
      if (before) throw new Unusable(`The person ${person.id} already stands in line ${before}.`)
      seen.set(person.id, line)
      people.push(person)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      lines.set(line, refuse(line, values, error.message))
    }
  }
  const adults = people.filter(person => person.housed && person.age >= majority)
  const families = familiesOf(adults, people)
  const homeOf = new Map(adults.map(({ id, household }) => [id, household]))
  const emails = new Set<string>()
  for (const person of people) {
    try {
      const data =
        person.age >= majority
          ? guardianOf(person, families.get(person.household), emails)
          : studentOf(person, families, homeOf)
      lines.set(person.line, { line: person.line, data, refused: null })
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      lines.set(person.line, refuse(person.line, person.values, error.message))
    }
  }
  return records.flatMap(({ line }) => lines.get(line) ?? [])
}

function personOf(line: number, values: Record<string, string>): Person {
  const household = fileId(values, 'household_id', 'The household’s id')
  const id = fileId(values, 'simulant_id', 'The person’s id')
  const first = text(values, 'first_name', 'The first name')
  const last = text(values, 'last_name', 'The last name')
  const age = whole(values, 'age', 'The age', 130)
  if (age === null) throw new Unusable('The age is missing.')
  const birth = values.date_of_birth ?? ''
  if (!isDay(birth)) throw new Unusable(`The birth date “${birth.slice(0, 40)}” is not a date like 2016-11-30.`)
  const housing = optional(values, 'housing_type', 'The housing type') ?? 'Household'
  const relation = optional(values, 'relationship_to_reference_person', 'The relationship') ?? ''
  const guardians = [values.guardian_1, values.guardian_2].filter(guardian => guardian !== undefined && guardian !== '')
  const housed = housing === 'Household'
  return { line, values, id, household, first, last, age, relation, housing, housed, guardians: guardians as string[] }
}

/** The primary guardian of each household: the reference person, else whom a child names, else the oldest. */
function familiesOf(adults: Person[], people: Person[]): Map<string, Person> {
  const named = new Set(people.flatMap(({ guardians }) => guardians))
  const rank = (person: Person) =>
    (person.relation === 'Reference person' ? 2000 : 0) + (named.has(person.id) ? 1000 : 0) + person.age
  const families = new Map<string, Person>()
  for (const adult of adults) {
    const first = families.get(adult.household)
    if (!first || rank(adult) > rank(first)) families.set(adult.household, adult)
  }
  return families
}

const familySource = (household: string) => `households:${household}`

function guardianOf(person: Person, primary: Person | undefined, emails: Set<string>): StagedLine['data'] {
  if (!person.housed)
    throw new Unusable(
      `Lives in group quarters (${person.housing.toLowerCase()}), so there is no household to make a family of.`,
    )
  const isPrimary = primary === person
  const { first, last, values } = person
  const guardian = {
    title: `${first} ${last}`,
    detail: isPrimary ? `Primary guardian of the ${last} family` : `Guardian of the ${primary?.last} family`,
    makes: 'guardian',
    family: familySource(person.household),
    first,
    last,
    relationship:
      relationships.get(person.relation) ?? (person.relation === 'Reference person' ? null : person.relation),
    role: isPrimary ? 'primary' : 'secondary',
  }
  if (!isPrimary) return guardian
  const street = [values.street_number, values.street_name].map(part => part?.trim()).filter(Boolean)
  return {
    ...guardian,
    sort: sortName(last, first),
    email: madeEmail(person, emails),
    line1: street.join(' ').slice(0, 200) || null,
    line2: optional(values, 'unit_number', 'The unit'),
    city: optional(values, 'city', 'The city'),
    region: optional(values, 'state', 'The state'),
    postal: optional(values, 'zipcode', 'The postal code'),
  }
}

const relationships = new Map(
  Object.entries({
    'Opposite-sex spouse': 'Spouse',
    'Same-sex spouse': 'Spouse',
    'Opposite-sex unmarried partner': 'Partner',
    'Same-sex unmarried partner': 'Partner',
  }),
)

/**
 * The file has no e-mail addresses, so one is made under a domain that can receive nothing (RFC 2606). It opens no
 * door until somebody gives it a password. Two households never share one: the second of the same name gets none.
 */
function madeEmail({ first, last, household }: Person, taken: Set<string>): string | null {
  const fold = (name: string) =>
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 24) || 'guardian'
  const email = `${fold(first)}.${fold(last)}.${household.toLowerCase()}@families.example`
  // A household's id may begin or end with a dot, which an address may not.
  if (taken.has(email) || !/^[\w-]+(\.[\w-]+)*@/.test(email) || email.length > 120) return null
  taken.add(email)
  return email
}

function studentOf(person: Person, families: Map<string, Person>, homeOf: Map<string, string>): StagedLine['data'] {
  const theirs = [...new Set(person.guardians.flatMap(id => homeOf.get(id) ?? []))]
  const home = person.housed && families.has(person.household) ? person.household : theirs[0]
  if (!home)
    throw new Unusable(
      person.housed
        ? 'A child in a household without an adult, and no guardian in this file.'
        : `A child in group quarters (${person.housing.toLowerCase()}) without a guardian in this file.`,
    )
  const others = theirs.filter(household => household !== home)
  const { first, last, values } = person
  const also = others.map(household => families.get(household)?.last).join(' and ')
  return {
    title: `${first} ${last}`,
    detail: `Student in the ${families.get(home)?.last} family${also && `, also of ${also}, where a guardian lives`}`,
    makes: 'student',
    source: `${familySource(person.household)}:${person.id}`,
    families: [home, ...others].map(familySource),
    first,
    last,
    sort: sortName(last, first),
    birth: values.date_of_birth,
    gender: genders.get(values.sex ?? '') ?? 'unstated',
  }
}

const genders = new Map(Object.entries({ Female: 'female', Male: 'male' }))
