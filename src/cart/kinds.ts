import { enrollmentItem } from './enrollment-item'
import type { ItemKind, ItemKindName } from './kind'

/** Everything that can lie in a cart. A name without its rules does not compile. */
export const itemKinds = {
  enrollment: enrollmentItem,
} satisfies Record<ItemKindName, ItemKind>
