import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import Docker from 'dockerode'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox, SandboxProvider } from '../contract.ts'
import { processesWith, until } from '../testing/host-view.ts'
import { makeCache, patience, type Shell, shellOf, smallRoot, tightLimits, whyNot } from '../testing/test-sandbox.ts'
import { openDockerProvider } from './docker-provider.ts'

/** An image with bash and coreutils, for example `ubuntu:22.04`; the engine is where DOCKER_HOST says. */
const image = process.env.LEAP_TEST_DOCKER_IMAGE
const cache = makeCache()
const open = () =>
  openDockerProvider({
    ...{ cacheDirectory: cache.path, limits: tightLimits, spares: 0 },
    ...(image === undefined ? {} : { docker: { image } }),
  })
const reason =
  image === undefined
    ? 'no image is named by LEAP_TEST_DOCKER_IMAGE (with git, for example one of InterCode’s)'
    : await whyNot(open)
if (reason !== undefined) console.warn(`the docker sandbox is tested against a stand-in only: ${reason}`)
afterAll(() => cache.remove())

/** The stand-in of the other tests says what an engine is asked; here an engine answers. Attacks are bounded as those on the other sandboxes. */
describe.skipIf(reason !== undefined)('the docker sandbox on a real engine', { timeout: patience }, () => {
  const docker = new Docker()
  let provider: SandboxProvider
  let sandbox: Sandbox
  let shell: Shell
  const marker = `7${String(process.pid).padStart(7, '0')}`
  const containers = async (pid: number) =>
    docker.listContainers({ all: true, filters: { label: [`leap.process=${pid}`] } })

  beforeAll(async () => {
    provider = await open()
    sandbox = await provider.start(smallRoot)
    shell = shellOf(sandbox)
  }, patience)
  beforeEach(() => sandbox.reset())
  afterAll(async () => {
    await provider.close()
    await until(() => processesWith(marker).length === 0, 'the end of all that was started')
    expect(await containers(process.pid)).toEqual([])
  }, patience)

  const expectClean = async () => {
    await sandbox.reset()
    expect((await shell('cat /testbed/a.txt')).text).toBe('hello\n')
    expect(await sandbox.changes()).toEqual([])
    await until(() => processesWith(marker).length === 0, 'the end of the attack')
  }

  it('runs commands as they are, in the folder that is named, and says what cannot be run', async () => {
    expect(await shell('pwd; echo $HOSTNAME; id -u; cat nothing', { directory: '/testbed/sub' })).toMatchObject({
      text: `/testbed/sub\n${sandbox.hostname}\n0\ncat: nothing: No such file or directory\n`,
      exitCode: 1,
    })
    expect((await sandbox.run({ argv: ['no-such-program'] })).cut).toBe('program-missing')
    expect((await sandbox.run({ argv: ['/bin/true'], directory: '/no/such/folder' })).cut).toBe('directory-missing')
  })

  it('lists what differs from the start, and nothing after a reset', async () => {
    expect(await sandbox.changes()).toEqual([])
    await shell(
      'cd /testbed; echo x >>a.txt; rm sub/b.txt; echo new >c.txt; ln -s / to-root; touch run.sh; chmod 600 link',
    )
    const changes = await sandbox.changes()
    const find = (name: string) => changes.find(({ path }) => path === `/testbed/${name}`)
    expect(find('a.txt')).toMatchObject({ change: 'changed', type: 'file' })
    expect(find('sub/b.txt')).toMatchObject({ change: 'deleted' })
    expect(find('c.txt')).toMatchObject({ change: 'added', type: 'file', hash: '9cd599a3523898e6a12e13ec787da50a' })
    expect(find('to-root')).toMatchObject({ change: 'added', type: 'link' })
    expect(find('run.sh')).toBeUndefined()
    await expectClean()
  })

  it('has no network, no host, no terminal', async () => {
    const { text } = await shell(
      [
        `cut -d: -f1 /proc/net/dev | tail -n +3`,
        '(exec 3<>/dev/tcp/8.8.8.8/53) 2>&1',
        `ls /proc | grep -x ${process.pid}; cat ${cache.path}/* ${process.cwd()}/package.json 2>/dev/null`,
        'cat /proc/*/environ 2>/dev/null | tr "\\0" "\\n" | grep VITEST; (echo >/dev/tty) 2>&1; echo end',
      ].join('\n'),
    )
    const lines = text
      .trim()
      .split('\n')
      .map((line) => line.trim())
    expect(lines[0]).toBe('lo')
    expect(text).toContain('Network is unreachable')
    expect(text).toMatch(/\/dev\/tty: No such device/)
    expect(lines.filter((line) => /^\d+$|VITEST|"name"/.test(line))).toEqual([])
  })

  it('ends a fork bomb, a memory hog, a full disk and endless output', async () => {
    const bomb = await shell(`: ${marker}; bomb() { bomb & bomb & sleep ${marker}; }; bomb; wait`, {
      limits: { milliseconds: 3000 },
    })
    expect(bomb.text).toMatch(/fork|Resource temporarily unavailable|retry/i)
    await expectClean()
    const hog = await shell('head -c 600M /dev/zero | tail -c 500M | wc -c')
    expect(hog.cut === 'memory' || /memory exhausted|Killed|cannot allocate|^0\n$/i.test(hog.text), hog.text).toBe(true)
    await expectClean()
    expect((await shell('head -c 20M /dev/zero >/big')).text).toMatch(/File size limit|File too large|No space left/)
    const endless = await sandbox.run({
      argv: ['/bin/bash', '-c', `while :; do echo ${marker}; done`],
      limits: { milliseconds: 60_000, outputBytes: 100_000 },
    })
    expect(endless).toMatchObject({ cut: 'output', exitCode: 137 })
    expect(endless.output).toHaveLength(100_000)
    await expectClean()
  })

  it('kills a command that hangs, and what it left in the background at the reset', async () => {
    await shell(`sleep ${marker} & echo started`)
    await until(() => processesWith(`sleep ${marker}`).length >= 1, 'the background process')
    const hanging = await shell(`trap '' TERM INT HUP; sleep ${marker}`, { limits: { milliseconds: 700 } })
    expect(hanging).toMatchObject({ cut: 'time', exitCode: 137 })
    expect((await shell('echo on')).text).toBe('on\n')
    await expectClean()
  })

  it('harms no more than the episode by rm -rf /', async () => {
    await shell('rm -rf --no-preserve-root /testbed / 2>/dev/null; echo gone', { limits: { milliseconds: 20_000 } })
    expect((await sandbox.run({ argv: ['/bin/bash', '-c', 'ls /testbed'] })).exitCode).not.toBe(0)
    await expectClean()
  })

  it('writes no setting of the kernel, makes no namespaces, mounts or disks, and keeps its limits', async () => {
    const { text } = await shell(
      [
        'exec 2>/dev/null',
        'for file in kernel/core_pattern vm/swappiness; do value=$(cat /proc/sys/$file); echo "$value" >/proc/sys/$file && echo "wrote $file"; done',
        'echo h >/proc/sysrq-trigger && echo triggered',
        'for kind in user mount pid net ipc uts; do unshare --$kind true && echo "made $kind"; done',
        'mkdir /m; mount -t tmpfs x /m && echo mounted; mount --bind / /m && echo bound; umount -l /proc && echo unmounted',
        'mknod /m/disk b 8 0 && head -c 1 /m/disk && echo "read a disk"',
        'ulimit -f unlimited && echo larger files; ulimit -Hn 100000 && echo more files',
        'echo end',
      ].join('\n'),
    )
    expect(text).toBe('end\n')
    await expectClean()
  })

  it('leaves no container behind when Leap is killed', async () => {
    const script = fileURLToPath(new URL('../testing/killed-docker-leap.ts', import.meta.url))
    const leap = spawn(process.execPath, [script, cache.path, marker], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    leap.stdout.on('data', (data: Buffer) => {
      said += data.toString()
    })
    await until(() => said.includes('ready') || leap.exitCode !== null, 'the sandboxes of the other process')
    await until(() => processesWith(`sleep ${marker}`).length >= 2, 'the processes in them')
    expect((await containers(leap.pid!)).length).toBeGreaterThanOrEqual(2)
    leap.kill('SIGKILL')
    await once(leap, 'exit')
    await until(async () => (await containers(leap.pid!)).length === 0, 'the end of the containers')
    await until(() => processesWith(`sleep ${marker}`).length === 0, 'the end of what ran inside')
  })
})
