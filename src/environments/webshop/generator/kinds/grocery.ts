import type { AttributeName } from '../attributes.ts'
import type { KindRow } from './kind.ts'

const pantry = 'Grocery & Gourmet Food'

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

/** Food and drinks. */
export const grocery: readonly KindRow[] = [
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
  ['pancake mix', `${pantry} › Baking › Mixes › Pancake`, ['breakfast', 'fluffy'], food, ['flavor', 'volume'], [6, 28]],
]
