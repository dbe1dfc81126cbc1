// One script a portal: htmx as it was published, then ours. Joined, not built, so that what is served can be read.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const read = path => readFile(fileURLToPath(new URL(path, root)), 'utf8')

const bundles = {
  'static/js/office.js': ['views/client/app.js', 'views/client/window.js'],
  'static/js/portal.js': ['views/client/app.js'],
}

/** Comments and indentation stay in the sources; no name is changed and no line is joined. */
const light = source =>
  source
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('//') && !line.startsWith('/**'))
    .join('\n')

const htmx = await read('node_modules/htmx.org/dist/htmx.min.js')
const check = process.argv.includes('--check')

for (const [path, parts] of Object.entries(bundles)) {
  const own = await Promise.all(parts.map(read))
  const text = `${[htmx.replace(/\n?\/\/# sourceMappingURL=.*$/m, '').trimEnd(), ...own.map(light)].join('\n;')}\n`
  if (!check) await writeFile(fileURLToPath(new URL(path, root)), text)
  else if ((await read(path)) !== text) {
    console.error(`${path} is stale: node scripts/bundle-js.mjs`)
    process.exitCode = 1
  }
}
