import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's scrypt for 16 MB of memory; kept in the hash, so that it can be raised and old ones still open. */
const cost = { N: 16384, r: 8, p: 5 }

function derive(password: string, salt: Uint8Array, { N, r, p }: typeof cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 64 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** A hash that carries its own parameters: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), Buffer.from(key).toString('base64')].join('$')
}

/** Compares in constant time. Without a hash it works as long as with one, so that time does not tell who exists. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt, key] = (hash ?? `scrypt$${cost.N}$${cost.r}$${cost.p}$${'A'.repeat(22)}==$${'A'.repeat(43)}=`).split('$')
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  return timingSafeEqual(derived, Buffer.from(key ?? '', 'base64')) && hash !== null
}
