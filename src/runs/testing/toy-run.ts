import type { Environment } from '../../contracts/environment.ts'
import type { Panel } from '../../contracts/panel.ts'
import { freezePanel } from '../../evaluation/panel.ts'
import { instantClock } from '../../execution/testing/instant-clock.ts'
import { type OpenRunOptions, openRun } from '../open-run.ts'
import type { Run } from '../run.ts'

/** A run on the toy environment, for tests. */
export async function openToyRun(
  directory: string,
  environment: Environment,
  more: Partial<OpenRunOptions> = {},
): Promise<{ run: Run; panel: Panel }> {
  const panel = await freezePanel(environment, { name: 'valid', split: 'valid' })
  const run = await openRun({
    directory,
    manifest: { leapVersion: '0.0.0', environment: environment.name, games: 'toy', seed: 7, config: { steps: 6 } },
    panels: [panel],
    clock: instantClock(),
    nodeVersion: 'v0',
    ...more,
  })
  return { run, panel }
}
