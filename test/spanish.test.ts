import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
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

test('a sentence has its Spanish in one file: of two, which one is read would hang on their order', async () => {
  const files = readdirSync(`${root}src/spanish`).filter(file => file !== 'index.ts')
  const keys = await Promise.all(
    files.map(async file =>
      Object.values(await import(`../src/spanish/${file}`)).flatMap(each => Object.keys(each as object)),
    ),
  )
  const all = keys.flat()
  expect(all.length).toBeGreaterThan(500)
  expect(all.filter((key, nth) => all.indexOf(key) !== nth)).toEqual([])
  expect(Object.keys(spanish)).toHaveLength(all.length)
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

/** Lists, whose heads and pages only the Office shows; the portal takes its pairs of words from it. */
const ofTheOffice = 'views/ui/list.tsx'

/** No words to read: heads of HTTP, the document's own frame, the maker's name. */
const noWords = /^(Vary|Expires|Age|Cookie|Referer|Lax|any maskable|Cartwheel|<.+>|[A-Z][a-z]+(-[A-Z][a-z]+)+)$/

type Node = { type: string; start: number; [more: string]: unknown }

/** The doors and the pages of the Customer Portal: what its two doors reach. */
function ofThePortal() {
  const reached = new Map<string, { text: string; tree: Node }>()
  const follow = (file: string) => {
    if (reached.has(file)) return
    const text = readFileSync(file, 'utf8')
    const { program } = parseSync(file, text, { lang: 'tsx' })
    reached.set(file, { text, tree: program as unknown as Node })
    for (const node of program.body) {
      if (node.type !== 'ImportDeclaration' || !node.source.value.startsWith('.')) continue
      const next = `${resolve(dirname(file), node.source.value)}.tsx`
      if (node.importKind !== 'type' && existsSync(next) && next !== `${root}${ofTheOffice}`) follow(next)
    }
  }
  for (const door of ['customer', 'unsubscribe']) follow(`${root}src/portals/${door}.tsx`)
  return reached
}

/** Attributes that somebody reads or hears. */
const read = new Set([
  'label',
  'title',
  'hint',
  'about',
  'aria-label',
  'alt',
  'placeholder',
  'what',
  'button',
  'children',
])
const wordy = (text: string) => /[A-Za-z]{2,}/.test(text.replace(/&\w+;/g, '')) && !noWords.test(text)
const prose = (text: string) => /^[A-Z][a-z]/.test(text.trim()) || /[a-z]{2} [a-z]/.test(text)
const known = (text: string) => noWords.test(text) || speaking('es', () => t(text)) !== text

/**
 * What a page says past t(): what stands between tags or in an attribute that is read has to be in one; all other
 * words have to have their Spanish at least, for whoever says them later.
 */
function unsaid({ text, tree }: { text: string; tree: Node }): string[] {
  const found: string[] = []
  const tell = (node: Node, words: string) =>
    found.push(`${text.slice(0, node.start).split('\n').length}: ${words.replace(/\s+/g, ' ').trim()}`)
  const look = (at: unknown, shown = false): unknown => {
    if (Array.isArray(at)) for (const one of at) look(one)
    if (!at || typeof at !== 'object' || Array.isArray(at)) return
    const node = at as Node
    switch (node.type) {
      case 'ImportDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSTypeAnnotation':
      case 'TSTypeParameterInstantiation':
        return
      case 'CallExpression':
        if ((node.callee as Node).name === 't') return look((node.arguments as Node[]).slice(1))
        break
      case 'BinaryExpression':
        if (node.operator === '===' || node.operator === '!==') return
        break
      case 'TaggedTemplateExpression':
        return look((node.quasi as Node).expressions)
      case 'ConditionalExpression':
        look(node.test)
        look(node.consequent, shown)
        return look(node.alternate, shown)
      case 'LogicalExpression':
        look(node.left)
        return look(node.right, shown)
      case 'JSXExpressionContainer':
        return look(node.expression, true)
      case 'JSXText':
        if (wordy(String(node.value))) tell(node, String(node.value))
        return
      case 'JSXAttribute': {
        const name = String((node.name as Node).name)
        const value = node.value as Node | null
        if (!read.has(name)) return name === 'class' || look(value?.expression)
        if (value?.type === 'Literal' && wordy(String(value.value))) tell(node, String(value.value))
        return look(value)
      }
      case 'Literal':
        if (typeof node.value !== 'string') return
        if (shown ? wordy(node.value) : prose(node.value) && !known(node.value)) tell(node, node.value)
        return
      case 'TemplateLiteral': {
        const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
        const said =
          parts.some(wordy) && wordy(parts.join('1')) && (shown || (prose(parts.join('1')) && !known(parts.join('1'))))
        if (said) tell(node, parts.join('…'))
        return look(node.expressions)
      }
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'type') look(value)
  }
  look(tree)
  return found
}

test('no page of the portal says anything past t()', () => {
  const pages = ofThePortal()
  expect(pages.size).toBeGreaterThan(60)
  const past = [...pages].flatMap(([file, page]) => unsaid(page).map(words => `${file.slice(root.length)}:${words}`))
  expect(past).toEqual([])
})
