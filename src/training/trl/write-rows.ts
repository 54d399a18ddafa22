import { LeapError } from '../../contracts/error.ts'
import type { SftExample } from '../../contracts/example.ts'
import type { TrainingData } from '../../contracts/trainer.ts'
import { createRandom } from '../../support/random.ts'
import { writeLinesAtomic } from '../../support/write-lines-atomic.ts'

/** The rules that TRL trains by. */
export type TrlRule = 'sft' | 'dpo' | 'kto' | 'distill'
export type TrlData = Extract<TrainingData, { rule: TrlRule }>

/** Throws DATA_EMPTY, or DATA_ONE_SIDED for kto rows that all have one label. */
export function checkTrlData(data: TrainingData, { oneSided = false }: { oneSided?: boolean } = {}): TrlData {
  if (data.examples.length === 0)
    throw new LeapError({
      code: 'DATA_EMPTY',
      message: `a training by ${data.rule} was asked for without examples`,
      remedy: 'See why no demonstration or correction became a row (counts are in the run).',
    })
  if (data.rule === 'kto' && !oneSided) {
    const good = data.examples.filter(({ label }) => label).length
    if (good === 0 || good === data.examples.length)
      throw new LeapError({
        code: 'DATA_ONE_SIDED',
        message: `kto compares good rows with bad ones; all ${data.examples.length} are ${good === 0 ? 'bad' : 'good'}`,
        remedy:
          'See why the teacher changed nothing (or everything is labelled alike), or say that it is meant: training.iteration.kto.oneSided: true, or undesirable: 0 as the paper has it.',
      })
  }
  return data
}

const answer = (content: string) => [{ role: 'assistant', content }]

/**
 * Rows in TRL's conversational form, one JSON text each. Those of kto are shuffled: its reference point is made of neighbours in the file, and a
 * block of one label would make it meaningless.
 */
export function trlRows(data: TrlData, seed: number): string[] {
  if (data.rule === 'sft') return data.examples.map(sftRow)
  if (data.rule === 'dpo')
    return data.examples.map(({ prompt, chosen, rejected }) =>
      JSON.stringify({ prompt, chosen: answer(chosen), rejected: answer(rejected) }),
    )
  if (data.rule === 'distill')
    return data.examples.map(({ prompt, privilegedPrompt, completion }) =>
      JSON.stringify({ prompt, privileged_prompt: privilegedPrompt, completion: answer(completion) }),
    )
  const rows = data.examples.map(({ prompt, completion, label }) =>
    JSON.stringify({ prompt, completion: answer(completion), label }),
  )
  return createRandom(seed, 'kto order').shuffle(rows)
}

export function sftRow({ prompt, completion }: Pick<SftExample, 'prompt' | 'completion'>): string {
  return JSON.stringify({ prompt, completion: answer(completion) })
}

/** Writes rows to a file that appears whole or not at all. */
export async function writeRows(path: string, rows: readonly string[]): Promise<string> {
  await writeLinesAtomic(path, rows)
  return path
}
