import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { startProcessGroup } from './process-group.ts'

const env = process.env
const node = process.execPath
/** A command that starts another one, tells both process ids, and ends only when it is killed. */
const stubborn = `
const { spawn } = require('node:child_process')
const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')"], { stdio: ['ignore', 'pipe', 'inherit'] })
process.on('SIGTERM', () => {})
child.stdout.once('data', () => console.log(JSON.stringify([process.pid, child.pid])))
`
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const gone = async (pids: number[]) => {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe('a process group', () => {
  it('tells output line by line and the exit code', async () => {
    const lines: string[] = []
    const errors: string[] = []
    const script = "console.log('one\\ntwo'); console.error('three'); process.exit(7)"
    const group = startProcessGroup({
      command: [node, '-e', script],
      env,
      onLine: (line) => lines.push(line),
      onErrorLine: (line) => errors.push(line),
    })
    expect(await group.ended).toBe(7)
    expect({ lines, errors }).toEqual({ lines: ['one', 'two'], errors: ['three'] })
  })

  it('tells a command that is not there from one that was killed', async () => {
    expect(await startProcessGroup({ command: ['/no/such/command'], env }).ended).toBe(127)
    expect(await startProcessGroup({ command: [node, '-e', "process.kill(process.pid, 'SIGKILL')"], env }).ended).toBe(
      137,
    )
  })

  it('ends with all that it has started, even if they do not want to', async () => {
    const { promise, resolve: onLine } = Promise.withResolvers<string>()
    const group = startProcessGroup({ command: [node, '-e', stubborn], env, onLine, grace: 100 })
    const pids: number[] = JSON.parse(await promise)
    expect(pids.map(isAlive)).toEqual([true, true])
    await group.stop()
    await gone(pids)
  })

  it('ends when the process that started it is killed', async () => {
    const module = new URL('./process-group.ts', import.meta.url).href
    const script = `
      import { startProcessGroup } from ${JSON.stringify(module)}
      startProcessGroup({ command: ${JSON.stringify([node, '-e', stubborn])}, env: process.env, onLine: console.log, grace: 100 })
    `
    const parent = spawn(node, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [data] = (await once(parent.stdout, 'data')) as [Buffer]
    const pids: number[] = JSON.parse(data.toString('utf8'))
    expect(pids.map(isAlive)).toEqual([true, true])
    parent.kill('SIGKILL')
    await gone(pids)
  })
})
