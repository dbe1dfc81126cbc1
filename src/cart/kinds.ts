import { anniversaryItem } from './anniversary-item'
import { campItem } from './camp-item'
import { enrollmentItem } from './enrollment-item'
import type { ItemKind, ItemKindName } from './kind'
import { passItem } from './pass-item'

/** Everything that can lie in a cart. A name without its rules does not compile. */
export const itemKinds = {
  enrollment: enrollmentItem,
  camp: campItem,
  pass: passItem,
  // Last, because what it asks for follows from the others.
  anniversary: anniversaryItem,
} satisfies Record<ItemKindName, ItemKind>
