import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../contract.ts'
import { type FakeDocker, type FakeDockerOptions, openFakeDocker } from '../testing/fake-docker.ts'
import { until } from '../testing/host-view.ts'
import { makeCache, tightLimits } from '../testing/test-sandbox.ts'
import { openDockerProvider } from './docker-provider.ts'

const root = {
  name: 'small',
  files: [{ path: '/testbed/a.txt', type: 'file' as const, content: 'hello\n' }],
  environment: { kind: 'test' },
}

describe('the docker sandbox', () => {
  let place: ReturnType<typeof makeCache>
  let engine: FakeDocker | undefined
  beforeEach(() => {
    place = makeCache()
  })
  afterEach(async () => {
    await engine?.close()
    engine = undefined
    await place.remove()
  })

  const open = async (fake: Partial<FakeDockerOptions>, options: Partial<SandboxOptions> = {}) => {
    const socketPath = `${place.path}/docker.sock`
    engine = await openFakeDocker({
      ...{ socketPath, images: new Set(['base:1']), onExec: () => ({}) },
      ...fake,
    })
    return openDockerProvider({
      ...{ cacheDirectory: place.path, docker: { socketPath, image: 'base:1' }, limits: tightLimits, spares: 0 },
      ...options,
    })
  }
  const calls = (pattern: RegExp) => engine!.calls.filter(({ call }) => pattern.test(call))

  it('starts containers without network and with every limit, whose first process waits for Leap', async () => {
    const provider = await open({})
    const sandbox = await provider.start(root)
    const body = calls(/create/).at(-1)!.body as Record<string, unknown>
    expect(body).toMatchObject({
      ...{ Cmd: ['bash'], OpenStdin: true, StdinOnce: true, Tty: false, WorkingDir: '/', Hostname: sandbox.hostname },
      HostConfig: {
        ...{ NetworkMode: 'none', AutoRemove: true, PidsLimit: 40, SecurityOpt: ['no-new-privileges'] },
        Memory: tightLimits.memoryBytes + tightLimits.diskBytes,
        MemorySwap: tightLimits.memoryBytes + tightLimits.diskBytes,
        StorageOpt: { size: String(tightLimits.diskBytes) },
      },
    })
    expect(body.Env).toEqual(expect.arrayContaining(['HOME=/root', 'kind=test', `HOSTNAME=${sandbox.hostname}`]))
    expect(Object.keys(body.HostConfig as object)).not.toEqual(expect.arrayContaining(['Binds']))
    expect(Object.keys(body.HostConfig as object)).not.toEqual(expect.arrayContaining(['Privileged']))
    expect(provider).toMatchObject({ kind: 'docker', description: 'docker (engine 27.0.0, image base:1)' })
    await provider.close()
    expect(engine!.containers()).toEqual([])
    await until(() => engine!.streams() === 0, 'the end of all streams')
  })

  it('does without a limit of storage where the engine has none', async () => {
    const provider = await open({ refusesStorageLimit: true })
    await provider.start(root)
    expect(engine!.containers()).toHaveLength(1)
    await provider.close()
  })

  it('makes the image of a file system once', async () => {
    const provider = await open({})
    await provider.start(root)
    await provider.start(root)
    await provider.start({ ...root })
    expect(calls(/^POST \/commit/)).toHaveLength(1)
    expect(calls(/^PUT .*archive/)).toHaveLength(1)
    await provider.close()
  })

  it('hands on output and error output in order, however the frames are cut', async () => {
    const provider = await open({
      onExec: (argv) =>
        argv[2] === 'say'
          ? {
              frames: [
                [1, 'one\n'],
                [2, 'two\n'],
                [1, 'thrée\n'],
              ],
              exitCode: 3,
            }
          : {},
    })
    const sandbox = await provider.start(root)
    const result = await sandbox.run({ argv: ['/bin/bash', '-c', 'say'], directory: '/testbed' })
    expect(Buffer.from(result.output).toString()).toBe('one\ntwo\nthrée\n')
    expect(result).toMatchObject({ exitCode: 3 })
    expect(result.cut).toBeUndefined()
    expect(calls(/exec$/).at(-1)!.body).toMatchObject({ WorkingDir: '/testbed', Tty: false, AttachStdin: false })
    await provider.close()
  })

  it('tells commands that could not start from those that failed', async () => {
    const said = (what: string) => ({
      frames: [[1, `OCI runtime exec failed: exec failed: ${what}: unknown\r\n`] as const],
      exitCode: 126,
    })
    const provider = await open({
      onExec: (argv) =>
        argv[0] === 'cwd'
          ? said('chdir to cwd ("/x") set in config.json failed')
          : argv[0] === 'program'
            ? said('exec: "program"')
            : {},
    })
    const sandbox = await provider.start(root)
    expect((await sandbox.run({ argv: ['cwd'] })).cut).toBe('directory-missing')
    expect((await sandbox.run({ argv: ['program'] })).cut).toBe('program-missing')
    await provider.close()
  })

  it('kills what hangs and what prints without end, from inside', async () => {
    const provider = await open({
      onExec: (argv) =>
        argv[0] === 'hang'
          ? { hangs: true }
          : argv[0] === 'yes'
            ? { hangs: true, frames: [[1, 'y\n'.repeat(5000)]] }
            : {},
    })
    const sandbox = await provider.start(root)
    expect(await sandbox.run({ argv: ['hang'], limits: { milliseconds: 50 } })).toMatchObject({
      cut: 'time',
      exitCode: 137,
    })
    const many = await sandbox.run({ argv: ['yes'], limits: { outputBytes: 1000 } })
    expect(many).toMatchObject({ cut: 'output', exitCode: 137 })
    expect(many.output).toHaveLength(1000)
    expect(engine!.calls.filter(({ body }) => JSON.stringify(body).includes('kill -9 -1'))).toHaveLength(2)
    await provider.close()
  })

  it('says that memory ended a command', async () => {
    const provider = await open({ onExec: (argv) => (argv[0] === 'hog' ? { exitCode: 137 } : {}) })
    const sandbox = await provider.start(root)
    expect(await sandbox.run({ argv: ['hog'] })).toMatchObject({ cut: 'memory', exitCode: 137 })
    await provider.close()
  })

  it('lists what differs from an untouched container, not what was merely written', async () => {
    const file = (content: string, mode = 0o644) => ({ type: 'file' as const, content, mode })
    const provider = await open({
      changes: [
        { Path: '/testbed', Kind: 0 },
        { Path: '/testbed/a.txt', Kind: 0 },
        { Path: '/testbed/same.txt', Kind: 0 },
        { Path: '/testbed/new.txt', Kind: 1 },
        { Path: '/testbed/gone.txt', Kind: 2 },
        { Path: '/testbed/link', Kind: 1 },
        { Path: '/root/.bash_history', Kind: 1 },
      ],
      files: {
        live: {
          '/testbed': { type: 'directory', mode: 0o755 },
          '/testbed/a.txt': file('changed\n'),
          '/testbed/same.txt': file('same\n'),
          '/testbed/new.txt': file('x\n'),
          '/testbed/link': { type: 'symlink', content: '/etc/passwd' },
        },
        pristine: {
          '/testbed': { type: 'directory', mode: 0o755 },
          '/testbed/a.txt': file('hello\n'),
          '/testbed/same.txt': file('same\n'),
          '/testbed/gone.txt': file('old\n'),
        },
      },
    })
    const sandbox = await provider.start(root)
    expect(await sandbox.changes()).toEqual([
      { path: '/testbed/a.txt', change: 'changed', type: 'file', mode: 0o644, hash: expect.any(String) },
      { path: '/testbed/gone.txt', change: 'deleted', type: 'file' },
      { path: '/testbed/link', change: 'added', type: 'link', mode: 0o777, hash: 'c5068b7c2b1707f8939b283a2758a691' },
      {
        path: '/testbed/new.txt',
        change: 'added',
        type: 'file',
        mode: 0o644,
        hash: '401b30e3b8b5d629635a5c613cdb7919',
      },
    ])
    // The untouched one is gone again.
    expect(engine!.containers()).toHaveLength(1)
    await provider.close()
  })

  it('takes a fresh container at every reset and keeps spares', async () => {
    const provider = await open({}, { spares: 1 })
    const sandbox = await provider.start(root)
    const before = sandbox.hostname
    await sandbox.reset()
    expect(sandbox.hostname).not.toBe(before)
    await until(() => engine!.containers().length === 2, 'the spare')
    await provider.close()
    expect(engine!.containers()).toEqual([])
  })

  it('says what is missing: an engine, an image', async () => {
    const nowhere = { cacheDirectory: place.path, docker: { socketPath: `${place.path}/nowhere` } }
    await expect(openDockerProvider(nowhere)).rejects.toMatchObject({ code: 'DOCKER_UNREACHABLE' })
    await expect(open({ images: new Set() })).rejects.toMatchObject({ code: 'DOCKER_IMAGE_MISSING' })
  })

  it('fails clearly when a file system cannot be set up', async () => {
    const provider = await open({ onExec: () => ({ exitCode: 1, frames: [[2, 'no git\n']] }) })
    await expect(provider.start(root)).rejects.toMatchObject({
      code: 'SANDBOX_SETUP_FAILED',
      message: expect.stringContaining('no git'),
    })
    expect(engine!.containers()).toEqual([])
    await provider.close()
  })
})
