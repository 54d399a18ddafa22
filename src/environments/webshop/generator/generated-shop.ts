import { loadShopData, type ShopData } from '../loading/load-shop-data.ts'
import { readAttributes, readInstructions } from '../loading/read-annotations.ts'
import { generateShop, type ShopGeneratorOptions } from './generate-shop.ts'

/** Products and goals of a generated shop, read as the official files are. The same options give the same shop. */
export function openGeneratedShop(options: ShopGeneratorOptions): ShopData {
  const files = generateShop(options)
  return loadShopData({
    records: files.products,
    attributes: readAttributes(files.attributes, 'generated attributes'),
    instructions: readInstructions(files.instructions, 'generated requests'),
    priceSeed: options.seed,
    where: 'generated products',
  })
}
