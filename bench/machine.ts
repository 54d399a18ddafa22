import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import packageJson from '../package.json' with { type: 'json' }

/** What a measurement depends on, in lines: processor, memory, load, versions. */
export function describeMachine(): string[] {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const { dependencies, version } = packageJson
  return [
    `${availableParallelism()} cores (${model}), ${(totalmem() / 2 ** 30).toFixed(1)} GiB of memory, load ${loadavg()[0]!.toFixed(1)} at the start`,
    `${process.platform} ${release()} ${process.arch}, Node ${process.version}, onnxruntime-node ${dependencies['onnxruntime-node']}, leap ${version}`,
  ]
}
