import type { AttributeName } from '../attributes.ts'
import type { KindRow } from './kind.ts'

const wear = 'Clothing, Shoes & Jewelry'

const shoes: AttributeName[] = [
  'water resistant',
  'arch support',
  'non slip',
  'memory foam',
  'light weight',
  'wide width',
  'quick drying',
  'fleece lined',
]
const clothes: AttributeName[] = [
  'machine washable',
  'long sleeve',
  'short sleeve',
  'slim fit',
  'loose fit',
  'quick drying',
  'moisture wicking',
  'cotton lined',
  'fleece lined',
]
const trousers: AttributeName[] = [
  'machine washable',
  'slim fit',
  'loose fit',
  'elastic waist',
  'high waist',
  'quick drying',
  'moisture wicking',
  'fleece lined',
]

/** Clothes and shoes. */
export const fashion: readonly KindRow[] = [
  [
    "men's hiking boots",
    `${wear} › Men › Shoes › Hiking Boots`,
    ['trail', 'outdoor'],
    shoes,
    ['color', 'shoe size'],
    [45, 140],
  ],
  [
    "women's running shoes",
    `${wear} › Women › Shoes › Running`,
    ['sport', 'road'],
    shoes,
    ['color', 'shoe size'],
    [35, 120],
  ],
  [
    "women's sandals",
    `${wear} › Women › Shoes › Sandals`,
    ['summer', 'beach'],
    shoes,
    ['color', 'shoe size'],
    [15, 70],
  ],
  [
    "men's dress shirts",
    `${wear} › Men › Clothing › Shirts`,
    ['office', 'formal'],
    clothes,
    ['color', 'clothing size'],
    [18, 60],
  ],
  [
    "women's sweaters",
    `${wear} › Women › Clothing › Sweaters`,
    ['winter', 'knit'],
    clothes,
    ['color', 'clothing size'],
    [20, 75],
  ],
  [
    "men's rain jackets",
    `${wear} › Men › Clothing › Jackets`,
    ['hooded', 'outdoor'],
    clothes,
    ['color', 'clothing size'],
    [30, 110],
  ],
  [
    "women's winter coats",
    `${wear} › Women › Clothing › Coats`,
    ['hooded', 'long'],
    clothes,
    ['color', 'clothing size'],
    [40, 160],
  ],
  [
    "men's shorts",
    `${wear} › Men › Clothing › Shorts`,
    ['gym', 'summer'],
    trousers,
    ['color', 'clothing size'],
    [12, 45],
  ],
  [
    "women's leggings",
    `${wear} › Women › Clothing › Leggings`,
    ['yoga', 'gym'],
    trousers,
    ['color', 'clothing size'],
    [12, 50],
  ],
  [
    'kids pajamas',
    `${wear} › Kids › Clothing › Sleepwear`,
    ['soft', 'night'],
    trousers,
    ['color', 'clothing size'],
    [12, 40],
  ],
]
