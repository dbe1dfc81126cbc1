import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey, type Option, SelectField } from '../ui/form'
import { type Drawn, WidgetBody } from './widgets'

export type PlacedWidget = {
  id: number
  /** What it is called in the list of widgets. */
  label: string
  width: number
  drawn: Drawn
  /** The list of the newest entries, which the window's own feature draws. */
  body?: Child
  /** What can be chosen about it, while the dashboard is arranged. */
  choices: { name: string; label: string; value: string; options: Option[] }[]
}

const widths: Option[] = [
  { value: 1, label: 'One column' },
  { value: 2, label: 'Two columns' },
  { value: 3, label: 'Three columns' },
]

/** Which of the two pages the Office opens with, and the way to the other one. */
export const Landing = ({ slug, here, landing }: { slug: string; here: 'dashboard' | 'welcome'; landing: string }) => {
  const at = paths.office(slug)
  return (
    <nav class="landing" aria-label="First page">
      <ButtonLink look="plain" href={here === 'dashboard' ? at.welcome : at.dashboard()}>
        {here === 'dashboard' ? 'Welcome Page' : 'Dashboard'}
      </ButtonLink>
      {landing !== here && (
        <form method="post" action={at.landing}>
          <input type="hidden" name="landing" value={here} />
          <Button look="plain">Open the Office with this page</Button>
        </form>
      )}
    </nav>
  )
}

/** The Dashboard of one person: a grid of widgets, each of which leads to the page behind its figures. */
export const DashboardPage = ({
  slug,
  landing,
  notice,
  error,
  widgets,
  arranging,
  newKey,
}: {
  slug: string
  /** Which page this person opens with; nothing where there is no other one to choose. */
  landing?: string
  notice?: string
  error?: string
  widgets: PlacedWidget[]
  /** While it is arranged: what could be added. */
  arranging?: { kinds: Option[] }
  newKey(): string
}) => {
  const at = paths.office(slug)
  return (
    <>
      <div class="head">
        <h1>Dashboard</h1>
        {arranging ? (
          <ButtonLink look="primary" href={at.dashboard()}>
            Done
          </ButtonLink>
        ) : (
          <form method="post" action={at.arrangement}>
            <FormKey value={newKey()} />
            <Button icon="pencil">Arrange</Button>
          </form>
        )}
        {landing && <Landing slug={slug} here="dashboard" landing={landing} />}
      </div>
      {notice && <Notice tone="amber">{notice}</Notice>}
      {error && <Notice tone="red">{error}</Notice>}
      {arranging && <AddWidget slug={slug} kinds={arranging.kinds} newKey={newKey} />}
      <div class="dashboard">
        {widgets.map((widget, nth) => (
          <section
            class={`card w${widget.width}${widget.drawn.look === 'empty' && !widget.body ? ' spacer' : ''}`}
            id={`widget-${widget.id}`}
            tabindex={arranging ? -1 : undefined}
            aria-label={widget.drawn.title || widget.label}
          >
            {(arranging || widget.drawn.title) && (
              <header>
                <h2>{widget.drawn.title || widget.label}</h2>
                {'about' in widget.drawn && widget.drawn.about && <span class="quiet">{widget.drawn.about}</span>}
              </header>
            )}
            {arranging && (
              <Arrange
                slug={slug}
                widget={widget}
                first={nth === 0}
                last={nth === widgets.length - 1}
                newKey={newKey}
              />
            )}
            {widget.body ?? <WidgetBody drawn={widget.drawn} />}
          </section>
        ))}
      </div>
    </>
  )
}

const AddWidget = ({ slug, kinds, newKey }: { slug: string; kinds: Option[]; newKey(): string }) => {
  const at = paths.office(slug)
  return (
    <div class="card">
      <div class="body boxrow">
        <form class="boxrow" method="post" action={at.widgets} aria-label="Add a widget">
          <FormKey value={newKey()} />
          <label for="new-widget">Add</label>
          <select id="new-widget" name="kind">
            {kinds.map(({ value, label }) => (
              <option value={value}>{label}</option>
            ))}
          </select>
          <Button icon="plus">Add Widget</Button>
        </form>
        <form method="post" action={at.arrangement}>
          <FormKey value={newKey()} />
          <Button look="plain" name="reset" value="1">
            Start over
          </Button>
        </form>
      </div>
    </div>
  )
}

const Arrange = ({
  slug,
  widget: { id, label, width, choices },
  first,
  last,
  newKey,
}: {
  slug: string
  widget: PlacedWidget
  first: boolean
  last: boolean
  newKey(): string
}) => {
  const at = paths.office(slug)
  return (
    <div class="body arrange">
      <form class="boxrow" method="post" action={at.widgetMove(id)} aria-label={`Move ${label}`}>
        <FormKey value={newKey()} />
        {!first && (
          <Button name="to" value="earlier" icon="left" about={label}>
            Earlier
          </Button>
        )}
        {!last && (
          <Button name="to" value="later" icon="right" about={label}>
            Later
          </Button>
        )}
        <Button formaction={at.widgetRemoval(id)} look="danger" about={label}>
          Remove
        </Button>
      </form>
      <form class="stack" method="post" action={at.widget(id)} aria-label={`Change ${label}`}>
        <FormKey value={newKey()} />
        <div class="when">
          <SelectField label="Width" name="width" id={`width-${id}`} options={widths} value={width} />
          {choices.map(({ name, label, value, options }) => (
            <SelectField label={label} name={name} id={`${name}-${id}`} options={options} value={value} />
          ))}
        </div>
        <p>
          <Button about={label}>Save</Button>
        </p>
      </form>
    </div>
  )
}
