import type { Random } from '../support/random.ts'

export interface SamplingSettings {
  /** 0 = greedy: the likeliest token, the lowest id among equals. */
  temperature: number
  /** Nucleus sampling: only the likeliest tokens that together have this probability. */
  topP: number
  /** The only tokens that may be drawn; their probabilities are renormalised. */
  allowed: readonly number[] | undefined
  /** Tokens that may not be drawn. */
  banned: ReadonlySet<number> | undefined
}

/** Draws one token from logits [vocabulary]. At most one random number is used, and none if there is nothing to choose. */
export function sampleToken(logits: Float32Array, settings: SamplingSettings, random: Random): number {
  const { temperature, topP, banned } = settings
  let candidates: readonly number[] | undefined = settings.allowed
  if (banned?.size) candidates = (candidates ?? everything(logits.length)).filter((id) => !banned.has(id))
  if (candidates?.length === 1) return candidates[0]!
  if (temperature <= 0) return likeliest(logits, candidates)

  const count = candidates?.length ?? logits.length
  const weights = new Float64Array(count)
  const idAt = (index: number) => (candidates ? candidates[index]! : index)
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < count; i++) {
    weights[i] = logits[candidates ? candidates[i]! : i]!
    if (weights[i]! > highest) highest = weights[i]!
  }
  let total = 0
  for (let i = 0; i < count; i++) {
    const exponent = (weights[i]! - highest) / temperature
    // What is left out could not be drawn in a lifetime, and most of a trained model's vocabulary is.
    total += weights[i] = exponent < -40 ? 0 : Math.exp(exponent)
  }
  if (topP >= 1) {
    let rest = random.next() * total
    for (let i = 0; i < count; i++) if ((rest -= weights[i]!) < 0) return idAt(i)
    return likeliest(logits, candidates)
  }
  const order = Array.from(weights, (_, index) => index).sort((a, b) => weights[b]! - weights[a]! || a - b)
  let mass = 0
  let kept = 0
  while (kept < order.length && mass < topP * total) mass += weights[order[kept++]!]!
  let rest = random.next() * mass
  for (let i = 0; i < kept; i++) if ((rest -= weights[order[i]!]!) < 0) return idAt(order[i]!)
  return idAt(order[0]!)
}

/** Log-probability (nats) of a token under the model itself: temperature 1, nothing excluded. */
export function logProbability(logits: Float32Array, id: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (const logit of logits) if (logit > highest) highest = logit
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit - highest)
  return logits[id]! - highest - Math.log(sum)
}

function likeliest(logits: Float32Array, candidates: readonly number[] | undefined): number {
  let best = candidates ? candidates[0]! : 0
  if (candidates) {
    for (const id of candidates)
      if (logits[id]! > logits[best]! || (logits[id]! === logits[best]! && id < best)) best = id
  } else for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[best]!) best = id
  return best
}

const ranges = new Map<number, readonly number[]>()

function everything(size: number): readonly number[] {
  const known = ranges.get(size)
  if (known) return known
  const made = Array.from({ length: size }, (_, id) => id)
  ranges.set(size, made)
  return made
}
