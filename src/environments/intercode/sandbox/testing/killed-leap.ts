import { hostUsrBase } from '../namespaces/host-usr.ts'
import { openNamespaceProvider } from '../namespaces/namespace-provider.ts'
import { smallRoot, tightLimits } from './test-sandbox.ts'

/** A program that a test kills: sandboxes with daemons, a command that hangs, and a snapshot that is half built. */
const [cache, marker] = process.argv.slice(2) as [string, string]
const provider = await openNamespaceProvider({
  ...{ cacheDirectory: cache, limits: tightLimits, spares: 2, name: 'host-usr' },
  base: (place) => hostUsrBase(place.cache, place.identity),
})
const sandbox = await provider.start(smallRoot)
await sandbox.run({ argv: ['/bin/bash', '-c', `setsid sleep ${marker} & sleep 0.1`] })
void sandbox.run({ argv: ['/bin/bash', '-c', `trap '' TERM; sleep ${marker}`], limits: { milliseconds: 600_000 } })
void provider.prepare({
  name: 'unfinished',
  git: false,
  script: { path: '/setup.sh', text: `#!/bin/bash\nsleep ${marker}\n` },
})
const other = await provider.start(smallRoot)
console.log(JSON.stringify({ hostnames: [sandbox.hostname, other.hostname], description: provider.description }))
