import { gzipSync } from 'node:zlib'
import { createRandom, type Random } from '../../../support/random.ts'
import type { FileEntry } from '../sandbox/contract.ts'
import {
  contentWords,
  drawName,
  drawNames,
  fileStems,
  folderNames,
  levels,
  people,
  topNames,
  towns,
  unseenTopNames,
} from './words.ts'
import { nameOf, type World, type WorldFile } from './world.ts'

/** Extensions of every world's files: as many of each as make all templates possible. */
const extensions = [
  ...[
    'txt',
    'txt',
    'txt',
    'txt',
    'log',
    'log',
    'log',
    'csv',
    'csv',
    'md',
    'md',
    'sh',
    'sh',
    'py',
    'json',
    'conf',
    'tmp',
    'tmp',
  ],
]

/** Files are from 2019 to 2021 or from 2023 to 2024, so that "before 2022" is clear whatever day it is. */
const early = Date.UTC(2019, 0, 1) / 1000
const late = Date.UTC(2023, 0, 1) / 1000
const twoYears = 2 * 365 * 86_400

/** The file system of a seed and a number; unseen ones have top folders that no other has. */
export function generateWorld(seed: number, split: 'seen' | 'unseen', index: number): World {
  const random = createRandom(seed, 'intercode world', split, index)
  const top = `/${drawName(random, split === 'seen' ? topNames : unseenTopNames)}`
  const stems = drawNames(random, fileStems, extensions.length + 4)
  const folders = drawFolders(random, top)
  const files: WorldFile[] = extensions.map((extension, number) => {
    // Every folder holds a file: empty ones do not exist, as after InterCode's reset.
    const folder = folders[number] ?? random.choice([top, ...folders, ...folders])
    const name = `${stems[number]}.${extension}`
    const modified = (random.next() < 0.4 ? early : late) + random.integer(twoYears)
    const executable = extension === 'sh' && number % 2 === 1
    return {
      path: `${folder}/${name}`,
      name,
      folder,
      extension,
      lines: drawLines(random, extension, number),
      executable,
      modified,
    }
  })
  const spare = stems.slice(extensions.length)
  const hidden: WorldFile = {
    ...files[0]!,
    path: `${top}/.${spare[0]}`,
    name: `.${spare[0]}`,
    folder: top,
    extension: '',
  }
  const empty: WorldFile[] = [1, 2].map((number) => {
    const folder = random.choice(folders)
    const name = `${spare[number]}.dat`
    return { ...files[0]!, path: `${folder}/${name}`, name, folder, extension: 'dat', lines: [] }
  })
  const packed = packedEntry(random, folders, spare[3]!)
  const all = [...files, hidden, ...empty]
  return { name: `leap-${split}-${seed}-${index}`, top, folders, files: all, entries: [...all.map(entryOf), packed] }
}

/** Four to six folders, some inside others; each holds something, since the reward does not see empty ones. */
function drawFolders(random: Random, top: string): string[] {
  const folders: string[] = []
  for (const name of drawNames(random, folderNames, 4 + random.integer(3))) {
    const parent = random.choice([top, top, ...folders.filter((folder) => folder.split('/').length < 4)])
    folders.push(`${parent}/${name}`)
  }
  return folders
}

function drawLines(random: Random, extension: string, number: number): string[] {
  const count = 5 + random.integer(10)
  const lines = (line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index))
  const word = () => random.choice(contentWords)
  switch (extension) {
    case 'csv':
      return lines(() => `${random.choice(people)},${random.choice(towns)},${10 + random.integer(90)}`)
    case 'log':
      return lines(() => `${random.choice(levels)} ${word()} ${100 + random.integer(900)}`)
    case 'sh':
      return ['#!/bin/sh', ...lines(() => `echo ${word()}`)]
    case 'py':
      return lines(() => `print('${word()}')`)
    case 'json':
      return ['{', ...lines((index) => `  "${word()}${index}": ${random.integer(100)},`), '  "last": 0', '}']
    case 'conf':
      return lines((index) => `${word()}${index}=${random.choice(towns)}`)
    default:
      // One text of each world is long, for requests about size.
      return number === 0
        ? Array.from({ length: 160 }, (_, index) => `${index + 1} ${word()} ${word()} ${word()}`)
        : lines(() => (random.next() < 0.35 ? word() : `${word()} ${word()} ${random.choice(people)}`))
  }
}

function packedEntry(random: Random, folders: readonly string[], stem: string): FileEntry {
  const lines = Array.from({ length: 12 + random.integer(20) }, () => random.choice(contentWords))
  const content = gzipSync(`${lines.join('\n')}\n`)
  return { path: `${random.choice(folders)}/${stem}.gz`, type: 'file', content, modified: late }
}

const entryOf = ({ path, lines, executable, modified }: WorldFile): FileEntry => ({
  path,
  type: 'file',
  content: lines.map((line) => `${line}\n`).join(''),
  mode: executable ? 0o755 : 0o644,
  modified,
})

/** Path of the world's packed file. */
export const packedFile = (world: World): string => world.entries.find(({ path }) => path.endsWith('.gz'))!.path

/** True if no two entries share their last part. */
export const hasUniqueNames = ({ entries, folders }: World): boolean => {
  const names = [...entries.map(({ path }) => nameOf(path)), ...folders.map(nameOf)]
  return new Set(names).size === names.length
}
