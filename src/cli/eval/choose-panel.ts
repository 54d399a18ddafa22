import { resolve } from 'node:path'
import type { Environment } from '../../contracts/environment.ts'
import { LeapError } from '../../contracts/error.ts'
import { type Panel, panelSchema } from '../../contracts/panel.ts'
import { freezePanel } from '../../evaluation/panel.ts'
import { readJsonFile } from '../../runs/read-json-file.ts'

export interface PanelOptions {
  split: string
  /** How many tasks; all there are where it is undefined. */
  count?: number
  /** File of a panel that was frozen before, for example `<run>/panels/valid_unseen.json`. */
  panel?: string
  seed: number
  cwd: string
}

/**
 * The panel to judge on: one from a file, or a sample of a split, frozen now. Fewer tasks than asked for are refused, because the number would
 * be another than the one that was asked for. Throws as the panel functions do, and `PANEL_FILE_MISSING`.
 */
export async function choosePanel(environment: Environment, options: PanelOptions): Promise<Panel> {
  const { split, count, panel: file, seed, cwd } = options
  if (file !== undefined) {
    const path = resolve(cwd, file)
    const panel = await readJsonFile(path, panelSchema)
    if (panel !== undefined) return panel
    throw new LeapError({
      code: 'PANEL_FILE_MISSING',
      message: `Expected the file of a panel at ${path}, found nothing.`,
      remedy: 'A run keeps its panels in <run>/panels/<name>.json.',
    })
  }
  if (count === undefined) return freezePanel(environment, { name: split, split })
  return freezePanel(environment, { name: `${split}-${count}`, split, select: { kind: 'sample', count, seed } })
}
