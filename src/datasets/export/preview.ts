import type { ExportRows } from './format.ts'

/** Characters of a prompt's end that are shown. */
const shown = 600

/**
 * One row of each kind as text, with what is trained on set apart: `[prompt, not trained on] ... [answer, trained on] ...`. A look at it finds what no count
 * tells: a mask that is shifted, an answer that is empty, a prompt that gives the answer away.
 */
export function previewRows({ sft, dpo, kto }: ExportRows): string {
  const parts: string[] = []
  const masked = (prompt: readonly { role: string; content: string }[], answers: Record<string, string>) => {
    const text = prompt.map(({ role, content }) => `<${role}> ${content}`).join('\n')
    const cut = text.length > shown ? `... ${text.slice(-shown)}` : text
    const trained = Object.entries(answers).map(([name, answer]) => `[${name}]\n${answer.trimEnd()}`)
    return [`[prompt, not trained on]`, cut, ...trained].join('\n')
  }
  if (sft[0]) parts.push(`sft\n${masked(sft[0].prompt, { 'answer, trained on': sft[0].completion })}`)
  if (dpo[0])
    parts.push(
      `dpo\n${masked(dpo[0].prompt, { 'chosen, made likelier': dpo[0].chosen, 'rejected, made less likely': dpo[0].rejected })}`,
    )
  if (kto[0])
    parts.push(
      `kto\n${masked(kto[0].prompt, { [kto[0].label ? 'desirable, made likelier' : 'undesirable, made less likely']: kto[0].completion })}`,
    )
  return parts.join('\n\n')
}
