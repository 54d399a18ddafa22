import type { Draw, Template } from './template.ts'

/** A request about one file that is answered by one command on it. */
const onFile = (
  name: string,
  extensions: readonly string[],
  make: (draw: Draw, file: ReturnType<Draw['file']>) => { queries: string[]; gold: string; reason: string },
): Template => ({
  name,
  kind: 'text',
  draw(draw) {
    const file = draw.file(...extensions)
    const { queries, gold, reason } = make(draw, file)
    return { query: draw.say(...queries), gold, reason: `The file is ${file.path}. ${reason}` }
  },
})

/** Requests for parts of texts. */
export const textTemplates: readonly Template[] = [
  onFile('first-lines', [], (draw, { said, path }) => {
    const count = draw.number(2, 5)
    return {
      queries: [`Print the first ${count} lines of ${said}`, `Show the top ${count} lines of ${said}`],
      gold: `head -n ${count} ${path}`,
      reason: 'Its beginning is all that is asked for.',
    }
  }),
  onFile('last-lines', [], (draw, { said, path }) => {
    const count = draw.number(2, 5)
    return {
      queries: [`Print the last ${count} lines of ${said}`, `Show the final ${count} lines of ${said}`],
      gold: `tail -n ${count} ${path}`,
      reason: 'Its end is all that is asked for.',
    }
  }),
  onFile('one-line', [], (draw, { said, path }) => {
    const line = draw.number(2, 5)
    return {
      queries: [`Print line ${line} of ${said}`, `Show only line number ${line} of ${said}`],
      gold: `sed -n ${line}p ${path}`,
      reason: 'A stream editor can print one line by its number.',
    }
  }),
  onFile('sort-lines', ['txt', 'md', 'csv'], (_, { said, path }) => ({
    queries: [`Print the lines of ${said} in alphabetical order`, `Sort ${said} and print it`],
    gold: `sort ${path}`,
    reason: 'Its lines have to be put in order.',
  })),
  onFile('sort-backwards', ['txt', 'md', 'csv'], (_, { said, path }) => ({
    queries: [`Print the lines of ${said} in reverse alphabetical order`, `Sort ${said} from Z to A and print it`],
    gold: `sort -r ${path}`,
    reason: 'Its lines have to be put in reverse order.',
  })),
  onFile('distinct-lines', ['txt', 'csv'], (_, { said, path }) => ({
    queries: [`Print each different line of ${said} once`, `Show the lines of ${said} without repetitions`],
    gold: `sort -u ${path}`,
    reason: 'Sorting can leave out repetitions.',
  })),
  onFile('column', ['csv'], (draw, { said, path }) => {
    const column = draw.number(1, 3)
    return {
      queries: [
        `Print column ${column} of ${said} (comma-separated)`,
        `Show only field ${column} of each line of ${said} whose fields are separated by commas`,
      ],
      gold: `cut -d, -f${column} ${path}`,
      reason: 'I cut its lines at commas.',
    }
  }),
  onFile('upper-case', [], (_, { said, path }) => ({
    queries: [`Print ${said} in capital letters`, `Show the text of ${said} in upper case`],
    gold: `tr a-z A-Z < ${path}`,
    reason: 'Letters can be translated one by one.',
  })),
  onFile('matching-lines', ['log', 'txt', 'csv'], (draw, { said, path, file }) => {
    const word = draw.wordOf(file)
    return {
      queries: [`Print the lines with ${word} in ${said}`, `Show all lines of ${said} that contain ${word}`],
      gold: `grep ${word} ${path}`,
      reason: `I keep the lines that hold ${word}.`,
    }
  }),
  onFile('other-lines', ['log', 'csv'], (draw, { said, path, file }) => {
    const word = draw.wordOf(file)
    return {
      queries: [`Print the lines without ${word} in ${said}`, `Show all lines of ${said} that do not contain ${word}`],
      gold: `grep -v ${word} ${path}`,
      reason: `I leave out the lines that hold ${word}.`,
    }
  }),
  onFile('numbered-matches', ['log', 'txt', 'csv'], (draw, { said, path, file }) => {
    const word = draw.wordOf(file)
    return {
      queries: [
        `Print the lines with ${word} in ${said} with their line numbers`,
        `Show where ${word} occurs in ${said}: line number and line`,
      ],
      gold: `grep -n ${word} ${path}`,
      reason: `I keep the lines that hold ${word} and ask for their numbers.`,
    }
  }),
  onFile('most-frequent', ['txt', 'log'], (_, { said, path }) => ({
    queries: [
      `Print how often each first word of a line occurs in ${said}, most frequent first`,
      `Count the first words of the lines of ${said} and sort them by frequency, highest first`,
    ],
    gold: `cut -d' ' -f1 ${path} | sort | uniq -c | sort -rn`,
    reason: 'I cut out the first words, bring equal ones together, count them and sort the counts.',
  })),
  onFile('last-first', [], (_, { said, path }) => ({
    queries: [`Print the lines of ${said} from the last to the first`, `Show ${said} upside down, last line first`],
    gold: `tac ${path}`,
    reason: 'Its lines have to come in the opposite order.',
  })),
  onFile('number-lines', [], (_, { said, path }) => ({
    queries: [`Print ${said} with a number before each line`, `Show ${said} with line numbers`],
    gold: `cat -n ${path}`,
    reason: 'Numbers can be added while it is printed.',
  })),
  onFile('replace-shown', ['txt', 'log', 'md', 'csv'], (draw, { said, path, file }) => {
    const [from, to] = [draw.wordOf(file), draw.word()]
    return {
      queries: [
        `Print ${said} with every ${from} replaced by ${to}, without changing the file`,
        `Show ${said} as it would be with ${to} in place of ${from}`,
      ],
      gold: `sed s/${from}/${to}/g ${path}`,
      reason: `A stream editor can put ${to} in the place of ${from} while it prints.`,
    }
  }),
  onFile('longest-line', ['txt', 'log', 'md'], (_, { said, path }) => ({
    queries: [
      `Print the length of the longest line of ${said}`,
      `How many characters has the longest line of ${said}?`,
    ],
    gold: `wc -L < ${path}`,
    reason: 'Counting can give the longest line’s length.',
  })),
  onFile('checksum', [], (_, { said, path }) => ({
    queries: [
      `Print the MD5 checksum of ${said}, without the name`,
      `What is the MD5 sum of ${said}? Print the sum only`,
    ],
    gold: `md5sum < ${path} | cut -d' ' -f1`,
    reason: 'I compute its sum and cut off what stands behind it.',
  })),
]
