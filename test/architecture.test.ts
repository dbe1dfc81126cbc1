import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { codes } from '../src/refusals'
import { registry, type SettingName, settingOf } from '../src/settings'

const root = fileURLToPath(new URL('..', import.meta.url))

const walk = (folder: string): string[] =>
  readdirSync(join(root, folder)).flatMap(name => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return walk(path)
    return /\.tsx?$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })

const files = [...walk('src'), ...walk('views')]
const source = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))

/** What a file imports of ours; with `types` also what it imports only for its types. */
function importsOf(file: string, types: boolean): string[] {
  const found = [
    ...(source.get(file) ?? '').matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm),
  ]
  return found
    .filter(([, type]) => types || !type)
    .map(([, , path]) => normalize(join(dirname(file), path as string)))
    .map(path => [`${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].find(candidate => source.has(candidate)) ?? path)
}

/** The noun a file stands under: src/enrollments/drops.ts -> enrollments, src/money.ts -> money.ts. */
const area = (file: string) => file.split('/')[1] ?? ''
const isDoor = (file: string) =>
  file.startsWith('src/') &&
  /\/(office|customer|staff|door|local)\.tsx?$/.test(file) &&
  !file.startsWith('src/portals/') &&
  !file.startsWith('src/auth/staff') &&
  !file.startsWith('src/schema/') &&
  file !== 'src/staff/staff.ts'
const leaves = [
  'env.ts',
  'money.ts',
  'clock.ts',
  'counting.ts',
  'paths.ts',
  'sheets.ts',
  'fingerprints.ts',
  'refusals.ts',
  'settings.ts',
  'forms.ts',
  'http.tsx',
  'language.ts',
]
const isLeaf = (path: string) => leaves.includes(path) || path.startsWith('spanish/')

/** What stands between the parentheses of each call of a function. */
function calls(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`\\b${name}\\(`, 'g'))].map(({ index }) => {
    const from = index + name.length + 1
    let depth = 1
    let at = from
    for (; depth > 0 && at < text.length; at++) depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0
    return text.slice(from, at - 1)
  })
}

describe('the house', () => {
  test('no module reaches itself', () => {
    const done = new Set<string>()
    const rings: string[] = []
    const visit = (file: string, path: string[]) => {
      if (path.includes(file)) return void rings.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      if (done.has(file)) return
      for (const next of importsOf(file, false)) visit(next, [...path, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(rings).toEqual([])
  })

  test('leaves import only leaves', () => {
    const wrong = leaves.flatMap(leaf =>
      importsOf(`src/${leaf}`, true)
        .filter(to => !isLeaf(to.slice(4)))
        .map(to => `${leaf} -> ${to}`),
    )
    expect(wrong).toEqual([])
  })

  test('the schema imports only the schema', () => {
    const wrong = files
      .filter(file => file.startsWith('src/schema/'))
      .flatMap(file =>
        importsOf(file, true)
          .filter(to => !to.startsWith('src/schema/'))
          .map(to => `${file} -> ${to}`),
      )
    expect(wrong).toEqual([])
  })

  test('views know only views and what names URLs, money, days and languages', () => {
    const said = ['src/paths.ts', 'src/money.ts', 'src/clock.ts', 'src/language.ts']
    const may = (to: string) => to.startsWith('views/') || said.includes(to)
    const wrong = files
      .filter(file => file.startsWith('views/'))
      .flatMap(file =>
        importsOf(file, false)
          .filter(to => !may(to))
          .map(to => `${file} -> ${to}`),
      )
    expect(wrong).toEqual([])
  })

  test('nobody imports a door but a portal', () => {
    const mounts = (file: string) => file.startsWith('src/portals/') || file === 'src/app.tsx'
    const wrong = files
      .filter(file => !mounts(file))
      .flatMap(file =>
        importsOf(file, false)
          .filter(to => isDoor(to))
          .map(to => `${file} -> ${to}`),
      )
    expect(wrong).toEqual([])
  })

  test('rules know no HTTP: only doors, portals and the app touch Hono', () => {
    const web = /^import .* from ['"]hono/m
    const may = (file: string) =>
      isDoor(file) || file.startsWith('src/portals/') || /^src\/(app|doors|http|middleware)\.tsx?$/.test(file)
    const wrong = files.filter(file => file.startsWith('src/') && !may(file) && web.test(source.get(file) ?? ''))
    expect(wrong).toEqual([])
  })

  test('features do not know the window over them', () => {
    const roofs = ['online-activity', 'demo', 'portals', 'home', 'dashboard', 'import']
    const wrong = files
      .filter(
        file =>
          file.startsWith('src/') &&
          !roofs.includes(area(file)) &&
          !['app.tsx', 'worker.ts', 'jobs.ts', 'cron.ts', 'middleware.ts'].includes(area(file)),
      )
      .flatMap(file =>
        importsOf(file, false)
          .filter(to => roofs.includes(area(to)) && to.startsWith('src/'))
          .map(to => `${file} -> ${to}`),
      )
      .filter(arrow => !arrow.includes('src/auth/door.tsx -> src/portals/entry.ts'))
    expect(wrong).toEqual([])
  })

  test('only one file knows lucia', () => {
    expect(files.filter(file => /from 'lucia'/.test(source.get(file) ?? ''))).toEqual(['src/auth/sessions.ts'])
  })

  test('nobody reads the clock but the two that hand it out', () => {
    // lucia compares its own copy of a date with the real clock, so sessions.ts needs it too.
    const allowed = ['src/accounts/open.ts', 'src/auth/sessions.ts']
    expect(files.filter(file => /Date\.now\(\)/.test(source.get(file) ?? '') && !allowed.includes(file))).toEqual([])
  })

  test('every refusal has its sentence', () => {
    const used = new Set<string>()
    for (const text of [
      ...source.values(),
      ...readdirSync(join(root, 'migrations')).map(file => readFileSync(join(root, 'migrations', file), 'utf8')),
    ]) {
      for (const [, code] of text.matchAll(/new Refusal\(\s*'([a-z-]+)'/g)) used.add(code as string)
      for (const [, code] of text.matchAll(/'guard:([a-z-]+)'/g)) used.add(code as string)
    }
    for (const text of source.values())
      for (const call of calls(text, 'must')) used.add(call.match(/'([a-z-]+)',?\s*$/)?.[1] ?? 'already-handled')
    expect([...used].filter(code => !codes.includes(code))).toEqual([])
    expect(used.size).toBeGreaterThan(20)
  })

  test('a rule that a location may have for itself is asked of the location, not of the business', () => {
    const own = Object.keys(registry).filter(name => settingOf(name as SettingName).perLocation)
    const asks = (text: string, whose: string) =>
      own.some(name => text.includes(`${whose}settings['${name}']`) || text.includes(`${whose}settings["${name}"]`))
    const takesApart = /\{[^{}]*\bsettings\b[^{}]*\}\s*(= (account|c\.get)|: (Pick<)?Account)/
    const wrong = files.filter(file => {
      const text = source.get(file) ?? ''
      return asks(text, '.') || (takesApart.test(text) && asks(text, '') && !text.includes('settingsAt'))
    })
    expect(own.length).toBeGreaterThan(40)
    expect(wrong).toEqual([])
  })

  test('no markup carries styles, scripts or code of its own', () => {
    const wrong = files.filter(
      file =>
        file.startsWith('views/') &&
        /\sstyle=|\shx-on|\bon[a-z]+=["{]|dangerouslySetInnerHTML|js:/.test(source.get(file) ?? ''),
    )
    expect(wrong.map(file => relative('.', file))).toEqual([])
  })
})
