import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Domain } from '../../contracts/domain.ts'
import type { ChatModel, GenerateRequest } from '../../contracts/model.ts'
import { silentProgress } from '../../contracts/progress.ts'
import type { Trainer } from '../../contracts/trainer.ts'
import { createToyEnvironment } from '../../execution/testing/toy-environment.ts'
import { type ConfigInput, configSchema } from '../config.ts'
import { runExperiment } from '../run-experiment.ts'

const optimiser = { updates: 1, learningRate: 0.1 }

/** A whole experiment without arithmetic: the toy search domain, a trainer that writes a few bytes, and models that are functions. */
export const toyConfig: ConfigInput = {
  name: 'toy',
  maxSteps: 4,
  demonstrations: { games: 2 },
  iterations: 1,
  rollouts: { games: 5, temperature: 0 },
  training: { cloning: optimiser, iteration: optimiser, heldOut: 0 },
  evaluation: { games: 3, selectionGames: 3 },
  controls: false,
  // The wording of household games does for the toy.
  prompts: fileURLToPath(new URL('../../../prompts/alfworld', import.meta.url)),
}

export interface ToyExperiment {
  directory: string
  config?: Partial<ConfigInput>
  /** What the named models say. */
  answer?: (request: GenerateRequest, model: string) => string
  /** What the student says. Default: it goes to box 0. */
  student?: (request: GenerateRequest) => string
}

/** Runs it. Returns the result, and every request to a named model in the order of their coming. */
export async function runToyExperiment({ directory, config = {}, answer, student }: ToyExperiment) {
  const requests: { model: string; request: GenerateRequest }[] = []
  const printed: string[] = []
  const parsed = configSchema.parse({ ...toyConfig, ...config })
  const open = async (spec: string): Promise<ChatModel> => ({
    id: spec,
    async generate(request) {
      requests.push({ model: spec, request })
      const text = answer?.(request, spec) ?? 'ready'
      return { text, finishReason: 'stop', tokens: { prompt: 1000, completion: 100 } }
    },
  })
  const run = () =>
    runExperiment({
      config: parsed,
      directory,
      domain: toyDomain(),
      games: 'toy',
      async prepareBase(folder) {
        await writeWeights(folder, 'base')
        return folder
      },
      openModel: async () => studentModel(student ?? (() => ' I begin. ACTION: go to box 0')),
      openNamedModel: open,
      createTrainer: () => trainer,
      progress: { ...silentProgress, print: (line) => void printed.push(line) },
      signal: new AbortController().signal,
      leapVersion: '0.0.0',
    })
  return { run, requests, printed }
}

function toyDomain(): Domain {
  const environment = createToyEnvironment({ count: 8, boxes: 3 })
  return {
    environment,
    teacher: () => {
      throw new Error('the toy domain has no scripted teacher')
    },
    panels: { selection: 'valid', reported: [{ name: 'seen', split: 'valid' }] },
    explain: ({ steps }) => steps.map(() => 'By rule.'),
    kindOf: (trajectory, step) => trajectory.steps[step]!.action.split(' ')[0]!,
  }
}

function studentModel(answer: (request: GenerateRequest) => string): ChatModel {
  return {
    id: 'student',
    generate: async (request) => ({
      text: answer(request),
      finishReason: 'stop',
      tokens: { prompt: 10, completion: 5 },
    }),
    // A word that the prompt does not hold surprises.
    score: async ({ messages, completion }) =>
      completion.split(/\s+/).map((word) => (messages.some(({ content }) => content.includes(word)) ? -0.5 : -8)),
  }
}

async function writeWeights(folder: string, content: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'model.safetensors'), content)
}

const trainer: Trainer = {
  name: 'toy',
  async train({ data, to }) {
    await writeWeights(to, JSON.stringify(data.examples.map(({ trajectoryId, step }) => [trajectoryId, step])))
    return { steps: 1, tokens: 1, trainedTokens: 1, finalLoss: 1, seconds: 0 }
  },
}
