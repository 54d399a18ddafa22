import { finished } from '../../../environments/intercode/agent/bash-agent.ts'
import { generateTask } from '../../../environments/intercode/generator/generate-tasks.ts'
import { createShellRenderer } from '../../../policies/prompts/shell.ts'
import { createRandom, deriveSeed } from '../../../support/random.ts'
import type { TokenizerFile } from '../../../transformer/tokenizer-file.ts'
import { trainTokenizer } from '../../../transformer/tokenizer-training.ts'
import { makeShellStroll } from './shell-stroll.ts'

/** Learns the words of the shell: of strolls and questions, and of requests, reasons and commands, which the weights are not trained on. */
export function learnShellVocabulary({ size, seed }: { size: number; seed: number }): TokenizerFile {
  const renderer = createShellRenderer()
  const requests = Array.from({ length: 1500 }, (_, index) => {
    // Each in a file system of its own, so that no invented name recurs and becomes a word.
    const { query, reason, gold } = generateTask(deriveSeed(seed, 'requests', index), 'train', index)
    const input = { instruction: query, history: [], observation: query, candidates: [] }
    const submits = renderer.completion({ reason: finished(index % 2 === 0), action: 'submit' }, input)
    return `${renderer.prompt(input)}${renderer.completion({ reason, action: gold }, input)}$ ${gold}\n(nothing)\n(2 more lines)${submits}`
  })
  const strolls = Array.from({ length: 800 }, (_, index) =>
    makeShellStroll(seed, { id: String(index), steps: 1, questions: 1 }, createRandom(seed, 'words', index)),
  ).flat()
  const read = strolls.map(({ example }) => `${example.prompt[0]!.content}${example.completion}`)
  return trainTokenizer([...requests, ...read], { size, spans: 'words', minimumCount: 12 })
}
