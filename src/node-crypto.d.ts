// The functions of Node that workerd lends us; its own types would bring a second set of globals.
declare module 'node:crypto' {
  export function randomBytes(size: number): Uint8Array
  export function createHash(name: 'sha256'): { update(text: string): { digest(as: 'base64'): string } }
  export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean
  export function scrypt(
    password: string,
    salt: Uint8Array,
    length: number,
    options: { N: number; r: number; p: number; maxmem: number },
    done: (error: Error | null, key: Uint8Array) => void,
  ): void
}
