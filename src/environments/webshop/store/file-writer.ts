import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'

const bufferSize = 1 << 20

/** Appends to a file through a buffer, from a known length on: what a run that was killed wrote behind it is cut off. */
export class FileWriter {
  readonly #file: number
  readonly #buffer = Buffer.allocUnsafe(bufferSize)
  #used = 0
  #written: number

  constructor(path: string, length = 0) {
    this.#file = openSync(path, length === 0 ? 'w' : 'r+')
    ftruncateSync(this.#file, length)
    this.#written = length
  }

  /** Bytes of the file, what is in the buffer included. */
  get length(): number {
    return this.#written + this.#used
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > bufferSize - this.#used) this.flush()
    if (bytes.length > bufferSize) this.#writeOut(bytes)
    else {
      this.#buffer.set(bytes, this.#used)
      this.#used += bytes.length
    }
  }

  flush(): void {
    this.#writeOut(this.#buffer.subarray(0, this.#used))
    this.#used = 0
  }

  /** Makes sure that what was written is on the disk. */
  sync(): void {
    this.flush()
    fsyncSync(this.#file)
  }

  close(): void {
    this.sync()
    closeSync(this.#file)
  }

  #writeOut(bytes: Uint8Array): void {
    let done = 0
    while (done < bytes.length) done += writeSync(this.#file, bytes, done, bytes.length - done, this.#written + done)
    this.#written += bytes.length
  }
}
