import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashText } from '../support/hash.ts'
import { inspectLock, type LockMachine, takeLock, thisMachine } from './lock.ts'

let folder: string
let count = 0
const fresh = () => join(folder, `${count++}`, 'lock.json')
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-lock-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const machine = (pid: number, alive: Record<number, string>, host = 'here'): LockMachine => ({
  pid,
  host,
  processStart: async (asked) => alive[asked],
})

describe('takeLock', () => {
  it('lets one in, keeps the other out and names the holder', async () => {
    const path = fresh()
    const lock = await takeLock(path, { now: 0, machine: machine(1, { 1: 'a', 2: 'b' }) })
    await expect(takeLock(path, { now: 1, machine: machine(2, { 1: 'a', 2: 'b' }) })).rejects.toMatchObject({
      code: 'RUN_LOCKED',
      message: expect.stringContaining('process 1 on here since 1970-01-01T00:00:00.000Z'),
    })
    await lock.release()
    const next = await takeLock(path, { now: 1, machine: machine(2, { 2: 'b' }) })
    await lock.release()
    expect((await inspectLock(path, machine(3, { 2: 'b' })))?.alive).toBe(true)
    await next.release()
    expect(await readdir(join(path, '..'))).toEqual([])
  })

  it('takes over from a dead process and from one whose pid was given to another', async () => {
    for (const alive of [{ 2: 'b' }, { 1: 'started later', 2: 'b' }]) {
      const path = fresh()
      await takeLock(path, { now: 0, machine: machine(1, { 1: 'a' }) })
      expect((await inspectLock(path, machine(2, alive)))?.alive).toBe(false)
      await takeLock(path, { now: 1, machine: machine(2, alive) })
      expect(JSON.parse(await readFile(path, 'utf8')).pid).toBe(2)
    }
  })

  it('does not take over from another machine, nor a lock that it cannot read', async () => {
    const path = fresh()
    await takeLock(path, { now: 0, machine: machine(1, { 1: 'a' }, 'elsewhere') })
    await expect(takeLock(path, { now: 1, machine: machine(2, { 2: 'b' }) })).rejects.toThrow('on elsewhere')
    await writeFile(path, 'garbage')
    await expect(takeLock(path, { now: 1, machine: machine(2, { 2: 'b' }) })).rejects.toMatchObject({
      code: 'RUN_LOCKED',
    })
  })

  it('lets exactly one of many in, over a stale lock and over claimants that died', async () => {
    for (let round = 0; round < 20; round++) {
      const path = fresh()
      const alive = Object.fromEntries(Array.from({ length: 12 }, (_, pid) => [pid + 1, `start ${pid}`]))
      await takeLock(path, { now: 0, machine: machine(99, { 99: 'a' }) })
      if (round % 2 === 1) {
        const dead = await readFile(path, 'utf8')
        await writeFile(`${path}.${hashText([dead])}.claim`, dead.replace('"pid":99', '"pid":98'))
      }
      const tries = await Promise.allSettled(
        Array.from({ length: 12 }, (_, pid) => takeLock(path, { now: 1, machine: machine(pid + 1, alive) })),
      )
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await readdir(join(path, '..'))).toEqual(['lock.json'])
    }
  })

  it('tells a real living process from a real dead one', async () => {
    expect(await thisMachine.processStart(process.pid)).toBeDefined()
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const pid = child.pid!
    expect(await thisMachine.processStart(pid)).toBeDefined()
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    expect(await thisMachine.processStart(pid)).toBeUndefined()
  })
})
