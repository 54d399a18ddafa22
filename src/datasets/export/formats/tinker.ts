import { z } from 'zod'
import type { ExportFormat } from '../format.ts'
import { answer, assistantSchema, conversationRow, promptSchema } from '../messages.ts'

/** JSON Lines as the builders of tinker-cookbook read them: conversations, and labelled comparisons. It has no KTO. */
export const tinker: ExportFormat = {
  summary: 'Tinker: conversations and labelled comparisons as tinker-cookbook reads them',
  container: 'jsonl',
  rows: {
    sft: conversationRow,
    dpo: {
      write: ({ prompt, chosen, rejected }) => ({
        comparison: { prompt_conversation: prompt, completion_A: [answer(chosen)], completion_B: [answer(rejected)] },
        label: 'A',
      }),
      schema: z.strictObject({
        comparison: z.strictObject({
          prompt_conversation: promptSchema,
          completion_A: z.array(assistantSchema).length(1),
          completion_B: z.array(assistantSchema).length(1),
        }),
        label: z.enum(['A', 'B', 'Tie']),
      }),
    },
  },
  usage:
    () => `sft.jsonl is for \`FromConversationFileBuilder\` (train on the last assistant message), dpo.jsonl for \`ComparisonBuilderFromJsonl\`. A is always the correction: the
builders swap the two at random where the order could be learnt.`,
}
