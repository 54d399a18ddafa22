import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip, deflateRawSync, inflateRawSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { LeapError } from '../../../contracts/error.ts'
import { readGameFile } from '../game-file.ts'
import {
  describePath,
  type GameEntry,
  type GameLibrary,
  type LeftOut,
  makeLibrary,
  solvableIn,
  whyLeftOut,
} from './game-entry.ts'
import { isXz, unpackXz } from './xz.ts'

/** All games begin with the same domain and grammar; a packer that knows them packs only what differs. Deflate looks 32 KB back. */
const sharedBytes = 30_000

/**
 * Finds every `*.tw-pddl` in a tar archive, plain or packed with gzip or xz. The files are kept packed in memory (about 4 KB
 * each instead of 90) and unpacked when read.
 *
 * @throws LeapError `GAME_ARCHIVE_INVALID`
 */
export async function openArchive(path: string, all: boolean): Promise<GameLibrary> {
  const entries: GameEntry[] = []
  const leftOut: LeftOut[] = []
  let dictionary: Buffer | undefined
  const add = (name: string, bytes: Buffer) => {
    const source = `${path}:${name}`
    const place = describePath(name)
    const reason = all ? undefined : whyLeftOut(place.id, solvableIn(bytes.toString('latin1')))
    if (reason !== undefined) {
      leftOut.push({ source, reason })
      return
    }
    dictionary ??= Buffer.from(bytes.subarray(0, sharedBytes))
    const shared = dictionary
    const packed = deflateRawSync(bytes, { level: 1, dictionary: shared })
    const read = () => readGameFile(inflateRawSync(packed, { dictionary: shared }).toString('utf8'), source)
    entries.push({ ...place, source, read })
  }
  try {
    await readTar(await openStream(path), add)
  } catch (error) {
    if (LeapError.is(error)) throw error
    throw new LeapError({
      code: 'GAME_ARCHIVE_INVALID',
      message: `${path}: expected a tar archive (plain, gzip or xz), found ${(error as Error).message}`,
      remedy: 'The file may be truncated: fetch it again, or unpack it and give the folder.',
      cause: error,
    })
  }
  return all ? { entries, leftOut } : makeLibrary(entries, leftOut)
}

async function openStream(path: string): Promise<Readable> {
  if (/\.(tar\.gz|tgz)$/i.test(path)) return pipeErrors(createReadStream(path), createGunzip())
  if (!/\.(tar\.xz|txz)$/i.test(path)) return createReadStream(path)
  const data = await readFile(path)
  if (!isXz(data)) throw new Error('a file that is not xz in spite of its name')
  return Readable.from(copies(unpackXz(data)))
}

/** The unpacker reuses its window, and a stream may hold a piece while it asks for the next. */
function* copies(pieces: Iterable<Uint8Array>): Generator<Buffer> {
  const size = 2 ** 20
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += size) yield Buffer.from(piece.subarray(at, at + size))
  }
}

function pipeErrors(source: Readable, target: ReturnType<typeof createGunzip>): Readable {
  source.on('error', (error) => target.destroy(error))
  return source.pipe(target)
}

async function readTar(stream: Readable, add: (name: string, bytes: Buffer) => void): Promise<void> {
  const tar = extract()
  stream.on('error', (error) => tar.destroy(error))
  stream.pipe(tar)
  for await (const entry of tar) {
    if (entry.header.type === 'file' && entry.header.name.endsWith('.tw-pddl')) {
      const parts: Buffer[] = []
      for await (const part of entry) parts.push(part as Buffer)
      add(entry.header.name, Buffer.concat(parts))
    } else entry.resume()
  }
}
