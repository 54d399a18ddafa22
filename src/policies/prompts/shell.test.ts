import { expect, it } from 'vitest'
import { createShellRenderer, renderShell } from './shell.ts'

const instruction = 'Count the lines of a.txt'

it('shows commands with what they printed, then the request', () => {
  expect(renderShell({ instruction, history: [], observation: instruction })).toBe(`[${instruction}]\nREASON:`)
  const history = [
    { observation: instruction, action: 'find / -name a.txt' },
    { observation: '/d/a.txt\n', action: 'true' },
  ]
  expect(renderShell({ instruction, history, observation: '' })).toBe(
    `$ find / -name a.txt\n/d/a.txt\n$ true\n(nothing)\n[${instruction}]\nREASON:`,
  )
})

it('cuts long outputs and says so', () => {
  const observation = `${'x'.repeat(20)}\n${'line\n'.repeat(9)}`
  const history = [{ observation: instruction, action: 'cat a.txt' }]
  expect(renderShell({ instruction, history, observation }, { lines: 2, characters: 5 })).toBe(
    `$ cat a.txt\nxxxxx...\nline\n(8 more lines)\n[${instruction}]\nREASON:`,
  )
})

it('writes an answer on one line, as the student is trained to', () => {
  const renderer = createShellRenderer()
  const input = { instruction, history: [], observation: '' }
  expect(renderer.completion({ reason: 'I look.', action: 'cd /a\nls' }, input)).toBe(' I look. ACTION: cd /a ; ls\n')
})

it('keeps the lines of a program', () => {
  const renderer = createShellRenderer(undefined, { keepsLines: true })
  const input = { instruction, history: [], observation: '' }
  const action = 'def f(a):\n  return a'
  const text = renderer.completion({ reason: 'I write it.', action }, input)
  expect(text).toBe(' I write it. ACTION: def f(a):\\n  return a\n')
  expect(renderer.parse!(text, input)).toEqual({ reason: 'I write it.', action })
})
