import * as paths from '../../src/paths'

/** An icon of the sprite. It is decoration: the word stands beside it or on the button. */
export const Icon = ({ name, small }: { name: string; small?: boolean }) => (
  <svg class={small ? 'icon s' : 'icon'} aria-hidden="true">
    <use href={paths.icon(name)} />
  </svg>
)
