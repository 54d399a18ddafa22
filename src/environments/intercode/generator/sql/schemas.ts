/** A pair of tables of which one belongs to the other; all that questions need to know of a generated database. */
export interface Schema {
  database: string
  owner: TableShape
  item: TableShape
  /** Column of the item that names its owner. */
  key: string
}

export interface TableShape {
  table: string
  /** In words: one, and several. */
  one: string
  many: string
  id: string
  category: { column: string; said: string; values: readonly string[] }
  number: { column: string; said: string; from: number; to: number }
  names: readonly string[]
}

const people = [
  'Anna Berg',
  'Boris Hahn',
  'Carla Diaz',
  'David Kim',
  'Elena Rossi',
  'Frank Moreau',
  'Greta Lind',
  'Hugo Silva',
  'Irene Novak',
  'Jonas Weber',
  'Katya Petrova',
  'Liam Byrne',
]
const towns = ['Lisbon', 'Oslo', 'Prague', 'Quito', 'Riga', 'Sofia']

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix} ${String(index + 1).padStart(2, '0')}`)

/** A table of one kind of thing; `said` is how questions call a column. */
function shape(
  one: string,
  category: [column: string, said: string, values: readonly string[]],
  number: [column: string, said: string, from: number, to: number],
  names: readonly string[],
): TableShape {
  const [column, said, values] = category
  const [counted, saidOfIt, from, to] = number
  return {
    ...{ table: one, one, many: `${one}s`, id: `${one}_id` },
    category: { column, said, values },
    number: { column: counted, said: saidOfIt, from, to },
    names,
  }
}

const schema = (database: string, owner: TableShape, item: TableShape): Schema => ({
  database,
  owner,
  item,
  key: owner.id,
})

/** The first four are seen in training, the others are not. */
export const schemas: readonly Schema[] = [
  schema(
    'library',
    shape(
      'author',
      ['country', 'country', ['Chile', 'Ghana', 'Japan', 'Norway']],
      ['birth_year', 'year of birth', 1900, 1990],
      people,
    ),
    shape(
      'book',
      ['genre', 'genre', ['crime', 'poetry', 'travel', 'history']],
      ['pages', 'number of pages', 80, 900],
      numbered('Volume', 30),
    ),
  ),
  schema(
    'harbour',
    shape('captain', ['home_town', 'home town', towns], ['age', 'age', 25, 65], people),
    shape(
      'ship',
      ['ship_type', 'type', ['ferry', 'tanker', 'trawler', 'tug']],
      ['tonnage', 'tonnage', 100, 9000],
      numbered('Gull', 26),
    ),
  ),
  schema(
    'bakery_chain',
    shape('shop', ['town', 'town', towns], ['opened_in', 'year of opening', 1950, 2020], numbered('Corner', 10)),
    shape(
      'cake',
      ['flavour', 'flavour', ['almond', 'cherry', 'lemon', 'plum']],
      ['weight_grams', 'weight', 200, 2500],
      numbered('Cake', 28),
    ),
  ),
  schema(
    'theatre',
    shape(
      'director',
      ['nationality', 'nationality', ['Irish', 'Italian', 'Korean', 'Polish']],
      ['years_active', 'number of active years', 1, 40],
      people,
    ),
    shape(
      'play',
      ['style', 'style', ['comedy', 'drama', 'farce', 'musical']],
      ['minutes', 'length', 45, 240],
      numbered('Act', 24),
    ),
  ),
  schema(
    'clinic',
    shape(
      'doctor',
      ['department', 'department', ['cardiology', 'dentistry', 'neurology']],
      ['salary', 'salary', 3000, 12000],
      people,
    ),
    shape(
      'treatment',
      ['outcome', 'outcome', ['cured', 'improved', 'unchanged']],
      ['cost', 'cost', 20, 4000],
      numbered('Case', 32),
    ),
  ),
  schema(
    'orchard',
    shape(
      'grower',
      ['region', 'region', ['coast', 'hills', 'plain']],
      ['hectares', 'area in hectares', 1, 300],
      people,
    ),
    shape(
      'tree',
      ['fruit', 'fruit', ['apple', 'pear', 'quince', 'walnut']],
      ['height_cm', 'height', 150, 1200],
      numbered('Row', 30),
    ),
  ),
]

export const seenSchemas = 4
