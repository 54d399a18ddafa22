import { searching } from '../../../environments/intercode/agent/bash-agent.ts'
import { contentWords, drawName, fileStems, people, towns } from '../../../environments/intercode/generator/words.ts'
import { folderOf, nameOf, type World } from '../../../environments/intercode/generator/world.ts'
import type { Random } from '../../../support/random.ts'
import { drawLook, findNames, thingsOf } from './shell-look.ts'

/** A question about one moment, and its answer as a student would write it. */
export interface ShellQuestion {
  /** Stands where a request stands. */
  question: string
  reason: string
  /** The command, where the question asks for one. */
  action?: string
}

/** One moment at a shell: what can be asked about. */
export interface ShellSight {
  world: World
  /** Absolute paths that an output showed. */
  shown: readonly string[]
  /** Lines of the last output that a student sees. */
  lines: readonly string[]
}

type Maker = (sight: ShellSight, random: Random) => ShellQuestion | undefined

/** The reading and copying skills that the text teaches and the exam tests, one function each: undefined where the moment does not fit. None asks for a command that does something. */
export const shellQuestionMakers = {
  /** The full path of something that was named without its place. */
  place({ shown, world }, random) {
    const path = pick(shown, random)
    if (path === undefined || path === world.top) return undefined
    return {
      question: `${random.choice(['where is', 'now to'])} ${hiddenName(path, world)}`,
      reason: `The ${kindOf(path, world)} is ${path}.`,
    }
  },
  /** The full path of something, which the question says itself, among other words. */
  told({ world }, random) {
    const [path] = thingsOf(world, 1, random) as [string]
    const kind = kindOf(path, world)
    const around = [phrase(random), phrase(random)]
    return { question: `${around[0]} the ${kind} ${path} ${around[1]}`, reason: `The ${kind} is ${path}.` }
  },
  /** Two things at once. */
  both({ shown, world }, random) {
    const [first, second] = random.shuffle(shown.filter((path) => path !== world.top))
    if (first === undefined || second === undefined) return undefined
    const say = (path: string) => (random.next() < 0.5 ? hiddenName(path, world) : `the ${kindOf(path, world)} ${path}`)
    return {
      question: `where are ${say(first)} and ${say(second)}`,
      reason: `The ${kindOf(first, world)} is ${first}, the ${kindOf(second, world)} ${second}.`,
    }
  },
  /** The folder that something lies in, and a new name beside it. */
  beside({ shown, world }, random) {
    const files = shown.filter((path) => kindOf(path, world) === 'file')
    const path = pick(files.length > 0 && random.next() < 0.7 ? files : world.files.map((file) => file.path), random)!
    const fresh = `${drawName(random, fileStems)}.${random.choice(extensions)}`
    const isShown = files.includes(path)
    return {
      question: `${fresh} beside ${isShown ? hiddenName(path, world) : `the file ${path}`}`,
      reason: `${fresh} lies beside it, in ${folderOf(path)}: ${folderOf(path)}/${fresh}.`,
    }
  },
  /** The place of something inside another folder. */
  into({ world }, random) {
    const file = random.choice(world.files)
    const folder = random.choice([world.top, ...world.folders])
    return {
      question: `the file ${file.path} in ${folder}`,
      reason: `It is ${folder}/${file.name}.`,
    }
  },
  /** A search for what was named without its place. */
  look({ world, shown }, random) {
    const things = thingsOf(world, 1 + random.integer(2), random).filter((path) => !shown.includes(path))
    if (things.length === 0) return undefined
    const names = things.map(nameOf)
    const said = things.map((path) => hiddenName(path, world))
    return {
      question: `${phrase(random)} ${said.join(` ${phrase(random)} `)}`,
      reason: searching(names, world.top),
      action: findNames(world.top, names),
    }
  },
  /** Which word stands for which. */
  words(_, random) {
    const [from, to] = random.shuffle([...contentWords, ...people, ...towns]) as [string, string]
    const question = random.choice([
      `every ${from} by ${to}`,
      `${to} in place of ${from}`,
      `${to} for ${from}`,
      `${from} to ${to}`,
    ])
    return { question: `${phrase(random)} ${question}`, reason: `${from} becomes ${to}.` }
  },
  /** One word or number of the question, by what stands before it. */
  which(_, random) {
    const words = random.shuffle([...contentWords, ...people]).slice(0, 3) as [string, string, string]
    const numbers = words.map(() => 1 + random.integer(9))
    const labels = random.shuffle(['word', 'line', 'first', 'last', 'field', 'name']).slice(0, 3)
    const said = labels.map((label, index) => `${label} ${index % 2 === 0 ? words[index] : numbers[index]}`)
    const asked = random.integer(3)
    return {
      question: `${random.shuffle(said).join(` ${phrase(random)} `)}, which ${labels[asked]}`,
      reason: `${labels[asked]} ${asked % 2 === 0 ? words[asked] : numbers[asked]}`,
    }
  },
  /** A line of what was printed last. */
  line({ lines }, random) {
    if (lines.length === 0) return undefined
    const number = random.integer(lines.length)
    return { question: `line ${number + 1} of the output`, reason: lines[number]! }
  },
  /** Things that were shown and end in something. */
  endings({ shown, world }, random) {
    const files = shown.filter((path) => kindOf(path, world) === 'file')
    if (files.length < 2) return undefined
    const extension = random.next() < 0.7 ? extensionOf(random.choice(files)) : random.choice(extensions)
    const fits = files.filter((path) => extensionOf(path) === extension)
    return { question: `which of these end in .${extension}`, reason: fits.join(' ') || 'none' }
  },
  /** Writing down a command that only looks. */
  obey({ world }, random) {
    const { action } = drawLook(world, random)
    return { question: `run ${action}`, reason: 'I do as I am told.', action }
  },
} satisfies Record<string, Maker>

const extensions = ['txt', 'log', 'csv', 'md', 'sh', 'tmp', 'conf', 'json', 'py']
const extensionOf = (path: string) => path.slice(path.lastIndexOf('.') + 1)
const kindOf = (path: string, { folders }: World) => (folders.includes(path) ? 'folder' : 'file')
const hiddenName = (path: string, world: World) =>
  `the ${kindOf(path, world)} ${nameOf(path)} (somewhere under ${world.top})`
const pick = (paths: readonly string[], random: Random) => (paths.length === 0 ? undefined : random.choice(paths))

const fillers =
  'a all and by each for from in into its of on only or same than that the then this to what when which with'.split(' ')

/** Words around what is meant, which mean nothing: what matters has to be found among them. */
const phrase = (random: Random) =>
  Array.from({ length: 1 + random.integer(5) }, () =>
    random.next() < 0.7
      ? random.choice(fillers)
      : random.choice([...contentWords, '2', '3', '5', '.txt', '.log', 'lines', 'files', 'folders']),
  ).join(' ')
