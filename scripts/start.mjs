import { endWithParent, fail, ready } from './ready.mjs'

await ready()
endWithParent()

const { PortTaken } = await import('./serve.mjs')
const { accounts, serveDemo } = await import('./demo.mjs')
const { leaveKey, newSecret } = await import('./import-door.mjs')

const port = Number(process.env.PORT ?? 8787)
const dataDir = process.env.DATA_DIR ?? '.data'
const fiveMinutes = 5 * 60 * 1000
const logIns = `
  Log-ins, all with the password demo-password
    owner@demo.test    Office, everything
    desk@demo.test     Office, Online Activity view only
    coach@demo.test    Staff Portal
    rivera@demo.test   Customer Portal, two children, paid up
    okafor@demo.test   Customer Portal, overdue
`

if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`PORT=${process.env.PORT} is not a port.`)

const secret = newSecret()
const watch = process.argv.includes('--watch')
const server = await serveDemo({ port, dataDir, watch, bindings: { IMPORT_SECRET: secret } }).catch(error => {
  if (!(error instanceof PortTaken)) fail([error.message, error.cause?.message].filter(Boolean).join('\n'))
  fail(`Port ${port} is taken. Stop what listens there, or choose another one: PORT=${port + 1} npm start`)
})

// So that `npm run import` finds this Worker instead of opening the same data a second time.
await leaveKey(dataDir, { url: server.url, secret })

// The local queue forgets at a restart. The clock's first tick sends what it forgot.
tick()
setInterval(tick, fiveMinutes)

console.log(`
Cartwheel is open.   ${server.url}
${accounts.map(account => addresses(account)).join('\n')}
${server.filled ? logIns : '\nThere is no demo business: this Worker does not make one.'}
The data is kept in ${dataDir}. Ctrl-C closes.`)

function tick() {
  server.runCron().catch(error => console.error(`The clock's tick failed: ${error.message}`))
}

function addresses(account) {
  return `
  ${account}
    Office             ${server.url}/a/${account}
    Customer Portal    ${server.url}/p/${account}
    Staff Portal       ${server.url}/s/${account}
    Its mail           ${server.url}/a/${account}/local-mail`
}
