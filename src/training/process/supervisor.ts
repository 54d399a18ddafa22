// Runs a command until it ends or until whoever started this process is gone: the standard input is a pipe from there, and its end says so, also
// after a kill -9. A training or a server that nobody reads would keep the GPU.
import { spawn } from 'node:child_process'

const [command, ...parameters] = process.argv.slice(2)
const child = spawn(command!, parameters, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true })
/** Milliseconds between asking and killing. */
const grace = Number(process.env.LEAP_GRACE ?? 20_000)

function endAll() {
  // This process leads the group, so that grandchildren end too; its own handler below keeps it alive for the second signal.
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'])
  else {
    process.kill(-process.pid, 'SIGTERM')
    setTimeout(() => process.kill(-process.pid, 'SIGKILL'), grace).unref()
  }
}

process.stdin.on('end', endAll)
process.stdin.on('error', endAll)
process.stdin.resume()
// The group is told as a whole; this process waits for the command.
process.on('SIGTERM', () => {})
process.on('SIGINT', () => {})
child.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(error.code === 'ENOENT' ? 127 : 126)
})
child.on('exit', (code, signal) => {
  // As shells do: 128 and the number of the signal.
  const signals: Record<string, number> = { SIGKILL: 137, SIGTERM: 143, SIGINT: 130, SIGSEGV: 139, SIGABRT: 134 }
  process.exit(signal === null ? (code ?? 1) : (signals[signal] ?? 1))
})
