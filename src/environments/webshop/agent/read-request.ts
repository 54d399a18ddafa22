/** What a request says, without knowing any product. */
export interface ShopRequest {
  /** Lower-case, without the sentence about the price. */
  readonly text: string
  /** Its words that can describe goods, in order, each once. */
  readonly words: readonly string[]
  /** Dollars; undefined where no price is named. */
  readonly priceUpper: number | undefined
}

const filler = new Set(
  `a about am an and any are as at be been birthday but buy by can could do does find for friend from get give go good got has have hello help her
  hi him his hope i if i'd i'm im in is it its just let like looking me might mine mother my need of on one only or order our please pick purchase
  really search see she shop shopping should show sister so some something sort than thank thanks that the their them then there these they thing
  this those to too trip try us very want wants was we wear which who wife will wish with would you your am also another around color colored come
  comes each either else etc ever interested item items kind looks love made make making preferably prefer product size sized type way`.split(
    /\s+/,
  ),
)

/** Takes a request apart. The price is what WebShop appends: `, and price lower than 40.00 dollars`. */
export function readRequest(instruction: string): ShopRequest {
  const body = instruction.replace(/^Instruction:\s*/, '').toLowerCase()
  const price = /,? and price lower than (\d+(?:\.\d+)?) dollars\s*$/.exec(body)
  const text = price ? body.slice(0, price.index) : body
  return {
    text,
    words: [...new Set(wordsOf(text).filter((word) => !filler.has(word)))],
    priceUpper: price ? Number(price[1]) : undefined,
  }
}

/** Words as they are compared: lower-case letters, digits, inner apostrophes and hyphens. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
}

/** True if the text holds the phrase as whole words in a row. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const wanted = wordsOf(phrase)
  const words = wordsOf(text)
  return wanted.length > 0 && words.some((_, start) => wanted.every((word, offset) => words[start + offset] === word))
}
