import type { readPage, Visitor } from '../../scripts/visitor.mjs'

export type Page = ReturnType<typeof readPage>
export type Form = Page['forms'][number]

/** An address without its numbers, its query and the names of notices and steps: what pages of one kind have in common. */
export const kind = (path: string) =>
  (path.split(/[?#]/)[0] ?? '')
    .replace(/[\da-f]{8}-[\da-f-]{27}|\d{4}-\d\d-\d\d|\d+/g, '#')
    .replace(/(?<=\/(templates|first-steps)\/)(?!new\b)[a-z-]+/, '#')

export interface Found {
  /** Those that go to one address and ask the same stand here once. */
  forms: Form[]
  /** What stands in the query strings of links: an address of each kind of page, by its names. */
  queries: Map<string, Map<string, string>>
}

/**
 * Looks at every page that links lead to, so many of a kind, without logging out.
 * @param seen is shown each
 */
export async function walk(
  visitor: Visitor,
  portal: string,
  starts: string[],
  ofAKind: number,
  seen = (_: Page) => {},
): Promise<Found> {
  const times = new Map<string, number>()
  const forms = new Map<string, Form>()
  const queries: Found['queries'] = new Map()
  const asked = new Set(starts)
  // A set grows while it is gone through.
  for (const path of asked) {
    const before = times.get(kind(path)) ?? 0
    if (before >= ofAKind) continue
    times.set(kind(path), before + 1)
    const page: Page = await visitor.get(path)
    seen(page)
    for (const form of page.forms)
      for (const action of [form, ...form.buttons].map(each => each.action ?? form.action)) {
        const names = new Set(form.controls.map(({ name }) => name))
        if (action.endsWith('/logout')) continue
        const key = [action.split(/[?#]/)[0], ...names].join(' ')
        const controls = also(form.controls, forms.get(key)?.controls)
        forms.set(key, { ...form, controls, action: action.split('#')[0] ?? '' })
      }
    for (const link of page.links) {
      if (link !== portal && !link.startsWith(`${portal}/`)) continue
      asked.add(link)
      for (const [name] of new URLSearchParams(link.split('?')[1]))
        queries.set(kind(link), (queries.get(kind(link)) ?? new Map()).set(name, link))
    }
  }
  return { forms: [...forms.values()], queries }
}

/** Of forms that stand on a page for each thing, what any of them sends along is an answer that fits. */
const also = (controls: Form['controls'], before: Form['controls'] = []) =>
  controls.map(control => {
    const others = control.type === 'hidden' ? before.filter(({ name }) => name === control.name) : []
    return { ...control, values: [...control.values, ...others.flatMap(({ values }) => values)] }
  })
