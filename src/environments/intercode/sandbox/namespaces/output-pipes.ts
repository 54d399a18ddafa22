import { execFile } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { temporaryName } from './temporary-names.ts'

/** The two ends of a pipe, as file descriptors of this process. */
export interface OutputPipe {
  readonly read: number
  readonly write: number
}

/**
 * Pipes whose write end can be both the output and the error output of a child, so that the two arrive in order. Node's own are sockets, one for
 * each, and a command that opens `/dev/stdout` cannot open a socket. They come from named pipes whose names are removed before they are used.
 */
export interface OutputPipes {
  take(): Promise<OutputPipe>
  close(): void
}

const run = promisify(execFile)

/** Makes pipes by the batch: one start of `mkfifo` for so many commands. `folder` may be any folder of ours. */
export function createOutputPipes(mkfifo: string, folder: string, batch = 8): OutputPipes {
  const ready: OutputPipe[] = []
  let making: Promise<void> | undefined
  let isClosed = false

  const make = async () => {
    const own = temporaryName(`${folder}/pipes`)
    await mkdir(own, { mode: 0o700 })
    try {
      const paths = Array.from({ length: batch }, (_, i) => `${own}/${i}`)
      await run(mkfifo, ['-m', '666', ...paths])
      for (const path of paths) {
        // Reading first: a reader that does not wait may open without a writer, but not the other way round.
        const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
        ready.push({ read, write: openSync(path, constants.O_WRONLY) })
      }
    } finally {
      await rm(own, { recursive: true, force: true })
    }
    if (isClosed) closeAll()
  }
  const closeAll = () => {
    for (const { read, write } of ready.splice(0)) {
      closeSync(read)
      closeSync(write)
    }
  }
  return {
    async take() {
      while (ready.length === 0) {
        making ??= make().finally(() => {
          making = undefined
        })
        await making
      }
      return ready.shift()!
    },
    close() {
      isClosed = true
      closeAll()
    },
  }
}
