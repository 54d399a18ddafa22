import { typeReward } from '../reward/type-reward.ts'

/** r_type 1 for every purchase, as in recordings that were made without a tagger; the matches of query and category are judged. */
export const fullType: typeof typeReward = (product, goal) => ({ ...typeReward(product, goal, () => []), type: 1 })
