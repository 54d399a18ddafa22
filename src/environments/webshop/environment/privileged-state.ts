import type { PrivilegedState } from '../../../contracts/privileged-state.ts'
import { noPriceBound } from '../goal.ts'
import type { Session } from '../session/session.ts'
import { bestPurchase } from './best-purchase.ts'

/**
 * What only a teacher may see of a shopping trip (paper D.3): what the reward looks at, and the product that the request was written about. Made from the
 * very goal that the session plays, so that no bound or option can differ from the request's.
 *
 * `data.worth` says what each product on the page can earn at best (by lower-case title), `data.best` which options the open product needs.
 */
export function describeShopPrivilege(session: Session): PrivilegedState {
  const { goal, shop, product, listed, instruction } = withInstruction(session)
  const values = goal.options.map(({ value }) => value)
  const worth = Object.fromEntries(
    listed.map((listedProduct) => [
      listedProduct.title.toLowerCase(),
      bestPurchase(shop, goal, listedProduct).reward.total,
    ]),
  )
  const open = product === undefined ? undefined : bestPurchase(shop, goal, product)
  const bound = goal.priceUpper === noPriceBound ? 'any' : `at most ${goal.priceUpper.toFixed(2)} dollars`
  const unsaid = [...goal.attributes, ...values].filter((text) => !instruction.includes(text.toLowerCase()))
  return {
    text: [
      `Request: ${goal.instruction}`,
      `The product has to have these attributes: ${goal.attributes.join(', ')}.`,
      `These options have to be chosen: ${values.join(', ') || 'none'}.`,
      `Price: ${bound}.`,
      `A product that meets all of it: ${goal.name}.`,
      ...(open === undefined ? [] : [`The open product can earn ${(100 * open.reward.total).toFixed(0)} of 100.`]),
    ].join('\n'),
    data: {
      attributes: [...goal.attributes],
      options: values,
      priceUpper: goal.priceUpper,
      query: goal.query,
      asin: goal.asin,
      title: goal.name.toLowerCase(),
      worth,
      ...(open === undefined ? {} : { open: { worth: open.reward.total, options: Object.fromEntries(open.options) } }),
    },
    secrets: [...new Set([goal.name, goal.asin, ...unsaid])].filter((secret) => secret !== ''),
  }
}

function withInstruction(session: Session) {
  const { goal, shop, product, listed } = session
  return { goal, shop, product, listed, instruction: goal.instruction.toLowerCase() }
}
