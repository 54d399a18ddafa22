// `vllm serve <model> --host ... --port ...` as a process, for tests of servers that are started.
import { basename } from 'node:path'
import { startFakeServer } from './fake-server.ts'

const after = (name: string) => process.argv[process.argv.indexOf(name) + 1]
const root = after('serve')!
await startFakeServer({ base: { id: basename(root), root }, port: Number(after('--port')) })
