const colors = [
  ...['black', 'white', 'grey', 'navy', 'red', 'green', 'brown', 'beige', 'pink', 'purple', 'yellow', 'orange'],
  ...['azure', 'turquoise', 'maroon', 'lilac', 'ivory', 'teal'],
]

/**
 * What can be chosen of a kind of goods, and how people ask for it: `*` stands for the value. No two values of a family count as each other in the reward,
 * which compares fuzzily (`8 wide` would be taken for `8`, `pack of 2` for `pack of 6`), and each is one word: what is asked for is on a page or it is not.
 */
export const optionFamilies = {
  color: { values: colors, asks: ['in *', 'the color should be *', '* colored'] },
  'shoe size': {
    name: 'size',
    values: ['eu36', 'eu37', 'eu38', 'eu39', 'eu40', 'eu41', 'eu42', 'eu43', 'eu44', 'eu45'],
    asks: ['in size *', 'size *', 'i wear a size *'],
  },
  'clothing size': {
    name: 'size',
    values: ['xs', 's', 'm', 'l', 'xl', 'xxl', '3xl'],
    asks: ['in size *', 'size *', 'i wear size *'],
  },
  'rug size': { name: 'size', values: ['2x3', '3x5', '4x6', '5x7', '8x10'], asks: ['* feet', 'of * feet'] },
  'cloth size': { name: 'size', values: ['16x16', '18x18', '20x20', '36x72', '52x84'], asks: ['* inch', 'of * inch'] },
  volume: { name: 'size', values: ['50ml', '120ml', '300ml', '900ml', '1l'], asks: ['* size', 'i want the * one'] },
  pack: { name: 'size', values: ['single', 'twin', 'family', 'bulk', 'trial'], asks: ['as * pack', '* pack'] },
  length: { name: 'size', values: ['3ft', '6ft', '12ft', '25m', '40m'], asks: ['* long', 'of *'] },
  flavor: {
    values: [
      'vanilla',
      'chocolate',
      'strawberry',
      'hazelnut',
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
    values: ['original', 'salted', 'barbecue', 'garlic', 'cheddar', 'paprika', 'chili', 'basil'],
    asks: ['* flavor', 'i like *', 'with * taste'],
  },
  scent: {
    values: ['lavender', 'rose', 'vanilla', 'coconut', 'citrus', 'eucalyptus', 'unscented', 'sandalwood'],
    asks: ['* scent', 'that smell of *', 'with * scent'],
  },
  finish: {
    name: 'style',
    values: ['matte', 'glossy', 'brushed', 'clear', 'satin'],
    asks: ['* finish', 'with a * finish'],
  },
  phone: {
    name: 'style',
    values: ['iphone', 'galaxy', 'pixel', 'xperia', 'nokia'],
    asks: ['for my *', 'that fit a *'],
  },
} as const satisfies Record<string, { name?: string; values: readonly string[]; asks: readonly string[] }>

export type OptionFamily = keyof typeof optionFamilies

/** As product pages name it. */
export function optionName(family: OptionFamily): string {
  const described = optionFamilies[family]
  return 'name' in described ? described.name : family
}
