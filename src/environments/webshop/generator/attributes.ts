/** A property of goods, as catalogues name it, and what people say who mean it. */
export interface AttributeWords {
  /** The same in other words, to stand behind the goods' name in singular or plural: `for wet weather`. */
  readonly ways: readonly string[]
  /** A sentence of the product's features that holds the attribute's name. */
  readonly feature: string
}

/** Every attribute that a generated product can have, by name. */
export const attributes = {
  'water resistant': {
    ways: ['for wet weather', 'to use in the rain'],
    feature: 'Water resistant, so rain is no trouble.',
  },
  'arch support': { ways: ['for flat feet'], feature: 'Arch support for long days.' },
  'non slip': { ways: ['with good grip', 'to stay in place'], feature: 'Non slip base that stays where it is.' },
  'memory foam': { ways: ['with a soft cushion'], feature: 'A layer of memory foam inside.' },
  'machine washable': {
    ways: ['for the washing machine', 'i can launder'],
    feature: 'Machine washable at thirty degrees.',
  },
  'long sleeve': { ways: ['to cover my arms'], feature: 'Long sleeve cut.' },
  'short sleeve': { ways: ['with bare arms'], feature: 'Short sleeve cut.' },
  'slim fit': { ways: ['close to the body'], feature: 'Slim fit through waist and leg.' },
  'loose fit': { ways: ['with room to move'], feature: 'Loose fit that leaves room to move.' },
  'elastic waist': { ways: ['with a stretch band'], feature: 'Elastic waist, no belt needed.' },
  'high waist': { ways: ['up above the hips'], feature: 'High waist that stays up.' },
  'quick drying': { ways: ['with no wait on the line'], feature: 'Quick drying weave.' },
  'moisture wicking': { ways: ['against sweat'], feature: 'Moisture wicking yarn keeps you dry.' },
  'cotton lined': { ways: ['with cotton on the inside'], feature: 'Cotton lined for bare skin.' },
  'fleece lined': { ways: ['warm on the inside'], feature: 'Fleece lined against the cold.' },
  'wide width': { ways: ['for broad feet'], feature: 'Wide width last.' },
  'solid wood': { ways: ['of real timber'], feature: 'Solid wood, no veneer.' },
  'easy assembly': { ways: ['to put together fast'], feature: 'Easy assembly with one tool.' },
  'space saving': { ways: ['for a small room'], feature: 'Space saving shape.' },
  'stainless steel': { ways: ['without rust'], feature: 'Stainless steel parts.' },
  'heavy duty': { ways: ['to take a lot of weight'], feature: 'Heavy duty build.' },
  'light weight': { ways: ['easy to lift'], feature: 'Light weight, made to be carried.' },
  'easy clean': { ways: ['i can wipe down'], feature: 'Easy clean surface.' },
  'height adjustable': { ways: ['to set higher or lower'], feature: 'Height adjustable in five steps.' },
  'energy efficient': { ways: ['with little power use'], feature: 'Energy efficient by design.' },
  'double sided': { ways: ['the same on both sides'], feature: 'Double sided, turn it any way.' },
  'eco friendly': { ways: ['kind to nature'], feature: 'Eco friendly from start to end.' },
  'cruelty free': { ways: ['not tested on animals'], feature: 'Cruelty free since day one.' },
  'paraben free': { ways: ['without parabens'], feature: 'Paraben free formula.' },
  'sulfate free': { ways: ['without sulfates'], feature: 'Sulfate free formula.' },
  'fragrance free': { ways: ['without perfume'], feature: 'Fragrance free for sensitive noses.' },
  'long lasting': { ways: ['good for the whole day'], feature: 'Long lasting from morning to night.' },
  'sensitive skin': { ways: ['that does not irritate me'], feature: 'Tested on sensitive skin.' },
  'dry skin': { ways: ['against flaking'], feature: 'Care for dry skin.' },
  'natural ingredients': { ways: ['made from plants'], feature: 'Natural ingredients only.' },
  'tea tree': { ways: ['with australian leaf oil'], feature: 'With tea tree extract.' },
  'travel size': { ways: ['for my carry on bag'], feature: 'Travel size packing.' },
  'gluten free': { ways: ['without wheat'], feature: 'Gluten free kitchen.' },
  'sugar free': { ways: ['not sweetened'], feature: 'Sugar free recipe.' },
  'dairy free': { ways: ['without milk'], feature: 'Dairy free recipe.' },
  'nut free': { ways: ['for a peanut allergy'], feature: 'Nut free kitchen.' },
  'plant based': { ways: ['for vegans'], feature: 'Plant based all through.' },
  'usda organic': { ways: ['grown without pesticides'], feature: 'USDA organic certified.' },
  'low sodium': { ways: ['with little salt'], feature: 'Low sodium recipe.' },
  'high protein': { ways: ['to build muscle'], feature: 'High protein per serving.' },
  'caffeine free': { ways: ['to let me sleep'], feature: 'Caffeine free blend.' },
  'kosher certified': { ways: ['for a jewish kitchen'], feature: 'Kosher certified.' },
  'fast charging': { ways: ['to fill up fast'], feature: 'Fast charging over every port.' },
  'noise cancelling': { ways: ['to keep sound out'], feature: 'Noise cancelling at a touch.' },
  'hands free': { ways: ['to use without touching'], feature: 'Hands free use.' },
  'gold plated': { ways: ['with golden plugs'], feature: 'Gold plated contacts.' },
  'high speed': { ways: ['to move data fast'], feature: 'High speed link.' },
  'shock proof': { ways: ['to survive a drop'], feature: 'Shock proof corners.' },
  'dust proof': { ways: ['to keep dirt out'], feature: 'Dust proof seals.' },
  'wireless charging': { ways: ['to charge without a cord'], feature: 'Wireless charging works through it.' },
  'stereo sound': { ways: ['to play music well'], feature: 'Stereo sound.' },
  'plug and play': { ways: ['without any setup'], feature: 'Plug and play.' },
  'non stick': { ways: ['so nothing burns on'], feature: 'Non stick coat.' },
} as const satisfies Record<string, AttributeWords>

export type AttributeName = keyof typeof attributes
