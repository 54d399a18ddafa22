import type { PageNode } from './page-nodes.ts'

/** What stands behind a text that can be clicked. */
export type Clickable =
  | { readonly kind: 'button' }
  | { readonly kind: 'product' }
  | { readonly kind: 'option'; readonly option: string }

/**
 * What can be clicked, by text: buttons, then products (both in lower case), then option values. Of equal texts the last one is meant, at the
 * place of the first (WebAgentTextEnv.get_available_actions).
 */
export function clickablesOf(nodes: readonly PageNode[]): Map<string, Clickable> {
  const clickables = new Map<string, Clickable>()
  for (const { kind, text } of nodes) if (kind === 'button') clickables.set(text.toLowerCase(), { kind })
  for (const { kind, text } of nodes) if (kind === 'product') clickables.set(text.toLowerCase(), { kind })
  for (const { kind, text, option } of nodes) {
    if (kind === 'option') clickables.set(text, { kind, option: option! })
  }
  return clickables
}
