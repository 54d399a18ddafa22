import { wordsOf } from '../../environments/webshop/agent/read-request.ts'
import type { Shopping } from '../../environments/webshop/agent/shopping.ts'
import type { ShopPrivilege } from './shop-privilege.ts'

/**
 * What to search for: first all words of the request that can describe goods, which is what anybody would write. After searches that led to nothing good those that
 * matter, which the hidden goal tells: without the options, then the kind of goods alone. Never a word that the request does not have, so that the student could have chosen them.
 */
export function teacherSearch({ request, searches }: Shopping, hidden: ShopPrivilege): string {
  const kind = wordsOf(hidden.query)
  const attributes = hidden.attributes.flatMap(wordsOf)
  const isKnown = (known: readonly string[]) => (word: string) => known.some((other) => sameStem(word, other))
  const wanted = [
    request.words,
    request.words.filter(isKnown([...kind, ...attributes])),
    request.words.filter(isKnown(kind)),
  ]
  for (const words of wanted.slice(searches.length)) {
    const query = words.join(' ')
    if (words.length > 0 && !searches.includes(query)) return query
  }
  return request.words.slice(0, 4).join(' ') || 'gift'
}

/** `boots` and `boot`: equal but for a plural. */
function sameStem(a: string, b: string): boolean {
  const stem = (word: string) => word.replace(/(?:'s|es|s)$/, '')
  return a === b || (stem(a).length > 2 && stem(a) === stem(b))
}
