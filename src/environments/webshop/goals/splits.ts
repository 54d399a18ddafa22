export const splitNames = ['test', 'eval', 'train'] as const
export type SplitName = (typeof splitNames)[number]

/**
 * Numbers of a split's goals as [first, behind last): test 0-499, eval 500-1499, train from 1500, as WebShop's baselines and LEAP have it.
 * With 2,000 goals or fewer the first quarter is test, the second eval, and the rest train.
 */
export function splitRange(split: SplitName, goals: number): [first: number, end: number] {
  const [test, evaluation] = goals > 2000 ? [500, 1500] : [Math.floor(goals / 4), Math.floor(goals / 2)]
  if (split === 'test') return [0, test]
  return split === 'eval' ? [test, evaluation] : [evaluation, goals]
}
