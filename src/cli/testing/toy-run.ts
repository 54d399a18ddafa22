import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Correction } from '../../contracts/correction.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import type { Manifest } from '../../runs/manifest.ts'
import { runPaths } from '../../runs/run-paths.ts'

/** Writes a run directory of three small trajectories and two corrections, hostile text included, for tests of the commands that read runs. */
export async function writeToyRun(folder: string): Promise<void> {
  const paths = runPaths(folder)
  const manifest: Manifest = {
    format: 1,
    leapVersion: '0.1.0',
    nodeVersion: 'v24.0.0',
    createdAt: '2026-01-02T03:04:05.000Z',
    environment: 'toy',
    games: 'toy',
    seed: 1,
    panels: [{ name: 'valid', hash: '0123456789ab', tasks: 2 }],
    config: { name: 'small' },
  }
  await write(paths.manifest, JSON.stringify(manifest))
  await write(paths.trajectories('rollout-1'), lines([failed, succeeded]))
  await write(paths.partial(paths.trajectories('rollout-2')), `${lines([broken])}{"id":"torn`)
  await write(paths.corrections('rollout-1'), lines(corrections))
}

async function write(path: string, content: string) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

function lines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

const task = (index: number) => ({
  id: `train/00${index}`,
  environment: 'toy',
  split: 'train',
  category: index === 0 ? 'near' : 'far',
})

const privileged = {
  text: 'The ball 1 is in box 3.',
  data: { optimalActions: ['go to box 3', 'take ball 1 from box 3'] },
  secrets: ['ball 1'],
}

const failed: Trajectory = {
  id: 'rollout-1/train/000#0',
  task: task(0),
  policy: 'pi_0',
  instruction: 'Find the ball.',
  steps: [
    {
      observation: 'You see a box 1, a box 2, and a box 3.\u001b]0;owned\u0007 <script>alert(1)</script>',
      candidates: ['go to box 1', 'go to box 2', 'go to box 3'],
      reason:
        '\u001b[2JI look into the first box, since nothing is known of the others and one has to begin somewhere.',
      action: 'go to box 1',
      score: 0,
      admissible: true,
      privileged,
    },
    {
      observation: 'In the box 1, you see nothing.',
      candidates: ['go to box 2', 'go to box 3'],
      reason: '',
      action: 'go to box 9',
      score: 0,
      admissible: false,
      privileged,
    },
  ],
  finalObservation: 'Nothing happens.',
  score: 0,
  outcome: 'failure',
}

const succeeded: Trajectory = {
  id: 'rollout-1/train/001#0',
  task: task(1),
  policy: 'pi_0',
  instruction: 'Find the ball.',
  steps: [
    {
      observation: 'You see a ball 1.',
      candidates: ['take ball 1'],
      reason: 'There it is.',
      action: 'take ball 1',
      score: 1,
      admissible: true,
    },
  ],
  finalObservation: 'You have the ball 1.',
  score: 1,
  outcome: 'success',
}

const broken: Trajectory = {
  id: 'rollout-2/train/000#0',
  task: task(0),
  policy: 'pi_1',
  instruction: 'Find the ball.',
  steps: [],
  finalObservation: '',
  score: 0,
  outcome: 'void',
  cause: 'the model did not answer',
}

const corrections: Correction[] = [
  {
    trajectoryId: failed.id,
    step: 0,
    reason: 'Balls tend to lie in the last box.',
    action: 'go to box 3',
    isCorrected: true,
    kind: 'search',
    checks: { available: true, leaks: [] },
  },
  {
    trajectoryId: failed.id,
    step: 1,
    reason: 'The ball 1 is in box 3.',
    action: 'go to box 3',
    isCorrected: true,
    kind: 'search',
    checks: { available: true, leaks: ['ball 1'] },
    dropped: 'leak',
  },
]
