import type { Random } from '../../../../support/random.ts'
import type { Schema, TableShape } from './schemas.ts'

export interface Question {
  query: string
  gold: string
  reason: string
  hardness: 'easy' | 'medium' | 'hard'
}

/** One kind of question, asked of any database. */
export type QuestionKind = (schema: Schema, random: Random) => Question

const sideOf = ({ owner, item }: Schema, random: Random): TableShape => random.choice([owner, item])

/** Kinds of questions; `t` is the table that is asked about. */
export const questionKinds: Readonly<Record<string, QuestionKind>> = {
  'count-all': (schema, random) => {
    const t = sideOf(schema, random)
    return {
      query: random.choice([`How many ${t.many} are there?`, `Count all ${t.many}.`]),
      gold: `SELECT COUNT(*) FROM ${t.table}`,
      reason: 'I count the rows of the table.',
      hardness: 'easy',
    }
  },
  'list-names': (schema, random) => {
    const t = sideOf(schema, random)
    return {
      query: random.choice([`List the names of all ${t.many}.`, `What are the names of the ${t.many}?`]),
      gold: `SELECT name FROM ${t.table}`,
      reason: 'I only need the names.',
      hardness: 'easy',
    }
  },
  'order-names': (schema, random) => {
    const t = sideOf(schema, random)
    const falls = random.next() < 0.5
    return {
      query: `List the names of all ${t.many}, ${falls ? 'highest' : 'lowest'} ${t.number.said} first.`,
      gold: `SELECT name FROM ${t.table} ORDER BY ${t.number.column}${falls ? ' DESC' : ''}`,
      reason: `I sort by ${t.number.said}.`,
      hardness: 'easy',
    }
  },
  'names-of-category': (schema, random) => {
    const t = sideOf(schema, random)
    const value = random.choice(t.category.values)
    return {
      query: `Which ${t.many} have the ${t.category.said} ${value}? Give their names.`,
      gold: `SELECT name FROM ${t.table} WHERE ${t.category.column} = '${value}'`,
      reason: `I keep the rows with this ${t.category.said}.`,
      hardness: 'easy',
    }
  },
  'distinct-categories': (schema, random) => {
    const t = sideOf(schema, random)
    return {
      query: `What different values of ${t.category.said} do the ${t.many} have?`,
      gold: `SELECT DISTINCT ${t.category.column} FROM ${t.table}`,
      reason: 'Each value is needed once.',
      hardness: 'easy',
    }
  },
  extreme: (schema, random) => {
    const t = sideOf(schema, random)
    const word = random.choice(['MAX', 'MIN', 'AVG'] as const)
    const said = { MAX: 'largest', MIN: 'smallest', AVG: 'average' }[word]
    return {
      query: `What is the ${said} ${t.number.said} of all ${t.many}?`,
      gold: `SELECT ${word}(${t.number.column}) FROM ${t.table}`,
      reason: `I aggregate the ${t.number.said}.`,
      hardness: 'easy',
    }
  },
  'count-above': (schema, random) => {
    const t = sideOf(schema, random)
    const limit = Math.round((t.number.from + t.number.to) / 2)
    return {
      query: `How many ${t.many} have a ${t.number.said} above ${limit}?`,
      gold: `SELECT COUNT(*) FROM ${t.table} WHERE ${t.number.column} > ${limit}`,
      reason: `I count the rows whose ${t.number.said} is above the limit.`,
      hardness: 'easy',
    }
  },
  'count-by-category': (schema, random) => {
    const t = sideOf(schema, random)
    return {
      query: `For each ${t.category.said}, how many ${t.many} are there?`,
      gold: `SELECT ${t.category.column}, COUNT(*) FROM ${t.table} GROUP BY ${t.category.column}`,
      reason: `I group by ${t.category.said} and count.`,
      hardness: 'medium',
    }
  },
  'highest-name': (schema, random) => {
    const t = sideOf(schema, random)
    return {
      query: `What is the name of the ${t.one} with the highest ${t.number.said}?`,
      gold: `SELECT name FROM ${t.table} ORDER BY ${t.number.column} DESC LIMIT 1`,
      reason: `Sorted by ${t.number.said}, the first row answers it.`,
      hardness: 'medium',
    }
  },
  'average-by-category': (schema, random) => {
    const t = sideOf(schema, random)
    return {
      query: `What is the average ${t.number.said} of the ${t.many} of each ${t.category.said}?`,
      gold: `SELECT ${t.category.column}, AVG(${t.number.column}) FROM ${t.table} GROUP BY ${t.category.column}`,
      reason: `I group by ${t.category.said} and average.`,
      hardness: 'medium',
    }
  },
  between: (schema, random) => {
    const t = sideOf(schema, random)
    const width = Math.floor((t.number.to - t.number.from) / 3)
    const [low, high] = [t.number.from + width, t.number.to - width]
    return {
      query: `Give name and ${t.number.said} of the ${t.many} whose ${t.number.said} is between ${low} and ${high}.`,
      gold: `SELECT name, ${t.number.column} FROM ${t.table} WHERE ${t.number.column} BETWEEN ${low} AND ${high}`,
      reason: 'I keep the rows between both limits.',
      hardness: 'medium',
    }
  },
  'most-common': (schema, random) => {
    const t = schema.item
    return {
      query: random.choice([
        `Which ${t.category.said} is the most common among the ${t.many}?`,
        `What is the most frequent ${t.category.said} of the ${t.many}?`,
      ]),
      gold: `SELECT ${t.category.column} FROM ${t.table} GROUP BY ${t.category.column} ORDER BY COUNT(*) DESC, ${t.category.column} LIMIT 1`,
      reason: 'I group, count, and take the largest group.',
      hardness: 'medium',
    }
  },
  'items-with-owner': ({ owner, item, key }, random) => ({
    query: random.choice([
      `List the name of each ${item.one} with the name of its ${owner.one}.`,
      `Give all ${item.many} with the ${owner.one} they belong to, both by name.`,
    ]),
    gold: `SELECT i.name, o.name FROM ${item.table} AS i JOIN ${owner.table} AS o ON i.${key} = o.${owner.id}`,
    reason: 'Both tables are joined by their common column.',
    hardness: 'medium',
  }),
  'items-of-owner': ({ owner, item, key }, random) => {
    const name = random.choice(owner.names)
    return {
      query: `What are the names of the ${item.many} of the ${owner.one} ${name}?`,
      gold: `SELECT i.name FROM ${item.table} AS i JOIN ${owner.table} AS o ON i.${key} = o.${owner.id} WHERE o.name = '${name}'`,
      reason: `I join both tables and keep the rows of this ${owner.one}.`,
      hardness: 'medium',
    }
  },
  'count-by-owner': ({ owner, item, key }) => ({
    query: `How many ${item.many} does each ${owner.one} have? Give name and number of those who have any.`,
    gold: `SELECT o.name, COUNT(*) FROM ${item.table} AS i JOIN ${owner.table} AS o ON i.${key} = o.${owner.id} GROUP BY o.${owner.id}`,
    reason: `I join both tables, group by ${owner.one} and count.`,
    hardness: 'hard',
  }),
  'owners-without': ({ owner, item, key }, random) => ({
    query: random.choice([
      `Which ${owner.many} have no ${item.many}? Give their names.`,
      `Name the ${owner.many} without any ${item.one}.`,
    ]),
    gold: `SELECT name FROM ${owner.table} WHERE ${owner.id} NOT IN (SELECT ${key} FROM ${item.table})`,
    reason: `I leave out every ${owner.one} that occurs in the other table.`,
    hardness: 'hard',
  }),
  'owners-with-many': ({ owner, item, key }, random) => {
    const limit = 1 + random.integer(3)
    return {
      query: `Which ${owner.many} have more than ${limit} ${item.many}? Give their names.`,
      gold: `SELECT o.name FROM ${item.table} AS i JOIN ${owner.table} AS o ON i.${key} = o.${owner.id} GROUP BY o.${owner.id} HAVING COUNT(*) > ${limit}`,
      reason: `I join, group by ${owner.one}, and keep the large groups.`,
      hardness: 'hard',
    }
  },
  'sum-by-owner-category': ({ owner, item, key }) => ({
    query: `For each ${owner.category.said} of the ${owner.many}, what is the total ${item.number.said} of their ${item.many}?`,
    gold: `SELECT o.${owner.category.column}, SUM(i.${item.number.column}) FROM ${item.table} AS i JOIN ${owner.table} AS o ON i.${key} = o.${owner.id} GROUP BY o.${owner.category.column}`,
    reason: 'I join both tables, group, and add up.',
    hardness: 'hard',
  }),
  'above-average': (schema, random) => {
    const t = sideOf(schema, random)
    return {
      query: `Which ${t.many} have a ${t.number.said} above the average? Give their names.`,
      gold: `SELECT name FROM ${t.table} WHERE ${t.number.column} > (SELECT AVG(${t.number.column}) FROM ${t.table})`,
      reason: 'I compare each row with the average of all.',
      hardness: 'hard',
    }
  },
  'owner-of-largest': ({ owner, item, key }) => ({
    query: `What is the name of the ${owner.one} of the ${item.one} with the highest ${item.number.said}?`,
    gold: `SELECT o.name FROM ${item.table} AS i JOIN ${owner.table} AS o ON i.${key} = o.${owner.id} ORDER BY i.${item.number.column} DESC LIMIT 1`,
    reason: `I join both tables and sort by ${item.number.said}.`,
    hardness: 'hard',
  }),
}
