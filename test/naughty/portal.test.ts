import { expect, test } from 'vitest'
import { atDesk, doors } from './desk'
import { tryEverything } from './fields'
import { scene } from './scene'
import { every, strings } from './share'

test(
  'every field of every form that a family finds takes every string',
  () =>
    atDesk(async desk => {
      const people = (await scene(desk)).filter(({ name, home }) => home === doors.portal && name !== 'stranger')
      const { fields, posts, accepted, faults } = await tryEverything(desk, people)
      console.info(`Families: ${fields.size} fields, ${posts} posts, ${accepted} of them accepted`)
      expect(faults).toEqual([])
      expect(fields.size).toBeGreaterThan(50)
      expect(posts).toBeGreaterThan((fields.size / 2) * Math.floor(strings.length / every))
      expect(accepted).toBeGreaterThan(posts / 4)
    }),
  900_000,
)
