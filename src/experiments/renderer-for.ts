import { resolve } from 'node:path'
import type { Domain } from '../contracts/domain.ts'
import type { Renderer } from '../contracts/renderer.ts'
import { briefRenderer } from '../policies/prompts/brief.ts'
import { createChatRenderer } from '../policies/prompts/chat.ts'
import { compactRenderer } from '../policies/prompts/compact.ts'
import { openPrompts, type Prompts } from '../policies/prompts/open-prompts.ts'
import type { Config } from './config.ts'

/** The prompts of a run: those of the environment, and the user's own before them. Throws as {@link openPrompts}. */
export function promptsFor({ prompts: folder }: Config, { environment }: Domain, cwd = process.cwd()): Prompts {
  return openPrompts({
    environment: environment.name,
    ...(folder === undefined ? {} : { folder: resolve(cwd, folder) }),
  })
}

/** How the student's prompts and answers are written: one renderer for training, roll-outs and judging. */
export function rendererFor(config: Config, domain: Domain, cwd?: string): Renderer {
  switch (config.student.prompt) {
    case 'chat':
      return createChatRenderer(promptsFor(config, domain, cwd).get('student'))
    case 'compact':
      return compactRenderer
    case 'brief':
      return briefRenderer
    default:
      return domain.renderer ?? compactRenderer
  }
}
