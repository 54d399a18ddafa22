import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { processesWith, until } from '../testing/host-view.ts'
import { makeCache, patience, shellOf, smallRoot, tightLimits, whyNot } from '../testing/test-sandbox.ts'
import { ways } from '../testing/ways.ts'

const trial = makeCache()
const reason = await whyNot(() => ways[0]!.open(trial.path, tightLimits))
await trial.remove()
if (reason !== undefined) console.warn(`skipped: this machine cannot isolate by namespaces: ${reason}`)

/** What is there of a process's control groups. Folders of others may vanish meanwhile, at which `find` complains. */
const groupsOf = (pid: number) =>
  spawnSync('find', ['/sys/fs/cgroup', '-maxdepth', '8', '-type', 'd', '-name', `leap-${pid}-*`], {
    encoding: 'utf8',
  }).stdout.trim()

it.skipIf(reason !== undefined)(
  'leaves no process, mount, control group, or file behind when Leap is killed',
  { timeout: patience },
  async () => {
    const cache = makeCache()
    const marker = `8${String(process.pid).padStart(7, '0')}`
    const mounts = () =>
      readFileSync('/proc/mounts', 'utf8')
        .split('\n')
        .filter((line) => /overlay|\/tmp\/m/.test(line))
    const before = mounts()
    const leap = spawn(
      process.execPath,
      [fileURLToPath(new URL('../testing/killed-leap.ts', import.meta.url)), cache.path, marker],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    leap.stdout.on('data', (data: Buffer) => {
      said += data.toString()
    })
    await until(() => said.includes('\n') || leap.exitCode !== null, 'the sandboxes of the other process')
    const { hostnames, description } = JSON.parse(said) as { hostnames: string[]; description: string }
    // The daemon, the command that hangs, and the script of the snapshot.
    await until(() => processesWith(`sleep ${marker}`).length >= 3, 'the processes in them')
    const keepers = () => hostnames.flatMap((hostname) => processesWith(hostname))
    expect(keepers().length).toBeGreaterThan(0)
    if (description.includes('cgroup')) expect(groupsOf(leap.pid!)).not.toBe('')

    leap.kill('SIGKILL')
    await once(leap, 'exit')
    await until(() => processesWith(`sleep ${marker}`).length === 0, 'the end of what ran inside')
    await until(() => keepers().length === 0, 'the end of the sandboxes')
    await until(() => groupsOf(leap.pid!) === '', 'the end of the control groups')
    expect(mounts()).toEqual(before)

    // What was half built goes too, and everything works.
    const halves = () => readdirSync(`${cache.path}/sandbox`).filter((name) => name.endsWith('.tmp'))
    await until(() => halves().length === 0, 'the end of what was half built')
    const provider = await ways[0]!.open(cache.path, tightLimits)
    const sandbox = await provider.start(smallRoot)
    expect((await shellOf(sandbox)('cat /testbed/a.txt')).text).toBe('hello\n')
    await provider.close()
    await cache.remove()
  },
)

it.skipIf(reason !== undefined)(
  'leaves no process or control group behind when Leap is killed while sandboxes start',
  { timeout: patience },
  async () => {
    const caches = [0, 1, 2, 3, 4, 5].map(() => makeCache())
    const killed = caches.map(async (cache, i) => {
      const leap = spawn(
        process.execPath,
        [fileURLToPath(new URL('../testing/starting-leap.ts', import.meta.url)), cache.path],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      const [description] = (await once(leap.stdout, 'data')) as [Buffer]
      await wait(100 + 60 * i)
      if (description.includes('cgroup')) await until(() => groupsOf(leap.pid!) !== '', 'a control group')
      leap.kill('SIGKILL')
      await once(leap, 'exit')
      return leap.pid!
    })
    // A control group can only go when every process of its sandbox has ended, wherever in its start it was.
    for (const pid of await Promise.all(killed))
      await until(() => groupsOf(pid) === '', `the end of the sandboxes of process ${pid}`)
    for (const cache of caches) await cache.remove()
  },
)
