import { beforeEach, describe, expect, test } from 'vitest'
import { type Permission, permissions } from '../../src/auth/permissions'
import * as paths from '../../src/paths'
import { type Cast, cast } from '../cast'
import { ask, employ, words } from '../knock'
import { loggedIn, set } from '../visit'

let one: Cast
const toolbar = async (cookie: string) => {
  const html = await (await ask('/a/demo/support', { cookie })).text()
  const nav = html.match(/<nav class="areas".*?<\/nav>/s)?.[0] ?? ''
  return [...nav.matchAll(/<\/svg>([^<]*)<\/a>/g)].map(([, label]) => label)
}
const at = paths.office('demo')
/** Areas with pages, in the order of the toolbar. */
const areas: [Permission, string][] = [
  ['Families', at.families()],
  ['Students', at.students()],
  ['Classes', at.classes()],
  ['Appointments', at.appointments()],
  ['Camps', at.camps()],
  ['Enrollments', at.enrollments()],
  ['Skills', at.skills()],
  ['Parties', at.parties()],
  ['Calendar', at.calendar()],
  ['Staff', at.staff()],
]

beforeEach(async () => {
  one = await cast({ now: Date.now() })
})

describe('the toolbar', () => {
  test('has the areas in the order of the seed, those that the person may use', async () => {
    const { cookie } = await employ(one.account, { isOwner: true })
    expect(await toolbar(cookie)).toEqual(areas.map(([label]) => label))
    const desk = await employ(one.account, { rights: { 'Office Portal': 2, Skills: 1, Families: 1 } })
    expect(await toolbar(desk.cookie)).toEqual(['Families', 'Skills'])
    expect(areas.every(([label]) => (permissions.pages as readonly string[]).includes(label))).toBe(true)
  })

  test.each(areas)('answers whoever may not use %s with 403 and its name', async (label, path) => {
    const { cookie } = await employ(one.account, { rights: { 'Office Portal': 2 } })
    const answer = await ask(path, { cookie })
    expect(answer.status).toBe(403)
    expect(words(await answer.text())).toContain(`permission “${label}”`)
  })

  test.each([
    [
      'feature.appointments',
      'Appointments',
      [at.appointments(), at.appointmentSetup(), at.bookingEnd(1)],
      '/p/demo/appointments',
    ],
    ['feature.parties', 'Parties', [at.parties(), at.partySetup()], '/p/demo/parties'],
  ] as const)(
    'leaves out what %s switches off, and the address says which switch',
    async (name, label, closed, portal) => {
      const { cookie } = await employ(one.account, { isOwner: true })
      await set(one.account, name, false)
      expect(await toolbar(cookie)).not.toContain(label)
      for (const path of closed) {
        const answer = await ask(path, { cookie })
        expect(answer.status, path).toBe(403)
        expect(words(await answer.text())).toContain(
          `${label} is switched off. SETTINGS > FEATURES > “${label}” turns it on.`.replaceAll('>', '&gt;'),
        )
      }
      const visitor = await loggedIn(one)
      expect((await visitor.get('/p/demo/account')).text).not.toContain(`href="${portal}"`)
      await set(one.account, name, true)
      expect(await toolbar(cookie)).toContain(label)
    },
  )

  test('sends whoever asks for the Staff Portal back with a sentence while it is off', async () => {
    const { cookie } = await employ(one.account, { isOwner: true })
    await set(one.account, 'staff_portal.enabled', false)
    const answer = await ask('/s/demo', { cookie })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/a/demo?staff-portal=off')
    expect(words(await (await ask('/a/demo?staff-portal=off', { cookie })).text())).toContain(
      'The Staff Portal is switched off, so you are back in the Office.',
    )
    await set(one.account, 'staff_portal.enabled', true)
  })
})
