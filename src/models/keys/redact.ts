/** What stands where a key stood. */
export const redacted = '[key]'

/** Shapes of keys and of places where keys stand, for those that nobody told us about (a proxy's, one that a server repeats half masked). */
const shapes: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9*_-]{6,}/g,
  /\bAIza[A-Za-z0-9*_-]{10,}/g,
  /(?<=\b[Bb]earer\s+)[A-Za-z0-9._~+/*=-]{4,}/g,
  /(?<=[?&](?:api[-_]?key|key|token|access_token)=)[^&\s"']+/gi,
  /(?<=:\/\/)[^/\s:@]*:[^/\s@]+(?=@)/g,
]

/** The text without keys: those given, wherever they stand, and whatever has the shape of one. */
export function redactKeys(text: string, keys: readonly string[]): string {
  let clean = text
  for (const key of keys)
    for (const form of new Set([key, encodeURIComponent(key)]))
      if (form.length > 3) clean = clean.replaceAll(form, redacted)
  for (const shape of shapes) clean = clean.replace(shape, redacted)
  return clean
}
