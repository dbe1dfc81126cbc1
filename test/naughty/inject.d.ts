import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The naughty strings: a Worker reads no files. */
    strings: string[]
  }
}
