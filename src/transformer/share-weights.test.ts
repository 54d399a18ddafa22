import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { shareWeights } from './share-weights.ts'

test('a thread that is handed shared weights reads the very same memory', async () => {
  const given = new Map([
    ['a', { shape: [2, 3], data: Float32Array.from([1, 2, 3, 4, 5, 6]) }],
    ['b', { shape: [1], data: Float32Array.of(7) }],
  ])
  const shared = shareWeights(given)
  expect([...shared].map(([name, { shape, data }]) => [name, shape, [...data]])).toEqual([
    ['a', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['b', [1], [7]],
  ])
  const script = `const { workerData } = require('node:worker_threads'); workerData.get('b').data[0] = 8`
  const worker = new Worker(script, { eval: true, workerData: shared })
  await new Promise((resolve) => worker.once('exit', resolve))
  expect(shared.get('b')!.data[0]).toBe(8)
  expect(given.get('b')!.data[0]).toBe(7)
})
