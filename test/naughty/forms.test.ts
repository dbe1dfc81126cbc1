import { expect, test } from 'vitest'
import { app } from '../../src/app'
import { slug } from './desk'
import { atScene } from './scene'
import { kind, walk } from './walk'

test(
  'every door that takes a form has that form on some page, so that none is left out',
  () =>
    atScene(async (_, people) => {
      const met = new Set<string>()
      const broken: string[] = []
      for (const { visitor, home, starts } of people) {
        const seen = ({ status, path }: { status: number; path: string }) => {
          if (status >= 400) broken.push(`${status} ${path}`)
        }
        for (const { action } of (await walk(visitor, home, starts, 30, seen)).forms) met.add(kind(action))
      }
      const doors = app.routes.filter(({ method, path }) => method === 'POST' && /^\/[aps]\//.test(path))
      // What is set up has one address a noun: levels stand for all of them.
      const named = (path: string) => path.replace(':account', slug).replace(':noun', 'levels')
      const at = (path: string) => kind(named(path).replace(/:\w+/g, '1'))
      // The code of the second step is asked of whoever was just mailed one; test/auth has it.
      for (const door of ['p', 'a', 's']) met.add(at(`/${door}/:account/login/code`))
      // The first owner comes to a business that has none; test/opening has it.
      met.add(at('/a/:account/first-owner/1'))
      const forgotten = doors.map(({ path }) => at(path)).filter(path => !met.has(path) && !path.endsWith('/logout'))
      expect(broken).toEqual([])
      expect([...new Set(forgotten)]).toEqual([])
    }),
  120_000,
)
