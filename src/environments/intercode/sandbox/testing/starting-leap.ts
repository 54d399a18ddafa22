import { smallRoot, tightLimits } from './test-sandbox.ts'
import { ways } from './ways.ts'

/** A program that a test kills while sandboxes start: it starts and closes them without end. */
const [cache] = process.argv.slice(2) as [string]
const provider = await ways[0]!.open(cache, tightLimits)
console.log(provider.description)
for (;;) await (await provider.start(smallRoot)).close()
