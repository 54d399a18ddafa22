import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { RootDescription, SandboxProvider } from '../src/environments/intercode/sandbox/contract.ts'
import { openSandbox } from '../src/environments/intercode/sandbox/open-sandbox.ts'
import { makeSmallRootfs } from '../src/environments/intercode/sandbox/testing/small-rootfs.ts'

const execute = promisify(execFile)
const rounds = 40
const root: RootDescription = {
  name: 'bench',
  files: Array.from({ length: 40 }, (_, i) => ({
    path: `/testbed/dir${i % 5}/file${i}.txt`,
    type: 'file' as const,
    content: `line ${i}\n`.repeat(20),
  })),
}
const command = ['/bin/bash', '-c', 'find /testbed -name "*1.txt"']

/** Prints what a sandbox costs: start, command, list of changes, reset; and beside it, in the same rounds, a fresh chroot or sandbox per command. */
export async function run(print: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(`${tmpdir()}/leap-bench-`)
  // Two providers, since spares that start in the background would be measured with whatever runs meanwhile.
  const provider = await openSandbox({ cacheDirectory: folder, spares: 0 })
  const ahead = await openSandbox({ cacheDirectory: folder, spares: 1 })
  try {
    await provider.prepare(root)
    print(`${provider.description}`)
    const times = await measure(provider, ahead, folder)
    for (const [name, list] of Object.entries(times))
      if (list.length > 0) print(`  ${name.padEnd(52)} ${describe(list)}`)
    const per = median(times[commandName]!)
    for (const name of [chrootName, freshName])
      if (times[name]!.length > 0)
        print(`  ${name}: ${(median(times[name]!) / per).toFixed(1)} times a command in a sandbox that is there`)
  } finally {
    await provider.close()
    await ahead.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const spawnName = 'a process of the host that does nothing'
const startName = 'start'
const commandName = 'command'
const changesName = 'changes after a command that writes'
const resetName = 'reset'
const aheadName = 'reset with a spare at hand'
const chrootName = 'command in a fresh copy under chroot (no isolation)'
const freshName = 'command in a fresh sandbox'

async function measure(
  provider: SandboxProvider,
  ahead: SandboxProvider,
  folder: string,
): Promise<Record<string, number[]>> {
  const names = [spawnName, startName, commandName, changesName, resetName, aheadName, chrootName, freshName]
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]))
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const result = await work()
    times[name]!.push(performance.now() - start)
    return result
  }
  const source = makeSmallRootfs(`${folder}/source`)
  const prepared = await ahead.start(root)
  const isRoot = process.getuid?.() === 0
  for (let round = 0; round < rounds; round++) {
    await timed(spawnName, () => execute('/bin/true'))
    const sandbox = await timed(startName, () => provider.start(root))
    await sandbox.run({ argv: command })
    await timed(commandName, () => sandbox.run({ argv: command }))
    await sandbox.run({ argv: ['/bin/bash', '-c', 'echo x >>/testbed/dir1/file1.txt; touch /testbed/new'] })
    await timed(changesName, () => sandbox.changes())
    await timed(resetName, () => sandbox.reset())
    await sandbox.close()
    // An agent thinks longer than this between two episodes.
    await wait(150)
    await timed(aheadName, () => prepared.reset())
    await timed(freshName, async () => {
      const fresh = await provider.start(root)
      await fresh.run({ argv: command })
      await fresh.close()
    })
    // chroot needs root, which is one reason for not using it.
    if (isRoot && round % 4 === 0)
      await timed(chrootName, async () => {
        const copy = `${folder}/copy`
        await cp(source, copy, { recursive: true, verbatimSymlinks: true })
        await execute('chroot', [copy, '/bin/bash', '-c', 'find /tmp'])
        await rm(copy, { recursive: true, force: true })
      })
  }
  return times
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!
}

function describe(list: readonly number[]): string {
  return `${median(list).toFixed(1)} ms (best ${Math.min(...list).toFixed(1)}, ${list.length} times)`
}
