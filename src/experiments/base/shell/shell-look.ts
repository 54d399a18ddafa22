import { nameOf, type World, type WorldFile } from '../../../environments/intercode/generator/world.ts'
import type { Random } from '../../../support/random.ts'

/** A command that only looks, and what it prints. */
export interface Look {
  action: string
  output: string
}

const lines = (...all: readonly string[]) => all.join('\n')

/** Paths of all that lies in a folder, at any depth, the folder first; a folder's entries in no order, as a disk has them. */
export function treeOf(world: World, folder: string): string[] {
  const below = [...world.folders, ...world.files.map(({ path }) => path)].filter((path) =>
    path.startsWith(`${folder}/`),
  )
  return [folder, ...below]
}

const entriesOf = (world: World, folder: string) =>
  treeOf(world, folder)
    .filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'))
    .map(nameOf)
    .filter((name) => !name.startsWith('.'))
    .sort()

/** Searches for one or two names, as a student does that was not told their place. */
export function lookForNames(world: World, names: readonly string[], random: Random): Look {
  const found = treeOf(world, world.top).filter((path) => names.includes(nameOf(path)))
  return { action: findNames(world.top, names), output: lines(...random.shuffle(found)) }
}

export const findNames = (top: string, names: readonly string[]) =>
  `find ${top} ${names.map((name) => `-name ${name}`).join(' -o ')}`

/** Looks at something. None of these commands changes anything, and no request is behind them. */
export function drawLook(world: World, random: Random): Look {
  const folder = random.choice([world.top, ...world.folders])
  const file = random.choice(world.files.filter((one) => one.lines.length > 0 && one.lines.length < 100))
  const makers: (() => Look)[] = [
    () => ({ action: `ls ${folder}`, output: lines(...entriesOf(world, folder)) }),
    () => ({ action: `find ${folder}`, output: lines(...random.shuffle(treeOf(world, folder))) }),
    () => ({ action: `cat ${file.path}`, output: lines(...file.lines) }),
    () => partOf(file, random),
    () => lookForNames(world, thingsOf(world, 1 + random.integer(2), random).map(nameOf), random),
  ]
  return random.choice(makers)()
}

function partOf({ path, lines: all }: WorldFile, random: Random): Look {
  const count = 1 + random.integer(5)
  return random.next() < 0.5
    ? { action: `head -n ${count} ${path}`, output: lines(...all.slice(0, count)) }
    : { action: `tail -n ${count} ${path}`, output: lines(...all.slice(-count)) }
}

/** Paths of different files and folders. */
export function thingsOf(world: World, count: number, random: Random): string[] {
  return random.shuffle([...world.folders, ...world.files.map(({ path }) => path)]).slice(0, count)
}
