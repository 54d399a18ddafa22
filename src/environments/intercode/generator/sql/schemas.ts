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

/** The first four are seen in training, the others are not. */
export const schemas: readonly Schema[] = [
  {
    database: 'library',
    owner: {
      table: 'author',
      one: 'author',
      many: 'authors',
      id: 'author_id',
      category: { column: 'country', said: 'country', values: ['Chile', 'Ghana', 'Japan', 'Norway'] },
      number: { column: 'birth_year', said: 'year of birth', from: 1900, to: 1990 },
      names: people,
    },
    item: {
      table: 'book',
      one: 'book',
      many: 'books',
      id: 'book_id',
      category: { column: 'genre', said: 'genre', values: ['crime', 'poetry', 'travel', 'history'] },
      number: { column: 'pages', said: 'number of pages', from: 80, to: 900 },
      names: numbered('Volume', 30),
    },
    key: 'author_id',
  },
  {
    database: 'harbour',
    owner: {
      table: 'captain',
      one: 'captain',
      many: 'captains',
      id: 'captain_id',
      category: { column: 'home_town', said: 'home town', values: towns },
      number: { column: 'age', said: 'age', from: 25, to: 65 },
      names: people,
    },
    item: {
      table: 'ship',
      one: 'ship',
      many: 'ships',
      id: 'ship_id',
      category: { column: 'ship_type', said: 'type', values: ['ferry', 'tanker', 'trawler', 'tug'] },
      number: { column: 'tonnage', said: 'tonnage', from: 100, to: 9000 },
      names: numbered('Gull', 26),
    },
    key: 'captain_id',
  },
  {
    database: 'bakery_chain',
    owner: {
      table: 'shop',
      one: 'shop',
      many: 'shops',
      id: 'shop_id',
      category: { column: 'town', said: 'town', values: towns },
      number: { column: 'opened_in', said: 'year of opening', from: 1950, to: 2020 },
      names: numbered('Corner', 10),
    },
    item: {
      table: 'cake',
      one: 'cake',
      many: 'cakes',
      id: 'cake_id',
      category: { column: 'flavour', said: 'flavour', values: ['almond', 'cherry', 'lemon', 'plum'] },
      number: { column: 'weight_grams', said: 'weight', from: 200, to: 2500 },
      names: numbered('Cake', 28),
    },
    key: 'shop_id',
  },
  {
    database: 'theatre',
    owner: {
      table: 'director',
      one: 'director',
      many: 'directors',
      id: 'director_id',
      category: { column: 'nationality', said: 'nationality', values: ['Irish', 'Italian', 'Korean', 'Polish'] },
      number: { column: 'years_active', said: 'number of active years', from: 1, to: 40 },
      names: people,
    },
    item: {
      table: 'play',
      one: 'play',
      many: 'plays',
      id: 'play_id',
      category: { column: 'style', said: 'style', values: ['comedy', 'drama', 'farce', 'musical'] },
      number: { column: 'minutes', said: 'length', from: 45, to: 240 },
      names: numbered('Act', 24),
    },
    key: 'director_id',
  },
  {
    database: 'clinic',
    owner: {
      table: 'doctor',
      one: 'doctor',
      many: 'doctors',
      id: 'doctor_id',
      category: { column: 'department', said: 'department', values: ['cardiology', 'dentistry', 'neurology'] },
      number: { column: 'salary', said: 'salary', from: 3000, to: 12000 },
      names: people,
    },
    item: {
      table: 'treatment',
      one: 'treatment',
      many: 'treatments',
      id: 'treatment_id',
      category: { column: 'outcome', said: 'outcome', values: ['cured', 'improved', 'unchanged'] },
      number: { column: 'cost', said: 'cost', from: 20, to: 4000 },
      names: numbered('Case', 32),
    },
    key: 'doctor_id',
  },
  {
    database: 'orchard',
    owner: {
      table: 'grower',
      one: 'grower',
      many: 'growers',
      id: 'grower_id',
      category: { column: 'region', said: 'region', values: ['coast', 'hills', 'plain'] },
      number: { column: 'hectares', said: 'area in hectares', from: 1, to: 300 },
      names: people,
    },
    item: {
      table: 'tree',
      one: 'tree',
      many: 'trees',
      id: 'tree_id',
      category: { column: 'fruit', said: 'fruit', values: ['apple', 'pear', 'quince', 'walnut'] },
      number: { column: 'height_cm', said: 'height', from: 150, to: 1200 },
      names: numbered('Row', 30),
    },
    key: 'grower_id',
  },
]

export const seenSchemas = 4
