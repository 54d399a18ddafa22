import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, fakeModel } from '../testing/fake-model.ts'
import { openCallJournal } from './call-journal.ts'
import { createLedger } from './ledger.ts'
import { withJournal } from './with-journal.ts'

let folder = ''
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-calls-'))
})
afterAll(() => rm(folder, { recursive: true }))

const fresh = () => join(folder, `${count++}`, 'calls.jsonl')
const echo = () => fakeModel(({ messages, seed }) => `${messages[0]!.content} ${seed} ü\n"`)

describe('withJournal', () => {
  it('asks once for what is asked again, also by another session of the run', async () => {
    const path = fresh()
    const model = echo()
    const ledger = createLedger()
    const first = await openCallJournal(path)
    const kept = withJournal(model, { journal: first, phase: 'teacher', ledger })
    const answer = await kept.generate(ask('a'))
    expect(await kept.generate(ask('a'))).toEqual(answer)
    await first.close()
    const second = await openCallJournal(path)
    expect(second.size).toBe(1)
    expect(await withJournal(model, { journal: second, phase: 'other', ledger }).generate(ask('a'))).toEqual(answer)
    await second.close()
    expect(model.calls).toHaveLength(1)
    expect(ledger.rows().map(({ phase, cached }) => [phase, cached])).toEqual([
      ['teacher', 1],
      ['other', 1],
    ])
  })

  it('draws sampled calls by their index, and greedy ones once', async () => {
    const journal = await openCallJournal(fresh())
    const model = withJournal(echo(), { journal, phase: 'p' })
    const texts = async (temperature: number) =>
      (await Promise.all([1, 2, 1].map((seed) => model.generate(ask('a', { temperature, seed }))))).map(
        ({ text }) => text,
      )
    const [one, two, again] = await texts(0.7)
    expect(one).not.toBe(two)
    expect(again).toBe(one)
    expect(new Set(await texts(0)).size).toBe(1)
    await journal.close()
  })

  it('lets equal requests at the same time share one call, and does not keep errors', async () => {
    const journal = await openCallJournal(fresh())
    let fail = true
    const model = fakeModel(() => {
      if (fail) throw new Error('503')
      return 'well'
    })
    const kept = withJournal(model, { journal, phase: 'p' })
    const failures = await Promise.allSettled([kept.generate(ask('a')), kept.generate(ask('a'))])
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(model.calls).toHaveLength(1)
    fail = false
    const both = await Promise.all([kept.generate(ask('a')), kept.generate(ask('a'))])
    expect(both.map(({ text }) => text)).toEqual(['well', 'well'])
    expect(model.calls).toHaveLength(2)
    await journal.close()
  })

  it('has the answer on the disk before it hands it out', async () => {
    const path = fresh()
    const journal = await openCallJournal(path, { keepMessages: true })
    const { text } = await withJournal(echo(), { journal, phase: 'p' }).generate(ask('a'))
    const written = JSON.parse(await readFile(path, 'utf8'))
    expect(written).toMatchObject({ kind: 'answer', phase: 'p', model: 'fake:model', result: { text } })
    expect(written.messages).toEqual(ask('a').messages)
    await journal.close()
  })

  it('abandons a call only when nobody waits for it any more', async () => {
    const journal = await openCallJournal(fresh())
    const release = Promise.withResolvers<string>()
    const model = fakeModel(({ signal }) =>
      Promise.race([
        release.promise,
        new Promise<string>((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason))),
      ]),
    )
    const kept = withJournal(model, { journal, phase: 'p' })
    const leaving = [new AbortController(), new AbortController()] as const
    const [one, two] = leaving.map(({ signal }) => kept.generate(ask('a', { signal })))
    await expect.poll(() => journal.pending.size, { timeout: 60_000 }).toBe(1)
    leaving[0].abort(new Error('first leaves'))
    await expect(one).rejects.toThrow('first leaves')
    expect(model.calls[0]!.signal!.aborted).toBe(false)
    leaving[1].abort(new Error('second leaves'))
    await expect(two).rejects.toThrow('second leaves')
    expect(model.calls[0]!.signal!.aborted).toBe(true)
    release.resolve('in the end')
    expect((await kept.generate(ask('a'))).text).toBe('in the end')
    expect(model.calls).toHaveLength(2)
    await journal.close()
  })

  it('waits at the end for answers that are on their way, so that they are paid for once', async () => {
    const path = fresh()
    const journal = await openCallJournal(path)
    const release = Promise.withResolvers<string>()
    const kept = withJournal(
      fakeModel(() => release.promise),
      { journal, phase: 'p' },
    )
    const controller = new AbortController()
    const call = kept.generate(ask('a', { signal: controller.signal }))
    await expect.poll(() => journal.pending.size, { timeout: 60_000 }).toBe(1)
    controller.abort(new Error('Ctrl-C'))
    await expect(call).rejects.toThrow('Ctrl-C')
    const closed = journal.close()
    release.resolve('paid')
    await closed
    const next = await openCallJournal(path)
    const unused = fakeModel(() => 'again')
    expect((await withJournal(unused, { journal: next, phase: 'p' }).generate(ask('a'))).text).toBe('paid')
    expect(unused.calls).toHaveLength(0)
    await next.close()
  })
})

describe('the file', () => {
  const filled = async () => {
    const path = fresh()
    const journal = await openCallJournal(path)
    const model = withJournal(echo(), { journal, phase: 'p' })
    for (const content of ['a', 'b', 'c']) await model.generate(ask(content))
    await journal.lost({ model: 'm', phase: 'p', cost: 0.5 })
    await model.generate(ask('d'))
    await journal.close()
    return path
  }

  it('may end anywhere in its last line: the answers before it are there, and the next is appended whole', async () => {
    const path = await filled()
    const whole = await readFile(path)
    const last = whole.lastIndexOf(10, whole.length - 2) + 1
    for (const end of [last, last + 1, last + 40, whole.length - 1]) {
      await writeFile(path, whole)
      await truncate(path, end)
      const journal = await openCallJournal(path)
      expect(journal.size).toBe(3)
      const model = echo()
      const kept = withJournal(model, { journal, phase: 'p' })
      for (const content of ['a', 'b', 'c', 'd', 'd']) await kept.generate(ask(content))
      expect(model.calls.map(({ messages }) => messages[0]!.content)).toEqual(['d'])
      await journal.close()
      expect(await readFile(path)).toEqual(whole)
    }
  })

  it('tells what is in it when it is opened, in order', async () => {
    const kinds: string[] = []
    const ledger = createLedger()
    const journal = await openCallJournal(await filled(), {
      onPast: (entry) => {
        kinds.push(entry.kind)
        ledger.past(entry)
      },
    })
    expect(kinds).toEqual(['answer', 'answer', 'answer', 'lost', 'answer'])
    expect(ledger.total()).toMatchObject({
      calls: 4,
      lost: 1,
      cost: 0.5,
      unpriced: 4,
      tokens: { prompt: 40, completion: 20 },
    })
    await journal.close()
  })

  it('names the line that is damaged', async () => {
    const path = await filled()
    await appendFile(path, '{"kind":"answer","key":"x"}\n')
    await expect(openCallJournal(path)).rejects.toMatchObject({
      code: 'JSONL_INVALID',
      message: expect.stringContaining(`${path}:6`),
    })
  })
})
