import type { Step, Trajectory } from '../../contracts/trajectory.ts'

/** A moment of a household game, with what is hidden at it: the ground on which hand-written corrections are labelled. */
export type SituationName = 'start' | 'searching' | 'found' | 'holding' | 'lamp' | 'two'

interface Moment {
  observation: string
  candidates: readonly string[]
  action?: string
}

const kitchen = [
  'cabinet 1',
  'cabinet 2',
  'cabinet 3',
  'cabinet 4',
  'drawer 1',
  'drawer 2',
  'fridge 1',
  'microwave 1',
  'countertop 1',
  'countertop 2',
  'sinkbasin 1',
  'coffeemachine 1',
]
const bedroom = ['desk 1', 'desk 2', 'drawer 1', 'drawer 2', 'drawer 3', 'bed 1', 'shelf 1', 'shelf 2']
const going = (places: readonly string[]) => places.map((place) => `go to ${place}`)
const welcome = (places: readonly string[]) =>
  `You are in the middle of a room. Around you there is ${places.map((place) => `a ${place}`).join(', ')}.`
const mugSecrets = [
  'mug 1',
  'cabinet 3',
  'mug 1 @ cabinet 3',
  'go to cabinet 3',
  'open cabinet 3',
  'take mug 1 from cabinet 3',
  'clean mug 1 with sinkbasin 1',
  'move mug 1 to coffeemachine 1',
]

const searched: Moment[] = [
  { observation: welcome(kitchen), candidates: going(kitchen), action: 'go to cabinet 1' },
  {
    observation: 'You are now at cabinet 1. It is closed.',
    candidates: ['open cabinet 1', ...going(kitchen)],
    action: 'open cabinet 1',
  },
  {
    observation: 'You open cabinet 1. It is open. Inside you find a plate 1.',
    candidates: ['take plate 1 from cabinet 1', ...going(kitchen)],
    action: 'go to countertop 1',
  },
  {
    observation: 'You are now at countertop 1. There you find a cup 1, a bread 1, and a knife 2.',
    candidates: ['take cup 1 from countertop 1', ...going(kitchen)],
  },
]
const foundIt: Moment[] = [
  ...searched.slice(0, 3),
  { ...searched[3]!, action: 'go to cabinet 3' },
  {
    observation: 'You are now at cabinet 3. It is closed.',
    candidates: ['open cabinet 3', ...going(kitchen)],
    action: 'open cabinet 3',
  },
  {
    observation: 'You open cabinet 3. It is open. Inside you find a mug 1.',
    candidates: ['take mug 1 from cabinet 3', 'close cabinet 3', ...going(kitchen)],
  },
]

const situations: Record<
  SituationName,
  { instruction: string; secrets: readonly string[]; moments: readonly Moment[] }
> = {
  /** Nothing has been seen but the furniture; the mug is in cabinet 3. */
  start: { instruction: 'put a clean mug in coffeemachine.', secrets: mugSecrets, moments: [searched[0]!] },
  /** Cabinet 1 held a plate, countertop 1 a cup, bread and a knife; the mug is in cabinet 3. */
  searching: { instruction: 'put a clean mug in coffeemachine.', secrets: mugSecrets, moments: searched },
  /** The mug stands in the open cabinet 3 before the student. */
  found: { instruction: 'put a clean mug in coffeemachine.', secrets: mugSecrets, moments: foundIt },
  /** The student holds the mug; what is left is the sink and the coffee machine, both of which it sees. */
  holding: {
    instruction: 'put a clean mug in coffeemachine.',
    secrets: [
      'mug 1',
      'clean mug 1 with sinkbasin 1',
      'go to sinkbasin 1',
      'sinkbasin 1',
      'move mug 1 to coffeemachine 1',
      'go to coffeemachine 1',
      'coffeemachine 1',
    ],
    moments: [
      ...foundIt.slice(0, 5),
      { ...foundIt[5]!, action: 'take mug 1 from cabinet 3' },
      {
        observation: 'You pick up the mug 1 from the cabinet 3.',
        candidates: ['move mug 1 to cabinet 3', 'close cabinet 3', ...going(kitchen)],
      },
    ],
  },
  /** The lamp has been seen on desk 2; the bowl is in the closed drawer 3. */
  lamp: {
    instruction: 'look at a bowl under the desklamp.',
    secrets: [
      'bowl 1',
      'drawer 3',
      'bowl 1 @ drawer 3',
      'desklamp 1',
      'desk 2',
      'desklamp 1 @ desk 2',
      'go to drawer 3',
      'open drawer 3',
      'take bowl 1 from drawer 3',
      'use desklamp 1',
    ],
    moments: [
      { observation: welcome(bedroom), candidates: going(bedroom), action: 'go to desk 2' },
      {
        observation: 'You are now at desk 2. There you find a desklamp 1, a book 3, and a pencil 1.',
        candidates: ['use desklamp 1', 'take book 3 from desk 2', ...going(bedroom)],
        action: 'go to drawer 1',
      },
      { observation: 'You are now at drawer 1. It is closed.', candidates: ['open drawer 1', ...going(bedroom)] },
    ],
  },
  /** One pen is in drawer 1 already, the second one lies on shelf 2, unseen. */
  two: {
    instruction: 'put two pen in drawer.',
    secrets: [
      'pen 3',
      'shelf 2',
      'pen 3 @ shelf 2',
      'pen 1',
      'pen 1 @ drawer 1',
      'drawer 1',
      'go to shelf 2',
      'take pen 3 from shelf 2',
      'move pen 3 to drawer 1',
    ],
    moments: [
      { observation: welcome(bedroom), candidates: going(bedroom), action: 'go to desk 1' },
      {
        observation: 'You are now at desk 1. There you find a pen 1, and a mug 2.',
        candidates: ['take pen 1 from desk 1', ...going(bedroom)],
        action: 'take pen 1 from desk 1',
      },
      {
        observation: 'You pick up the pen 1 from the desk 1.',
        candidates: ['move pen 1 to desk 1', ...going(bedroom)],
        action: 'go to drawer 1',
      },
      {
        observation: 'You are now at drawer 1. It is open. Inside you find nothing.',
        candidates: ['move pen 1 to drawer 1', ...going(bedroom)],
        action: 'move pen 1 to drawer 1',
      },
      {
        observation: 'You move the pen 1 to the drawer 1.',
        candidates: ['take pen 1 from drawer 1', 'close drawer 1', ...going(bedroom)],
      },
    ],
  },
}

/** The trajectory up to and including a situation; its last step is the one that is corrected. */
export function trajectoryOf(name: SituationName): Trajectory {
  const { instruction, secrets, moments } = situations[name]
  const steps = moments.map(
    ({ observation, candidates, action = 'look' }): Step => ({
      observation,
      candidates: [...candidates, 'look'],
      reason: 'I go on.',
      action,
      score: 0,
      admissible: true,
      privileged: { text: secrets.join('\n'), data: {}, secrets: [...secrets] },
    }),
  )
  const task = { id: `hand/${name}`, environment: 'alfworld', split: 'train', category: 'hand' }
  const ending = { finalObservation: '', score: 0, outcome: 'failure' as const }
  return { id: `hand/${name}#0`, task, policy: 'pi_0', instruction, steps, ...ending }
}
