import { raw } from 'hono/html'
import * as paths from '../../src/paths'

const drawn = new Map<string, ReturnType<typeof raw>>()

/**
 * An icon of the sprite. It is decoration: the word stands beside it or on the button.
 * Names come from our own pages, so each is written once and kept: a full window draws two hundred.
 */
export const Icon = ({ name, small }: { name: string; small?: boolean }) => {
  const key = small ? `${name} s` : name
  let icon = drawn.get(key)
  if (!icon) {
    icon = raw(`<svg class="icon${small ? ' s' : ''}" aria-hidden="true"><use href="${paths.icon(name)}"></use></svg>`)
    drawn.set(key, icon)
  }
  return icon
}
