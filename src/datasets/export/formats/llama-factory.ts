import { z } from 'zod'
import type { ExportFormat, RowKind } from '../format.ts'
import { answer, answeredSchema, conversationRow, preferenceRow, promptSchema, takesTurns } from '../messages.ts'

const turns = 'user and assistant must take turns behind an optional system message'
const asked = promptSchema.refine(takesTurns, turns)
const answered = answeredSchema.refine(takesTurns, turns)

const tags = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
}
const columns: Record<RowKind, object> = {
  sft: { columns: { messages: 'messages' } },
  dpo: { ranking: true, columns: { messages: 'messages', chosen: 'chosen', rejected: 'rejected' } },
  kto: { columns: { messages: 'messages', kto_tag: 'kto_tag' } },
}

/** JSON arrays in LLaMA-Factory's sharegpt format with OpenAI's tags, and the dataset_info.json that names their columns. */
export const llamaFactory: ExportFormat = {
  summary: 'LLaMA-Factory: sharegpt rows with a dataset_info.json',
  container: 'json',
  rows: {
    sft: { ...conversationRow, schema: z.strictObject({ messages: answered }) },
    dpo: preferenceRow(asked),
    kto: {
      write: ({ prompt, completion, label }) => ({ messages: [...prompt, answer(completion)], kto_tag: label }),
      schema: z.strictObject({ messages: answered, kto_tag: z.boolean() }),
    },
  },
  warnings({ kind, split }, rows) {
    const good = rows.filter(({ label }) => label).length
    return kind === 'kto' && split === 'train' && (good === 0 || good === rows.length)
      ? [`all ${rows.length} rows have one label: KTO runs on them and learns next to nothing`]
      : []
  },
  companions: (files) => ({
    'dataset_info.json': `${JSON.stringify(
      Object.fromEntries(
        files.map(({ name, kind }) => [
          `leap_${name.replace(/\.json$/, '').replaceAll('.', '_')}`,
          { file_name: name, formatting: 'sharegpt', ...columns[kind], tags },
        ]),
      ),
      null,
      2,
    )}\n`,
  }),
  usage: (
    files,
  ) => `Copy the files into LLaMA-Factory's \`data/\` (and the entries of dataset_info.json into the one there), or point \`dataset_dir\` here, and name the data set:

${files.map(({ name }) => `    dataset: leap_${name.replace(/\.json$/, '').replaceAll('.', '_')}`).join('\n')}

with \`stage: sft\`, \`dpo\` or \`kto\`. \`cutoff_len\` is 2048 by default: raise it if your prompts are longer.`,
}
