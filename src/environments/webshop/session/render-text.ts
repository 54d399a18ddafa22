import { strip } from '../python/python-text.ts'
import type { PageNode } from './page-nodes.ts'

/** A page in observation mode `text`: the visible texts, stripped, with ` [SEP] ` between them. */
export function renderText(nodes: readonly PageNode[]): string {
  return nodes.map((node) => strip(node.text)).join(' [SEP] ')
}

/**
 * A page in observation mode `text_rich`, which LEAP uses: one text a line, what can be clicked in brackets, what was clicked marked.
 * An option counts as clicked if the URL holds it in double quotes. So one with a quote or a letter beyond ASCII never does, since the
 * URL escapes those, and one that is called like a chosen option's name always does.
 */
export function renderRichText(nodes: readonly PageNode[], url: string, visited: ReadonlySet<string>): string {
  let before = ''
  let text = ''
  for (const { kind, text: label } of nodes) {
    if (kind === 'button') text += `[button] ${label} [button_]\n`
    else if (kind === 'option') {
      const isClicked = url.includes(`"${label}"`)
      text += isClicked ? `  [clicked button] ${label} [clicked button_]\n` : `  [button] ${label} [button_]\n`
      if (isClicked) before = `You have clicked ${label}.\n${before}`
    } else if (kind === 'product') {
      const mark = visited.has(label) ? 'clicked button' : 'button'
      text += `\n[${mark}] ${label} [${mark}_]\n`
    } else text += `${label}\n`
  }
  return before + text
}
