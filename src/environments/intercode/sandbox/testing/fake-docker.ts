import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'

/** What the fake does when a command is executed. */
export interface FakeExec {
  readonly frames?: readonly (readonly [stream: 1 | 2, data: string])[]
  readonly exitCode?: number
  /** Goes on until somebody kills what runs in the container. */
  readonly hangs?: boolean
}

export interface FakeFile {
  readonly type: 'file' | 'directory' | 'symlink'
  readonly content?: string
  readonly mode?: number
}

export interface FakeDocker {
  readonly socketPath: string
  /** Every request, in order: `POST /containers/create`. */
  readonly calls: readonly { readonly call: string; readonly body: Record<string, never> & Record<string, unknown> }[]
  /** Containers that are there now. */
  containers(): string[]
  /** Streams to containers that nobody has ended. */
  streams(): number
  close(): Promise<void>
}

export interface FakeDockerOptions {
  readonly socketPath: string
  readonly images: Set<string>
  readonly onExec: (argv: readonly string[], exec: Record<string, unknown>) => FakeExec
  readonly changes?: readonly { readonly Path: string; readonly Kind: number }[]
  /** Files by container (`live` has a first process, `pristine` was only created) and path. */
  readonly files?: Record<'live' | 'pristine', Record<string, FakeFile>>
  /** Refuses to limit the storage of a container, as most engines do. */
  readonly refusesStorageLimit?: boolean
}

/** As much of the Docker Engine API as the sandbox uses, over a real socket: wrong calls, bodies, or ends of streams show as they would there. */
export async function openFakeDocker(options: FakeDockerOptions): Promise<FakeDocker> {
  const calls: { call: string; body: never }[] = []
  const containers = new Map<string, { isStarted: boolean; input?: Duplex; hanging: Set<() => void> }>()
  const execs = new Map<string, { container: string; settings: Record<string, unknown>; result?: FakeExec }>()
  let count = 0

  const remove = (id: string) => {
    for (const end of containers.get(id)?.hanging ?? []) end()
    containers.delete(id)
  }
  const json = (response: ServerResponse, status: number, body?: unknown) => {
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(body === undefined ? '' : JSON.stringify(body))
  }
  const notFound = (response: ServerResponse) => json(response, 404, { message: 'no such thing' })

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, 'http://docker')
    const path = url.pathname.replace(/^\/v[\d.]+/, '')
    const raw = await buffer(request)
    const body =
      request.headers['content-type']?.includes('json') && raw.length > 0
        ? JSON.parse(raw.toString())
        : { bytes: raw.length }
    calls.push({ call: `${request.method} ${path}${url.search}`, body: body as never })
    const [, kind, id, verb] = path.split('/')
    if (path === '/version') return json(response, 200, { Version: '27.0.0', Os: 'linux' })
    if (kind === 'images') {
      const name = decodeURIComponent(path.slice('/images/'.length).replace(/\/json$/, ''))
      return options.images.has(name) ? json(response, 200, { Id: name }) : notFound(response)
    }
    if (path === '/commit') {
      options.images.add(`${url.searchParams.get('repo')}:${url.searchParams.get('tag')}`)
      return json(response, 201, { Id: 'committed' })
    }
    if (path === '/containers/create') {
      const isLimited = body.HostConfig?.StorageOpt !== undefined
      if (options.refusesStorageLimit && isLimited)
        return json(response, 400, {
          message: '--storage-opt is supported only for overlay over xfs with pquota mount option',
        })
      const made = `container${++count}`
      containers.set(made, { isStarted: false, hanging: new Set() })
      return json(response, 201, { Id: made, Warnings: [] })
    }
    if (kind === 'exec' && verb === 'json') {
      const exec = execs.get(id!)
      return json(response, 200, { Running: false, ExitCode: exec?.result?.exitCode ?? 0 })
    }
    if (kind === 'exec' && verb === 'start') {
      // Detached: nobody listens. The only such command is the one that kills.
      const container = containers.get(execs.get(id!)!.container)!
      for (const end of container.hanging) end()
      return json(response, 200)
    }
    const container = containers.get(id!)
    if (container === undefined) return notFound(response)
    if (request.method === 'DELETE') {
      remove(id!)
      return json(response, 204)
    }
    if (verb === 'start') {
      container.isStarted = true
      return json(response, 204)
    }
    if (verb === 'json') return json(response, 200, { State: { OOMKilled: true } })
    if (verb === 'exec') {
      const exec = `exec${++count}`
      execs.set(exec, { container: id!, settings: body })
      return json(response, 201, { Id: exec })
    }
    if (verb === 'changes') return json(response, 200, options.changes ?? null)
    if (verb === 'archive' && request.method === 'PUT') return json(response, 200)
    if (verb === 'archive') {
      const name = url.searchParams.get('path')!
      const file = options.files?.[container.isStarted ? 'live' : 'pristine'][name]
      if (file === undefined) return notFound(response)
      const archive = pack()
      const entry = { name: name.split('/').at(-1)!, mode: file.mode ?? 0o644 }
      if (file.type === 'symlink') archive.entry({ ...entry, type: 'symlink', linkname: file.content! })
      else if (file.type === 'directory') archive.entry({ ...entry, type: 'directory' })
      else archive.entry(entry, file.content ?? '')
      archive.finalize()
      response.writeHead(200, { 'content-type': 'application/x-tar' })
      archive.pipe(response)
      return
    }
    notFound(response)
  }

  const server = createServer((request, response) => void handle(request, response))
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
    void (async () => {
      socket.on('error', () => {})
      // Only who reads learns that the other side has ended, and a socket of Node's server then stays half open.
      socket.resume()
      socket.on('end', () => socket.end())
      const path = new URL(request.url!, 'http://docker').pathname.replace(/^\/v[\d.]+/, '')
      calls.push({ call: `${request.method} ${path}`, body: {} as never })
      const [, kind, id] = path.split('/')
      socket.write(
        'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
      )
      if (kind === 'containers') {
        // The first process reads this; its end is the end of the container, which removes itself.
        socket.on('close', () => remove(id!))
        return
      }
      const exec = execs.get(id!)!
      const result = options.onExec(exec.settings.Cmd as string[], exec.settings)
      exec.result = result
      // Frames are cut where it hurts: in the middle of a header.
      const bytes = Buffer.concat((result.frames ?? []).flatMap(([stream, data]) => frame(stream, data)))
      for (let i = 0; i < bytes.length; i += 5) socket.write(bytes.subarray(i, i + 5))
      if (result.hangs !== true) socket.end()
      else containers.get(exec.container)!.hanging.add(() => socket.end())
    })()
  })
  server.listen(options.socketPath)
  await once(server, 'listening')
  return {
    socketPath: options.socketPath,
    calls,
    containers: () => [...containers.keys()],
    streams: () => upgraded.size,
    async close() {
      server.closeAllConnections()
      for (const socket of upgraded) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function frame(stream: 1 | 2, data: string): Buffer[] {
  const payload = Buffer.from(data)
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(payload.length, 4)
  return [header, payload]
}
