import type { Domain } from '../contracts/domain.ts'
import { type ProgressReporter, silentProgress } from '../contracts/progress.ts'
import type { Task } from '../contracts/task.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { createStudent } from '../training/local/create-student.ts'
import { writeModelReference } from '../training/model-reference.ts'
import { readCheckpoint, writeCheckpoint } from '../transformer/checkpoint.ts'
import { extendVocabulary } from '../transformer/extend-vocabulary.ts'
import type { Config } from './config.ts'
import { convertBase } from './convert-base.ts'
import { createDemonstrator, labelReasons } from './demonstrate.ts'
import { findBase, isGguf } from './find-base.ts'
import { readImportedDemonstrations } from './imported-demonstrations.ts'
import { remoteBase } from './remote-base.ts'
import { rendererFor } from './renderer-for.ts'

interface BaseOptions {
  config: Config
  domain: Domain
  demonstrations: readonly Task[]
  cwd: string
  progress?: ProgressReporter
  signal?: AbortSignal
}

/**
 * The folder of the untrained student: one that exists (shipped or the user's, with more vocabulary if that is configured), or a fresh one written to `folder`, whose vocabulary is learnt from the
 * demonstrations. Throws as {@link findBase} does if the configured one is not there.
 */
export async function prepareBase(folder: string, options: BaseOptions): Promise<string> {
  const { config, domain, cwd } = options
  const { student, seed } = config
  const reference = remoteBase(config)
  if (reference) {
    await writeModelReference(folder, reference)
    return folder
  }
  const { checkpoint, extraVocabulary } = student
  const texts = () => demonstrationTexts(options)
  if (checkpoint !== undefined) {
    const found = findBase(checkpoint, cwd)
    if (isGguf(found)) return convertBase(found, folder)
    if (extraVocabulary === 0) return found
    await writeCheckpoint(
      folder,
      extendVocabulary(await readCheckpoint(found), await texts(), { size: extraVocabulary }),
    )
    return folder
  }
  await createStudent({
    to: folder,
    texts: await texts(),
    size: {
      hidden_size: student.hiddenSize,
      intermediate_size: student.feedForwardSize,
      num_hidden_layers: student.layers,
      num_attention_heads: student.heads,
      num_key_value_heads: student.heads,
      max_position_embeddings: 4096,
    },
    vocabulary: { size: student.vocabulary, ...(domain.spans ? { spans: domain.spans } : {}) },
    matching: student.matchingHeads,
    seed,
  })
  return folder
}

/** Prompts and completions of the demonstrations as they will be in training: the words that a vocabulary is learnt from. */
async function demonstrationTexts(options: BaseOptions): Promise<string[]> {
  const { config, domain, cwd } = options
  const { seed } = config
  const renderer = rendererFor(config, domain, cwd)
  const { from, games } = config.demonstrations
  const played =
    from === undefined ? await play(options) : (await readImportedDemonstrations(from, { games, seed, cwd })).won
  const rows = demonstrationExamples(
    // Where a model will give the reasons, none are there yet to learn a vocabulary from.
    played.map((one) => (config.demonstrations.labeller && !domain.explain ? one : labelReasons(domain, one))),
    renderer,
  )
  return rows.map(({ prompt, completion }) => `${prompt[0]!.content}${completion}`)
}

async function play(options: BaseOptions): Promise<Trajectory[]> {
  const { config, domain, progress = silentProgress, signal } = options
  const demonstrations = options.demonstrations.slice(0, config.student.vocabularyGames)
  const shown = progress.phase('vocabulary', { total: demonstrations.length, unit: 'games' })
  let count = 0
  try {
    const played = await rolloutAll({
      environment: domain.environment,
      tasks: demonstrations,
      policy: createDemonstrator(domain, config.demonstrations.by),
      maxSteps: config.maxSteps,
      seed: config.seed,
      phase: 'vocabulary',
      concurrency: config.rollouts.concurrency,
      onTrajectory: () => shown.set({ count: ++count }),
      ...(signal ? { signal } : {}),
    })
    shown.done()
    return played
  } catch (error) {
    shown.fail()
    throw error
  }
}
