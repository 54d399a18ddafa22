import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findUpwardImports, importsOf, readRoomOrder } from './support/room-imports.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8')
const files = new Map(
  readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, read(`src/${path}`)]),
)
const order = readRoomOrder(read('CONTRIBUTING.md'))
/** What only tests load: it may use what is installed for development, and is not published. */
const isForTests = (path: string) => /(\.test|\.fixture|(^|\/|-)testing)\.ts$|(^|\/)testing\//.test(path)

describe('rooms', () => {
  it('are all in the order that CONTRIBUTING.md gives, and each of the order exists', () => {
    const inOrder = order.flat()
    expect(new Set(inOrder).size).toBe(inOrder.length)
    const found = new Set([...files.keys()].map((path) => path.split('/')[0]!.replace(/\.ts$/, '')))
    expect([...found].filter((room) => room !== 'index').sort()).toEqual([...inOrder].sort())
  })

  it('import only what lies below them', () => {
    expect(findUpwardImports(files, order)).toEqual([])
  })

  it('publish nothing that needs a package installed for development only', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const foreign = [...files]
      .filter(([path]) => !isForTests(path))
      .flatMap(([path, source]) => importsOf(source).map((name) => ({ path, name })))
      .filter(({ name }) => !name.startsWith('.') && !name.startsWith('node:'))
      .filter(({ name }) => !Object.keys(dependencies).some((known) => name === known || name.startsWith(`${known}/`)))
    expect(foreign).toEqual([])
  })

  it('publish nothing that imports what only tests load', () => {
    const published = [...files].filter(([path]) => !isForTests(path))
    const wrong = published.flatMap(([path, source]) =>
      importsOf(source)
        .filter((name) => name.startsWith('.') && isForTests(name))
        .map((name) => `src/${path} -> ${name}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('the check of imports', () => {
  const rooms = readRoomOrder('Text.\n\n    top > one.ts, two >\n    low\n\nMore > text.\n')

  it('reads the order over several lines', () => {
    expect(rooms).toEqual([['top'], ['one', 'two'], ['low']])
    expect(() => readRoomOrder('nothing here')).toThrow(/expected indented lines/)
  })

  it('finds every way to import, and not what comments say', () => {
    const source = [
      "import { a } from './a.ts'",
      "import type {\n  B,\n} from '../b.ts'",
      "import './c.ts'",
      "export * from './d.ts'",
      "const e = await import('./e.ts')",
      "new URL(x ? './f.ts' : './f.js', import.meta.url)",
      "// import { g } from './g.ts'",
      "/** import { h } from './h.ts' */",
      "import { i } from 'package'",
    ].join('\n')
    expect(importsOf(source).sort()).toEqual(['../b.ts', './a.ts', './c.ts', './d.ts', './e.ts', './f.ts', 'package'])
  })

  it('names file and import of what points upwards or out, and lets rooms of one place know each other', () => {
    const sources = new Map([
      ['top/x.ts', "import '../one.ts'\nimport '../low/y.ts'\nimport './z.ts'"],
      ['one.ts', "import type { T } from './two/t.ts'"],
      ['two/t.ts', "import '../one.ts'\nimport '../top/x.ts'"],
      ['low/y.ts', "import('../two/t.ts')\nimport '../../bench/b.ts'"],
      ['index.ts', "export * from './top/x.ts'"],
    ])
    expect(findUpwardImports(sources, rooms)).toEqual([
      'src/two/t.ts -> ../top/x.ts',
      'src/low/y.ts -> ../../bench/b.ts',
      'src/low/y.ts -> ../two/t.ts',
    ])
  })
})
