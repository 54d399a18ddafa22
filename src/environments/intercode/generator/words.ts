/** What generated file systems are made of. None of the names is one that the reward ignores. */
export const topNames = [
  ...['depot', 'project', 'archive', 'studio', 'garden', 'harbor', 'museum', 'clinic', 'bakery', 'atlas', 'market'],
  ...['school', 'factory', 'library', 'kitchen', 'station', 'castle', 'airport', 'college', 'brewery', 'chapel'],
  ...['cottage', 'forest', 'gallery', 'hangar', 'kiosk', 'nursery', 'office', 'palace', 'stable', 'tavern', 'vault'],
]
/**
 * Words that training shows inside files, but not as folders: a student that never read a word at all has no token for it, and what it does with names
 * that it cannot read says nothing about whether it copies.
 */
export const unseenTopNames = ['canyon', 'island', 'lagoon', 'marble', 'river', 'valley']

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
