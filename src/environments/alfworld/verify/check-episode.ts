import type { DifferenceLog } from '../../difference-log.ts'
import type { Game } from '../game.ts'
import type { StepResult } from '../session.ts'
import type { RecordedEpisode, RecordedStep } from './replay-format.ts'

/** Plays a recorded episode again and compares all that was recorded. Returns the number of steps compared. */
export function checkEpisode(episode: RecordedEpisode, game: Game, where: string, log: DifferenceLog): number {
  const session = game.start()
  const opening = session.reset()
  const isWhole = episode.format === 'python_stack'
  if (isWhole ? opening.text !== episode.opening : !opening.text.endsWith(episode.opening)) {
    log.add({ where, what: 'the text after the reset', expected: quote(episode.opening), found: quote(opening.text) })
  }
  compareCandidates(episode.candidates, opening, where, 'the reset', log)
  let steps = 0
  for (const [index, step] of episode.steps.entries()) {
    const result = session.step(step.action)
    steps += step.observation === undefined ? 0 : 1
    compareStep(step, result, episode.isStripped, where, `step ${index + 1}, "${step.action}"`, log)
  }
  return steps
}

function compareStep(
  step: RecordedStep,
  result: StepResult,
  isStripped: boolean,
  where: string,
  after: string,
  log: DifferenceLog,
): void {
  const found = isStripped ? result.text.replace(/^You arrive at loc \d+\. /, '') : result.text
  const compare = (what: string, expected: unknown, actual: unknown) => {
    if (expected !== undefined && expected !== actual) {
      log.add({ where, what: `${what} after ${after}`, expected: quote(expected), found: quote(actual) })
    }
  }
  compare('observation', step.observation, found)
  compare('score', step.score, result.score)
  compare('done', step.done, result.done)
  compareCandidates(step.candidates, result, where, after, log)
}

function compareCandidates(
  expected: readonly string[] | undefined,
  { candidates }: StepResult,
  where: string,
  after: string,
  log: DifferenceLog,
): void {
  if (expected === undefined) return
  const isSame = expected.length === candidates.length && expected.every((command, i) => command === candidates[i])
  if (isSame) return
  const missing = expected.filter((command) => !candidates.includes(command))
  const extra = candidates.filter((command) => !expected.includes(command))
  log.add({
    where,
    what: `list of admissible commands after ${after}`,
    expected: `${expected.length} commands${missing.length === 0 ? '' : `, among them ${missing.join(', ')}`}`,
    found: `${candidates.length}${extra.length === 0 ? '' : `, among them ${extra.join(', ')}`}${missing.length + extra.length === 0 ? ' in another order' : ''}`,
  })
}

const quote = (value: unknown) => JSON.stringify(value)
