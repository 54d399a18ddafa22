import { processContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { watchInterrupts } from './interrupt.ts'
import { runCli } from './run-cli.ts'

const interruption = watchInterrupts({
  source: process,
  announce: () =>
    context.stderr.write('\nStopping; what is done is being saved. Press Ctrl-C again to stop at once.\n'),
  exit: (code) => {
    // By the signal itself, which shells report as 130: an orderly exit would tear down threads in the middle of the runtime's work, which aborts the process.
    process.removeAllListeners('SIGINT')
    process.kill(process.pid, 'SIGINT')
    setTimeout(() => process.exit(code), 1000)
  },
})
const context = processContext(interruption)
// A reader that closes the pipe (`leap show r | head`) has seen enough: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.ok)
})

process.exitCode = await runCli(process.argv.slice(2), context)
// Work that was abandoned may hold timers and threads; everything worth keeping is on disk by now.
if (process.exitCode === exitCodes.interrupted) process.exit()
