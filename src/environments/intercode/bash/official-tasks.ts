import type { RootDescription } from '../sandbox/contract.ts'
import { bashTables, readBashTasks } from '../tasks/bash-tasks.ts'
import { type FileSystemName, fileSystemNames, ignoredNames } from '../tasks/file-systems.ts'
import { type OfficialFile, readOfficialFile } from '../tasks/official-files.ts'
import { hiddenPaths } from './hidden-paths.ts'
import type { BookedTask, TaskBook } from './task-book.ts'

/**
 * How the 200 tasks are divided: `paper`: file systems 1 and 2 train, 3 and 4 test (appendix D.4); `released-code`: the first 70 % of all, in order, train.
 */
export type OfficialDivision = 'paper' | 'released-code'

const scripts = {
  fs_1: 'setup_nl2b_fs_1.sh',
  fs_2: 'setup_nl2b_fs_2.sh',
  fs_3: 'setup_nl2b_fs_3.sh',
  fs_4: 'setup_nl2b_fs_4.sh',
  test: 'setup_fs.sh',
} as const satisfies Record<FileSystemName, OfficialFile>

/**
 * Days since each image was made. It decides tasks that search by time: in the recorded runs the first file system was between a week and a month old, the
 * others hours.
 */
const imageAges: Readonly<Record<FileSystemName, number>> = { fs_1: 10, fs_2: 0, fs_3: 0, fs_4: 0, test: 0 }

/** One task in seven of those that train is kept for choosing the best student; LEAP keeps 15 % of its rows. */
const heldOutEvery = 7

/**
 * The official tasks: `train`, `valid_seen` (held out of the training file systems), `test`, and `quick` (the 24 tasks of the PyPI package, which LEAP does
 * not use). Throws as `findOfficialFile` and `readTable`.
 */
export async function officialTasks(folder: string, division: OfficialDivision = 'paper'): Promise<TaskBook> {
  const roots = new Map<string, RootDescription>()
  const all: BookedTask[] = []
  for (const name of fileSystemNames) {
    roots.set(name, await officialRoot(folder, name))
    for (const task of await readBashTasks(folder, name))
      all.push({
        ...task,
        split: name === 'test' ? 'quick' : '',
        hidden: hiddenPaths(task.gold, task.query),
        ...(name === 'test' ? { shell: '/bin/sh' as const } : {}),
      })
  }
  const main = all.filter(({ split }) => split === '')
  for (const [index, task] of main.entries()) {
    const trains =
      division === 'paper'
        ? task.fileSystem === 'fs_1' || task.fileSystem === 'fs_2'
        : index < Math.trunc(0.7 * main.length)
    task.split = !trains ? 'test' : index % heldOutEvery === heldOutEvery - 1 ? 'valid_seen' : 'train'
  }
  const byId = new Map(all.map((task) => [task.id, task]))
  return {
    source: `${folder} (${division})`,
    splits: ['train', 'valid_seen', 'test', 'quick'],
    tasks: (split) => all.filter((task) => task.split === split),
    find: (id) => byId.get(id),
    rootOf: ({ fileSystem }) => roots.get(fileSystem)!,
  }
}

/** The file system of an image: its set-up script, run at `/` with errors passed over, then git's first commit. */
export async function officialRoot(folder: string, name: FileSystemName): Promise<RootDescription> {
  const { text } = await readOfficialFile(folder, scripts[name])
  const script = scripts[name]
  const version = /fs_(\d)/.exec(bashTables[name])?.[1]
  return {
    name: `intercode-${name}`,
    script: { path: `/${script}`, text },
    ignore: [...ignoredNames],
    age: imageAges[name],
    environment: version === undefined ? {} : { file_system_version: version, script },
  }
}
