import type { AttributeName } from '../attributes.ts'
import type { KindRow } from './kind.ts'

const home = 'Home & Kitchen'

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

/** Furniture and textiles for the home. */
export const garden: readonly KindRow[] = [
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
]
