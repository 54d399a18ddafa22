import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox, SandboxProvider } from '../contract.ts'
import { processesWith, until } from '../testing/host-view.ts'
import { makeCache, patience, type Shell, shellOf, smallRoot, tightLimits, whyNot } from '../testing/test-sandbox.ts'
import { ways } from '../testing/ways.ts'

const trial = makeCache()
const reason = await whyNot(() => ways[0]!.open(trial.path, tightLimits))
await trial.remove()
if (reason !== undefined) console.warn(`skipped: this machine cannot isolate by namespaces: ${reason}`)

const megabyte = 2 ** 20

/**
 * Real attacks, run inside a sandbox only, and bounded twice: by the sandbox under test, and by being small enough that one that fails does no
 * harm (40 processes, 8 MB of disk, some hundred MB of memory, seconds of time).
 */
describe.skipIf(reason !== undefined).each(ways)('attacks on $name', { timeout: patience }, (way) => {
  const cache = makeCache()
  const secret = `${cache.path}/secret-of-the-host`
  const playground = `${cache.path}/playground`
  let provider: SandboxProvider
  let sandbox: Sandbox
  let shell: Shell
  /** A host process id can name the attack by its argument. */
  const marker = `9${String(process.pid).padStart(7, '0')}.${ways.indexOf(way)}`

  beforeAll(async () => {
    writeFileSync(secret, 'the host keeps this to itself\n', { mode: 0o644 })
    mkdirSync(playground)
    chmodSync(playground, 0o777)
    chmodSync(cache.path, 0o755)
    provider = await way.open(cache.path, tightLimits)
    sandbox = await provider.start(smallRoot)
    shell = shellOf(sandbox)
    // Nothing is attacked before the limits that bound the attack are seen to be in force.
    const { text } = await shell('ulimit -u; ulimit -v; ulimit -f; ulimit -n; ulimit -t; df -k / | tail -n 1')
    const [processes, memory, file, files, seconds, disk] = text.trim().split('\n')
    expect([processes, files, seconds]).toEqual(['40', '128', '4'])
    expect(Number(memory)).toBe(tightLimits.memoryBytes / 1024)
    // bash counts in kilobytes, or in blocks of 512 bytes where it follows POSIX.
    expect(Number(file)).toBeLessThanOrEqual(tightLimits.diskBytes / 512)
    expect(Number(disk!.trim().split(/\s+/)[1])).toBe(tightLimits.diskBytes / 1024)
  }, patience)
  beforeEach(async () => {
    await sandbox.reset()
  })
  afterAll(async () => {
    await provider?.close()
    await until(() => processesWith(marker).length === 0, 'the end of all that was started')
    await cache.remove()
  })

  /** What every attack must leave: a sandbox that works, from the start again after a reset, and nothing running. */
  const expectClean = async () => {
    await sandbox.reset()
    expect((await shell('cat /testbed/a.txt; echo $$')).text).toMatch(/^hello\n\d{1,2}\n$/)
    expect(await sandbox.changes()).toEqual([])
    await until(() => processesWith(marker).length === 0, 'the end of the attack')
  }

  it('finds no network: no interface, no address, not even the host’s own loop', async () => {
    const server = createServer((socket) => socket.end('host')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { text } = await shell(
      `cut -d: -f1 /proc/net/dev | tail -n +3; for to in 127.0.0.1/${port} 192.0.2.1/80 8.8.8.8/53; do (exec 3<>/dev/tcp/$to) 2>&1; done; (echo >/dev/udp/8.8.8.8/53) 2>&1; cat /proc/net/unix | wc -l`,
    )
    server.close()
    const [interfaces, ...rest] = text.trim().split('\n')
    expect(interfaces!.trim()).toBe('lo')
    expect(rest.filter((line) => line.includes('Connection refused')).length).toBeGreaterThan(0)
    expect(rest.filter((line) => line.includes('Network is unreachable')).length).toBeGreaterThanOrEqual(3)
    // Sockets with names in the abstract space belong to the network: the heading is all there is.
    expect(rest.at(-1)).toBe('1')
  })

  it('writes nothing outside its root', async () => {
    const { text } = await shell(
      [
        `for up in '' /.. /../.. /proc/self/root /proc/1/root /proc/1/cwd /proc/self/cwd; do`,
        `  (echo escaped >"$up${playground}/file") 2>/dev/null && echo "wrote through $up"`,
        'done',
        'for name in tmp var/tmp dev/shm dev run root etc; do echo escaped >/$name/escaped-from-sandbox; done 2>/dev/null',
        'echo done',
      ].join('\n'),
    )
    expect(text).toBe('done\n')
    expect(readdirSync(playground)).toEqual([])
    for (const name of ['tmp', 'var/tmp', 'dev/shm', 'dev', 'run', 'root', 'etc'])
      expect(existsSync(`/${name}/escaped-from-sandbox`)).toBe(false)
    await expectClean()
  })

  it('sees nothing of the host’s files, environment, and processes', async () => {
    const { text } = await shell(
      [
        'exec 2>/dev/null',
        `cat ${secret} /proc/1/root${secret} /proc/self/root${secret}`,
        'cat /proc/*/environ | tr "\\0" "\\n"',
        `ls /proc | grep -x ${process.pid}`,
        'kill -0 -1; ls -d /home/* /mnt/* /srv/* /opt/*',
        'cat /etc/shadow /root/.ssh/* /root/.bash_history',
        'cat /proc/self/cgroup /proc/self/mountinfo',
        'echo ..; ls /proc | grep -c "^[0-9]"',
      ].join('\n'),
    )
    expect(text).not.toContain('the host keeps this to itself')
    expect(text).not.toContain('VITEST')
    expect(text).not.toContain(cache.path)
    expect(text).not.toContain(process.cwd())
    expect(text).toMatch(/^0::\/$|:\/$/m)
    expect(Number(text.trim().split('\n').at(-1))).toBeLessThan(8)
  })

  it('removes its whole root and harms the episode only', async () => {
    const before = readdirSync(`${cache.path}/sandbox`).sort()
    // Programs that are shown read-only take long to fail at, one by one; then time ends it.
    const answer = await shell('rm -rf --no-preserve-root /testbed /bin /lib* / 2>/dev/null; echo gone', {
      limits: { milliseconds: 3000 },
    })
    expect(answer.cut === 'time' || answer.text.includes('gone')).toBe(true)
    const after = await sandbox.run({ argv: ['/bin/bash', '-c', 'ls /testbed'] })
    expect(after.exitCode).not.toBe(0)
    expect(await sandbox.changes()).toContainEqual({ path: '/testbed/a.txt', change: 'deleted', type: 'file' })
    expect(readdirSync(`${cache.path}/sandbox`).sort()).toEqual(before)
    expect(existsSync(secret)).toBe(true)
    await expectClean()
  })

  it('ends a fork bomb', async () => {
    const answer = await shell(`: ${marker}; bomb() { bomb & bomb & sleep ${marker}; }; bomb; wait`, {
      limits: { milliseconds: 1500 },
    })
    // Either the limit of processes stops it by itself, or time does.
    expect(answer.text).toMatch(/fork|Resource temporarily unavailable|retry/i)
    await until(() => processesWith(marker).length === 0, 'the end of the fork bomb')
    await expectClean()
  })

  it('denies a process more memory than there is for it', async () => {
    const answer = await shell('head -c 300M /dev/zero | tail -c 200M | wc -c')
    expect(answer.text).toMatch(/memory exhausted|cannot allocate|Killed/i)
    await expectClean()
  })

  it('ends many processes that together take more memory than there is', async () => {
    // Each stays below its own limit; together they want four times what the sandbox may have.
    const hog = "v=$(head -c 30M /dev/zero | tr '\\0' x); sleep"
    const answer = await shell(`for i in 1 2 3 4 5 6 7 8; do (${hog} ${marker}) & done; wait; echo survived`, {
      limits: { milliseconds: 60_000 },
    })
    expect(answer.cut === 'memory' || /Killed/.test(answer.text), answer.text).toBe(true)
    await expectClean()
  })

  it('runs out of disk, and of files', async () => {
    const full = await shell(
      'for i in 1 2 3 4; do head -c 4M /dev/zero >/fill$i; done; echo; head -c 20M /dev/zero >/big; ls -l /big',
    )
    expect(full.text).toMatch(/No space left on device/)
    const sizes = await shell(
      'cd /; head -c 20M /dev/zero >big; for i in $(seq 3000); do : >/many$i; done 2>&1 | tail -n 1',
    )
    expect(sizes.text).toMatch(/No space left on device/)
    const shared = await shell(
      'rm -f /fill* /many* /big; head -c 40M /dev/zero >/dev/shm/x; head -c 40M /dev/zero >/var/x',
    )
    expect(shared.text).toMatch(/No space left on device|File size limit exceeded|File too large|No such file/)
    await expectClean()
  })

  it('asks for no shared memory that outlives its processes', async () => {
    if ((await provider.available(['ipcmk'])).length === 0) return
    const { text } = await shell('for i in $(seq 8); do ipcmk -M 16M; done')
    // Where the kernel does not let the limit be set, control groups must count it.
    expect(/No space left|denied|failed/i.test(text) || provider.limitsMemory).toBe(true)
    await expectClean()
  })

  it('cuts endless output at the limit', async () => {
    const answer = await sandbox.run({
      argv: ['/bin/bash', '-c', `while :; do echo ${marker}; done`],
      limits: { milliseconds: 60_000, outputBytes: 100_000 },
    })
    expect(answer).toMatchObject({ cut: 'output', exitCode: 137 })
    expect(answer.output).toHaveLength(100_000)
    await expectClean()
  })

  it('lets background processes live until the reset and no longer', async () => {
    const started = await shell(`(sleep ${marker} &); exec -a other setsid sleep ${marker} & sleep 0.2; echo started`)
    expect(started).toMatchObject({ text: 'started\n', exitCode: 0 })
    await until(() => processesWith(`sleep ${marker}`).length >= 2, 'the background processes')
    expect((await shell('echo still here')).text).toBe('still here\n')
    expect(processesWith(`sleep ${marker}`).length).toBeGreaterThanOrEqual(2)
    await expectClean()
  })

  it('does not wait for a background process that holds the output', async () => {
    const answer = await shell(`sleep ${marker} & echo first`, { limits: { milliseconds: 15_000 } })
    expect(answer).toMatchObject({ text: 'first\n', exitCode: 0 })
    expect(answer.cut).toBeUndefined()
    await expectClean()
  })

  it('kills a hanging command with all that it started, in any session, and nothing older', async () => {
    await shell(`sleep ${marker}00 & `)
    const answer = await shell(
      `trap '' TERM INT HUP; (setsid bash -c 'trap "" TERM; sleep ${marker}' &) ; kill -STOP $BASHPID; sleep ${marker}`,
      { limits: { milliseconds: 700 } },
    )
    expect(answer).toMatchObject({ cut: 'time', exitCode: 137 })
    expect(answer.restarted).toBeUndefined()
    await until(() => processesWith(`sleep ${marker}`).length === 1, 'the end of what the command started')
    expect(processesWith(`sleep ${marker}00`)).toHaveLength(1)
    expect((await shell('echo on')).text).toBe('on\n')
    await expectClean()
  })

  it('has no terminal to send escape codes to', async () => {
    const { text } = await shell(
      `(printf '\\033]0;owned\\007\\033[2J' >/dev/tty) 2>&1; printf '\\033[31mred'; ls /dev/pts`,
    )
    expect(text).toMatch(/\/dev\/tty: (No such device|Permission|No such file)/)
    // What a command prints is handed over as it is: a string of bytes, no terminal.
    expect(text).toContain('\u001b[31mred')
  })

  it('follows no link and no odd name when it lists changes', async () => {
    await shell(
      [
        'cd /testbed',
        `ln -s ${secret} to-host; ln -s / to-root; ln -s loop loop; ln -s ../../../../../../etc up`,
        "touch -- -rf $'new\\nline' $'bad\\xffname' ' ' '*'",
        'mkdir a && mv sub a/sub && ln -s a/sub sub',
        'mkfifo pipe 2>/dev/null; : >hole; chmod 0 hole',
      ].join('\n'),
    )
    const changes = await sandbox.changes()
    const find = (name: string) => changes.find(({ path }) => path === `/testbed/${name}`)
    expect(find('to-host')).toMatchObject({ change: 'added', type: 'link' })
    expect(find('to-root')).toMatchObject({ type: 'link' })
    expect(find('loop')).toMatchObject({ type: 'link' })
    expect(find('-rf')).toMatchObject({ type: 'file' })
    expect(find('new\nline')).toMatchObject({ type: 'file' })
    expect(find('*')).toMatchObject({ type: 'file', hash: 'd41d8cd98f00b204e9800998ecf8427e' })
    expect(find('hole')).toMatchObject({ type: 'file', hash: 'd41d8cd98f00b204e9800998ecf8427e' })
    expect(find('sub')).toMatchObject({ change: 'changed', type: 'link' })
    expect(find('sub/b.txt')).toMatchObject({ change: 'deleted' })
    expect(
      changes.filter(({ path }) => path.startsWith('/testbed/to-root/') || path.startsWith('/testbed/up/')),
    ).toEqual([])
    await expectClean()
  })

  it('gains nothing by setuid programs', async () => {
    const { text } = await shell(
      'cp /bin/bash /sh; chmod 4755 /sh; /sh -p -c "id -u; (echo 60 >/proc/sys/vm/swappiness) 2>&1"; chown 1 /sh 2>&1; cat /proc/self/uid_map',
    )
    expect(text).toMatch(/Read-only file system|Permission denied/)
    expect(text).toMatch(/chown: .*(Invalid argument|not permitted)/)
    // One user, seen as root inside; never the host's root.
    expect(text.trim().split('\n').at(-1)!.trim().split(/\s+/)).toEqual(['0', '0', '1'])
    await expectClean()
  })

  it('writes no setting of the kernel', async () => {
    const files = [
      'kernel/hostname',
      'kernel/core_pattern',
      'vm/swappiness',
      'net/ipv4/ip_forward',
      'user/max_user_namespaces',
    ]
    const before = files.map((file) => readFileSync(`/proc/sys/${file}`, 'utf8'))
    // Their own values, so that nothing would change even if it worked.
    const { text } = await shell(
      `for file in ${files.join(' ')}; do (value=$(cat /proc/sys/$file); echo "$value" >/proc/sys/$file) 2>/dev/null && echo "wrote $file"; done; (echo h >/proc/sysrq-trigger) 2>/dev/null && echo wrote; umount /proc/sys 2>/dev/null && echo unmounted; echo end`,
    )
    expect(text).toBe('end\n')
    expect(files.map((file) => readFileSync(`/proc/sys/${file}`, 'utf8'))).toEqual(before)
  })

  it('makes no namespaces, mounts, or devices', async () => {
    const { text } = await shell(
      [
        'for kind in user mount pid net ipc uts cgroup; do unshare --$kind true 2>/dev/null && echo "made $kind"; done',
        'unshare --user --map-root-user --mount true 2>/dev/null && echo "made both"',
        'mkdir /m; mount -t tmpfs x /m 2>/dev/null && echo "mounted tmpfs"',
        'mount --bind / /m 2>/dev/null && echo "bound"',
        'mount -o remount,rw /usr 2>/dev/null && echo "remounted"',
        'umount -l /proc 2>/dev/null && echo "unmounted"',
        'mknod /m/disk b 8 0 2>/dev/null && echo "made a device"',
        'hostname other 2>/dev/null && echo "renamed"',
        'echo end',
      ].join('\n'),
    )
    expect(text).toBe('end\n')
    await expectClean()
  })

  it('cannot touch the process that keeps it', async () => {
    const { text } = await shell(
      'kill -9 1; kill -STOP 1; kill -TERM 1; (echo x >/proc/1/fd/0) 2>/dev/null && echo wrote; ls /proc/1/root/ 2>/dev/null; cat /proc/1/environ 2>/dev/null; readlink /proc/1/ns/mnt 2>/dev/null; echo end',
    )
    expect(text.trim().split('\n').at(-1)).toBe('end')
    expect(text).not.toContain('wrote')
    expect(text).not.toContain('mnt:')
    expect((await shell('echo on')).text).toBe('on\n')
  })

  it('does not get rid of its limits', async () => {
    const { text } = await shell(
      'ulimit -u unlimited 2>/dev/null && echo more processes; ulimit -v unlimited 2>/dev/null && echo more memory; ulimit -f unlimited 2>/dev/null && echo larger files; ulimit -Hn 100000 2>/dev/null && echo more files; echo end',
    )
    expect(text).toBe('end\n')
    expect(tightLimits.memoryBytes / megabyte).toBe(96)
  })
})
