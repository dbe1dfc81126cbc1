import type { Child } from 'hono/jsx'
import { safeHref } from './href'
import { Icon } from './icon'

type Look = 'primary' | 'plain' | 'danger' | 'soft' | 'wide' | 'go'

type ButtonProps = {
  children: Child
  look?: Look | Look[]
  icon?: string
  /** Words only a screen reader hears, such as the class a "Drop" is about. */
  about?: string
  name?: string
  value?: string
  formaction?: string
  form?: string
  /** Prints the page, where a script can; the sheet hides it elsewhere. */
  'data-print'?: true
}

const classes = (look: Look | Look[] | undefined) => ['button', ...(look ? [look].flat() : [])].join(' ')

const Words = ({ children, icon, about }: Pick<ButtonProps, 'children' | 'icon' | 'about'>) => (
  <>
    {icon && <Icon name={icon} />}
    {children}
    {about && <span class="away"> {about}</span>}
  </>
)

/** A button that sends its form. */
export const Button = ({ children, look, icon, about, ...rest }: ButtonProps) => (
  <button class={classes(look)} {...rest}>
    <Words icon={icon} about={about}>
      {children}
    </Words>
  </button>
)

/** A link that looks like a button; with `window` it opens in the window over the page. */
export const ButtonLink = ({
  children,
  look,
  icon,
  about,
  href,
  window,
}: Omit<ButtonProps, 'name' | 'value' | 'formaction' | 'form' | 'data-print'> & { href: string; window?: boolean }) => (
  <a class={classes(look)} href={safeHref(href)} data-window={window || undefined}>
    <Words icon={icon} about={about}>
      {children}
    </Words>
  </a>
)
