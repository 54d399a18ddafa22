/** The colour words of WebShop's normalisation (its engine/normalize.py, MIT licence), in its order: the first one found decides. */
const colors =
  `alabaster apricot aqua ash asphalt azure banana beige black blue blush bordeaux bronze brown burgundy camel camo caramel champagne
  charcoal cheetah chestnut chocolate christmas coffee cognac copper coral cranberry cream crystal dark denim eggplant elephant espresso
  fuchsia gold granite grape graphite grass gray green grey heather indigo ivory ivy khaki lavender lemon leopard light lilac lime magenta
  maroon mauve merlot midnight mint mocha multicolor mushroom mustard natural navy nude olive orange peach pewter pink plum purple rainbow
  red rose royal rust sand sapphire seashell silver skull slate steel stone stonewash sunflower tan taupe teal tiger turquoise violet walnut
  wheat white wine yellow`.split(/\s+/)

/** The first colour word that is part of the text, or the text: `dark blue` -> `blue`, and also `standard` -> `tan`. */
export function normalizeColor(text: string): string {
  return colors.find((color) => text.includes(color)) ?? text
}

/** What becomes of an option given as a pair: upstream asks whether name or value equals a colour, not whether it holds one. */
export function colorOfPair(name: string, value: string): string | undefined {
  return colors.find((color) => color === name || color === value)
}
