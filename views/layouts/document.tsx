import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { language, t } from '../../src/language'
import * as paths from '../../src/paths'

/** What htmx may do: nothing that a strict Content-Security-Policy forbids. */
const htmx = '{"includeIndicatorCSS":false}'

/** The shell of every page: one sheet, one script, the sprite. */
export const Document = ({
  title,
  sheet,
  script,
  more,
  refresh,
  children,
}: {
  title: string
  sheet: 'office' | 'portal'
  script?: 'office' | 'portal'
  /** Also the sheet for what only some pages of the Office have. */
  more?: boolean
  /** Seconds after which the page asks for itself again, without a script. */
  refresh?: number
  children: Child
}) => (
  <>
    {raw('<!doctype html>')}
    <html lang={language()}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {refresh && <meta http-equiv="refresh" content={String(refresh)} />}
        <link rel="icon" href={paths.asset('/img/icons.svg')} type="image/svg+xml" />
        {script && <meta name="htmx-config" content={htmx} />}
        {/* Before the sheet, which may stand in the page: the script is on its way while that arrives. */}
        {script && <script src={paths.asset(`/js/${script}.js`)} defer></script>}
        <link rel="stylesheet" href={paths.asset(`/css/${sheet}.min.css`)} />
        {more && <link rel="stylesheet" href={paths.asset('/css/office-more.min.css')} />}
      </head>
      <body>{children}</body>
    </html>
  </>
)

/** The first thing a keyboard meets, and the hairline that says something is under way. */
export const Top = () => (
  <>
    <a class="skip" href="#main">
      {t('Skip to the content')}
    </a>
    <div class="busy" id="busy"></div>
  </>
)
