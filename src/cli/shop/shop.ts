import { resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, note, print } from '../context.ts'
import { portNumber, wholeNumber } from '../options/number-option.ts'

interface ShopCommandOptions {
  host: string
  port: number
  data?: string
  products: number
  seed: number
  goal?: number
}

/** `leap shop`: the shop as web pages for a person with a browser. */
export const shopCommand: CliCommand<ShopCommandOptions> = {
  configure(command) {
    command
      .option(
        '--data <folder>',
        "a store made by leap data, or a folder with WebShop's official files (default: a generated shop)",
      )
      .option('--products <number>', 'products of the generated shop', wholeNumber(10), 3000)
      .option('--seed <number>', 'seed of the generated shop and of the requests that are drawn', wholeNumber(0), 1)
      .option('--goal <number>', 'offer this request alone', wholeNumber(0))
      .option('--host <address>', 'address to listen at; anyone who reaches it can shop', '127.0.0.1')
      .option('--port <number>', 'port to listen at; 0 = any that is free', portNumber, 3000)
    addExamples(command, [
      ['leap shop', 'at http://127.0.0.1:3000, until Ctrl-C'],
      ['leap shop --goal 17 --port 0', 'the request of task 17, on a free port'],
      ['leap shop --data webshop-store', 'the official catalogue'],
    ])
  },
  async run(context, { host, port, data, products, seed, goal }) {
    const { openShopOf } = await import('../../experiments/domains/open-shop.ts')
    const { createRandom } = await import('../../support/random.ts')
    const { createVisits } = await import('../../web/shop/shop-visits.ts')
    const { serveShop } = await import('../../web/shop/serve-shop.ts')
    const path = data === undefined ? undefined : resolve(context.cwd, data)
    const { shop, source } = await openShopOf({ path, products, seed })
    const served = await serveShop({
      ...{ shop, host, port, visits: createVisits(shop), random: createRandom(seed, 'requests') },
      goals: goalsOffered(shop.goals.length, goal),
    })
    try {
      print(context, `${source} (${shop.goals.length} requests) at ${served.url}`)
      note(context, 'Ctrl-C ends it.')
      await untilInterrupted(context)
    } finally {
      await served.close()
    }
    return 0
  },
}

function goalsOffered(count: number, goal: number | undefined): readonly [number, number] {
  if (goal === undefined) return [0, count]
  if (goal < count) return [goal, goal + 1]
  throw new LeapError({
    code: 'GOAL_UNKNOWN',
    message: `Expected --goal to be the number of a request from 0 to ${count - 1}, found ${goal}.`,
  })
}

function untilInterrupted({ signal }: CliContext): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
