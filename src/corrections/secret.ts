/** A privileged string as the leak check understands it; see {@link parseSecret}. */
export type Secret =
  | { kind: 'term'; text: string; term: string }
  | { kind: 'pair'; text: string; object: string; place: string }

/** Splits `mug 1 @ cabinet 3` into object and place; anything else is a term. The text stays as it was, for reports. */
export function parseSecret(text: string): Secret {
  const at = text.indexOf(' @ ')
  const object = text.slice(0, at).trim()
  const place = text.slice(at + 3).trim()
  if (at < 0 || object === '' || place === '') return { kind: 'term', text, term: text.trim() }
  return { kind: 'pair', text, object, place }
}
