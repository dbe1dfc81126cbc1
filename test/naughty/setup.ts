import { vi } from 'vitest'

// A real hash takes 150 ms, and thousands of posts would make one. What becomes of strange passwords in it is asked in
// passwords.test.ts and, over HTTP, in test/browser/naughty.test.ts.
vi.mock('../../src/auth/passwords', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  passwordFits: async (password: string, hash: string | null) => hash === `hash of ${password}`,
}))
