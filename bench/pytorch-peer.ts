import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { ParameterStore } from '../src/tensor/parameter-store.ts'
import type { LlamaConfig } from '../src/transformer/config.ts'
import type { PackedBatch } from '../src/transformer/packed-batch.ts'

const execute = promisify(execFile)

/**
 * The Python interpreter with torch and transformers: that of LEAP_PEER_PYTHON, else of a virtual environment under the
 * system's folder for temporary files, which is made at the first use (needs python3; downloads torch and transformers from PyPI:
 * about 0.2 GB on macOS and Windows, 3 GB on Linux, where the wheel on PyPI brings CUDA. PIP_EXTRA_INDEX_URL and other settings of
 * pip are respected, so PyTorch's own index of CPU wheels can be used.)
 */
export async function peerPython(print: (line: string) => void): Promise<string> {
  const given = process.env.LEAP_PEER_PYTHON
  if (given) return given
  const folder = join(tmpdir(), 'leap-pytorch-peer')
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const works = () =>
    execute(python, ['-c', 'import torch, transformers']).then(
      () => true,
      () => false,
    )
  if (await works()) return python
  print(`installing torch and transformers from PyPI into ${folder} (0.2-3 GB, once)`)
  await execute('python3', ['-m', 'venv', folder])
  await execute(python, ['-m', 'pip', 'install', '--quiet', 'torch', 'transformers', 'numpy'], { maxBuffer: 2 ** 26 })
  return python
}

/** A running bench/peer-pytorch.py with a model and a batch loaded. */
export class PyTorchPeer {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  #errors = ''
  /** Versions of torch and transformers. */
  versions = ''

  private constructor(python: string, threads: number) {
    const environment = { ...process.env, OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) }
    this.#process = spawn(python, [join(import.meta.dirname, 'peer-pytorch.py')], { env: environment })
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-2000)
    })
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  static async open(
    python: string,
    model: { config: LlamaConfig; parameters: ParameterStore; batch: PackedBatch; threads: number },
  ): Promise<PyTorchPeer> {
    const { config, parameters, batch, threads } = model
    const peer = new PyTorchPeer(python, threads)
    const folder = await mkdtemp(join(tmpdir(), 'leap-peer-'))
    try {
      const weights = join(folder, 'weights.f32')
      await writeFile(weights, new Uint8Array(parameters.values.buffer, 0, parameters.values.byteLength))
      const plain = Object.fromEntries(
        Object.entries(batch).map(([key, value]) => [key, typeof value === 'number' ? value : [...value]]),
      )
      const answer = await peer.ask({
        do: 'load',
        config,
        weights,
        parameters: parameters.slots,
        batch: plain,
        threads,
      })
      peer.versions = `torch ${answer.torch}, transformers ${answer.transformers}`
    } finally {
      await rm(folder, { recursive: true })
    }
    return peer
  }

  async ask(request: Record<string, unknown>): Promise<Record<string, unknown>> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`bench/peer-pytorch.py ended while it was asked to ${request.do}:\n${this.#errors}`)
    return JSON.parse(value) as Record<string, unknown>
  }

  close(): void {
    this.#process.stdin.end()
  }
}
