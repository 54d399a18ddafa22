import { LeapError } from '../../contracts/error.ts'
import type { TrainingData } from '../../contracts/trainer.ts'

/** The rules that services train by. None of them offers kto. */
export type HostedRule = 'sft' | 'dpo'
export type HostedData = Extract<TrainingData, { rule: HostedRule }>

/** Fewer rows are refused by the services. */
const fewestRows = 10

/** Throws RULE_UNSUPPORTED or DATA_TOO_SMALL. */
export function checkHostedData(data: TrainingData): HostedData {
  if (data.rule !== 'sft' && data.rule !== 'dpo')
    throw new LeapError({
      code: 'RULE_UNSUPPORTED',
      message: `hosted fine-tuning offers the update rules sft and dpo, not ${data.rule}`,
      remedy: 'Use training.iteration.rule sft or dpo, or the trainer trl or local.',
    })
  if (data.examples.length < fewestRows)
    throw new LeapError({
      code: 'DATA_TOO_SMALL',
      message: `a hosted training needs ${fewestRows} rows or more, found ${data.examples.length}`,
      remedy: 'Demonstrate on more games (demonstrations.games), or roll out more (rollouts.games).',
    })
  return data
}

/**
 * Rows as lines of a training file: `messages` for supervised training, of which the last (the assistant's) is trained; input, preferred and
 * non-preferred output for dpo, exactly one assistant message each.
 */
export function openaiLines(data: HostedData): string[] {
  const assistant = (content: string) => ({ role: 'assistant', content })
  if (data.rule === 'sft')
    return data.examples.map(({ prompt, completion }) =>
      JSON.stringify({ messages: [...prompt, { ...assistant(completion), weight: 1 }] }),
    )
  return data.examples.map(({ prompt, chosen, rejected }) =>
    JSON.stringify({
      input: { messages: prompt, tools: [], parallel_tool_calls: true },
      preferred_output: [assistant(chosen)],
      non_preferred_output: [assistant(rejected)],
    }),
  )
}

/** Tokens of rows by the rule of thumb of four characters each: for the estimate before a job, which says so. */
export function estimateTokens(lines: readonly string[]): number {
  return Math.ceil(lines.reduce((sum, line) => sum + line.length, 0) / 4)
}
