import type { DatasetExample } from '../contracts/example.ts'
import type { ExportRows } from '../datasets/export/format.ts'
import type { ExportFormatName } from '../datasets/export/formats.ts'
import { type WrittenExport, writeExport } from '../datasets/export/write-export.ts'
import { dpoExamples, ktoExamples } from '../datasets/preference-examples.ts'
import { readRunSummary } from '../runs/read-run-summary.ts'
import { runPaths } from '../runs/run-paths.ts'
import { configSchema } from './config.ts'
import { exportRenderer } from './export-renderer.ts'
import { splitHeldOut } from './held-out.ts'
import { readRunRows } from './read-run-rows.ts'

export interface ExportRunOptions {
  /** Folder of the run. */
  run: string
  format: ExportFormatName
  /** Folder to write; replaced if it is there. */
  to: string
  /** Write prompts in another format than the run's. */
  prompt?: 'compact' | 'brief' | 'chat'
  cwd: string
}

export interface ExportedRun extends WrittenExport {
  rows: ExportRows
}

/** Writes the datasets of a run, finished or at work, in another trainer's format. Throws as {@link readRunRows} and {@link writeExport}. */
export async function exportRun({ run, format, to, prompt, cwd }: ExportRunOptions): Promise<ExportedRun> {
  const { manifest } = (await readRunSummary(run))!
  const config = configSchema.parse(manifest.config)
  const renderer = await exportRenderer(config, { prompt, cwd })
  const rows = (await readRunRows({ paths: runPaths(run), renderer, otherPrompts: prompt !== undefined })).flat()
  const { seed } = config
  const { train, heldOut } = splitHeldOut(rows, { share: config.training.heldOut, seed })
  const source = `${config.name} (seed ${seed}, ${manifest.environment}, ${manifest.games})`
  const trained = kinds(train)
  return {
    ...(await writeExport(to, { format, train: trained, heldOut: kinds(heldOut), source, seed })),
    rows: trained,
  }
}

function kinds(rows: readonly DatasetExample[]): ExportRows {
  const corrections = rows.filter(({ source }) => source === 'correction')
  const sft = rows.map(({ rejected: _, privilegedPrompt: __, ...row }) => row)
  return { sft, dpo: dpoExamples(corrections), kto: ktoExamples(corrections) }
}
