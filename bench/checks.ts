import { fileURLToPath } from 'node:url'
import type { ChatModel } from '../src/contracts/model.ts'
import { createHistoryJudge } from '../src/corrections/testing/history-judge.ts'
import { type LabelledCorrection, labelledCorrections } from '../src/corrections/testing/labelled-corrections.ts'
import { type Accuracy, measure, measureLexicalChecks } from '../src/corrections/testing/measure-checks.ts'
import { compactRenderer, stepExample } from '../src/datasets/step-example.ts'
import { readEnvironment } from '../src/models/keys/read-environment.ts'
import { createLocalModel } from '../src/models/local/local-model.ts'
import { openModel } from '../src/models/open-model.ts'
import { withRetry } from '../src/models/wrappers/with-retry.ts'
import { openPrompts } from '../src/policies/prompts/open-prompts.ts'
import { systemClock } from '../src/support/clock.ts'
import { createBlindJudge } from '../src/teachers/llm/judge.ts'

const base = fileURLToPath(new URL('../weights/household-base', import.meta.url))
const isBad = ({ leak, mention }: LabelledCorrection) => leak || mention

/**
 * Prints how well each check tells leaking corrections from clean ones, on the labelled set. The blind judge needs a model and is measured where LEAP_JUDGE names one
 * (`LEAP_JUDGE=openai:gpt-4o-mini npm run bench -- checks`), which costs a call per correction.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const labelled = await labelledCorrections()
  const unseen = labelled.filter(({ source }) => source === 'hand, unseen')
  print(`checks on ${labelled.length} labelled corrections, ${labelled.filter(isBad).length} of them bad`)
  for (const accuracy of measureLexicalChecks(labelled)) print(line(accuracy))
  print(`  on the ${unseen.length} that were written after the checks`)
  for (const accuracy of measureLexicalChecks(unseen)) print(line(accuracy))
  await surprise(labelled, print)
  print('  blind judge, by a reader of the history without a model (what the record alone can tell)')
  await blindJudge(createHistoryJudge(), labelled, print)
  await blindJudge(createHistoryJudge(), unseen, print)
  const spec = process.env.LEAP_JUDGE
  if (!spec) return print('  blind judge, by a model: not measured (set LEAP_JUDGE=provider:model)')
  const env = await readEnvironment({ env: process.env, cwd: process.cwd() })
  const bare = await openModel(spec, { env, cwd: process.cwd() })
  await blindJudge(withRetry(bare, { seed: 1, clock: systemClock }), labelled, print)
}

function line({ check, precision, recall, found, wanted }: Accuracy): string {
  return `    ${check.padEnd(22)} precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${found} found, ${wanted} wanted)`
}

/** The base student that comes with Leap: how much less does it expect a bad correction? */
async function surprise(labelled: readonly LabelledCorrection[], print: (line: string) => void): Promise<void> {
  const model = await createLocalModel({ checkpoint: base })
  const origin = { source: 'correction' as const, iteration: 1 }
  const scored = await Promise.all(
    labelled.map(async (correction) => {
      const { trajectory, step, reason } = correction
      const { action } = trajectory.steps[step]!
      const row = stepExample(trajectory, step, { reason, action }, origin, compactRenderer)
      const tokens = await model.score!({ messages: row.prompt, completion: row.completion })
      return { correction, nats: -tokens.reduce((sum, token) => sum + token, 0) / tokens.length }
    }),
  )
  await model.close?.()
  const bad = scored.filter(({ correction }) => isBad(correction)).map(({ nats }) => nats)
  const good = scored.filter(({ correction }) => !isBad(correction)).map(({ nats }) => nats)
  const higher = bad.reduce((sum, a) => sum + good.filter((b) => b < a).length, 0) / (bad.length * good.length)
  print(
    `  student surprise (household-base): ${mean(bad)} nats per token for bad ones, ${mean(good)} for clean ones; a bad one is the more surprising in ${(100 * higher).toFixed(0)} % of pairs`,
  )
  for (const limit of [6, 7, 8, 9]) {
    const above = new Set(scored.filter(({ nats }) => nats > limit).map(({ correction }) => correction))
    print(line(measure(`surprise above ${limit}`, labelled, (correction) => above.has(correction), isBad)))
  }
}

function mean(values: readonly number[]): string {
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2)
}

async function blindJudge(model: ChatModel, labelled: readonly LabelledCorrection[], print: (line: string) => void) {
  const judge = createBlindJudge({ model, prompts: openPrompts({ environment: 'alfworld' }) })
  const rejected = new Set<LabelledCorrection>()
  let unreadable = 0
  const queue = [...labelled]
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { trajectory, step, reason } = next
      const correction = { step, reason, action: trajectory.steps[step]!.action }
      const { justified } = await judge(trajectory, correction, { seed: 1 })
      if (justified === false) rejected.add(next)
      if (justified === undefined) unreadable++
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  print(line(measure(`${model.id}, ${labelled.length}`, labelled, (correction) => rejected.has(correction), isBad)))
  if (unreadable > 0) print(`    verdicts that could not be read: ${unreadable}`)
}
