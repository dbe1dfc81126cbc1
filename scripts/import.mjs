// npm run import -- households people.csv [--publish] [--account demo] [--lines 120] [--zone America/Toronto]
//   [--places 12] [--location 1]
// The Worker reads the file with the same verbs as the Office's page: into the one that `npm start` left running on
// this DATA_DIR, or else one of our own.
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ready } from './ready.mjs'

const cwd = process.env.INIT_CWD ?? process.cwd()
await ready()

const { findKey, newSecret, sendFile } = await import('./import-door.mjs')

const usage =
  'npm run import -- households|programs|drop-in FILE [--publish] [--account demo] [--lines N] [--zone ZONE] [--places 12] [--location ID]'
const { values, positionals } = understand()
const [kind, path] = positionals
if (!kind || !path) fail(usage)

const bytes = await readFile(resolve(cwd, path)).catch(() => fail(`There is no file ${path}.`))
const dataDir = resolve(process.env.DATA_DIR ?? '.data')
const { account, publish, ...rest } = values
const options = { ...rest, kind, name: basename(path), publish: publish ? '1' : undefined }

const key = await findKey(dataDir)
const told = (key && (await sendFile(key, account, bytes, options))) ?? (await withOwnWorker())
if (told.error) fail(told.error)
say(told)
process.exit(told.problem || (told.refusal && told.refusal !== 'already-published') ? 1 : 0)

async function withOwnWorker() {
  const { serveDemo } = await import('./demo.mjs')
  const secret = newSecret()
  const server = await serveDemo({ dataDir, quiet: true, bindings: { IMPORT_SECRET: secret } })
  try {
    return (
      (await sendFile({ url: server.url, secret }, account, bytes, options)) ?? fail('The Worker takes no imports.')
    )
  } finally {
    await server.stop()
  }
}

function understand() {
  const text = { type: 'string' }
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        publish: { type: 'boolean' },
        account: { ...text, default: 'demo' },
        lines: text,
        zone: text,
        places: text,
        location: text,
      },
    })
  } catch (error) {
    fail(`${error.message}\n${usage}`)
  }
}

function say(told) {
  const figures = counts => counts.map(({ count, label }) => `${count.toLocaleString('en-US')} ${label}`).join(', ')
  console.log(`${told.fileName}: ${told.lines} lines, ${told.accepted} can be imported, ${told.refused} refused`)
  for (const { line, title, why } of told.refusals.slice(0, 20)) console.log(`  line ${line}: ${title}\n    ${why}`)
  if (told.refused > 20) console.log(`  and ${told.refused - 20} more: the Office shows them all under Import`)
  console.log(`They make ${figures(told.makes)}.`)
  if (told.warning) console.log(told.warning)
  if (told.problem) console.log(`${told.problem} The file is not whole, so nothing of it can be imported.`)
  else if (told.because) console.log(told.because)
  else if (told.made) console.log(`Imported. New: ${figures(told.made)}.`)
  else console.log('This was the dry run: nothing was imported. Add --publish to do so.')
  console.log(
    `(${told.cost.trips} trips, ${told.cost.written.toLocaleString('en-US')} rows and index entries written, database ${told.cost.databaseMs} ms)`,
  )
}
