import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PrivilegedState } from '../contracts/privileged-state.ts'
import { createGeneratedHousehold } from '../environments/alfworld/generator/generated-environment.ts'
import { openPrompts } from '../policies/prompts/open-prompts.ts'
import { checkTeacherPrompt } from './check-teacher-prompt.ts'
import { type ConfigInput, configSchema } from './config.ts'
import type { Scene } from './preflight.ts'

const base: ConfigInput = {
  name: 'toy',
  demonstrations: { games: 1 },
  iterations: 1,
  rollouts: { games: 1 },
  training: { cloning: { updates: 1, learningRate: 1 }, iteration: { updates: 1, learningRate: 1 } },
}
type Teacher = NonNullable<ConfigInput['teacher']>
const check = (environment: string, scene: Scene, teacher: Teacher, folder?: string) =>
  checkTeacherPrompt(
    {
      config: configSchema.parse({ ...base, teacher: { name: 'llm', model: 'openai:x', ...teacher } }),
      prompts: openPrompts({ environment, ...(folder === undefined ? {} : { folder }) }),
    },
    scene,
  )
const sceneOf = (
  environment: string,
  instruction: string,
  privileged: PrivilegedState,
  candidates?: string[],
): Scene => ({
  request: {
    task: { id: 'train/1', environment, split: 'train', category: 'c' },
    ...{ instruction, history: [], observation: instruction, session: 's', seed: 1 },
    ...(candidates ? { candidates } : {}),
  },
  privileged,
})

/** A real game, and states as shop and shell give them, with all that JSON and Jinja could stumble over. */
const scenes = new Map<string, Scene>()
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'leap-teacher-prompt-'))
  const environment = createGeneratedHousehold({ seed: 3, counts: { train: 2 } })
  const [task] = await environment.tasks('train')
  const episode = await environment.open(task!)
  const { text, candidates } = await episode.reset()
  const request = {
    task: task!,
    instruction: episode.instruction,
    history: [],
    observation: text,
    session: 's',
    seed: 1,
  }
  const privileged = await episode.privilegedState()
  scenes.set('alfworld', { request: { ...request, ...(candidates ? { candidates } : {}) }, privileged })
  const state = (lines: string[]): PrivilegedState => ({ text: lines.join('\n'), data: {}, secrets: [lines.at(-1)!] })
  const wish = 'i want a red wool coat, price lower than 40 dollars'
  const shop = state([`Request: ${wish}`, 'These options have to be chosen: "xx-large" & \\slim\\.', 'Price: any.'])
  scenes.set('webshop', sceneOf('webshop', wish, shop, ['search[<search query>]']))
  const question = 'Count the lines of "a b.txt" under /depot'
  const shell = [
    'Task:',
    question,
    'A command that does it:',
    `awk '{print $1}' "/depot/a b.txt" | wc -l {# {{ x }}`,
    '3',
  ]
  for (const name of ['intercode-bash', 'intercode-sql']) scenes.set(name, sceneOf(name, question, state(shell)))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.each(['alfworld', 'webshop', 'intercode-bash', 'intercode-sql'])('the teacher prompt of %s', (environment) => {
  it.each<Teacher>([
    { mode: 'trajectory' },
    { mode: 'step' },
    { level: 5 },
    { privilege: 'other-task' },
    { privilege: 'none' },
    { privilege: 'none', mode: 'step' },
    { level: 1 },
    { level: 1, mode: 'step' },
  ])('is as a teacher %j is to have it', async (teacher) => {
    await check(environment, scenes.get(environment)!, teacher)
  })
})

describe('a prompt of one’s own', () => {
  const own = (name: string, text: string) => {
    const at = mkdtempSync(join(folder, 'own-'))
    writeFileSync(join(at, `${name}.jinja`), `{% if role == 'user' %}${text}{% endif %}`)
    return at
  }

  it('that leaves the hidden state out, or a part of it, is found', async () => {
    const scene = scenes.get('alfworld')!
    const deaf = own('correct-step', '{{ observation }} {{ action }}')
    await expect(check('alfworld', scene, { mode: 'step' }, deaf)).rejects.toMatchObject({
      code: 'PREFLIGHT_PRIVILEGE_MISSING',
    })
    const half = own('correct-step', '{{ state[:80] }}')
    await expect(check('alfworld', scene, { mode: 'step' }, half)).rejects.toMatchObject({
      code: 'PREFLIGHT_PRIVILEGE_MISSING',
      message: expect.stringMatching(/found that \d+ of \d+ lines are not in it/),
    })
  })
})
