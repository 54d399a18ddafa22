import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkPackage } from './check-package.ts'
import { runNode } from './run-node.ts'

// Builds dist/ and proves that what npm would publish works: it is packed, unpacked elsewhere, and used there.

const execute = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))

await rm(join(root, 'dist'), { recursive: true, force: true })
await compile()
const folder = await mkdtemp(join(tmpdir(), 'leap-package-'))
try {
  const unpacked = await packElsewhere(folder)
  await checkPackage(unpacked)
  await printSizes(unpacked, folder)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function compile(): Promise<void> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  await runNode('compile', [compiler, '-p', join(root, 'tsconfig.build.json')], root)
}

/** Packs as npm does, unpacks, and links the dependencies. Returns the folder of the package. */
async function packElsewhere(folder: string): Promise<string> {
  // npm is a script beside this very Node or elsewhere on the path, on Windows a .cmd file, which needs a shell.
  await execute('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    shell: process.platform === 'win32',
  })
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack wrote no tarball')
  await execute('tar', ['-xzf', tarball], { cwd: folder })
  const unpacked = join(folder, 'package')
  await symlink(join(root, 'node_modules'), join(unpacked, 'node_modules'), 'junction')
  return unpacked
}

async function printSizes(unpacked: string, folder: string): Promise<void> {
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!
  const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024).toLocaleString('en')} kB`
  console.log(`${tarball}: ${kilobytes((await stat(join(folder, tarball))).size)} packed`)
  const files = (await readdir(unpacked, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1))
  const sizes = new Map<string, { files: number; bytes: number }>()
  for (const file of files) {
    const part = file.split(/[\\/]/)[0]!
    const sum = sizes.get(part) ?? { files: 0, bytes: 0 }
    sizes.set(part, { files: sum.files + 1, bytes: sum.bytes + (await stat(join(unpacked, file))).size })
  }
  for (const [part, { files: count, bytes }] of [...sizes].sort(([, a], [, b]) => b.bytes - a.bytes))
    console.log(`  ${part.padEnd(16)} ${kilobytes(bytes).padStart(10)}  ${count} file${count === 1 ? '' : 's'}`)
}
