import type { AttributeName } from '../attributes.ts'
import type { KindRow } from './kind.ts'

const technology = 'Electronics'

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

/** Devices and their parts. */
export const electronics: readonly KindRow[] = [
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
  ['usb cables', `${technology} › Computers › Cables › USB`, ['charger', 'cord'], parts, ['color', 'length'], [6, 32]],
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
]
