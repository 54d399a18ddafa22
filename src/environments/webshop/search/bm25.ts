import { decodeLength } from './length-norm.ts'

const k1 = 0.9
const b = 0.4

/** 1 / (k1 * (1 - b + b * length / mean length)) for each of the 256 length bytes, in 32-bit floats as Lucene's BM25Similarity computes it. */
export function inverseNorms(meanLength: number): Float32Array {
  const f = Math.fround
  const mean = f(meanLength)
  const constant = f(1 - f(b))
  return Float32Array.from({ length: 256 }, (_, byte) => {
    const relative = f(f(f(b) * decodeLength(byte)) / mean)
    return 1 / f(f(k1) * f(constant + relative))
  })
}

/** Inverse document frequency of a term that `frequency` of `documents` documents have, times how often the query has it. */
export function termWeight(documents: number, frequency: number, count: number): number {
  const idf = Math.fround(Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)))
  return Math.fround(count * idf)
}

/** Score of a term in a document that has it `frequency` times; 32-bit float. `inverseNorm` is the document's. */
export function termScore(weight: number, frequency: number, inverseNorm: number): number {
  const f = Math.fround
  return f(weight - f(weight / f(1 + f(frequency * inverseNorm))))
}
