import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { language, languageAsked, speaking, t } from '../src/language'
import { because, codes } from '../src/refusals'
import { spanish } from '../src/spanish'

const root = fileURLToPath(new URL('..', import.meta.url))

const files = ['src', 'views'].flatMap(folder =>
  readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile() && /\.tsx?$/.test(file.name))
    .map(file => `${file.parentPath}/${file.name}`),
)

/** What is said through t(): literals, with their quotes taken off. */
const said = files.flatMap(file =>
  [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`([^`$]*)`)/g)].map(
    ([, one, two, three]) => (one ?? two ?? three ?? '').replace(/\\(.)/g, '$1'),
  ),
)

test('whatever is said to families has its Spanish, with the same blanks to fill', () => {
  expect(said.length).toBeGreaterThan(10)
  expect(said.filter(sentence => !spanish[sentence])).toEqual([])
  const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join()
  expect(Object.entries(spanish).filter(([english, text]) => blanks(english) !== blanks(text))).toEqual([])
})

test('every refusal is there in both languages', () => {
  expect(codes.map(because).filter(sentence => !spanish[sentence])).toEqual([])
})

test('sentences are filled, whether before or after they were translated', () => {
  const inSpanish = (sentence: string, values?: Record<string, string | number>) =>
    speaking('es', () => t(sentence, values))
  expect(inSpanish('{label} is longer than {max} characters.', { label: 'Note', max: 9 })).toBe(
    'Note: más de 9 caracteres.',
  )
  expect(inSpanish('Family is missing.')).toBe('Falta: Familia.')
  expect(inSpanish('Beginner Gymnastics')).toBe('Beginner Gymnastics')
  expect(t('Family')).toBe('Family')
  expect(language()).toBe('en')
})

test('a browser gets the first language that we speak', () => {
  expect(languageAsked('es-MX,es;q=0.9,en;q=0.8')).toBe('es')
  expect(languageAsked('de,en;q=0.5,es;q=0.9')).toBe('es')
  expect(languageAsked('fr, es;q=0')).toBe('en')
  expect(languageAsked(undefined)).toBe('en')
})
