import { describe, expect, it } from 'vitest'
import { PythonRandom } from './python-random.ts'

// Expected values: CPython 3, `random.seed(n)` and the call of the same name.
describe('PythonRandom', () => {
  it('draws floats, bits, uniform numbers and samples as CPython', () => {
    const floats = new PythonRandom(7)
    expect([floats.random(), floats.random(), floats.random()]).toEqual([
      0.32383276483316237, 0.15084917392450192, 0.6509344730398537,
    ])
    const bits = new PythonRandom(7)
    expect([bits.bits(32), bits.bits(32), bits.bits(32)]).toEqual([1390851128, 4071050724, 647892279])
    expect(new PythonRandom(7).uniform(1.5, 9.25)).toBe(4.009703927457009)
    const samples = new PythonRandom(7)
    const pool = [10, 20, 30, 40]
    expect([samples.sample(pool, 2), samples.sample(pool, 2), samples.sample(pool, 2)]).toEqual([
      [30, 10],
      [40, 30],
      [10, 40],
    ])
  })

  it('shuffles as CPython, long lists too', () => {
    const short = Array.from({ length: 13 }, (_, i) => i)
    new PythonRandom(233).shuffle(short)
    expect(short).toEqual([11, 9, 5, 6, 0, 1, 4, 7, 3, 8, 2, 12, 10])
    const long = Array.from({ length: 12_087 }, (_, i) => i)
    new PythonRandom(233).shuffle(long)
    expect(long.slice(0, 4)).toEqual([8655, 10304, 6940, 2750])
    expect(long.slice(-2)).toEqual([10294, 11181])
  })

  it('takes seeds of more than 32 bits, and seeds apart from their sign', () => {
    // random.seed(2**40 + 5); random.random()
    expect(new PythonRandom(2 ** 40 + 5).random()).toBe(0.5043802970418443)
    expect(new PythonRandom(-7).random()).toBe(new PythonRandom(7).random())
    expect(() => new PythonRandom(0.5)).toThrow(/whole number/)
  })

  it('draws samples from large populations by rejection, as CPython', () => {
    // random.seed(3); random.sample(range(1000), 50)[:6]
    expect(new PythonRandom(3).sampleIndices(1000, 50).slice(0, 6)).toEqual([243, 606, 557, 133, 378, 937])
    expect(() => new PythonRandom(3).sampleIndices(3, 4)).toThrow(RangeError)
  })
})
