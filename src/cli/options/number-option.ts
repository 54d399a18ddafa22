import { InvalidArgumentError } from 'commander'

/** Reads a whole number of at least `least`; anything else is a usage error that says so. For commander's options. */
export function wholeNumber(least = 0): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`)
    return value
  }
}

/** Reads a number, whole or not, of at least 0. */
export function nonNegativeNumber(text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Expected a number of at least 0.')
  return value
}

/** Reads the number of a port to listen at; 0 is any that is free. */
export function portNumber(text: string): number {
  const port = wholeNumber(0)(text)
  if (port > 65_535) throw new InvalidArgumentError('Expected a port of at most 65535.')
  return port
}
