import type { Domain } from '../contracts/domain.ts'
import type { Task } from '../contracts/task.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { createStudent } from '../training/local/create-student.ts'
import { writeModelReference } from '../training/model-reference.ts'
import type { Config } from './config.ts'
import { convertBase } from './convert-base.ts'
import { createDemonstrator, labelReasons } from './demonstrate.ts'
import { findBase, isGguf } from './find-base.ts'
import { readImportedDemonstrations } from './imported-demonstrations.ts'
import { remoteBase } from './remote-base.ts'
import { rendererFor } from './renderer-for.ts'

/**
 * The folder of the untrained student: one that exists (shipped or the user's), or a fresh one written to `folder`, whose vocabulary is learnt from the
 * demonstrations. Throws as {@link findBase} does if the configured one is not there.
 */
export async function prepareBase(
  folder: string,
  {
    config,
    domain,
    demonstrations,
    cwd,
  }: { config: Config; domain: Domain; demonstrations: readonly Task[]; cwd: string },
): Promise<string> {
  const { student, seed } = config
  const reference = remoteBase(config)
  if (reference) {
    await writeModelReference(folder, reference)
    return folder
  }
  if (student.checkpoint !== undefined) {
    const found = findBase(student.checkpoint, cwd)
    return isGguf(found) ? convertBase(found, folder) : found
  }
  const renderer = rendererFor(config, domain, cwd)
  const { from, games, by } = config.demonstrations
  const played =
    from === undefined
      ? await rolloutAll({
          environment: domain.environment,
          tasks: demonstrations,
          policy: createDemonstrator(domain, by),
          maxSteps: config.maxSteps,
          seed,
          phase: 'vocabulary',
        })
      : (await readImportedDemonstrations(from, { games, seed, cwd })).won
  const rows = demonstrationExamples(
    // Where a model will give the reasons, none are there yet to learn a vocabulary from.
    played.map((one) => (config.demonstrations.labeller && !domain.explain ? one : labelReasons(domain, one))),
    renderer,
  )
  await createStudent({
    to: folder,
    texts: rows.map(({ prompt, completion }) => `${prompt[0]!.content}${completion}`),
    size: {
      hidden_size: student.hiddenSize,
      intermediate_size: student.feedForwardSize,
      num_hidden_layers: student.layers,
      num_attention_heads: student.heads,
      num_key_value_heads: student.heads,
      max_position_embeddings: 4096,
    },
    vocabulary: { size: student.vocabulary, ...(domain.spans ? { spans: domain.spans } : {}) },
    seed,
  })
  return folder
}
