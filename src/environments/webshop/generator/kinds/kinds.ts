import { beauty } from './beauty.ts'
import { electronics } from './electronics.ts'
import { fashion } from './fashion.ts'
import { garden } from './garden.ts'
import { grocery } from './grocery.ts'
import type { Kind, KindRow } from './kind.ts'

// The order is part of what a seed means.
const rows: Record<Kind['category'], readonly KindRow[]> = { fashion, garden, beauty, grocery, electronics }

/** All kinds of goods of a generated shop. */
export const kinds: readonly Kind[] = (Object.keys(rows) as Kind['category'][]).flatMap((category) =>
  rows[category].map(([noun, path, extras, attributes, options, prices]) => ({
    noun,
    category,
    path,
    extras,
    attributes,
    options,
    prices,
  })),
)
