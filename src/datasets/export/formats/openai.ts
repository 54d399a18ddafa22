import { z } from 'zod'
import type { ExportFormat } from '../format.ts'
import { answer, assistantSchema, conversationRow, promptSchema } from '../messages.ts'

const output = z.array(assistantSchema).length(1)
/** Fewer rows than this are refused when a job is made. */
const fewest = 10

/** JSON Lines in the shape of OpenAI's fine-tuning files, which Azure, Together and Fireworks accept too. None of them knows KTO. */
export const openai: ExportFormat = {
  summary: "hosted fine-tuning in OpenAI's shape: chat rows for supervised, input and two outputs for DPO",
  container: 'jsonl',
  rows: {
    sft: conversationRow,
    dpo: {
      write: ({ prompt, chosen, rejected }) => ({
        input: { messages: prompt, tools: [], parallel_tool_calls: true },
        preferred_output: [answer(chosen)],
        non_preferred_output: [answer(rejected)],
      }),
      schema: z.strictObject({
        input: z.strictObject({
          messages: promptSchema,
          tools: z.array(z.unknown()),
          parallel_tool_calls: z.boolean(),
        }),
        preferred_output: output,
        non_preferred_output: output,
      }),
    },
  },
  warnings: ({ split }, rows) =>
    split === 'train' && rows.length < fewest
      ? [`${rows.length} rows, and a job needs at least ${fewest}: it will be refused`]
      : [],
  usage:
    () => `Upload a file with purpose \`fine-tune\`, then make a job with its id: method \`supervised\` for sft.jsonl, \`dpo\` for dpo.jsonl (hyperparameter
\`beta\`); the heldout file is the \`validation_file\`. Every earlier turn of a conversation is trained on unless it is weighted 0; these rows have one answer each.
OpenAI itself takes no new fine-tuning jobs after 2027-01-06; others accept the same files.`,
}
