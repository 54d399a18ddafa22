import type { Random } from '../../../support/random.ts'
import { type AttributeName, attributes } from './attributes.ts'
import { type OptionFamily, optionFamilies } from './options.ts'

/** What a person has in mind who asks for a product. */
export interface Wish {
  noun: string
  attributes: readonly AttributeName[]
  options: readonly { family: OptionFamily; value: string }[]
}

const openings = [
  'i am looking for',
  'i need',
  'i want to buy',
  'find me',
  'please help me find',
  'show me',
  'i would like',
  'can you get me',
  'looking for',
  'my wife wants',
  'i am shopping for',
  'for my sister i need',
]
const endings = ['', '', '', '', ' please', ' thanks', ' for a friend', ' for my trip']
/** How often a property is called by its catalogue name; else it is described. */
const literalShare = 0.65

/** A request in the words of a person, lower-case, without a price. The same wish is worded in many ways. */
export function wordRequest({ noun, attributes: wanted, options }: Wish, random: Random): string {
  const before: string[] = []
  const behind: string[] = []
  const apart: string[] = []
  for (const name of wanted) {
    if (random.next() > literalShare) behind.push(random.choice<string>(attributes[name].ways))
    else if (random.next() < 0.6) before.push(name)
    else apart.push(name)
  }
  for (const { family, value } of random.shuffle(options)) {
    const ask = random.choice<string>(optionFamilies[family].asks).replace('*', value)
    ;(/^(i|the) /.test(ask) ? apart : behind).push(ask)
  }
  const parts = [random.choice(openings), ...before, noun, ...random.shuffle(behind)]
  const text = [parts.join(' '), ...random.shuffle(apart)].join(', ') + random.choice(endings)
  return random.next() < 0.2 ? `${text}.` : text
}
