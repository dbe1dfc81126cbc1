import { expect, inject, test } from 'vitest'
import { atDesk, doors } from './desk'
import { tryEverything } from './fields'
import { scene } from './scene'

test(
  'every field of every form that a family finds takes every string',
  () =>
    atDesk(async desk => {
      const strings = inject('strings')
      const people = (await scene(desk)).filter(({ name, home }) => home === doors.portal && name !== 'stranger')
      const { fields, posts, accepted, faults } = await tryEverything(desk, people, strings)
      console.info(`Families: ${fields.size} fields, ${posts} posts, ${accepted} of them accepted`)
      expect(faults).toEqual([])
      expect(fields.size).toBeGreaterThan(50)
      expect(posts).toBeGreaterThan((fields.size / 2) * strings.length)
      expect(accepted).toBeGreaterThan(posts / 4)
    }),
  900_000,
)
