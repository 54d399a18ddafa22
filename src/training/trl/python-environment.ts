import { mkdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import type { Environment } from '../../models/keys/read-environment.ts'
import { writeFileAtomic } from '../../support/atomic-file.ts'
import { hashText } from '../../support/hash.ts'
import { startProcessGroup } from '../process/process-group.ts'
import { pythonFolder } from './python-folder.ts'
import type { TrlSettings } from './settings.ts'

export interface PythonEnvironmentOptions {
  settings: Pick<TrlSettings, 'python' | 'quantisation' | 'distributed'>
  env: Environment
  /** Told what happens, line by line: it is minutes of download. */
  announce: (line: string) => void
  signal?: AbortSignal | undefined
}

/**
 * The Python to train with: the configured one, or that of an environment with the pinned packages, which uv makes on first use in the user's cache
 * folder. A making that is interrupted goes on the next time. Throws UV_MISSING, TRL_ENVIRONMENT, or the signal's reason.
 */
export async function ensurePython({ settings, env, announce, signal }: PythonEnvironmentOptions): Promise<string> {
  if (settings.python !== undefined) return settings.python
  const requirements = join(pythonFolder, 'requirements.lock')
  const extras = extrasOf(settings)
  const name = hashText([await readFile(requirements, 'utf8'), ...extras], 12)
  const folder = join(cacheFolder(env), `trl-${name}`)
  const python = join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']))
  const done = join(folder, 'leap-ready')
  if (
    await readFile(done, 'utf8').then(
      () => true,
      () => false,
    )
  )
    return python

  const uv = env.LEAP_UV ?? 'uv'
  await runUv([uv, '--version'], { env, signal, announce: () => {} })
  announce(
    `First use of the trl trainer: uv makes a Python environment with torch, transformers, TRL and PEFT in ${folder}.`,
  )
  announce(
    'On Linux with CUDA that is about 6 GB on disk, most of it to be downloaded: 5 to 20 minutes, once. Ctrl-C is safe. To use an environment of your own, set training.trl.python.',
  )
  await mkdir(folder, { recursive: true })
  await runUv([uv, 'venv', '--allow-existing', '--python', '>=3.11,<3.15', folder], { env, signal, announce })
  const packages = ['--requirements', requirements, ...extras]
  await runUv([uv, 'pip', 'install', '--python', python, ...packages], { env, signal, announce })
  await writeFileAtomic(done, `${packages.join(' ')}\n`)
  announce('The Python environment is ready.')
  return python
}

/** Packages that only some settings need; versions as in python/pyproject.toml. */
function extrasOf({ quantisation, distributed }: PythonEnvironmentOptions['settings']): string[] {
  return [
    ...(quantisation === 'none' ? [] : ['bitsandbytes==0.50.2']),
    ...(distributed.strategy === 'deepspeed' ? ['deepspeed==0.19.8'] : []),
  ]
}

/** Where Leap keeps what it can make again: LEAP_CACHE, or the user's cache folder. */
export function cacheFolder(env: Environment): string {
  if (env.LEAP_CACHE) return env.LEAP_CACHE
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'leap')
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'leap', 'cache')
  return join(env.HOME ?? homedir(), '.cache', 'leap')
}

async function runUv(
  command: [string, ...string[]],
  { env, signal, announce }: Pick<PythonEnvironmentOptions, 'env' | 'signal' | 'announce'>,
): Promise<void> {
  signal?.throwIfAborted()
  const last: string[] = []
  const onErrorLine = (line: string) => {
    last.push(line)
    if (last.length > 12) last.shift()
    // Lists of single packages are of no interest to who waits.
    if (!/^\s*[+-] /.test(line) && line.trim() !== '') announce(`  ${line}`)
  }
  const group = startProcessGroup({ command, env, onErrorLine, grace: 5_000 })
  const stop = () => void group.stop()
  signal?.addEventListener('abort', stop, { once: true })
  const code = await group.ended
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (code === 0) return
  if (code === 127)
    throw new LeapError({
      code: 'UV_MISSING',
      message: `the trl trainer makes its Python environment with uv; the command ${JSON.stringify(command[0])} was not found`,
      remedy:
        'Install uv (pip install uv, brew install uv, or see docs.astral.sh/uv), or set training.trl.python to the Python of an environment with the packages of python/requirements.lock.',
    })
  throw new LeapError({
    code: 'TRL_ENVIRONMENT',
    message: `${command.slice(0, 3).join(' ')} ended with code ${code}:\n${last.map((line) => `  ${line}`).join('\n')}`,
    remedy:
      'Check the network and the free disk space and start again: what was downloaded is kept. Or set training.trl.python to a Python that has the packages.',
  })
}
