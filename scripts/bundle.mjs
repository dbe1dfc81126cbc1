// What a browser fetches beside the page, made as small as it goes: one sheet and one script a portal (the Office has
// a second sheet for pages with pictures of numbers), one sprite.
// The sources are static/css/*.css, views/client/*.js and views/ui/icons.svg; htmx stays as it was published.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { root } from './ready.mjs'

const read = path => readFileSync(root + path, 'utf8')
const newest = 'es2023'

const own = async path => (await transform(read(path), { minify: true, target: newest })).code.trim()

/** htmx first: what is ours speaks to it. */
async function script(...parts) {
  const htmx = read('node_modules/htmx.org/dist/htmx.min.js').replace(/\n?\/\/# sourceMappingURL=.*$/m, '')
  return `${[htmx.trimEnd(), ...(await Promise.all(parts.map(own)))].join('\n;')}\n`
}

const sheet = async path => (await transform(read(path), { loader: 'css', minify: true })).code

/** Words that mean something else wherever they are written, and areas that have no page yet. */
const noIcon = new Set(['account', 'autopilot', 'booked', 'deny', 'key', 'phone', 'pin', 'reports'])

/** The icons that some page draws: a name nobody writes is left out, and comes back with the first page that does. */
function sprite(path) {
  const code = ['src', 'views']
    .flatMap(folder => readdirSync(root + folder, { recursive: true }).map(name => `${folder}/${name}`))
    .filter(name => /\.(tsx?|js)$/.test(name))
    .map(read)
    .join('\n')
  const named = name => !noIcon.has(name) && (code.includes(`'${name}'`) || code.includes(`"${name}"`))
  return read(path).replace(/<symbol id="([^"]+)".*<\/symbol>\n/g, (symbol, name) => (named(name) ? symbol : ''))
}

const bundles = {
  'static/js/office.js': () => script('views/client/app.js', 'views/client/first-rows.js', 'views/client/window.js'),
  'static/js/portal.js': () => script('views/client/app.js', 'views/client/countdown.js', 'views/client/install.js'),
  'static/js/worker.js': async () => `${await own('views/client/worker.js')}\n`,
  'static/css/office.min.css': () => sheet('static/css/office.css'),
  'static/css/office-more.min.css': () => sheet('static/css/office-more.css'),
  'static/css/portal.min.css': () => sheet('static/css/portal.css'),
  'static/img/icons.svg': () => sprite('views/ui/icons.svg'),
}

/** The sheets as the Worker carries them, with what the Content-Security-Policy knows them by. */
bundles['src/sheets.ts'] = async () => {
  const lines = ['office', 'portal'].map(portal => {
    const text = read(`static/css/${portal}.min.css`).trim()
    const hash = createHash('sha256').update(text).digest('base64')
    return `  ${portal}: {\n    hash: 'sha256-${hash}',\n    text: ${JSON.stringify(text)},\n  },\n`
  })
  return `// Written by \`npm run bundle\`: each portal's sheet, for pages that carry it within.\nexport const sheets = {\n${lines.join('')}}\n`
}

for (const [path, make] of Object.entries(bundles)) {
  const text = await make()
  if (!process.argv.includes('--check')) writeFileSync(root + path, text)
  else if (read(path) !== text) {
    console.error(`${path} is stale: npm run bundle`)
    process.exitCode = 1
  }
}
