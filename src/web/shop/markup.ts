/** Markup that is safe to put into a page: made by {@link html} only. */
export interface Markup {
  readonly markup: string
}

type Content = Markup | string | number | undefined | readonly Content[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A template whose values are escaped unless they are markup themselves; lists are joined, undefined is nothing. Values belong into text or quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { markup: parts.reduce((text, part, index) => `${text}${write(values[index - 1])}${part}`) }
}

function write(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'string' || typeof content === 'number')
    return String(content).replace(/[&<>"']/g, (character) => entities[character]!)
  return 'markup' in content ? content.markup : content.map(write).join('')
}
