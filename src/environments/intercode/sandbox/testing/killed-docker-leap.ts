import { openDockerProvider } from '../docker/docker-provider.ts'
import { smallRoot, tightLimits } from './test-sandbox.ts'

/** A program that a test kills: containers with a daemon and a command that hangs. */
const [cache, marker] = process.argv.slice(2) as [string, string]
const image = process.env.LEAP_TEST_DOCKER_IMAGE
const provider = await openDockerProvider({
  ...{ cacheDirectory: cache, limits: tightLimits, spares: 1 },
  ...(image === undefined ? {} : { docker: { image } }),
})
const sandbox = await provider.start(smallRoot)
await sandbox.run({ argv: ['/bin/bash', '-c', `setsid sleep ${marker} & sleep 0.1`] })
void sandbox.run({ argv: ['/bin/bash', '-c', `trap '' TERM; sleep ${marker}`], limits: { milliseconds: 600_000 } })
await provider.start(smallRoot)
console.log('ready')
