import { createInterface } from 'node:readline'
import type { TextInput, TextOutput } from '../context.ts'
import { completeLine } from './complete-line.ts'

export interface LineReader {
  /** The next line, trimmed; undefined when there are no more (Ctrl-D, end of the pipe, interruption). */
  next(prompt: string): Promise<string | undefined>
  close(): void
}

export interface LineReaderOptions {
  stdin: TextInput
  stdout: TextOutput
  /** What the Tab key completes to. */
  completions: () => readonly string[]
  onInterrupt: () => void
  signal: AbortSignal
}

/** Reads what a person types, with history and tab completion on a terminal; reads a pipe line by line. */
export function createLineReader({ stdin, stdout, completions, onInterrupt, signal }: LineReaderOptions): LineReader {
  const terminal = stdin.isTTY === true && stdout.isTTY === true
  const readline = createInterface({
    input: stdin,
    // In a pipe nobody types, so there is nothing to echo; prompts are written by hand.
    ...(terminal ? { output: stdout as NodeJS.WritableStream & TextOutput } : {}),
    terminal,
    completer: (line: string) => completeLine(line, completions()),
  })
  const close = () => readline.close()
  readline.on('SIGINT', () => {
    onInterrupt()
    close()
  })
  signal.addEventListener('abort', close, { once: true })
  // Taken at once: lines that arrive before it exists would be lost.
  const lines = readline[Symbol.asyncIterator]()
  return {
    async next(prompt) {
      if (signal.aborted) return undefined
      if (terminal) {
        readline.setPrompt(prompt)
        readline.prompt()
      } else stdout.write(prompt)
      const { done, value } = await lines.next()
      if (done || signal.aborted) return undefined
      if (!terminal) stdout.write(`${value}\n`)
      return (value as string).replace(/\s+/g, ' ').trim()
    },
    close,
  }
}
