import type { Random } from '../../../support/random.ts'

/** What generated file systems are made of. None of the names is one that the reward ignores. */
const placeNames = [
  ...['depot', 'project', 'archive', 'studio', 'garden', 'harbor', 'museum', 'clinic', 'bakery', 'atlas', 'market'],
  ...['school', 'factory', 'library', 'kitchen', 'station', 'castle', 'airport', 'college', 'brewery', 'chapel'],
  ...['cottage', 'forest', 'gallery', 'hangar', 'kiosk', 'nursery', 'office', 'palace', 'stable', 'tavern', 'vault'],
]

export const folderNames = [
  ...['reports', 'drafts', 'invoices', 'letters', 'photos', 'scripts', 'notes', 'logs', 'exports', 'imports'],
  ...['north', 'south', 'spring', 'autumn', 'clients', 'orders', 'recipes', 'plans', 'minutes', 'samples'],
  ...['sources', 'docs', 'assets', 'backups', 'shared', 'private', 'public', 'staging', 'metrics', 'tickets'],
]

export const fileStems = [
  ...['alpha', 'birch', 'cedar', 'delta', 'ember', 'falcon', 'grove', 'hazel', 'iris', 'jasper', 'kestrel', 'lotus'],
  ...[
    'maple',
    'nectar',
    'opal',
    'pebble',
    'quartz',
    'raven',
    'saffron',
    'tulip',
    'umber',
    'violet',
    'willow',
    'yarrow',
  ],
  ...['agenda', 'budget', 'census', 'diary', 'errata', 'forecast', 'guide', 'history', 'index', 'journal', 'ledger'],
  ...['manual', 'notice', 'outline', 'protocol', 'quota', 'roster', 'summary', 'timetable', 'update', 'volume'],
]

export const contentWords = [
  ...['amber', 'basalt', 'canyon', 'dahlia', 'eagle', 'fern', 'granite', 'heron', 'island', 'juniper', 'kettle'],
  ...['lagoon', 'marble', 'nutmeg', 'oyster', 'poplar', 'quiver', 'river', 'sparrow', 'thistle', 'urchin', 'valley'],
]

export const people = ['anna', 'boris', 'carla', 'david', 'elena', 'frank', 'greta', 'hugo', 'irene', 'jonas']
export const towns = ['lisbon', 'oslo', 'prague', 'quito', 'riga', 'sofia', 'tunis', 'vienna']
export const levels = ['error', 'warning', 'info', 'debug']

/**
 * Words that training shows inside files and in names, but never at the beginning of a root: a student that never read a word at all has no token for it,
 * and what it does with names that it cannot read says nothing about whether it copies.
 */
export const unseenTopNames = ['canyon', 'island', 'lagoon', 'marble', 'river', 'valley']

/** Beginnings of roots. Many, for few are learnt by heart, and then said whatever the request says. No name of a folder is among them: no two things of a world share a name. */
export const topNames = [...placeNames, ...fileStems, ...people, ...towns, ...contentWords].filter(
  (name) => !unseenTopNames.includes(name),
)

const qualifiers = [
  ...contentWords,
  ...towns,
  ...['old', 'new', 'first', 'second', 'final', 'spare', 'big', 'small', 'east', 'west', 'upper', 'lower'],
  ...Array.from({ length: 20 }, (_, index) => String(index + 1)),
]

const syllables = ['ba', 'de', 'fo', 'ga', 'ke', 'lo', 'ma', 'ne', 'po', 'ra', 'se', 'to', 'va', 'ze'].flatMap(
  (one) => [one, `${one}l`, `${one}n`, `${one}r`],
)

/** A word that nobody has read before: `kelrama`. */
const invent = (random: Random) =>
  Array.from({ length: 2 + random.integer(2) }, () => random.choice(syllables)).join('')

/**
 * A name as people give them: a word of the list, or that word with another, a number or a word that nobody has read before (`drafts-oslo`, `cedar_12`,
 * `notes_kelrama`). Names that recur are learnt by heart; one that hardly does has to be copied.
 */
export function drawName(random: Random, list: readonly string[]): string {
  const word = random.choice(list)
  const share = random.next()
  if (share < 0.3) return word
  return `${word}${random.choice(['-', '_'])}${share < 0.5 ? invent(random) : random.choice(qualifiers)}`
}

/** As many different names. */
export function drawNames(random: Random, list: readonly string[], count: number): string[] {
  const names = new Set<string>()
  while (names.size < count) names.add(drawName(random, list))
  return [...names]
}
