import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { DpoExample, KtoExample, SftExample } from '../../contracts/example.ts'
import type { ExportRows } from './format.ts'
import { type ExportFormatName, exportFormats } from './formats.ts'
import { writeExport } from './write-export.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-export-'))
})
afterAll(() => rm(root, { recursive: true }))

const origin = (index: number) => ({
  trajectoryId: `rollout-1/game ${index}#0`,
  step: index,
  source: 'correction' as const,
  iteration: 1,
  kind: 'search',
  prompt: [{ role: 'user' as const, content: `room ${index}\nREASON:` }],
})
const sft: SftExample[] = Array.from({ length: 12 }, (_, index) => ({
  ...origin(index),
  completion: ` right ${index}\n`,
}))
const dpo: DpoExample[] = sft.map(({ completion, ...row }) => ({ ...row, chosen: completion, rejected: ' wrong\n' }))
const kto: KtoExample[] = sft.flatMap((row) => [
  { ...row, label: true },
  { ...row, completion: ' wrong\n', label: false },
])
const rows: ExportRows = { sft, dpo, kto }
const none: ExportRows = { sft: [], dpo: [], kto: [] }
const write = (format: ExportFormatName, train = rows, name: string = format) =>
  writeExport(join(root, name), { format, train, heldOut: none, source: 'a test', seed: 1 })
const text = (...path: string[]) => readFile(join(root, ...path), 'utf8')
const lines = async (...path: string[]) =>
  (await text(...path))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
/** The written row that was made of row `index`. */
const find = (found: unknown[], index: number) => found.find((row) => JSON.stringify(row).includes(`room ${index}\\n`))

describe('writeExport', () => {
  it.each(
    Object.keys(exportFormats) as ExportFormatName[],
  )('%s: as many rows as there are, and a README with a masked row', async (format) => {
    const { files, leftOut } = await write(format)
    const kinds = Object.keys(exportFormats[format].rows)
    expect(files.map(({ kind, rows: count }) => [kind, count])).toEqual(
      kinds.map((kind) => [kind, rows[kind as keyof ExportRows].length]),
    )
    expect(leftOut).toEqual(kinds.includes('kto') ? [] : ['kto'])
    const readme = await text(format, 'README.md')
    expect(readme).toMatch(/\[prompt, not trained on\]\n<user> room \d+\nREASON:\n\[answer, trained on\]\n right \d+/)
    for (const { name, rows: count } of files) expect(readme).toContain(`| ${name} | ${count} |`)
  })

  it('trl: conversational rows with loss on the completion, a weight for uneven labels, a YAML file a rule', async () => {
    await write('trl')
    expect(find(await lines('trl', 'sft.jsonl'), 3)).toEqual({
      prompt: [{ role: 'user', content: 'room 3\nREASON:' }],
      completion: [{ role: 'assistant', content: ' right 3\n' }],
    })
    expect(find(await lines('trl', 'dpo.jsonl'), 3)).toEqual({
      prompt: [{ role: 'user', content: 'room 3\nREASON:' }],
      chosen: [{ role: 'assistant', content: ' right 3\n' }],
      rejected: [{ role: 'assistant', content: ' wrong\n' }],
    })
    const labels = (await lines('trl', 'kto.jsonl')).map(({ label }) => label)
    // Interleaved: KTO reads rows in the order of the file.
    expect(labels.slice(0, 12)).toContain(true)
    expect(labels.slice(0, 12)).toContain(false)
    const yaml = parse(await text('trl', 'kto.yaml'))
    expect(yaml).toMatchObject({ datasets: [{ path: 'json', data_files: 'kto.jsonl' }], use_peft: true })
    expect(yaml.per_device_train_batch_size).toBeGreaterThan(1)
    const uneven = await write('trl', { ...rows, kto: kto.filter(({ label }, index) => label || index < 6) }, 'uneven')
    expect(uneven.warnings).toEqual([expect.stringContaining('undesirable_weight to about 4.00')])
    const oneSided = await write('trl', { ...rows, kto: kto.filter(({ label }) => label) }, 'one-sided')
    expect(oneSided.warnings).toEqual([expect.stringContaining('all 12 rows have one label')])
    expect(await text('one-sided', 'README.md')).toContain('all 12 rows have one label')
  })

  it('openai: chat rows, two outputs for dpo, and a word about files that are too short', async () => {
    await write('openai')
    expect(find(await lines('openai', 'sft.jsonl'), 3)).toEqual({
      messages: [
        { role: 'user', content: 'room 3\nREASON:' },
        { role: 'assistant', content: ' right 3\n' },
      ],
    })
    expect(find(await lines('openai', 'dpo.jsonl'), 3)).toEqual({
      input: { messages: [{ role: 'user', content: 'room 3\nREASON:' }], tools: [], parallel_tool_calls: true },
      preferred_output: [{ role: 'assistant', content: ' right 3\n' }],
      non_preferred_output: [{ role: 'assistant', content: ' wrong\n' }],
    })
    const few = await write('openai', { ...none, sft: sft.slice(0, 9) }, 'few')
    expect(few.warnings).toEqual(['sft.jsonl: 9 rows, and a job needs at least 10: it will be refused'])
  })

  it('llama-factory: one message each for chosen and rejected, kto_tag, and columns named in dataset_info.json', async () => {
    await write('llama-factory')
    const read = async (name: string) => JSON.parse(await text('llama-factory', name))
    expect(find(await read('dpo.json'), 3)).toMatchObject({ chosen: { role: 'assistant', content: ' right 3\n' } })
    expect(find(await read('kto.json'), 3)).toHaveProperty('kto_tag')
    expect(await read('dataset_info.json')).toMatchObject({
      leap_sft: { file_name: 'sft.json', formatting: 'sharegpt', columns: { messages: 'messages' } },
      leap_dpo: { ranking: true, columns: { chosen: 'chosen', rejected: 'rejected' } },
      leap_kto: { columns: { kto_tag: 'kto_tag' } },
    })
    const twice = { ...sft[0]!, prompt: [...sft[0]!.prompt, ...sft[0]!.prompt] }
    await expect(write('llama-factory', { ...none, sft: [twice] }, 'turns')).rejects.toThrow(
      /game 0#0 step 0: .*llama-factory.*messages: user and assistant must take turns/,
    )
    await expect(readdir(join(root, 'turns'))).rejects.toThrow()
  })

  it('tinker: comparisons with the correction as A', async () => {
    await write('tinker')
    expect(find(await lines('tinker', 'dpo.jsonl'), 3)).toMatchObject({
      comparison: { completion_A: [{ content: ' right 3\n' }], completion_B: [{ content: ' wrong\n' }] },
      label: 'A',
    })
  })

  it('parquet: tables that another reader reads, with the origin of every row', async () => {
    await write('parquet', { ...rows, sft: [{ ...sft[0]!, kind: undefined }, ...sft.slice(1)] as SftExample[] })
    const file = async (name: string) => new Uint8Array(await readFile(join(root, 'parquet', name))).buffer
    const table = await parquetReadObjects({ file: await file('kto.parquet') })
    expect(table).toHaveLength(24)
    expect(table.filter(({ label }) => label === true)).toHaveLength(12)
    const first = (await parquetReadObjects({ file: await file('sft.parquet') })).find(({ step }) => step === 0)!
    expect(first).toMatchObject({ trajectory_id: 'rollout-1/game 0#0', iteration: 1, completion: ' right 0\n' })
    expect(first.kind ?? null).toBeNull()
    expect(JSON.parse(String(first.prompt))).toEqual(sft[0]!.prompt)
  })

  it('refuses rows that teach nothing or the same twice, and an export of nothing', async () => {
    const empty = { ...dpo[0]!, rejected: dpo[0]!.chosen }
    await expect(write('trl', { ...none, dpo: [empty] }, 'equal')).rejects.toMatchObject({ code: 'EXPORT_INVALID' })
    await expect(write('openai', { ...none, sft: [{ ...sft[0]!, completion: '' }] }, 'empty')).rejects.toThrow(
      /messages\.1\.content/,
    )
    await expect(write('tinker', { ...none, kto }, 'nothing')).rejects.toMatchObject({ code: 'EXPORT_EMPTY' })
  })

  it('writes the same bytes for the same rows and seed', async () => {
    await write('trl', rows, 'again')
    for (const name of await readdir(join(root, 'trl'))) expect(await text('again', name)).toBe(await text('trl', name))
  })
})

describe('a folder that is there', () => {
  it('is replaced if it is an export', async () => {
    await write('trl', rows, 'again')
    await write('openai', rows, 'again')
    expect(await readdir(join(root, 'again'))).toEqual(expect.arrayContaining(['README.md', 'sft.jsonl']))
    expect(await readdir(join(root, 'again'))).not.toContain('kto.jsonl')
  })

  it('is left as it is if it holds anything else', async () => {
    await mkdir(join(root, 'own'))
    await writeFile(join(root, 'own', 'notes.txt'), 'mine')
    await expect(write('trl', rows, 'own')).rejects.toMatchObject({ code: 'FOLDER_TAKEN' })
    expect(await text('own', 'notes.txt')).toBe('mine')
    expect(await readdir(join(root, 'own'))).toEqual(['notes.txt'])
  })
})
