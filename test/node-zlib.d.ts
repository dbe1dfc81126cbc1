// What workerd lends of Node's zlib; the types of Node would hide where the two runtimes differ.
declare module 'node:zlib' {
  export const constants: { BROTLI_PARAM_QUALITY: number; BROTLI_PARAM_SIZE_HINT: number }
  export function brotliCompressSync(
    data: string | Uint8Array,
    options?: { params: Record<number, number> },
  ): Uint8Array
}
