import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The file in the data folder that tells `npm run import` where the Worker listens and what opens its door. */
const file = dataDir => join(dataDir, 'import.json')

/** A secret for one start of the Worker. */
export const newSecret = () => randomUUID()

/** Leaves the address and the secret where only this user can read them. */
export async function leaveKey(dataDir, { url, secret }) {
  await mkdir(dataDir, { recursive: true })
  await writeFile(file(dataDir), `${JSON.stringify({ url, secret })}\n`, { mode: 0o600 })
}

/** What the last start left, or nothing. */
export async function findKey(dataDir) {
  try {
    return JSON.parse(await readFile(file(dataDir), 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Sends a file to the Worker. `options` are the door's: kind, name, lines, zone, places, location, publish.
 * Gives what it answered, or nothing when nobody listens there or the door is not theirs.
 */
export async function sendFile({ url, secret }, account, bytes, options) {
  const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== undefined))
  let answer
  try {
    const send = () =>
      fetch(`${url}/__import/${account}?${query}`, {
        method: 'POST',
        headers: { 'x-import-secret': secret, 'content-type': 'text/csv' },
        body: bytes,
      })
    answer = await send()
    // After a request of some seconds the local runtime may drop the next one. A file sent twice changes nothing.
    if (answer.status === 500) answer = await send()
  } catch (error) {
    if (error.cause?.code === 'ECONNREFUSED') return undefined
    throw error
  }
  if (answer.headers.get('content-type')?.startsWith('application/json')) return answer.json()
  if (answer.status === 404) return undefined
  throw new Error(`The Worker answered ${answer.status}.`)
}

/**
 * Opens sessions of families of a file, who have no password. `options` are the door's: families, seed, who.
 * Gives `[{ email, cookie }]`, or nothing when the door is not theirs.
 */
export async function openSessions({ url, secret }, account, options) {
  const answer = await fetch(`${url}/__play/${account}?${new URLSearchParams(options)}`, {
    method: 'POST',
    headers: { 'x-import-secret': secret },
  })
  if (answer.ok) return answer.json()
  if (answer.status === 404) return undefined
  throw new Error(`The Worker answered ${answer.status}: ${await answer.text()}`)
}
