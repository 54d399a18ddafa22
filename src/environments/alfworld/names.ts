const entity = /[a-z]+ \d+/g

/** All names such as `mug 1` in a text, in order, without locations of the old text version (`loc 7`). */
export function namesIn(text: string): string[] {
  return (text.match(entity) ?? []).filter((name) => !name.startsWith('loc '))
}

/** `mug 1` -> `mug`. */
export function typeOf(name: string): string {
  const space = name.lastIndexOf(' ')
  return space < 0 ? name : name.slice(0, space)
}
