import { deriveSeed } from '../../support/random.ts'
import { writeCheckpoint } from '../../transformer/checkpoint.ts'
import { type LlamaConfigInput, parseLlamaConfig } from '../../transformer/config.ts'
import { initialiseLlama } from '../../transformer/initialise.ts'
import { studentTokenizerConfig } from '../../transformer/student-files.ts'
import { type TokenizerTrainingOptions, trainTokenizer } from '../../transformer/tokenizer-training.ts'
import { weightsOf } from './stores.ts'

/** Sizes of a student; what is left out is that of {@link defaultStudent}. */
export type StudentSize = Partial<Omit<LlamaConfigInput, 'vocab_size'>>

/** About 0.9 million parameters with a vocabulary of 1,500. */
export const defaultStudent = {
  hidden_size: 128,
  intermediate_size: 384,
  num_hidden_layers: 4,
  num_attention_heads: 4,
  num_key_value_heads: 4,
  max_position_embeddings: 1024,
  tie_word_embeddings: true,
} satisfies StudentSize

export interface CreateStudentOptions {
  /** Folder of the new checkpoint. */
  to: string
  /** Prompts and completions as they will be in training: the vocabulary is learnt from them. */
  texts: Iterable<string>
  size?: StudentSize
  vocabulary?: TokenizerTrainingOptions
  /** Half of the heads start out looking for the token that they stand on; see {@link initialiseLlama}. Default false. */
  matching?: boolean
  seed: number
}

/** Makes an untrained student: a vocabulary of its own, fresh weights, a checkpoint folder. The same arguments give the same files. */
export async function createStudent(options: CreateStudentOptions): Promise<void> {
  const { to, texts, size, vocabulary, matching = false, seed } = options
  const tokenizer = trainTokenizer(texts, vocabulary)
  const used = Object.keys(tokenizer.model.vocab).length
  const end = 0
  const config = parseLlamaConfig({
    ...defaultStudent,
    ...size,
    model_type: 'llama',
    // Multiples of 64 make aligned products; the spare ids are never produced, since nothing trains them.
    vocab_size: Math.ceil(used / 64) * 64,
    bos_token_id: end,
    eos_token_id: end,
    pad_token_id: end,
  })
  const store = initialiseLlama(config, deriveSeed(seed, 'student'), { matching })
  await writeCheckpoint(to, {
    config,
    weights: weightsOf(store),
    tokenizer,
    tokenizerConfig: studentTokenizerConfig(config.max_position_embeddings),
    generation: { eos_token_id: end, pad_token_id: end },
  })
}
