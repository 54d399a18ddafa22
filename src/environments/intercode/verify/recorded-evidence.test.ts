import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { isExplained, readEvidence } from './recorded-evidence.ts'
import { readRecordedLog } from './recorded-log.ts'

const logs = fileURLToPath(new URL('../../../../../shared/data/intercode/results/bash', import.meta.url))
if (!existsSync(logs)) console.warn(`skipped: recorded runs are not at hand (${logs})`)

const info = {
  agent_obs: 'one two',
  eval_obs: 'two one',
  diff_miss: [['a/b', '??']],
  diff_extra: [],
  diff_same: { files: [['x.txt', '??']], correct: 1, total: 2 },
  reward: { file_diff: 0.05, file_changes: 0.17, answer_similarity: 0.33 },
}

it('works a reward out from what a runner noted', () => {
  const evidence = readEvidence(info)!
  expect(evidence).toMatchObject({ different: 1, created: 2, equal: 1, goldOutput: 'two one' })
  expect(isExplained(evidence, 0.01 + 0.05 + 0.17 + 0.33)).toBe(true)
  expect(isExplained(evidence, 0.67)).toBe(false)
  expect(isExplained({ ...evidence, goldOutput: 'three' }, 0.01 + 0.05 + 0.17 + 0.33)).toBe(false)
  expect(isExplained({ ...evidence, different: 2 }, 0.01 + 0.05 + 0.17 + 0.33)).toBe(false)
})

it.each([[undefined], [{}], [{ ...info, reward: 1 }]])('finds nothing in %j', (value) =>
  expect(readEvidence(value)).toBeUndefined())

it.skipIf(!existsSync(logs))('gives every reward of the recorded runs, to the last bit', async () => {
  let count = 0
  const wrong: string[] = []
  for (const model of await readdir(logs))
    for (const name of await readdir(join(logs, model)))
      for (const { row, evidence, turns } of (await readRecordedLog(join(logs, model, name))).episodes) {
        if (evidence === undefined) continue
        count++
        if (!isExplained(evidence, turns.at(-1)!.reward)) wrong.push(`${name} ${row}`)
      }
  expect(wrong).toEqual([])
  expect(count).toBe(287)
})
