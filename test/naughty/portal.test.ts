import { expect, test } from 'vitest'
import { doors } from './desk'
import { lookAround, tryEverything } from './fields'
import { atScene, type Person } from './scene'
import { every, strings } from './share'

const parts = [0, 1, 2]

const theirs = (people: Person[]) => people.filter(({ name, home }) => home === doors.portal && name !== 'stranger')

test(
  'every page that a family finds answers',
  () =>
    atScene(async (_, people) => {
      for (const person of theirs(people)) expect((await lookAround(person)).faults).toEqual([])
    }),
  900_000,
)

test.each(parts)(
  'every field of every form that a family finds takes every string, part %i',
  nth =>
    atScene(async (desk, people) => {
      const some = theirs(people)
      const { fields, posts, accepted, faults } = await tryEverything(desk, some, { nth, of: parts.length })
      console.info(`Families, part ${nth}: ${fields.size} fields, ${posts} posts, ${accepted} of them accepted`)
      expect(faults).toEqual([])
      expect(fields.size).toBeGreaterThan(15)
      expect(posts).toBeGreaterThan((fields.size / 4) * Math.floor(strings.length / every))
      expect(accepted).toBeGreaterThan(posts / 8)
    }),
  900_000,
)
