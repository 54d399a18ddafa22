import type { AttributeName } from '../attributes.ts'
import type { KindRow } from './kind.ts'

const looks = 'Beauty & Personal Care'

const care: AttributeName[] = [
  'cruelty free',
  'paraben free',
  'sulfate free',
  'fragrance free',
  'long lasting',
  'sensitive skin',
  'dry skin',
  'natural ingredients',
  'tea tree',
  'travel size',
]
const tools: AttributeName[] = [
  'cruelty free',
  'eco friendly',
  'easy clean',
  'light weight',
  'travel size',
  'sensitive skin',
  'non slip',
  'stainless steel',
]

/** Care and its tools. */
export const beauty: readonly KindRow[] = [
  ['shampoo', `${looks} › Hair Care › Shampoo`, ['hair', 'daily'], care, ['scent', 'volume'], [7, 35]],
  [
    'face moisturizer',
    `${looks} › Skin Care › Face › Moisturizers`,
    ['cream', 'daily'],
    care,
    ['scent', 'volume'],
    [9, 50],
  ],
  ['body wash', `${looks} › Skin Care › Body › Cleansers`, ['shower', 'gel'], care, ['scent', 'volume'], [6, 30]],
  ['lip balm', `${looks} › Skin Care › Lips › Balms`, ['stick', 'care'], care, ['flavor', 'pack'], [4, 22]],
  ['deodorant', `${looks} › Personal › Deodorants`, ['stick', 'spray'], care, ['scent', 'pack'], [5, 28]],
  ['sunscreen', `${looks} › Skin Care › Sun › Sunscreens`, ['lotion', 'beach'], care, ['scent', 'volume'], [8, 38]],
  ['nail polish', `${looks} › Nails › Polish`, ['gel', 'set'], care, ['color', 'finish'], [5, 25]],
  ['makeup brushes', `${looks} › Tools › Makeup Brushes`, ['set', 'soft'], tools, ['color', 'pack'], [8, 45]],
  [
    'hair brushes',
    `${looks} › Hair Care › Styling › Brushes`,
    ['detangling', 'paddle'],
    tools,
    ['color', 'pack'],
    [7, 32],
  ],
  ['soap bars', `${looks} › Skin Care › Body › Soaps`, ['hand', 'shower'], care, ['scent', 'pack'], [5, 30]],
]
