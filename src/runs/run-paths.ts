import { join } from 'node:path'
import { hashText } from '../support/hash.ts'

/** Where everything lies in a run directory. Pure: touches no disk. */
export function runPaths(directory: string) {
  const at = (...parts: string[]) => join(directory, ...parts)
  return {
    directory,
    manifest: at('manifest.json'),
    journal: at('journal.jsonl'),
    lock: at('lock.json'),
    panel: (name: string) => at('panels', `${fileName(name)}.json`),
    trajectories: (phase: string) => at('trajectories', `${fileName(phase)}.jsonl`),
    corrections: (phase: string) => at('corrections', `${fileName(phase)}.jsonl`),
    dataset: (name: string) => at('datasets', `${fileName(name)}.jsonl`),
    checkpoint: (policy: string) => at('checkpoints', fileName(policy)),
    /** What a trainer keeps to go on after a kill. */
    scratch: (policy: string) => at('scratch', fileName(policy)),
    evaluation: (policy: string, panel: string) => at('evaluations', `${fileName(policy)}@${fileName(panel)}.json`),
    evaluations: at('evaluations'),
    panels: at('panels'),
    /** Milliseconds of every step: they differ from run to run and are therefore kept apart from the trajectories. */
    timings: (phase: string) => at('timings', `${fileName(phase)}.jsonl`),
    /** Answers of models that are asked over a network, so that none is paid for twice. */
    calls: at('calls.jsonl'),
    /** What they cost, by phase and model. */
    spending: at('spending.json'),
    /** The unfinished form of a file of records. */
    partial: (path: string) => path.replace(/\.jsonl$/, '.partial.jsonl'),
  }
}
export type RunPaths = ReturnType<typeof runPaths>

/** A file name for any name, different for different names: what is not plain is percent-encoded, what is too long is cut and hashed. */
export function fileName(name: string): string {
  const encoded = name.replace(/[^A-Za-z0-9._-]|^\.+/g, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
  return encoded.length <= 120 ? encoded : `${encoded.slice(0, 100)}%~${hashText([name])}`
}
