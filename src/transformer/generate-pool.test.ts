import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGenerator, type Generator, type SequenceRequest } from './generate.ts'
import { createGeneratorPool } from './generate-pool.ts'
import { tinyCheckpoint } from './testing.ts'
import { householdTexts } from './tokenizer-testing.ts'

const checkpoint = tinyCheckpoint()
let pool: Generator
beforeAll(async () => {
  pool = await createGeneratorPool(checkpoint, { threads: 2 })
})
afterAll(() => pool.close())

const texts = householdTexts(24)
const request = (index: number, more: Partial<SequenceRequest> = {}): SequenceRequest => ({
  prompt: checkpoint.text.encode(texts[index % texts.length]!),
  temperature: 0.8,
  maxTokens: 8,
  seed: index,
  logprobs: true,
  session: `session ${index % 6}`,
  ...more,
})

describe('createGeneratorPool', () => {
  it('gives what one generator gives, to the last bit, and uses sessions', async () => {
    const single = await createGenerator(checkpoint)
    const requests = Array.from({ length: 24 }, (_, index) => request(index))
    const expected = await Promise.all(requests.map((one) => single.generate({ ...one, session: undefined as never })))
    expect(await Promise.all(requests.map((one) => pool.generate(one)))).toEqual(expected)
    expect(await Promise.all(requests.map((one) => pool.generate(one)))).toEqual(expected)
    expect(pool.counts.spared).toBeGreaterThan(0)
    const { prompt } = requests[0]!
    expect(await pool.score(prompt, [5, 6])).toEqual(await single.score(prompt, [5, 6]))
    await single.close()
  })

  it('tells the text piece by piece, as the result holds it, and what each token is', async () => {
    const whole = await pool.generate(request(3, { maxTokens: 24 }))
    const stop = [whole.text.slice(12, 14)]
    for (const more of [{}, { stop }]) {
      const pieces: string[] = []
      const told = request(3, { maxTokens: 24, onText: (piece) => pieces.push(piece), ...more })
      const result = await pool.generate(told)
      expect(pieces.length).toBeGreaterThan(2)
      expect(pieces.join('')).toBe(result.text)
      expect(result.tokenTexts).toHaveLength(result.logprobs!.length)
      expect(result.tokenTexts!.join('').startsWith(result.text)).toBe(true)
    }
  })

  it('passes errors and cancellations on', async () => {
    const tooLong = request(0, { prompt: Array<number>(1000).fill(1) })
    await expect(pool.generate(tooLong)).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' })
    const controller = new AbortController()
    const doomed = pool.generate(request(1, { maxTokens: 300, signal: controller.signal }))
    controller.abort(new Error('enough'))
    await expect(doomed).rejects.toThrow('enough')
    await expect(pool.generate(request(1, { signal: controller.signal }))).rejects.toThrow('enough')
    expect((await pool.generate(request(2))).tokens.completion).toBe(8)
  })

  it('answers no more when closed', async () => {
    const other = await createGeneratorPool(checkpoint, { threads: 1 })
    const last = other.generate(request(1))
    await other.close()
    expect((await last).tokens.completion).toBe(8)
    await expect(other.generate(request(1))).rejects.toMatchObject({ code: 'MODEL_CLOSED' })
  })

  it('keeps the process alive until it is closed, also if what was cancelled is answered meanwhile', async () => {
    // In a process of its own: that of the tests has other things to stay alive for. A process that nothing keeps alive just ends.
    const script = `(async () => {
      const { createGeneratorPool } = await import(${JSON.stringify(new URL('./generate-pool.ts', import.meta.url).href)})
      const { tinyCheckpoint } = await import(${JSON.stringify(new URL('./testing.ts', import.meta.url).href)})
      const pool = await createGeneratorPool(tinyCheckpoint(), { threads: 1 })
      const controller = new AbortController()
      const doomed = pool.generate({ prompt: [5], temperature: 0, maxTokens: 400, seed: 1, signal: controller.signal })
      controller.abort(new Error('enough'))
      await doomed.catch(() => {})
      await pool.close()
      console.log('closed')
    })()`
    const child = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const [code] = await once(child, 'close')
    expect([code, said.trim()]).toEqual([0, 'closed'])
  }, 120_000)
})
