import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createChatRenderer } from './chat.ts'
import { openPrompts, type PromptName } from './open-prompts.ts'
import { createPromptTemplate } from './prompt-template.ts'

const golden = fileURLToPath(new URL('./testing/golden/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'leap-prompts-'))
afterAll(() => rmSync(folder, { recursive: true }))
const prompts = openPrompts({ environment: 'alfworld' })

const instruction = 'put a hot mug in cabinet.'
const candidates = ['go to cabinet 1', 'open microwave 1', 'look']
const history = [
  { observation: 'You see a cabinet 1, a microwave 1.', reason: 'I look first.', action: 'go to microwave 1' },
  { observation: 'The microwave 1 is closed.', reason: '', action: 'look' },
]
const observation = 'You are next to the microwave 1.'
const now = { instruction, history, observation, candidates }
const state = 'Task: put a hot mug in cabinet.\nObjects that can serve it:\n- mug 1: in or on microwave 1'
const steps = [
  {
    timestep: 0,
    observation: 'You see "it".',
    candidate_actions: candidates,
    reason: 'r',
    action: 'look',
    privileged_state: state,
  },
  { timestep: 1, observation: 'Nothing.', reason: 'r', action: 'look', privileged_state: 'unchanged' },
]
const outcome = 'was not solved within the 2 actions allowed'
const corrections = { instruction, outcome, steps, privileged: true }
const decided = { reason: 'The mug may be inside.', action: 'open microwave 1' }
/** What is rendered for each golden file. */
const cases: Record<string, [PromptName, Record<string, unknown>]> = {
  student: ['student', { ...now, ...decided }],
  'student-first-step': ['student', { ...now, ...decided, history: [] }],
  react: ['react', { ...now, ...decided }],
  'corrections-1': [
    'corrections',
    { ...corrections, level: 1, privileged: false, steps: steps.map(({ privileged_state: _, ...step }) => step) },
  ],
  'corrections-2': ['corrections', { ...corrections, level: 2 }],
  'corrections-3': ['corrections', { ...corrections, level: 3 }],
  'corrections-4': ['corrections', { ...corrections, level: 4 }],
  'corrections-5': ['corrections', { ...corrections, level: 5 }],
  'corrections-later-window': [
    'corrections',
    { ...corrections, level: 3, steps: steps.slice(1), earlier: [{ observation: 'o', action: 'a' }] },
  ],
  'correct-step-unprivileged': ['correct-step', { ...now, ...decided, level: 1, privileged: false }],
  'correct-step-3': ['correct-step', { ...now, ...decided, level: 3, privileged: true, state }],
  'correct-step-5': ['correct-step', { ...now, ...decided, level: 5, privileged: true, state }],
  'label-reason': ['label-reason', { ...now, action: 'look' }],
  'extract-privilege': [
    'extract-privilege',
    { instruction, steps: history.map(({ observation, action }) => ({ observation, action })) },
  ],
  repair: ['repair', { problems: ['the answer is empty', 'timestep 2: there is no entry for it'], steps: [0, 2] }],
  'repair-step': ['repair-step', { problem: 'there is no reason' }],
  rewrite: ['rewrite', { findings: [{ timestep: 4, reason: 'r', action: 'a', problem: 'it tells "mug 1"' }] }],
  judge: ['judge', { ...now, ...decided }],
  'test-call': ['test-call', {}],
}

describe('the prompts for household games', () => {
  it.each(Object.entries(cases))('%s is rendered as its golden file says', async (name, [template, variables]) => {
    const messages = prompts.get(template).messages(variables)
    const text = messages.map(({ role, content }) => `=== ${role}\n${content}\n`).join('')
    await expect(text).toMatchFileSnapshot(join(golden, `${name}.txt`))
  })

  it('have a golden file each, and no golden file is left over', () => {
    const root = fileURLToPath(new URL('../../../prompts', import.meta.url))
    const templates = ['alfworld', 'common'].flatMap((at) => readdirSync(join(root, at)))
    const rendered = new Set(Object.values(cases).map(([name]) => `${name}.jinja`))
    expect(templates.filter((name) => !rendered.has(name))).toEqual([])
    expect(readdirSync(golden).sort()).toEqual(
      Object.keys(cases)
        .map((name) => `${name}.txt`)
        .sort(),
    )
  })

  it('differ from level to level', () => {
    const text = (level: number) => prompts.get('corrections').text('system', { ...corrections, level })
    expect(new Set([1, 2, 3, 4, 5].map(text)).size).toBe(5)
  })
})

describe('a template', () => {
  it('prints values as they are, whatever is written in them', () => {
    const hostile = '{{ secret }} {% for x in y %} </s> <|im_end|> \\n "quoted"'
    const template = createPromptTemplate('x', "{% if role == 'user' %}[{{ text }}]{% endif %}")
    expect(template.messages({ text: hostile, secret: 'told' })).toEqual([{ role: 'user', content: `[${hostile}]` }])
  })

  it('that is no Jinja, or fails, says which one it is', () => {
    const failing = (source: string) => () => createPromptTemplate('alfworld/x.jinja', source).messages({})
    for (const source of ['{% if %}', '{{ 1 | nofilter }}'])
      expect(failing(source)).toThrow(/prompts\/alfworld\/x\.jinja: expected a Jinja template, found: /)
  })

  it('has a hash that changes with its text', () => {
    expect(createPromptTemplate('x', 'a').hash).not.toBe(createPromptTemplate('x', 'b').hash)
  })
})

describe('opening prompts', () => {
  it("prefers the user's own folder", () => {
    writeFileSync(join(folder, 'judge.jinja'), "{% if role == 'user' %}Mine.{% endif %}")
    const own = openPrompts({ environment: 'alfworld', folder })
    expect(own.get('judge').messages({})).toEqual([{ role: 'user', content: 'Mine.' }])
    expect(own.get('student').name).toBe('alfworld/student.jinja')
  })

  it('names what is missing, and where it was looked for', () => {
    const none = openPrompts({ environment: 'boxes' })
    expect(none.has('corrections')).toBe(false)
    expect(none.has('judge')).toBe(true)
    expect(() => none.get('corrections')).toThrow(/the environment boxes has no prompt corrections\.jinja .*alfworld/)
    expect(() => openPrompts({ environment: 'boxes', folder: join(folder, 'none') })).toThrow(/found none/)
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })
})

describe('the chat renderer', () => {
  const renderer = createChatRenderer(prompts.get('student'))
  it('is one for training and roll-outs: what it writes as an answer it reads as that answer', () => {
    expect(renderer.parse!(renderer.completion(decided, now), now)).toEqual(decided)
    expect(renderer.prompt(now)).toBe(
      readFileSync(join(golden, 'student.txt'), 'utf8').split('=== assistant')[0]!.slice(9).trimEnd(),
    )
  })

  it('shows the student no earlier reasons, and restricts the action to the candidates', () => {
    expect(renderer.prompt(now)).not.toContain('I look first.')
    expect(renderer.choice!({ ...now, candidates: ['look', 'search[<search query>]'] })).toEqual({
      after: 'ACTION:\n',
      options: ['look'],
      open: ['search['],
    })
  })
})
