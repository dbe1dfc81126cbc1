import { expect, test } from 'vitest'
import { atDesk, doors } from './desk'
import { tryEverything } from './fields'
import { scene } from './scene'
import { every, strings } from './share'

const parts = [0, 1, 2]

test.each(parts)(
  'every field of every form that a family finds takes every string, part %i',
  nth =>
    atDesk(async desk => {
      const people = (await scene(desk)).filter(({ name, home }) => home === doors.portal && name !== 'stranger')
      const { fields, posts, accepted, faults } = await tryEverything(desk, people, { nth, of: parts.length })
      console.info(`Families, part ${nth}: ${fields.size} fields, ${posts} posts, ${accepted} of them accepted`)
      expect(faults).toEqual([])
      expect(fields.size).toBeGreaterThan(15)
      expect(posts).toBeGreaterThan((fields.size / 4) * Math.floor(strings.length / every))
      expect(accepted).toBeGreaterThan(posts / 8)
    }),
  900_000,
)
