const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#34;': '"', '&#39;': "'" }
const decodeEntities = (text: string) => text.replace(/&(amp|lt|gt|#34|#39);/g, (entity) => entities[entity]!)

/** Attributes by which programs find what they look for. */
const told = ['id', 'class', 'name', 'value', 'type', 'src'] as const
const wanted = new Set(['button', 'a', 'input', 'img', 'label'])

/**
 * What programs see of a page: its visible texts in order, and buttons, links, inputs, images and labels by the attributes that name them. Layout, addresses and scripts are
 * left out.
 */
export function htmlOutline(html: string): string[] {
  const body = html
    .replace(/<!--.*?-->/gs, '')
    .replace(/<(script|head|style)\b.*?<\/\1>/gs, '')
    .replace(/<!DOCTYPE[^>]*>/i, '')
  const outline: string[] = []
  for (const [, tag, attributes, text] of body.matchAll(/<\/?([a-z0-9]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|([^<]+)/gi)) {
    if (text !== undefined) {
      const value = decodeEntities(text)
      if (value.trim() !== '') outline.push(`text ${value.trim()}`)
    } else if (wanted.has(tag!) && attributes !== '') {
      const named = told.flatMap((name) => {
        const found = new RegExp(`\\s${name}="([^"]*)"`).exec(attributes!)
        return found === null ? [] : [`${name}=${decodeEntities(found[1]!)}`]
      })
      if (named.length > 0) outline.push(`${tag} ${named.join(' ')}`)
    }
  }
  return outline
}
