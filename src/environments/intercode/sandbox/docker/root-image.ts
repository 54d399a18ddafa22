import { LeapError } from '../../../../contracts/error.ts'
import { canonicalJson } from '../../../../support/canonical-json.ts'
import { hashText } from '../../../../support/hash.ts'
import type { RootDescription, SandboxLimits } from '../contract.ts'
import { environmentOf } from '../environment-of.ts'
import { setupOf } from '../setup-script.ts'
import { snapshotWeek } from '../snapshot-week.ts'
import { startContainer } from './container.ts'
import { type Engine, statusOf } from './engine.ts'
import { runInContainer } from './run-in-container.ts'

/** Raise it when what an image holds changes for the same description. */
const layout = 1
const repository = 'leap-intercode-root'

/**
 * The image of one file system: there already, or made in a container and kept under a name that the description determines.
 *
 * @param now milliseconds since 1970
 * @throws LeapError `SANDBOX_SETUP_FAILED`
 */
export async function rootImage(
  engine: Engine,
  base: string,
  root: RootDescription,
  limits: SandboxLimits,
  now: number,
): Promise<string> {
  const { name: _, ...content } = root
  const week = snapshotWeek(root, now)
  const tag = hashText([canonicalJson({ layout, base, content, ...(week === undefined ? {} : { week }) })])
  const image = `${repository}:${tag}`
  try {
    await engine.docker.getImage(image).inspect()
    return image
  } catch (error) {
    if (statusOf(error) !== 404) throw error
  }
  const environment = environmentOf(root, 'snapshot')
  const place = await startContainer(engine, { image: base, hostname: 'snapshot', environment, limits })
  try {
    const { archive, script } = await setupOf(root)
    await place.container.putArchive(Buffer.from(archive), { path: '/' })
    const { output, exitCode } = await runInContainer(place, {
      ...{ argv: ['/bin/bash', '-c', script], directory: '/', environment },
      limits: { milliseconds: 120_000, outputBytes: 2 ** 20 },
    })
    if (exitCode !== 0)
      throw new LeapError({
        code: 'SANDBOX_SETUP_FAILED',
        message: `file system ${root.name}: its set-up ended with ${exitCode}: ${Buffer.from(output).toString().trim().slice(-2000)}`,
        remedy: 'Check the description of the file system; its script runs as root in / with bash.',
      })
    await place.container.commit({ repo: repository, tag })
    return image
  } finally {
    await place.remove()
  }
}
