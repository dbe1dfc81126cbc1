import { DashboardPage, type PlacedWidget } from '../../views/dashboard/page'
import { NewestEntries } from '../../views/home/pages'
import { OfficeLayout } from '../../views/layouts/office'
import { NewsLines } from '../../views/news/page'
import type { Option } from '../../views/ui/form'
import { kindLabels, kindNames } from '../activity/kind-names'
import { demand, level } from '../auth/permissions'
import { read, type Statement } from '../database'
import type { OfficeContext } from '../doors'
import { show } from '../http'
import { newsNow, type ShownNews } from '../news/news'
import { newsLines } from '../news/shown'
import { newestShown } from '../online-activity/newest'
import { contentsOf } from './contents'
import { arranged, choicesOf, mayHave, type Widget, type WidgetKind, widgetKinds, widgetsOf } from './widgets'

/** The page as it stands for whoever looks; while it is arranged with a form on each widget. */
export async function dashboardPage(
  c: OfficeContext,
  again: { arranging?: boolean; error?: string; status?: 409 | 422 } = {},
) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Dashboard')
  const rows = c.get('widgets') ?? (await read(account, [widgetsOf(account, person.id)]))[0]
  const placed = arranged(person, rows)
  const arranging = (again.arranging || c.req.query('arrange') === '1') && rows.length > 0
  const newest = newestShown(account, person)
  const contents = placed.map(widget =>
    widget.kind === 'newest'
      ? { ask: [newest.query as Statement] }
      : widget.kind === 'news'
        ? { ask: [newsNow(account, person) as Statement] }
        : contentsOf(account, person, widget),
  )
  const answers = (await read(account, contents.flatMap(({ ask }) => ask) as Statement[])) as unknown[][]
  let at = 0
  const drawn = placed.map((widget, nth): PlacedWidget => {
    const content = contents[nth] as (typeof contents)[number]
    const mine = answers.slice(at, at + content.ask.length)
    at += content.ask.length
    const { label } = widgetKinds[widget.kind]
    if (!('draw' in content))
      return {
        id: widget.id,
        label,
        width: widget.width,
        drawn: { look: 'empty', title: label },
        body:
          widget.kind === 'news' ? (
            <NewsLines posts={newsLines(account, mine[0] as ShownNews[])} />
          ) : (
            <NewestEntries slug={account.slug} pending={c.get('pending')} newest={newest.lines(mine[0] as never)} />
          ),
        choices: [],
      }
    const look = content.draw(mine as never)
    return {
      id: widget.id,
      label,
      width: widget.width,
      drawn: look,
      choices: arranging ? choicesFor(widget, look) : [],
    }
  })
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Dashboard" current="home" more>
      <DashboardPage
        slug={account.slug}
        landing={level(person, 'Welcome Page') ? person.landing : undefined}
        notice={staffPortalOff(c)}
        error={again.error}
        widgets={drawn}
        newKey={() => crypto.randomUUID()}
        arranging={
          arranging
            ? {
                kinds: (Object.keys(widgetKinds) as WidgetKind[])
                  .filter(kind => mayHave(person, kind, choicesOf(kind, {})))
                  .map(kind => ({ value: kind, label: widgetKinds[kind].label })),
              }
            : undefined
        }
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

/** Whoever asked for the Staff Portal while it is off is here instead, and reads why. */
export const staffPortalOff = (c: OfficeContext) =>
  c.req.query('staff-portal') === 'off' ? 'The Staff Portal is switched off, so you are back in the Office.' : undefined

const figureOptions: Option[] = [
  { value: 'active_families', label: 'Active families' },
  { value: 'active_students', label: 'Active students' },
  { value: 'enrollments', label: 'Active enrollments' },
  { value: 'staff', label: 'Staff' },
  { value: 'payments', label: 'Payments' },
]
const dayOptions = ['7', '30', '60'].map(days => ({ value: days, label: `${days} days` }))
const typeOptions = kindNames.map(kind => ({ value: kind, label: kindLabels[kind] }))
const yearOptions = ['1', '2', '3', '6'].map(years => ({
  value: years,
  label: years === '1' ? 'One year' : `${years} years`,
}))
const whenOptions: Option[] = [
  { value: 'today', label: 'Today' },
  { value: 'week', label: '7 days ago' },
  { value: 'month', label: 'Last month' },
  { value: 'year', label: 'Last year' },
]
const all = (label: string): Option => ({ value: '', label })

/** The boxes of what can be chosen about a widget. */
function choicesFor({ kind, choices }: Widget, drawn: PlacedWidget['drawn']): PlacedWidget['choices'] {
  const chosen = choices as Record<string, string>
  const box = (name: string, label: string, options: Option[]) => ({ name, label, value: chosen[name] ?? '', options })
  switch (kind) {
    case 'figure':
      return [box('of', 'Figure', figureOptions), box('days', 'Compared with', dayOptions)]
    case 'activity':
      return [box('type', 'Type', typeOptions)]
    case 'money': {
      const [programs, categories] = drawn.look === 'chart' ? [drawn.programs, drawn.categories] : [[], []]
      return [
        box('years', 'Time', yearOptions),
        box('program', 'Program', [all('All programs'), ...programs]),
        box('category', 'Charge category', [all('All categories'), ...categories]),
      ]
    }
    case 'programs':
      return [box('day', 'Day', whenOptions)]
    default:
      return []
  }
}
