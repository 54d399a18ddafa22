import { Belief } from '../belief.ts'

/** A step as far as an agent remembers it; trajectories' steps and policies' past steps both fit. */
export interface Remembered {
  observation: string
  candidates?: readonly string[] | undefined
  action: string
}

/** Rebuilds what an agent believes after `history`, facing `now`. Linear in the history; pure. */
export function believe(instruction: string, history: readonly Remembered[], now: Omit<Remembered, 'action'>): Belief {
  const moments = [...history, now].map(({ observation, candidates = [] }) => ({ observation, candidates }))
  const belief = new Belief(instruction, moments[0]!)
  history.forEach(({ action }, index) => {
    belief.update(action, moments[index + 1]!)
  })
  return belief
}
