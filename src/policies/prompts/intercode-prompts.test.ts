import { describe, expect, it } from 'vitest'
import { createChatRenderer } from './chat.ts'
import { openPrompts } from './open-prompts.ts'

const instruction = 'Count the .txt files under /depot'
const observation = '{{ instruction }} {% if x %}'
const history = [
  { observation: instruction, reason: 'I look.', action: 'ls /depot' },
  { observation: 'a.txt\n', reason: 'One more.', action: 'ls -R /depot' },
]
const state = 'Task:\nx\nA command that does it:\nGOLD COMMAND'

describe.each(['intercode-bash', 'intercode-sql'])('the prompts of %s', (environment) => {
  const prompts = openPrompts({ environment })

  it('show the student the request, what it did and what that showed, and nothing as if the request were an output', () => {
    const renderer = createChatRenderer(prompts.get('student'))
    const text = renderer.prompt({ instruction, history, observation })
    for (const part of [
      instruction,
      'ls /depot',
      'Showed: a.txt',
      'ls -R /depot',
      observation,
      'submit',
      'REASON:',
      'ACTION:',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain(`Showed: ${instruction}`)
    expect(text).not.toContain('I look.')
    const first = renderer.prompt({ instruction, history: [], observation: instruction })
    expect(first).toContain('Nothing happened so far')
    expect(first.split(instruction)).toHaveLength(3)
    const answer = { reason: 'Because.', action: 'submit' }
    expect(renderer.parse!(renderer.completion(answer), { instruction, history, observation })).toEqual(answer)
  })

  it('show a prompted baseline its own reasons', () => {
    const renderer = createChatRenderer(prompts.get('react'), { withReasons: true })
    const text = renderer.prompt({ instruction, history, observation })
    expect(text).toContain('Thought 1: I look.')
    expect(text).toContain('Output 1: a.txt')
    expect(text).toContain(`Output 2: ${observation}`)
  })

  it.each([1, 2, 3, 4, 5])('tell a teacher of level %d how far to go', (level) => {
    const privileged = level > 1
    const step = {
      timestep: 0,
      observation: instruction,
      reason: 'r',
      action: 'ls',
      ...(privileged ? { privileged_state: state } : {}),
    }
    const values = { level, privileged, instruction, outcome: 'failed', steps: [step] }
    const template = prompts.get('corrections')
    const system = template.text('system', values)
    const user = template.text('user', values)
    expect(user.includes('GOLD COMMAND')).toBe(privileged)
    expect(system.includes('privileged_state')).toBe(privileged)
    expect(system).toContain('sparing')
    const others = [1, 2, 3, 4, 5].filter((other) => other !== level)
    for (const other of others) expect(template.text('system', { ...values, level: other })).not.toBe(system)
    const single = prompts
      .get('correct-step')
      .text('user', { ...values, history: [], observation, reason: 'r', action: 'ls', state })
    expect(single.includes('GOLD COMMAND')).toBe(privileged)
  })

  it('ask a labeller about one step without what came after', () => {
    const text = prompts.get('label-reason').text('user', { instruction, history, observation, action: 'wc -l' })
    expect(text).toMatch(/Does: wc -l\n\nWhy\?$/)
  })
})

describe('the prompts of intercode-python', () => {
  const prompts = openPrompts({ environment: 'intercode-python' })
  const program = 'def twice(x):\n    return 2 * x'

  it('show code line by line, and read it back as it was written', () => {
    const renderer = createChatRenderer(prompts.get('student'))
    const past = [{ observation: instruction, action: program }]
    const text = renderer.prompt({ instruction, history: past, observation: "{'output': '', 'error': ''}" })
    for (const part of [instruction, program, "{'output': ''", 'submit', 'REASON:', 'ACTION:'])
      expect(text).toContain(part)
    for (const action of [program, 'submit twice']) {
      const answer = { reason: 'Because.', action }
      expect(renderer.parse!(renderer.completion(answer), { instruction, history: past, observation })).toEqual(answer)
    }
  })

  it('show a prompted baseline its own reasons, and a labeller the code without what came after', () => {
    const react = createChatRenderer(prompts.get('react'), { withReasons: true })
    expect(react.prompt({ instruction, history, observation })).toContain('Thought 1: I look.')
    const label = prompts.get('label-reason').text('user', { instruction, history, observation, action: program })
    expect(label).toMatch(/Runs:\ndef twice[\s\S]*\n\nWhy\?$/)
  })
})
