/**
 * A small run in a process of its own, for the kill test: roll-out, corrections, a dataset, an evaluation on the panel. Arguments: the run
 * directory, a file to which it appends what it begins and what is recorded, and when to die: after so many recorded pieces of work (0:
 * before the run is opened) plus so many milliseconds. It kills itself, so that a busy machine does not move the moment; SIGKILL runs no
 * handler, whoever sends it. Without these two it lives. Prints `done` at the end.
 */
import { appendFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { evaluateTrajectories } from '../../evaluation/evaluate-trajectories.ts'
import { resolvePanel } from '../../evaluation/panel.ts'
import { instantClock } from '../../execution/testing/instant-clock.ts'
import { createToyEnvironment } from '../../execution/testing/toy-environment.ts'
import { randomPolicy } from '../../execution/testing/toy-policies.ts'
import { recordCorrections } from '../record-corrections.ts'
import { recordRollout } from '../record-rollout.ts'
import { openToyRun } from './toy-run.ts'
import { toyTeacher } from './toy-teacher.ts'

const [directory = '', trace = '', pieces, milliseconds] = process.argv.slice(2)
const note = (line: string) => appendFileSync(trace, `${line}\n`)

let left = pieces === undefined ? Number.POSITIVE_INFINITY : Number(pieces)
const dieIfDue = () => {
  if (left <= 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(milliseconds))
}
dieIfDue()

const environment = createToyEnvironment({
  count: 30,
  // Real waits let episodes end in an order that differs from run to run.
  disturb: async ({ step }) => wait(step < 0 ? 1 : Math.random() * 3),
})
const { run, panel } = await openToyRun(directory, environment, { clock: instantClock() })

const policy = randomPolicy('pi_0')
let recorded: number | undefined
/** The first report of a phase tells what it found; each further one, that a piece has been recorded. */
const onProgress = ({ done }: { done: number }) => {
  if (recorded !== undefined && done > recorded) {
    note('recorded')
    left--
    dieIfDue()
  }
  recorded = done
}
const watched = (phase: string) => ({
  ...environment,
  open: async (task: Parameters<typeof environment.open>[0]) => {
    note(`begin ${phase}/${task.id}#0`)
    return environment.open(task)
  },
})
const common = { policy, maxSteps: 8, seed: 7, concurrency: 8, inputs: { checkpoint: 'toy' }, onProgress }
const rolled = await recordRollout(run, {
  ...common,
  environment: watched('rollout-1'),
  tasks: await environment.tasks('train'),
  phase: 'rollout-1',
  recordPrivilege: true,
})
const corrected = await recordCorrections(run, {
  phase: 'corrections-1',
  teacher: {
    ...toyTeacher,
    async correct(trajectory, options) {
      note(`begin corrections-1/${trajectory.id}`)
      await wait(Math.random() * 4)
      return toyTeacher.correct(trajectory, options)
    },
  },
  trajectories: rolled.trajectories,
  inputs: { from: rolled.trajectories.entry.sha256 },
  onProgress,
  seed: 7,
})
const kept = (await corrected.corrections.all()).filter(({ dropped }) => dropped === undefined)
await run.phase('dataset-1', { from: corrected.corrections.entry.sha256 }, () =>
  run.writeDataset('sft-1', kept).then(() => kept.length),
)
const judged = await recordRollout(run, {
  ...common,
  environment: watched('evaluate-pi_0'),
  tasks: await resolvePanel(environment, panel),
  phase: 'evaluate-pi_0',
})
const trajectories = await judged.trajectories.all()
await run.writeEvaluation(evaluateTrajectories({ policy: 'pi_0', panel, trajectories, maxSteps: 8 }))
await run.close()
process.stdout.write('done\n')
