import { posix } from 'node:path'

/** Rooms from the top down; rooms that share a place may import each other. */
export type RoomOrder = readonly (readonly string[])[]

/** The order of rooms in CONTRIBUTING.md: the indented lines `cli > report > leap.ts, experiments > ...`. Throws if there are none. */
export function readRoomOrder(contributing: string): RoomOrder {
  const chain = [...contributing.matchAll(/(?:^ {4}.*\n)+/gm)]
    .map(([block]) => block)
    .find((block) => block.includes(' > '))
  if (!chain) throw new Error('CONTRIBUTING.md: expected indented lines "room > room > ...", found none')
  return chain
    .split('>')
    .map((place) => place.split(',').map((room) => room.trim().replace(/\/$/, '').replace(/\.ts$/, '')))
}

/** Module names that a source imports, re-exports, loads on demand or starts as a worker. Comments do not count. */
export function importsOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const patterns = [
    /^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /new URL\([^)]*?['"](\.{1,2}\/[^'"]+\.ts)['"]/g,
  ]
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1]!))
}

/** Imports that point upwards or leave `src/`, as `file -> import`. Paths of files are relative to `src/`, with forward slashes. */
export function findUpwardImports(files: ReadonlyMap<string, string>, order: RoomOrder): string[] {
  const height = new Map(order.flatMap((rooms, index) => rooms.map((room) => [room, index] as const)))
  const roomOf = (path: string) => path.split('/')[0]!.replace(/\.ts$/, '')
  return [...files].flatMap(([file, source]) => {
    const from = height.get(roomOf(file))
    // Such as the public entry: it stands above all rooms and is imported by none.
    return importsOf(source)
      .filter((name) => name.startsWith('.'))
      .filter((name) => {
        const target = posix.normalize(posix.join(posix.dirname(file), name))
        const to = height.get(roomOf(target))
        return to === undefined || (from !== undefined && to < from)
      })
      .map((name) => `src/${file} -> ${name}`)
  })
}
