import { expect, inject, test, vi } from 'vitest'
import { newPassword } from '../../src/auth/password-rules'

const { hashPassword, passwordFits } =
  await vi.importActual<typeof import('../../src/auth/passwords')>('../../src/auth/passwords')

test('a long enough string is a password as it stands, and only that one opens', async () => {
  const strings = inject('strings')
  const good = strings.filter(text => newPassword.safeParse(text).success)
  expect(good.length).toBeGreaterThan(strings.length / 2)
  expect(good.every(text => newPassword.parse(text) === text)).toBe(true)
  // A hash takes 150 ms: one in fifty.
  for (const text of good.filter((_, nth) => nth % 50 === 0)) {
    const hash = await hashPassword(text)
    expect(await passwordFits(text, hash), text).toBe(true)
    expect(await passwordFits(`${text}!`, hash), text).toBe(false)
  }
}, 60_000)
