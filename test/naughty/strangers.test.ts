import { expect, test } from 'vitest'
import { tryEverything } from './fields'
import { atScene } from './scene'
import { every, strings } from './share'

test(
  'every field of every form that a stranger finds takes every string',
  () =>
    atScene(async (desk, people) => {
      const some = people.filter(({ name }) => name === 'stranger')
      const { fields, posts, accepted, faults } = await tryEverything(desk, some)
      console.info(`Strangers: ${fields.size} fields, ${posts} posts, ${accepted} of them accepted`)
      expect(faults).toEqual([])
      expect(fields.size).toBeGreaterThan(30)
      expect(posts).toBeGreaterThan((fields.size / 2) * Math.floor(strings.length / every))
      expect(accepted).toBeGreaterThan(posts / 4)
    }),
  900_000,
)
