import { timingSafeEqual } from 'node:crypto'

/** Whether somebody knows the secret of a local door; where there is none, nobody does. Takes the same time either way. */
export function knows(given: string | undefined, secret: string | undefined): boolean {
  if (!secret || !given) return false
  const [a, b] = [given, secret].map(text => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array]
  return a.length === b.length && timingSafeEqual(a, b)
}
