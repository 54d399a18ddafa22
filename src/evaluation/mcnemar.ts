/**
 * Exact two-sided McNemar test (McNemar 1947): the probability, if neither of two policies is better, of a split at least as
 * uneven of the tasks on which exactly one of them succeeds. 1 if they never disagree.
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const disagreements = onlyFirst + onlySecond
  const smaller = Math.min(onlyFirst, onlySecond)
  // Sums binomial probabilities from their logarithms, so that thousands of tasks do not underflow.
  let logTerm = -disagreements * Math.LN2
  let tail = Math.exp(logTerm)
  for (let k = 1; k <= smaller; k++) {
    logTerm += Math.log((disagreements - k + 1) / k)
    tail += Math.exp(logTerm)
  }
  return Math.min(1, 2 * tail)
}
