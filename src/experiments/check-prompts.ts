import type { Domain } from '../contracts/domain.ts'
import type { PromptName } from '../policies/prompts/open-prompts.ts'
import type { Config } from './config.ts'
import { promptsFor } from './renderer-for.ts'

/**
 * Reads every prompt that a configuration is going to need, before anything is played or written. Throws a LeapError `PROMPT_MISSING`, `PROMPTS_MISSING` or
 * `PROMPT_INVALID`.
 */
export function checkPrompts(config: Config, domain: Domain, cwd?: string): void {
  const prompts = promptsFor(config, domain, cwd)
  for (const name of promptsOf(config)) prompts.get(name)
}

function promptsOf({ student, teacher, demonstrations, baselines, corrections: { checks } }: Config): PromptName[] {
  const isStepwise = teacher.mode === 'step' || (teacher.mode === undefined && teacher.model === 'student')
  return [
    ...(student.prompt === 'chat' ? (['student'] as const) : []),
    ...(teacher.name === 'llm' ? ([isStepwise ? 'correct-step' : 'corrections'] as const) : []),
    ...(teacher.state === 'log' ? (['extract-privilege'] as const) : []),
    ...(demonstrations.labeller === undefined ? [] : (['label-reason'] as const)),
    ...(checks.judge === 'off' ? [] : (['judge'] as const)),
    ...(baselines.length > 0 ? (['react'] as const) : []),
  ]
}
