import { glob, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'

/** A file that may be a recorded run; `isNamed` where somebody named this very file, so that it must be one. */
export interface LogFile {
  path: string
  isNamed: boolean
}

/**
 * The files that paths, folders (their `.json` files, at any depth) and patterns (`results/bash/**\/*.json`) stand for, in order, each once.
 * Throws a LeapError `LOG_UNREADABLE` for what stands for nothing.
 */
export async function findLogs(wanted: readonly string[], cwd: string): Promise<LogFile[]> {
  const found = new Map<string, LogFile>()
  const add = (path: string, isNamed: boolean) => {
    if (!found.has(path)) found.set(path, { path, isNamed })
  }
  for (const name of wanted) {
    const path = resolve(cwd, name)
    const entry = await stat(path).catch(() => undefined)
    if (entry?.isFile()) add(path, true)
    else {
      const files = entry?.isDirectory() ? await jsonBelow(path) : await matching(name, cwd)
      if (files.length === 0) throw nothing(name, entry?.isDirectory() === true)
      for (const file of files) add(file, false)
    }
  }
  return [...found.values()]
}

async function jsonBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function matching(pattern: string, cwd: string): Promise<string[]> {
  if (!/[*?[{]/.test(pattern)) return []
  const files: string[] = []
  for await (const file of glob(pattern, { cwd })) {
    const path = resolve(cwd, file)
    if ((await stat(path)).isFile()) files.push(path)
  }
  return files.sort()
}

const nothing = (name: string, isFolder: boolean) =>
  new LeapError({
    code: 'LOG_UNREADABLE',
    message: `${name}: expected recorded runs of InterCode (JSON), found ${isFolder ? 'no .json file in this folder' : 'no such file or folder'}`,
    remedy:
      "Give the logs that InterCode's experiments wrote: files, folders or patterns, for example --logs results/bash.",
  })
