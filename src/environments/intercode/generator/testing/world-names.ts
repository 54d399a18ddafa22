import type { World } from '../world.ts'

/** Every part of every path of a world. */
export const generateWorldNames = ({ entries }: World): Set<string> =>
  new Set(entries.flatMap(({ path }) => path.split('/').filter((part) => part !== '')))
