/**
 * The nouns of a title, lower-case, repeats kept. WebShop takes spaCy's tokens tagged NOUN or PROPN; here the tagger is the caller's choice,
 * because spaCy exists in Python only and published scores come from two of its models.
 */
export type NounExtractor = (title: string) => readonly string[]

const notNouns = new Set(
  `a about above adjustable after all also an and any are as at back be best better big but by can casual classic comfortable comfy cool cute
  deep durable easy easily elegant extra fashionable fast fit for free from full good great heavy high hot in into is it its large light
  lightweight long loose low made makes many may medium mini modern more most multi new nice no non not of off on one only or other our out
  over perfect plus portable premium professional quick ready really same short simple slim small soft solid strong such suitable super than
  that the their these they thick thin this through to too two ultra under up upgraded use used very warm wide will with without you your`.split(
    /\s+/,
  ),
)

/** Every word of letters that is not on a list of words that are rarely nouns in titles of goods. Needs nothing installed. */
export const wordNouns: NounExtractor = (title) =>
  (title.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => !notNouns.has(word))

/** Nouns from a table (title -> nouns), for scores by a tagger of one's own; titles that it lacks go to `fallback`. */
export function tableNouns(
  table: ReadonlyMap<string, readonly string[]>,
  fallback: NounExtractor = wordNouns,
): NounExtractor {
  return (title) => table.get(title) ?? fallback(title)
}
