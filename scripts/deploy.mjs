// npm run deploy [-- --name little-gym] [--region weur] [--domain classes.example.com] [--plan paid|free]
// Everything from a fresh clone to a business on the web, and again for each newer version. In builds the same is said by
// CARTWHEEL_NAME, CARTWHEEL_REGION, CARTWHEEL_DOMAIN and CARTWHEEL_PLAN.
import { parseArgs } from 'node:util'
import { fail, ready } from './ready.mjs'

await ready()

const { flags } = await import('./deploy/installation.mjs')
const { findAll, howBack, orStop, rollOut, say, sayWhere } = await import('./deploy/rollout.mjs')

const usage = 'npm run deploy -- [--name little-gym] [--region weur] [--domain classes.example.com] [--plan paid|free]'

await orStop(async () => {
  const found = await findAll(understand())
  const { origin, links, databases, back } = await rollOut(found)
  say(`\n${found.worker ? 'The new version is open.' : 'Cartwheel is open.'}`)
  for (const { slug } of databases)
    sayWhere(
      origin,
      slug,
      links.find(link => link.slug === slug),
    )
  if (back.length) say(howBack(back, found.name))
})

function understand() {
  try {
    return parseArgs({ options: flags }).values
  } catch (error) {
    fail(`${error.message}\n${usage}`)
  }
}
