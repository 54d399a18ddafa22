import { z } from 'zod'
import type { ExportFormat } from '../format.ts'
import { answer, assistantSchema, promptSchema } from '../messages.ts'
import { trainingYaml } from '../training-yaml.ts'

const completion = z.array(assistantSchema).length(1)

/** JSON Lines in the conversational formats of TRL (prompt-completion, preference, unpaired preference): loss on the completion alone. */
export const trl: ExportFormat = {
  summary: 'TRL: prompt-completion, preference and unpaired preference rows, with a YAML file for its command line',
  container: 'jsonl',
  rows: {
    sft: {
      write: ({ prompt, completion }) => ({ prompt, completion: [answer(completion)] }),
      schema: z.strictObject({ prompt: promptSchema, completion }),
    },
    dpo: {
      write: ({ prompt, chosen, rejected }) => ({ prompt, chosen: [answer(chosen)], rejected: [answer(rejected)] }),
      schema: z
        .strictObject({ prompt: promptSchema, chosen: completion, rejected: completion })
        .refine(({ chosen, rejected }) => chosen[0]!.content !== rejected[0]!.content, 'chosen and rejected are equal'),
    },
    kto: {
      write: ({ prompt, completion, label }) => ({ prompt, completion: [answer(completion)], label }),
      schema: z.strictObject({ prompt: promptSchema, completion, label: z.boolean() }),
    },
  },
  warnings({ kind, split }, rows) {
    if (kind !== 'kto' || split !== 'train') return []
    const good = rows.filter(({ label }) => label).length
    const bad = rows.length - good
    if (good === 0 || bad === 0)
      return [`all ${rows.length} rows have one label: the KTO trainer runs on them and learns next to nothing`]
    // TRL's documentation asks for a weighted ratio of 1 to 4/3.
    return [
      `set undesirable_weight to about ${(good / bad).toFixed(2)} (or desirable_weight to ${(bad / good).toFixed(2)}), as the labels are ${good} to ${bad}`,
    ]
  },
  companions: (files) =>
    trainingYaml(files, ({ kind, name }) => ({
      model_name_or_path: 'put the base model here',
      datasets: [{ path: 'json', data_files: name }],
      output_dir: `out/${kind}`,
      use_peft: true,
      lora_r: 16,
      lora_alpha: 32,
      lora_target_modules: ['all-linear'],
      dtype: 'bfloat16',
      max_length: 8192,
      per_device_train_batch_size: kind === 'kto' ? 4 : 2,
      gradient_accumulation_steps: 8,
      learning_rate: { sft: 2e-4, dpo: 1e-5, kto: 1e-5 }[kind],
      num_train_epochs: 1,
    })),
  usage: (files) =>
    `${files
      .filter(({ split }) => split === 'train')
      .map(({ kind }) => `    trl ${kind} --config ${kind}.yaml`)
      .join('\n')}

TRL cuts rows at \`max_length\` tokens from the end: raise it rather than lose answers. The command line makes a new adapter each time, with the base model as
the reference of DPO and KTO; to keep near the previous iteration, as Algorithm 1 has it, merge its adapter into the base first (or let \`leap run\` train with
\`training.trainer: trl\`, which does it). KTO needs more than one row per device and rows in the order of the file, which are shuffled.`,
}
