#!/usr/bin/env node
// Starts the command line on Node 24: this process if it is new enough, otherwise the binary that npm installed beside us.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, 'src', 'cli', 'main.ts')
const entry = existsSync(source) ? source : join(root, 'dist', 'cli', 'main.js')

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(entry)
} else {
  const result = spawnSync(bundledNode(), [entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  if (result.error) throw result.error
  process.exit(result.status ?? 128 + (constants.signals[result.signal] ?? 0))
}

function bundledNode() {
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const executable = process.platform === 'win32' ? 'node.exe' : 'bin/node'
  for (const name of [`node-${platform}`, `node-bin-${platform}`]) {
    try {
      return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), executable)
    } catch {
      // not installed for this platform: try the next
    }
  }
  console.error(`leap needs Node 24 or newer, found ${process.version}, and no bundled binary for ${platform}.`)
  console.error('  Install Node 24, or run `npm install` again without --omit=optional.')
  process.exit(1)
}
