import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LeapError } from '../../contracts/error.ts'
import { createPromptTemplate, type PromptTemplate } from './prompt-template.ts'

/** Templates that come with the package. */
const shipped = fileURLToPath(new URL('../../../prompts', import.meta.url))

/** The names of templates that Leap asks for; an environment need not have all. */
export type PromptName =
  | 'student'
  | 'react'
  | 'corrections'
  | 'correct-step'
  | 'label-reason'
  | 'extract-privilege'
  | 'repair'
  | 'repair-step'
  | 'rewrite'
  | 'judge'
  | 'test-call'

/** The prompts of one environment. */
export interface Prompts {
  has(name: PromptName): boolean
  /** Throws a LeapError `PROMPT_MISSING` that says where it was looked for, or `PROMPT_INVALID`. */
  get(name: PromptName): PromptTemplate
}

/**
 * The prompts of an environment: the user's own folder first, then the environment's, then what all share. Files are read when they are first asked for.
 * Throws a LeapError `PROMPTS_MISSING` if the user's folder is not there.
 */
export function openPrompts({ environment, folder }: { environment: string; folder?: string }): Prompts {
  if (folder !== undefined && !existsSync(folder))
    throw new LeapError({
      code: 'PROMPTS_MISSING',
      message: `prompts: expected a folder with templates at ${folder}, found none`,
      remedy: 'Give a folder with files as in prompts/alfworld, or leave the field out.',
    })
  const folders = [...(folder === undefined ? [] : [folder]), join(shipped, environment), join(shipped, 'common')]
  const read = new Map<PromptName, PromptTemplate>()
  const pathOf = (name: PromptName) => folders.map((at) => join(at, `${name}.jinja`)).find(existsSync)
  return {
    has: (name) => pathOf(name) !== undefined,
    get(name) {
      const known = read.get(name)
      if (known) return known
      const path = pathOf(name)
      if (path === undefined) throw missing(name, environment, folders)
      const template = createPromptTemplate(`${basename(join(path, '..'))}/${name}.jinja`, readFileSync(path, 'utf8'))
      read.set(name, template)
      return template
    },
  }
}

function missing(name: PromptName, environment: string, folders: readonly string[]): LeapError {
  const found = existsSync(shipped)
    ? readdirSync(shipped).filter((entry) => existsSync(join(shipped, entry, `${name}.jinja`)))
    : []
  return new LeapError({
    code: 'PROMPT_MISSING',
    message: `the environment ${environment} has no prompt ${name}.jinja (looked in ${folders.join(', ')}; environments that have one: ${found.join(', ') || 'none'})`,
    remedy: `Write one (prompts/README.md lists its variables) and name its folder in the configuration: prompts: <folder>.`,
  })
}
