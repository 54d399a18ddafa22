import type { AttributeName } from './attributes.ts'
import type { OptionFamily } from './options.ts'

/** A kind of goods: what its products have in common. */
export interface Kind {
  /** As requests call it, in the plural where one buys it so. */
  readonly noun: string
  /** WebShop's department. */
  readonly category: 'fashion' | 'garden' | 'beauty' | 'grocery' | 'electronics'
  /** Category path, from the department down. */
  readonly path: string
  /** A word or two that some titles add. */
  readonly extras: readonly string[]
  readonly attributes: readonly AttributeName[]
  readonly options: readonly OptionFamily[]
  /** Dollars, lowest and highest. */
  readonly prices: readonly [number, number]
}

type Row = [
  noun: string,
  path: string,
  extras: readonly string[],
  attributes: readonly AttributeName[],
  options: readonly OptionFamily[],
  prices: readonly [number, number],
]

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
const furniture: AttributeName[] = [
  'solid wood',
  'easy assembly',
  'space saving',
  'stainless steel',
  'heavy duty',
  'easy clean',
  'height adjustable',
  'eco friendly',
]
const textiles: AttributeName[] = [
  'machine washable',
  'double sided',
  'eco friendly',
  'non slip',
  'quick drying',
  'easy clean',
  'light weight',
  'heavy duty',
]
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
const food: AttributeName[] = [
  'gluten free',
  'sugar free',
  'dairy free',
  'nut free',
  'plant based',
  'usda organic',
  'low sodium',
  'kosher certified',
]
const drinks: AttributeName[] = [
  'sugar free',
  'dairy free',
  'plant based',
  'usda organic',
  'caffeine free',
  'high protein',
  'gluten free',
  'kosher certified',
]
const devices: AttributeName[] = [
  'fast charging',
  'noise cancelling',
  'hands free',
  'high speed',
  'shock proof',
  'dust proof',
  'stereo sound',
  'plug and play',
  'water resistant',
  'long lasting',
]
const parts: AttributeName[] = [
  'gold plated',
  'high speed',
  'shock proof',
  'dust proof',
  'plug and play',
  'heavy duty',
  'light weight',
  'wireless charging',
  'non slip',
  'water resistant',
]

const wear = 'Clothing, Shoes & Jewelry'
const home = 'Home & Kitchen'
const looks = 'Beauty & Personal Care'
const pantry = 'Grocery & Gourmet Food'
const technology = 'Electronics'

const rows: Record<Kind['category'], readonly Row[]> = {
  fashion: [
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
  ],
  garden: [
    [
      'table lamps',
      `${home} › Lighting › Lamps › Table Lamps`,
      ['bedside', 'desk'],
      [
        'energy efficient',
        'easy assembly',
        'space saving',
        'height adjustable',
        'stainless steel',
        'easy clean',
        'hands free',
      ],
      ['color', 'finish'],
      [18, 90],
    ],
    [
      'bar stools',
      `${home} › Furniture › Dining › Bar Stools`,
      ['kitchen', 'counter'],
      furniture,
      ['color', 'finish'],
      [50, 180],
    ],
    ['bookcases', `${home} › Furniture › Office › Bookcases`, ['shelf', 'tall'], furniture, ['color'], [60, 220]],
    [
      'coffee tables',
      `${home} › Furniture › Living Room › Coffee Tables`,
      ['round', 'modern'],
      furniture,
      ['color', 'finish'],
      [70, 240],
    ],
    [
      'wall mirrors',
      `${home} › Decor › Mirrors › Wall Mirrors`,
      ['round', 'bathroom'],
      furniture,
      ['color', 'finish'],
      [25, 120],
    ],
    [
      'area rugs',
      `${home} › Decor › Rugs › Area Rugs`,
      ['living room', 'soft'],
      textiles,
      ['color', 'rug size'],
      [25, 190],
    ],
    [
      'throw pillows',
      `${home} › Bedding › Pillows › Throw Pillows`,
      ['sofa', 'cover'],
      textiles,
      ['color', 'cloth size'],
      [10, 45],
    ],
    [
      'window curtains',
      `${home} › Decor › Windows › Curtains`,
      ['bedroom', 'blackout'],
      textiles,
      ['color', 'cloth size'],
      [15, 70],
    ],
    ['bath towels', `${home} › Bath › Towels › Bath Towels`, ['hotel', 'soft'], textiles, ['color', 'pack'], [12, 60]],
    [
      'frying pans',
      `${home} › Kitchen › Cookware › Frying Pans`,
      ['skillet', 'induction'],
      ['non stick', 'stainless steel', 'heavy duty', 'easy clean', 'light weight', 'eco friendly'],
      ['color', 'finish'],
      [18, 90],
    ],
  ],
  beauty: [
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
  ],
  grocery: [
    ['granola bars', `${pantry} › Snacks › Bars › Granola Bars`, ['chewy', 'snack'], food, ['flavor', 'pack'], [6, 35]],
    [
      'protein powder',
      `${pantry} › Beverages › Powders › Protein`,
      ['shake', 'fitness'],
      drinks,
      ['flavor', 'volume'],
      [18, 75],
    ],
    ['herbal tea', `${pantry} › Beverages › Tea › Herbal`, ['bags', 'evening'], drinks, ['flavor', 'pack'], [5, 30]],
    [
      'ground coffee',
      `${pantry} › Beverages › Coffee › Ground`,
      ['roast', 'breakfast'],
      drinks,
      ['flavor', 'volume'],
      [8, 40],
    ],
    [
      'trail mix',
      `${pantry} › Snacks › Nuts › Trail Mixes`,
      ['dried fruit', 'snack'],
      food,
      ['flavor', 'volume'],
      [7, 38],
    ],
    [
      'potato chips',
      `${pantry} › Snacks › Chips › Potato`,
      ['crunchy', 'kettle'],
      food,
      ['savory flavor', 'pack'],
      [5, 32],
    ],
    ['cookies', `${pantry} › Snacks › Cookies`, ['baked', 'crunchy'], food, ['flavor', 'pack'], [6, 34]],
    ['pasta sauce', `${pantry} › Sauces › Pasta`, ['tomato', 'jar'], food, ['savory flavor', 'volume'], [5, 30]],
    ['almond milk', `${pantry} › Beverages › Milk › Almond`, ['drink', 'carton'], drinks, ['flavor', 'pack'], [6, 36]],
    [
      'pancake mix',
      `${pantry} › Baking › Mixes › Pancake`,
      ['breakfast', 'fluffy'],
      food,
      ['flavor', 'volume'],
      [6, 28],
    ],
  ],
  electronics: [
    [
      'bluetooth headphones',
      `${technology} › Audio › Headphones › Wireless`,
      ['over ear', 'music'],
      devices,
      ['color'],
      [25, 160],
    ],
    [
      'bluetooth speakers',
      `${technology} › Audio › Speakers › Wireless`,
      ['outdoor', 'party'],
      devices,
      ['color'],
      [20, 140],
    ],
    [
      'portable chargers',
      `${technology} › Power › Chargers › Portable`,
      ['battery', 'travel'],
      devices,
      ['color'],
      [15, 70],
    ],
    [
      'phone cases',
      `${technology} › Phones › Accessories › Cases`,
      ['cover', 'bumper'],
      parts,
      ['color', 'phone'],
      [8, 40],
    ],
    [
      'screen protectors',
      `${technology} › Phones › Accessories › Screen Protectors`,
      ['glass', 'film'],
      parts,
      ['phone', 'pack'],
      [6, 28],
    ],
    ['hdmi cables', `${technology} › Video › Cables › HDMI`, ['monitor', 'cord'], parts, ['color', 'length'], [7, 45]],
    [
      'usb cables',
      `${technology} › Computers › Cables › USB`,
      ['charger', 'cord'],
      parts,
      ['color', 'length'],
      [6, 32],
    ],
    ['computer mice', `${technology} › Computers › Input › Mice`, ['office', 'gaming'], parts, ['color'], [10, 60]],
    ['keyboards', `${technology} › Computers › Input › Keyboards`, ['office', 'gaming'], parts, ['color'], [18, 110]],
    [
      'tablet stands',
      `${technology} › Computers › Tablets › Stands`,
      ['desk', 'folding'],
      parts,
      ['color', 'finish'],
      [12, 55],
    ],
  ],
}

/** All kinds of goods of a generated shop. */
export const kinds: readonly Kind[] = (Object.keys(rows) as Kind['category'][]).flatMap((category) =>
  rows[category].map(([noun, path, extras, attributes, options, prices]) => ({
    noun,
    category,
    path,
    extras,
    attributes,
    options,
    prices,
  })),
)
