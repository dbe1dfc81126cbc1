import { expect, test } from 'vitest'
import { households } from '../import/files'
import { doors, type Outcome } from './desk'
import { headersOf, lookAround, plainFaults, tryEverything } from './fields'
import { atScene, importForm, type Person } from './scene'
import { every, strings } from './share'

const parts = Array.from({ length: 15 }, (_, nth) => nth)
const all = { posts: 0, accepted: 0 }

const theirs = (people: Person[]) => people.filter(({ name }) => name === 'owner' || name === 'coach')

test(
  'every page that they find answers',
  () =>
    atScene(async (_, people) => {
      for (const person of theirs(people)) expect((await lookAround(person)).faults).toEqual([])
    }),
  900_000,
)

test.each(parts)(
  'every field of every form of the Office and the Staff Portal takes every string, part %i',
  nth =>
    atScene(async (desk, people) => {
      const some = theirs(people)
      const { fields, posts, accepted, faults } = await tryEverything(desk, some, { nth, of: parts.length })
      console.info(`Office and Staff Portal, part ${nth}: ${fields.size} fields, ${posts} posts, ${accepted} accepted`)
      expect(faults).toEqual([])
      expect(fields.size).toBeGreaterThan(12)
      expect(posts).toBeGreaterThan((fields.size / 4) * Math.floor(strings.length / every))
      all.posts += posts
      all.accepted += accepted
    }),
  900_000,
)

test('of all that was sent there an eighth at least was accepted', () => {
  expect(all.accepted).toBeGreaterThan(all.posts / 8)
})

test(
  'a file takes every string for a name, for a cell and for all that stands in it',
  () =>
    atScene(async (desk, people) => {
      const { visitor } = people.find(({ name }) => name === 'owner') ?? expect.unreachable()
      const headers = headersOf(visitor, false)
      const faults: string[] = []
      const send = (
        text: string,
        what: string,
        body: FormData | string,
        look: (outcome: Outcome) => string | undefined,
        type?: string,
      ) =>
        desk.trial(
          `${doors.office}/imports`,
          { method: 'POST', body, headers: { ...headers, ...(type && { 'content-type': type }) } },
          outcome => {
            const found = [...plainFaults(text, outcome)]
            const more = outcome.status >= 400 && outcome.written.size ? 'left something behind' : look(outcome)
            for (const fault of more ? [...found, more] : found)
              faults.push(`${what} ${JSON.stringify(text)}: ${fault}`)
          },
        )
      for (const given of strings) {
        const text = given.toWellFormed()
        // A name as browsers send it.
        const name = text.replace(/[\r\n"]/g, each => encodeURIComponent(each)) || 'file.csv'
        const form = new Response(importForm({}, households, 'NAME'))
        const type = form.headers.get('content-type') ?? ''
        const body = new TextDecoder().decode(await form.arrayBuffer()).replace('NAME', () => name)
        await send(
          text,
          'the name',
          body,
          ({ status }) => {
            const [kept] = desk.ask('select file_name name from imports order by id desc limit 1')
            // The runtime takes a backslash there for an escape.
            const read = name.replace(/\\(.)/g, '$1')
            if (status !== 422 && kept?.name !== read) return `${status}, kept as ${JSON.stringify(kept?.name)}`
          },
          type,
        )
        await send(text, 'the content', importForm({}, text), ({ status }) =>
          status === 422 ? undefined : `${status}`,
        )
        const cell = `"${text.replaceAll('"', '""')}"`
        const line = households.split('\r\n')[1]?.replace('p1,Ana', `n1,${cell}`)
        await send(text, 'a cell', importForm({}, `${households}${line}\r\n`), ({ status }) =>
          status === 303 ? undefined : `${status}`,
        )
      }
      expect(faults).toEqual([])
    }),
  900_000,
)
