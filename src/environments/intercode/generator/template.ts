import type { Random } from '../../../support/random.ts'
import { packedFile } from './generate-world.ts'
import { contentWords, drawName, fileStems, people } from './words.ts'
import { nameOf, type World, type WorldFile } from './world.ts'

/** A request, the command that does it, and what has to be seen before the command can be written. */
export interface DrawnTask {
  query: string
  gold: string
  /** A sentence that a student could say for the command, without the command. */
  reason: string
}

export type TemplateKind = 'find' | 'count' | 'text' | 'change' | 'archive'

/** A kind of request. */
export interface Template {
  name: string
  kind: TemplateKind
  draw(draw: Draw): DrawnTask
}

/** A thing that a request names: in full, or by its name alone, so that its place has to be found first. */
export interface Reference {
  /** As the request names it. */
  said: string
  path: string
  name: string
}

/** What templates draw from. */
export class Draw {
  readonly #random: Random
  readonly world: World
  /** Names that the request gives without their place. */
  readonly hidden: Reference[] = []
  /** What was named before: a request names a file once. */
  readonly #named = new Set<string>()

  constructor(world: World, random: Random) {
    this.world = world
    this.#random = random
  }

  get top(): string {
    return this.world.top
  }

  /** One of several ways to say it. */
  say(...wordings: string[]): string {
    return this.#random.choice(wordings)
  }

  number(from: number, to: number): number {
    return from + this.#random.integer(to - from + 1)
  }

  /** A text file with some lines. */
  file(...extensions: string[]): Reference & { file: WorldFile } {
    const wanted = extensions.length > 0 ? extensions : ['txt', 'log', 'csv', 'md', 'conf']
    const fits = this.world.files.filter(
      ({ extension, lines, path }) =>
        wanted.includes(extension) && lines.length > 0 && lines.length < 100 && !this.#named.has(path),
    )
    const file = this.#random.choice(fits)
    return { ...this.#refer(file.path, 'the file'), file }
  }

  /** A text file that does not lie in the top folder itself. */
  fileBelow(): Reference & { file: WorldFile } {
    const fits = this.world.files.filter(({ folder, lines }) => folder !== this.top && lines.length > 0)
    const file = this.#random.choice(fits)
    return { ...this.#refer(file.path, 'the file'), file }
  }

  folder(except?: string): Reference {
    return this.#refer(this.#random.choice(this.world.folders.filter((folder) => folder !== except)), 'the folder')
  }

  packed(): Reference {
    return this.#refer(packedFile(this.world), 'the file')
  }

  extension(): string {
    return this.#random.choice(['txt', 'log', 'csv', 'md', 'sh', 'tmp'])
  }

  /** A word of some line of a file. */
  wordOf({ lines }: WorldFile): string {
    return this.#random.choice(lines.flatMap((line) => line.match(/[a-z]{3,}/g) ?? []))
  }

  word(): string {
    return this.#random.choice(contentWords)
  }

  person(): string {
    return this.#random.choice(people)
  }

  /** A name that nothing has yet. */
  freshName(extension: string): string {
    const taken = new Set([...this.world.files.map(({ name }) => name), ...this.world.folders.map(nameOf)])
    for (;;) {
      const name = `${drawName(this.#random, fileStems)}.${extension}`
      if (!taken.has(name)) return name
    }
  }

  #refer(path: string, what: string): Reference {
    this.#named.add(path)
    const name = nameOf(path)
    const reference = { path, name, said: `${what} ${path}` }
    if (this.#random.next() < 0.35) return reference
    this.hidden.push(reference)
    return { ...reference, said: `${what} ${name} (somewhere under ${this.top})` }
  }
}
