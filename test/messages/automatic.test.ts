import { expect, test } from 'vitest'
import { filled, variablesIn, written } from '../../src/messages/markup'
import {
  type AutomaticName,
  areas,
  automatic,
  type OwnWording,
  programWords,
  variablesOf,
  wordingOf,
} from '../../src/messages/templates'
import { commonNames, particular, unknownIn } from '../../src/messages/variables'

const names = Object.keys(automatic) as AutomaticName[]
const isForStaff = (name: string) => name in areas.Staff
const samples = {
  ...Object.fromEntries(commonNames.map(name => [name, `(${name})`])),
  ...Object.fromEntries(Object.entries(particular).map(([name, { sample }]) => [name, sample])),
}

test.each(names)('%s says nothing that it cannot fill', name => {
  const { subject, body, title, when } = automatic[name]
  expect(unknownIn([subject, body], variablesOf(name))).toEqual([])
  for (const said of [filled(subject, samples), written(body).text(samples), written(body).html(samples)])
    expect(said).not.toMatch(/\[\[|!|undefined/)
  // Staff have no account in the Customer Portal.
  expect(written(body).text(samples).includes('Your account ((portal_url)/account)')).toBe(!isForStaff(name))
  expect(title.length).toBeLessThan(40)
  expect(when).toMatch(/^[A-Z].*\.$/)
})

test.each(names)('%s says the same in Spanish, with the same variables', name => {
  const [english, spanish] = [programWords(name, 'en'), programWords(name, 'es')]
  for (const part of ['subject', 'body'] as const) {
    expect(spanish[part]).not.toBe(english[part])
    expect(variablesIn(spanish[part]).sort()).toEqual(variablesIn(english[part]).sort())
    expect(spanish[part]).not.toMatch(
      /\b(the|your|you|we|is|are|was|with|from|this|that|and|for|of|to|on|Hello|tú|tu|tus|te|ti|puedes|tienes)\b/,
    )
  }
  expect(written(spanish.body).text(samples)).toMatch(/^Hola[,:]/)
  expect(written(spanish.body).text(samples).includes('Su cuenta ((portal_url)/account)')).toBe(!isForStaff(name))
})

test('who has no words of their own in a language has those they have for everybody, and else the program’s', () => {
  const mine = (language: string): OwnWording => ({ name: 'welcome', language, subject: language, body: language })
  const read = (own: OwnWording[]) => [wordingOf('welcome', own), wordingOf('welcome', own, 'es')]
  expect(read([])).toEqual([programWords('welcome', 'en'), programWords('welcome', 'es')])
  expect(read([mine('en')])).toEqual([mine('en'), mine('en')])
  expect(read([mine('en'), mine('es')])).toEqual([mine('en'), mine('es')])
  expect(read([mine('es')])).toEqual([expect.objectContaining({ subject: automatic.welcome.subject }), mine('es')])
})

test('every variable of an act is said by some notice, and explained', () => {
  const said = new Set(names.flatMap(name => variablesIn(automatic[name].subject + automatic[name].body)))
  const given = new Set<string>(names.flatMap(name => [...automatic[name].own]))
  expect(Object.keys(particular).filter(name => !said.has(name) || !given.has(name))).toEqual([])
})

test('mail from before there were templates keeps its own words', () => {
  const { subject, body } = wordingOf('plain', []) ?? { subject: '', body: '' }
  const values = { subject: 'Hello', text: 'There.\nAnd [[here]].' }
  expect(filled(subject, values)).toBe('Hello')
  expect(written(body).text(values)).toBe('There.\nAnd [[here]].')
  expect(wordingOf('nonsense', [])).toBeUndefined()
  expect(wordingOf('toString', [])).toBeUndefined()
})
