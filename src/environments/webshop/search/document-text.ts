import type { Product } from '../product.ts'

/** The text that WebShop's index holds of a product: title, description, first bullet point and options, in lower case. */
export function documentText({ title, description, bulletPoints, options }: Product): string {
  const choices = options.map(({ name, values }) => `${name}: ${values.join(', ')}`).join(', and ')
  return [title, description, bulletPoints[0] ?? '', choices].join(' ').toLowerCase()
}
