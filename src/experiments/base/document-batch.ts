import type { SftExample } from '../../contracts/example.ts'
import type { PackedBatch } from '../../transformer/packed-batch.ts'
import { packExamples } from '../../transformer/packing.ts'
import type { TokenExample } from '../../transformer/token-example.ts'

/** The texts of one update: documents are made until the batch is full. What stands before the questions of a document is shared by them. */
export function documentBatch(
  encode: (text: string) => readonly number[],
  settings: {
    tokensPerBatch: number
    /** Weight of what is read against what is answered. */
    promptWeight: number
    /** Token slots of a document at most. */
    longest: number
  },
  /** The questions about document number `index`. */
  ask: (index: number) => readonly { readonly example: SftExample }[],
): PackedBatch[] {
  const { tokensPerBatch, promptWeight, longest } = settings
  const packing = { rowTokens: 512, batchTokens: 8192, longest }
  const examples: TokenExample[] = []
  let slots = 0
  for (let index = 0; slots < tokensPerBatch; index++) {
    const own = ask(index).map(({ example }) => ({
      prompt: encode(example.prompt[0]!.content),
      completion: encode(example.completion),
      promptWeight,
      group: example.trajectoryId,
    }))
    examples.push(...own)
    slots += packExamples(own, packing).reduce((sum, { tokens }) => sum + tokens.length, 0)
  }
  return packExamples(examples, packing)
}
