import { z } from 'zod'
import type { ExportFormat, RowKind } from '../format.ts'
import { conversationRow, preferenceRow, promptSchema } from '../messages.ts'
import { trainingYaml } from '../training-yaml.ts'

const dataset: Record<RowKind, object> = {
  sft: { type: 'chat_template', field_messages: 'messages', roles_to_train: ['assistant'], train_on_eos: 'turn' },
  dpo: {
    type: 'chat_template.default',
    field_messages: 'messages',
    field_chosen: 'chosen',
    field_rejected: 'rejected',
  },
  kto: {
    type: {
      field_prompt: 'prompt',
      field_completion: 'completion',
      field_label: 'label',
      prompt_format: '{prompt}',
      completion_format: '{completion}',
    },
  },
}

/** JSON Lines for axolotl with a YAML fragment for each kind. Its KTO takes texts, not messages. */
export const axolotl: ExportFormat = {
  summary: 'axolotl: chat_template rows for sft and dpo, plain texts for kto, with YAML fragments',
  container: 'jsonl',
  rows: {
    sft: conversationRow,
    dpo: preferenceRow(promptSchema),
    kto: {
      write: ({ prompt, completion, label }) => ({
        prompt: prompt.map(({ content }) => content).join('\n\n'),
        completion,
        label,
      }),
      schema: z.strictObject({ prompt: z.string().min(1), completion: z.string().min(1), label: z.boolean() }),
    },
  },
  companions: (files) =>
    trainingYaml(files, ({ kind, name }) => ({
      base_model: 'put the base model here',
      ...(kind === 'sft' ? {} : { rl: kind }),
      ...(kind === 'kto' ? { kto_desirable_weight: 1, kto_undesirable_weight: 1, remove_unused_columns: false } : {}),
      datasets: [{ path: name, ds_type: 'json', split: 'train', ...dataset[kind] }],
      adapter: 'lora',
      lora_r: 16,
      lora_alpha: 32,
      lora_target_linear: true,
      sequence_len: 8192,
      output_dir: `out/${kind}`,
    })),
  usage: () => `    axolotl train sft.yaml

The YAML files are fragments: add batch size, learning rate and schedule. The KTO rows hold the contents of the messages without a chat template; write the
template of your model around \`{prompt}\` in \`prompt_format\` if it has one.`,
}
