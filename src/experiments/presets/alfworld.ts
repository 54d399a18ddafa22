import type { ConfigInput } from '../config.ts'
import { household } from './household.ts'

/** The official games: `leap run alfworld --games <folder or archive>`. Demonstrations are the stored walkthroughs, selection is on valid_seen, 30 actions. */
export const alfworld: ConfigInput = {
  ...household,
  name: 'alfworld',
  // Has to be given: official games come with ALFWorld, not with Leap.
  environment: { games: '' },
  // The official sentences are others than those of generated games, which the base knows.
  student: { checkpoint: 'household-base', extraVocabulary: 400 },
  maxSteps: 30,
  demonstrations: { games: 1200, by: 'solution' },
  rollouts: { games: 780, temperature: 0.5 },
  evaluation: { games: 140, selectionGames: 140, temperature: 0.5 },
}
