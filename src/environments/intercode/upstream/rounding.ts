/** Rounds to decimals as CPython's `round`: the exact binary value, ties (only exact ones) to even. For values far below 2^53. */
export function roundAsPython(value: number, digits: number): number {
  const scaled = value * 10 ** digits
  // A decimal tie is a dyadic fraction: then, and only then, the product above is exact.
  const isTie = Number.isInteger(value * 2 ** (digits + 1)) && Math.abs(scaled % 1) === 0.5
  if (!isTie) return Number(value.toFixed(digits))
  return roundHalfEven(scaled) / 10 ** digits
}

/** Rounds to decimals as `numpy.round`: multiply, round to nearest with ties to even, divide. Differs from CPython at 0.165. */
export function roundAsNumpy(value: number, digits: number): number {
  const scale = 10 ** digits
  return roundHalfEven(value * scale) / scale
}

/** The nearest integer, ties to even (IEEE 754 roundToIntegralTiesToEven, C's `rint`). */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}
