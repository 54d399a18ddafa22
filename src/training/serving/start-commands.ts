import type { ServingSettings } from './settings.ts'
import { vllmRank } from './vllm.ts'

/** A command that serves a model, and the variables that it needs. */
export interface StartCommand {
  command: [string, ...string[]]
  environment: Record<string, string>
}

/** How each server is started with run-time adapters on. `model` is a folder or a hub name. */
export function startCommand(settings: ServingSettings, model: string, rank: number): StartCommand {
  const { hostname, port } = new URL(settings.url)
  const { command, parameters = [], environment = {} } = settings.start ?? {}
  const where = ['--host', hostname, '--port', port || '80']
  if (settings.server === 'vllm') {
    const [program = 'vllm', ...first] = command ?? ['vllm', 'serve']
    const lora = ['--enable-lora', '--max-loras', '2', '--max-lora-rank', String(vllmRank(rank))]
    return {
      command: [program, ...first, model, ...where, ...lora, ...parameters],
      environment: { VLLM_ALLOW_RUNTIME_LORA_UPDATING: 'True', ...environment },
    }
  }
  const [program = 'python3', ...first] = command ?? ['python3', '-m', 'sglang.launch_server']
  const lora = [
    '--enable-lora',
    '--max-loras-per-batch',
    '2',
    '--max-lora-rank',
    String(rank),
    '--lora-target-modules',
    'all',
  ]
  return { command: [program, ...first, '--model-path', model, ...where, ...lora, ...parameters], environment }
}
