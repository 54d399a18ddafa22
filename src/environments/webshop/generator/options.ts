const colors = [
  ...['black', 'white', 'grey', 'navy', 'red', 'green', 'brown', 'beige', 'pink', 'purple', 'yellow', 'orange'],
  ...['light blue', 'dark green', 'wine red', 'dusty rose', 'ivory', 'teal'],
]

/** What can be chosen of a kind of goods, and how people ask for it: `*` stands for the value. */
export const optionFamilies = {
  color: { values: colors, asks: ['in *', 'the color should be *', '* colored'] },
  'shoe size': {
    name: 'size',
    values: ['6', '7', '8', '9', '10', '11', '12', '8 wide', '9 wide', '10 wide'],
    asks: ['in size *', 'size *', 'i wear a size *'],
  },
  'clothing size': {
    name: 'size',
    values: ['x-small', 'small', 'medium', 'large', 'x-large', 'xx-large', '3x-large'],
    asks: ['in size *', 'size *', 'i wear a *'],
  },
  'rug size': {
    name: 'size',
    values: ['2x3 feet', '3x5 feet', '4x6 feet', '5x7 feet', '8x10 feet'],
    asks: ['*', 'of *'],
  },
  'cloth size': {
    name: 'size',
    values: ['16x16 inch', '18x18 inch', '20x20 inch', '36x72 inch', '52x84 inch'],
    asks: ['*', 'of *'],
  },
  volume: {
    name: 'size',
    values: ['4 ounce', '8 ounce', '12 ounce', '16 ounce', '32 ounce'],
    asks: ['* size', 'i want the * one'],
  },
  pack: {
    name: 'size',
    values: ['pack of 1', 'pack of 2', 'pack of 4', 'pack of 6', 'pack of 12'],
    asks: ['in a *', '*'],
  },
  length: { name: 'size', values: ['3 feet', '6 feet', '10 feet', '15 feet'], asks: ['* long', 'of *'] },
  flavor: {
    values: [
      'vanilla',
      'chocolate',
      'strawberry',
      'peanut butter',
      'lemon',
      'mint',
      'honey',
      'cinnamon',
      'coconut',
      'original',
    ],
    asks: ['* flavor', 'i like *', 'with * taste'],
  },
  'savory flavor': {
    name: 'flavor',
    values: ['original', 'sea salt', 'barbecue', 'garlic', 'cheddar', 'sour cream', 'chili', 'basil'],
    asks: ['* flavor', 'i like *', 'with * taste'],
  },
  scent: {
    values: ['lavender', 'rose', 'vanilla', 'coconut', 'citrus', 'eucalyptus', 'unscented', 'sandalwood'],
    asks: ['* scent', 'that smell of *', 'with * scent'],
  },
  finish: { name: 'style', values: ['matte', 'glossy', 'brushed', 'clear'], asks: ['* finish', 'with a * finish'] },
  phone: {
    name: 'style',
    values: ['iphone 11', 'iphone 12', 'iphone 13', 'galaxy s20', 'galaxy s21'],
    asks: ['for my *', 'that fit a *'],
  },
} as const satisfies Record<string, { name?: string; values: readonly string[]; asks: readonly string[] }>

export type OptionFamily = keyof typeof optionFamilies

/** As product pages name it. */
export function optionName(family: OptionFamily): string {
  const described = optionFamilies[family]
  return 'name' in described ? described.name : family
}
