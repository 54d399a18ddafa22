import type { TrlData } from './write-rows.ts'

/** File beside an adapter: prompts on which its answers should differ from the base's. */
export const probeFile = 'probe.json'

/** The prompts of a few rows, spread over the data: what an adapter was trained on is where it must show. */
export function probeRows({ examples }: TrlData): string {
  const count = Math.min(3, examples.length)
  const chosen = Array.from({ length: count }, (_, index) => examples[Math.floor((index * examples.length) / count)]!)
  return `${JSON.stringify(chosen.map(({ prompt }) => prompt))}\n`
}
