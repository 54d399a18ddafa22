import { resolve } from 'node:path'
import { openGeneratedShop } from '../../environments/webshop/generator/generated-shop.ts'
import { openShop, type Shop } from '../../environments/webshop/shop.ts'
import type { Config } from '../config.ts'

/** The shop that a configuration means, and where it comes from in words: generated from the seed, or the official files of a folder. */
export async function openShopOf({
  environment: { games, generated },
  seed,
  cwd,
}: Pick<Config, 'environment' | 'seed'> & { cwd: string }): Promise<{ shop: Shop; source: string }> {
  if (games !== undefined) throw new Error(`not yet: ${resolve(cwd, games)}`)
  const { products } = generated
  return {
    shop: openShop(openGeneratedShop({ seed, products })),
    source: `a generated shop of ${products} products, seed ${seed}`,
  }
}
