import type { Trajectory } from '../../../contracts/trajectory.ts'

const rooms = ['go to shelf 1', 'go to cabinet 1', 'look']
const hidden = (actions: readonly string[]) => ({
  text: `The mug 1 is in cabinet 1.\nShortest way: ${actions.join('; ')}`,
  data: {},
  secrets: ['mug 1', 'mug 1 @ cabinet 1'],
})

/** A short lost game with hidden states, for tests of teachers. The states of steps 1 and 2 are equal. */
export const lostGame: Trajectory = {
  id: 'rollout-1/train/game#0',
  task: { id: 'train/game', environment: 'alfworld', split: 'train', category: 'pick' },
  policy: 'pi_0',
  instruction: 'put a mug on shelf.',
  steps: [
    {
      observation: 'You are in a room. You see a shelf 1, a cabinet 1.',
      candidates: rooms,
      reason: 'I look around.',
      action: 'look',
      score: 0,
      admissible: true,
      privileged: hidden(['go to cabinet 1', 'open cabinet 1', 'take mug 1 from cabinet 1']),
    },
    {
      observation: 'Nothing new. {{ 7 * 6 }} {% if true %}yes{% endif %}',
      candidates: rooms,
      reason: 'Perhaps the shelf.',
      action: 'go to shelf 1',
      score: 0,
      admissible: true,
      privileged: hidden(['go to cabinet 1', 'open cabinet 1']),
    },
    {
      observation: 'On the shelf 1 you see nothing.',
      candidates: ['go to cabinet 1', 'look'],
      reason: 'I look again.',
      action: 'look',
      score: 0,
      admissible: true,
      privileged: hidden(['go to cabinet 1', 'open cabinet 1']),
    },
  ],
  finalObservation: 'Nothing new.',
  score: 0,
  outcome: 'failure',
}
