// Writes src/fingerprints.ts: a short content hash of each file under static/, which its address carries.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './ready.mjs'

/** Where the fingerprints stand, and what that file should say now. */
export const file = `${root}src/fingerprints.ts`

export function fingerprints() {
  const lines = readdirSync(`${root}static`, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('_') && !entry.name.startsWith('.'))
    .map(entry => `${entry.parentPath}/${entry.name}`)
    .map(path => [
      path
        .slice(root.length + 'static'.length)
        .split(sep)
        .join('/'),
      hash(readFileSync(path)),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, value]) => `  '${path}': '${value}',\n`)
  return `// Written by \`npm run fingerprint\`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
${lines.join('')}}
`
}

const hash = bytes => createHash('sha256').update(bytes).digest('hex').slice(0, 10)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(file, fingerprints())
