import { LeapError } from '../../../contracts/error.ts'
import type { UpdateRule } from '../../../contracts/trainer.ts'
import { distill } from './distill.ts'
import { dpo } from './dpo.ts'
import { kto } from './kto.ts'
import type { RuleContext, RuleFactory, RuleTraining } from './rule.ts'
import { sft } from './sft.ts'

/** The update rules of the local trainer by name: a new one is one file and one entry here. */
const rules: { [Rule in UpdateRule]: RuleFactory<Rule> } = { sft, dpo, kto, distill }

/** Makes ready a training by the rule of its data. Throws RULE_UNSUPPORTED, DATA_EMPTY, and what the rule throws. */
export async function createRuleTraining(context: RuleContext): Promise<RuleTraining> {
  const { rule, examples } = context.request.data
  if (!Object.hasOwn(rules, rule))
    throw new LeapError({
      code: 'RULE_UNSUPPORTED',
      message: `the local trainer knows the update rules ${Object.keys(rules).join(', ')}, not ${rule}`,
    })
  // The map's type pairs each rule with its own examples, which the compiler cannot follow through a variable.
  const training = await (rules[rule] as RuleFactory<UpdateRule>)(examples as never, context)
  if (training.examples.length > 0) return training
  throw new LeapError({
    code: 'DATA_EMPTY',
    message: `a training by rule ${rule} was asked for without examples`,
    remedy: 'See why no demonstration or correction became a row (counts are in the run).',
  })
}
