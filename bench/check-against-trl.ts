import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { evaluateObjective } from '../src/transformer/objectives/testing/evaluate-objective.ts'
import { type TrlFixture, trlCases } from '../src/transformer/objectives/testing/trl-cases.ts'

const execute = promisify(execFile)
const tolerance = 1e-5

/**
 * Asks the installed TRL for its losses and gradients again and compares ours with them: the tests do the same with numbers that are stored. Needs a Python with torch
 * and trl, named by LEAP_PEER_PYTHON. Throws if a loss differs by more than 1e-5.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const python = process.env.LEAP_PEER_PYTHON
  if (!python) {
    print('skipped: set LEAP_PEER_PYTHON to a Python with torch and trl')
    return
  }
  const { stdout } = await execute(python, [join(import.meta.dirname, 'peer-trl.py')], { maxBuffer: 2 ** 26 })
  const fixture = JSON.parse(stdout) as TrlFixture
  print(fixture.versions)
  for (const { name, objective, logits, feeds, total, expected } of trlCases(fixture)) {
    const { loss, gradient } = await evaluateObjective(objective, logits, feeds)
    const difference = Math.abs(loss / total - expected.loss)
    const gradients = gradient.flatMap((row, index) =>
      row.map((number, column) => Math.abs(number / total - expected.gradient[index]![column]!)),
    )
    print(
      `${name}: loss ${expected.loss.toFixed(6)}, differs by ${difference.toExponential(1)}; gradient by ${Math.max(...gradients).toExponential(1)}`,
    )
    if (!(difference < tolerance)) throw new Error(`${name}: differs from TRL by more than ${tolerance}`)
  }
}
