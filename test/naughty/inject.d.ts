import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The naughty strings: a Worker reads no files. */
    strings: string[]
    /** Of so many of them a field gets one. */
    every: number
  }
}
