import { expect, test } from 'vitest'
import { atDesk } from './desk'
import { tryEverything } from './fields'
import { scene } from './scene'
import { every, strings } from './share'

test(
  'every field of every form that a stranger finds takes every string',
  () =>
    atDesk(async desk => {
      const people = (await scene(desk)).filter(({ name }) => name === 'stranger')
      const { fields, posts, accepted, faults } = await tryEverything(desk, people)
      console.info(`Strangers: ${fields.size} fields, ${posts} posts, ${accepted} of them accepted`)
      expect(faults).toEqual([])
      expect(fields.size).toBeGreaterThan(30)
      expect(posts).toBeGreaterThan((fields.size / 2) * Math.floor(strings.length / every))
      expect(accepted).toBeGreaterThan(posts / 4)
    }),
  900_000,
)
