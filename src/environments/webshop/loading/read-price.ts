import { floatText } from '../python/python-text.ts'

/** What a record without a price costs, dollars. */
const unpriced = 100

/**
 * Prices and price tag of a record's `pricing` text (`$10.99`, `$10.99$12.50`, empty), as engine.load_products reads it.
 * Returns undefined for a text that holds no number after a dollar sign.
 */
export function readPrice(text: string | null | undefined): { pricing: number[]; priceTag: string } | undefined {
  if (!text) return { pricing: [unpriced], priceTag: `$${floatText(unpriced)}` }
  const pricing = text
    .split('$')
    .slice(1)
    .map((piece) => readNumber(piece.replace(/[^\p{Nd}.]/gu, '')))
  if (pricing.length === 0 || pricing.some((price) => price === undefined)) return undefined
  const [low, high] = pricing as number[]
  if (high === undefined) return { pricing: [low!], priceTag: `$${floatText(low!)}` }
  return { pricing: [low!, high], priceTag: `$${floatText(low!)} to $${floatText(high)}` }
}

function readNumber(digits: string): number | undefined {
  return /^(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : undefined
}
