import { expect, test } from 'vitest'
import { filled, variablesIn, written } from '../../src/messages/markup'
import { type AutomaticName, automatic, variablesOf, wordingOf } from '../../src/messages/templates'
import { commonNames, particular, unknownIn } from '../../src/messages/variables'

const names = Object.keys(automatic) as AutomaticName[]
const samples = {
  ...Object.fromEntries(commonNames.map(name => [name, `(${name})`])),
  ...Object.fromEntries(Object.entries(particular).map(([name, { sample }]) => [name, sample])),
}

test.each(names)('%s says nothing that it cannot fill', name => {
  const { subject, body, title, when } = automatic[name]
  expect(unknownIn([subject, body], variablesOf(name))).toEqual([])
  for (const said of [filled(subject, samples), written(body).text(samples), written(body).html(samples)])
    expect(said).not.toMatch(/\[\[|!|undefined/)
  expect(written(body).text(samples)).toContain('Your account ((portal_url)/account)')
  expect(title.length).toBeLessThan(40)
  expect(when).toMatch(/^[A-Z].*\.$/)
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
