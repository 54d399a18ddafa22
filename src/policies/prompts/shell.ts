import type { PromptInput, Renderer } from '../../contracts/renderer.ts'
import { parseAnswer } from '../parse-answer.ts'
import { actionMarker, reasonMarker } from './compact.ts'

/** How much of an output a small student sees: a few lines, each not too long. */
export interface ShellView {
  lines: number
  characters: number
}

export const smallView: ShellView = { lines: 6, characters: 90 }

/**
 * The prompt of a small student at a shell: commands and what they showed, the request, and the marker behind which it writes its reason. What comes
 * before the request is a prefix of the next step's prompt. The first observation is the request itself and left out.
 */
export function createShellRenderer(
  view: ShellView = smallView,
  {
    keepsLines = false,
  }: { /** Line breaks of an action are written as `\\n` and read back, for programs. */ keepsLines?: boolean } = {},
): Renderer {
  const written = keepsLines ? (action: string) => action.replace(/\r?\n/g, '\\n') : oneLine
  return {
    prompt: (input) => renderShell(input, view),
    completion: ({ reason, action }) => ` ${reason}${actionMarker}${written(action)}\n`,
    ...(keepsLines
      ? {
          parse: (text: string) => {
            const { reason, action } = parseAnswer(text)
            return { reason, action: action.replaceAll('\\n', '\n') }
          },
        }
      : {}),
    maxTokens: keepsLines ? 256 : 96,
  }
}

export function renderShell({ instruction, history, observation }: PromptInput, view: ShellView = smallView): string {
  const outputs = [...history.map((step) => step.observation), observation].slice(1)
  const past = history.map((step, index) => `$ ${oneLine(step.action)}\n${cut(outputs[index] ?? '', view)}`).join('')
  return `${past}[${instruction}]\n${reasonMarker}`
}

/** What is left out is said, so that a student can tell a short output from a long one. */
function cut(text: string, { lines, characters }: ShellView): string {
  const all = text.replace(/\n+$/, '').split('\n')
  if (all.length === 1 && all[0] === '') return '(nothing)\n'
  const shown = all.slice(0, lines).map((line) => (line.length > characters ? `${line.slice(0, characters)}...` : line))
  const rest = all.length - shown.length
  return `${shown.join('\n')}\n${rest > 0 ? `(${rest} more lines)\n` : ''}`
}

/** An answer ends at a line break: commands of several lines are written as one. */
const oneLine = (command: string) => command.trim().replace(/\s*\n\s*/g, ' ; ')
