import type { Config, TrainerConfig } from './config.ts'

/** What a policy is cloned with. */
export function cloningSettings({ training: { cloning, lora } }: Config): TrainerConfig {
  return { ...cloning, ...(lora ? { lora } : {}) }
}

/** What an iteration's policy is trained with by `sft`: that of controls too, whatever rule the iterations have. */
export function sftSettings({ training: { iteration, lora } }: Config): TrainerConfig {
  const { from: _, rule: __, mixture: ___, dpo: ____, kto: _____, distill: ______, ...optimiser } = iteration
  return { ...optimiser, ...(lora ? { lora } : {}) }
}

/** What an iteration's policy is trained with: the optimiser, and the settings of its own rule alone, so that the other rules' change no run. */
export function iterationSettings(config: Config): TrainerConfig {
  const { rule, dpo, kto, distill } = config.training.iteration
  const own = { sft: {}, dpo: { dpo }, kto: { kto }, distill: { distill } }[rule]
  return { ...sftSettings(config), ...own }
}
