import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox, SandboxProvider } from '../contract.ts'
import { until } from '../testing/host-view.ts'
import { makeCache, patience, type Shell, shellOf, smallRoot, tightLimits, whyNot } from '../testing/test-sandbox.ts'
import { ways } from '../testing/ways.ts'

const trial = makeCache()
const reason = await whyNot(() => ways[0]!.open(trial.path, tightLimits))
await trial.remove()
if (reason !== undefined) console.warn(`skipped: this machine cannot isolate by namespaces: ${reason}`)

/** Processes that this one has started, sandboxes among them. */
const children = () =>
  readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(/\s+/).filter(Boolean),
  )

describe.skipIf(reason !== undefined).each(ways)('$name', { timeout: patience }, (way) => {
  const cache = makeCache()
  let provider: SandboxProvider
  let sandbox: Sandbox
  let shell: Shell
  beforeAll(async () => {
    provider = await way.open(cache.path, tightLimits)
    sandbox = await provider.start(smallRoot)
    shell = shellOf(sandbox)
  }, patience)
  afterAll(async () => {
    await provider?.close()
    await cache.remove()
  })

  it('runs a command as root over its own files, with an environment of its own', async () => {
    const answer = await shell('id -u; hostname; echo "$HOME $HOSTNAME"; cat testbed/a.txt; cat /etc/hostname')
    expect(answer.text).toBe(`0\n${sandbox.hostname}\n/root ${sandbox.hostname}\nhello\n${sandbox.hostname}\n`)
    expect(answer).toMatchObject({ exitCode: 0 })
    expect(answer.cut).toBeUndefined()
    expect((await shell('env')).text).not.toContain('VITEST')
    expect(sandbox.hostname).toMatch(/^[0-9a-f]{12}$/)
  })

  it('keeps output and error output in order, and lets a command reopen them', async () => {
    const answer = await shell(
      'echo one >&2; echo two; echo three >&2; echo four >/dev/stdout; echo five >/dev/stderr; exit 7',
    )
    expect(answer.text).toBe('one\ntwo\nthree\nfour\nfive\n')
    expect(answer.exitCode).toBe(7)
  })

  it('gives all output of a command that ends right after it', async () => {
    const answer = await shell('for i in $(seq 8000); do echo $i; done')
    expect(answer.text.trim().split('\n')).toHaveLength(8000)
    expect(answer.text.endsWith('\n7999\n8000\n')).toBe(true)
  })

  it('reads nothing from the input', async () => {
    expect(await shell('cat; echo end')).toMatchObject({ text: 'end\n', exitCode: 0 })
  })

  it('gives what a background process prints soon after the command has ended', async () => {
    const answer = await shell('(sleep 0.3; echo late) & echo first')
    expect(answer).toMatchObject({ text: 'first\nlate\n', exitCode: 0 })
  })

  it('can be searched as a whole without a complaint', async () => {
    const { text, exitCode } = await shell('find / -path /usr -prune -o -path /lib -prune -o -name no-such-name')
    expect(text.split('\n').filter((line) => line.includes('/proc/'))).toEqual([])
    expect(exitCode).toBe(0)
    expect((await shell('df')).text).not.toMatch(/\/proc/)
  })

  it('starts in the folder that is named, and takes its name literally', async () => {
    expect((await shell('pwd', { directory: '/testbed/sub' })).text).toBe('/testbed/sub\n')
    const answer = await shell('pwd', { directory: '/testbed && ls' })
    expect(answer).toMatchObject({ cut: 'directory-missing', exitCode: 126 })
    expect(answer.text).toMatch(
      /^OCI runtime exec failed: .* chdir to cwd \("\/testbed && ls"\) .*no such file or directory: unknown\r\n$/,
    )
  })

  it('says in Docker’s words that a program is not there', async () => {
    const result = await sandbox.run({ argv: ['md5deep', '-r', '/testbed'] })
    expect(result).toMatchObject({ cut: 'program-missing', exitCode: 127 })
    expect(Buffer.from(result.output).toString()).toContain(
      'exec: "md5deep": executable file not found in $PATH: unknown',
    )
  })

  it('runs each action in a shell of its own on the same files', async () => {
    await shell('variable=1; echo kept >/testbed/kept.txt; cd /testbed')
    expect((await shell('echo "[$variable]"; pwd; cat /testbed/kept.txt')).text).toBe('[]\n/\nkept\n')
    await sandbox.reset()
    expect((await shell('cat /testbed/kept.txt')).exitCode).toBe(1)
  })

  it('starts from the description: files, permissions, links, and no empty folders', async () => {
    expect((await shell('cat testbed/link; testbed/run.sh')).text).toBe('hello\nran\n')
    expect((await shell('cd /testbed; ls')).text).toBe('a.txt\nlink\nrun.sh\nsub\n')
  })

  it('lists what changed against the start, and only that', async () => {
    await sandbox.reset()
    expect(await sandbox.changes()).toEqual([])
    await shell(
      'cd /testbed; echo hello >a.txt; echo x >new.txt; rm sub/b.txt; chmod 700 run.sh; ln -sfn /etc/passwd link; mkdir folder; echo x >/root/ignored; echo x >/etc/x',
    )
    expect(await sandbox.changes()).toEqual([
      { path: '/testbed/folder', change: 'added', type: 'directory', mode: 0o755 },
      { path: '/testbed/link', change: 'changed', type: 'link', mode: 0o777, hash: 'c5068b7c2b1707f8939b283a2758a691' },
      {
        path: '/testbed/new.txt',
        change: 'added',
        type: 'file',
        mode: 0o644,
        hash: '401b30e3b8b5d629635a5c613cdb7919',
      },
      {
        path: '/testbed/run.sh',
        change: 'changed',
        type: 'file',
        mode: 0o700,
        modeOnly: true,
        hash: expect.any(String),
      },
      { path: '/testbed/sub/b.txt', change: 'deleted', type: 'file' },
    ])
    await sandbox.reset()
    expect(await sandbox.changes()).toEqual([])
  })

  it('sees a change that hides behind the old size and the old time', async () => {
    await sandbox.reset()
    await shell('cd /testbed; touch -r a.txt /tmp.time; echo jello >a.txt; touch -r /tmp.time a.txt; rm /tmp.time')
    expect(await sandbox.changes()).toMatchObject([{ path: '/testbed/a.txt', change: 'changed', type: 'file' }])
  })

  it('keeps episodes apart', async () => {
    const other = await provider.start(smallRoot)
    await shell('echo mine >/testbed/mine')
    expect((await shellOf(other)('ls /testbed/mine')).exitCode).not.toBe(0)
    expect(other.hostname).not.toBe(sandbox.hostname)
    await other.close()
    await other.close()
    await expect(other.run({ argv: ['true'] })).rejects.toMatchObject({ code: 'SANDBOX_LOST' })
  })

  it('builds a snapshot once and says which programs there are', async () => {
    const snapshots = () => readdirSync(`${cache.path}/sandbox`).filter((name) => name.startsWith('small-'))
    expect(snapshots()).toHaveLength(1)
    await provider.prepare({ ...smallRoot })
    expect(snapshots()).toHaveLength(1)
    expect(await provider.available(['ls', 'no-such-program', 'grep'])).toEqual(['ls', 'grep'])
  })

  it('runs the script of a description, whatever its lines answer', async () => {
    const scripted = await provider.start({
      name: 'scripted',
      git: false,
      script: {
        path: '/setup.sh',
        text: '#!/bin/bash\nmkdir -p /data/deep\nfalse\nno-such-program\necho "$kind" >/data/a\n',
      },
      environment: { kind: 'scripted' },
    })
    expect((await shellOf(scripted)('cat /data/a; ls -d /data/deep /setup.sh; echo $kind')).text).toBe(
      'scripted\n/data/deep\n/setup.sh\nscripted\n',
    )
    await scripted.close()
  })

  it('lets files be of a certain age, but for those that the script dates itself', async () => {
    const aged = await provider.start({
      ...{ name: 'aged', age: 10, git: false },
      script: {
        path: '/setup.sh',
        text: 'mkdir /data; echo a >/data/first; sleep 0.02; echo b >/data/second; echo c >/data/own; touch -d "2020-02-03 04:05:06 UTC" /data/own',
      },
    })
    const run = shellOf(aged)
    expect((await run('find /data -mtime +8 -mtime -12 | sort')).text).toBe('/data\n/data/first\n/data/second\n')
    expect((await run('ls -t /data; ls -l --time-style=+%F /data/own | cut -d" " -f 6')).text).toBe(
      'second\nfirst\nown\n2020-02-03\n',
    )
    await aged.close()
  })

  it('ends when it is told to', async () => {
    const abort = new AbortController()
    const running = sandbox.run({ argv: ['sleep', '1000'], limits: { milliseconds: 60_000 }, signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    expect((await shell('echo on')).text).toBe('on\n')
  })

  it('ends what is just starting when it is closed', async () => {
    const place = makeCache()
    const own = await way.open(place.path, tightLimits)
    await own.prepare(smallRoot)
    const before = children().length
    const starting = Promise.allSettled([1, 2, 3].map(() => own.start(smallRoot)))
    await own.close()
    // Whoever asked hears of it in one way or another; what counts is that nothing stays.
    await starting
    await until(() => children().length <= before, 'the end of all that was started')
    await place.remove()
  })

  it('leaves nothing temporary in its folder', () => {
    const names = readdirSync(`${cache.path}/sandbox`)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})
