import type { Template } from './template.ts'

/** Requests for numbers. */
export const countTemplates: readonly Template[] = [
  {
    name: 'count-files',
    kind: 'count',
    draw: (draw) => ({
      query: draw.say(`Count the files under ${draw.top}`, `How many files are there in the tree ${draw.top}?`),
      gold: `find ${draw.top} -type f | wc -l`,
      reason: 'I list all files of the tree and count the lines.',
    }),
  },
  {
    name: 'count-extension',
    kind: 'count',
    draw(draw) {
      const extension = draw.extension()
      return {
        query: draw.say(
          `Count the .${extension} files under ${draw.top}`,
          `How many files under ${draw.top} end in .${extension}?`,
        ),
        gold: `find ${draw.top} -type f -name '*.${extension}' | wc -l`,
        reason: `I list the names that end in .${extension} and count the lines.`,
      }
    },
  },
  {
    name: 'count-folders',
    kind: 'count',
    draw: (draw) => ({
      query: draw.say(
        `Count the folders in the tree ${draw.top}, itself included`,
        `How many directories are in ${draw.top} and below, with ${draw.top} itself?`,
      ),
      gold: `find ${draw.top} -type d | wc -l`,
      reason: 'I list all folders of the tree and count the lines.',
    }),
  },
  {
    name: 'count-lines',
    kind: 'count',
    draw(draw) {
      const file = draw.file()
      return {
        query: draw.say(`Count the lines of ${file.said}`, `How many lines has ${file.said}? Print the number only`),
        gold: `wc -l < ${file.path}`,
        reason: `The file is ${file.path}; reading it as input gives the number of lines without a name.`,
      }
    },
  },
  {
    name: 'count-words',
    kind: 'count',
    draw(draw) {
      const file = draw.file('txt', 'md')
      return {
        query: draw.say(`Count the words of ${file.said}`, `How many words has ${file.said}? Print the number only`),
        gold: `wc -w < ${file.path}`,
        reason: `The file is ${file.path}; reading it as input gives the number of words without a name.`,
      }
    },
  },
  {
    name: 'count-bytes',
    kind: 'count',
    draw(draw) {
      const file = draw.file()
      return {
        query: draw.say(
          `Print the size of ${file.said} in bytes`,
          `How many bytes has ${file.said}? Print the number only`,
        ),
        gold: `wc -c < ${file.path}`,
        reason: `The file is ${file.path}; reading it as input gives the number of bytes without a name.`,
      }
    },
  },
  {
    name: 'count-matches',
    kind: 'count',
    draw(draw) {
      const { said, path, file } = draw.file('log')
      const word = draw.wordOf(file)
      return {
        query: draw.say(`Count the lines with ${word} in ${said}`, `How many lines of ${said} contain ${word}?`),
        gold: `grep -c ${word} ${path}`,
        reason: `The file is ${path}; I count its lines with ${word}.`,
      }
    },
  },
  {
    name: 'count-all-lines',
    kind: 'count',
    draw(draw) {
      const extension = draw.say('csv', 'log', 'md')
      return {
        query: draw.say(
          `Count the lines of all .${extension} files under ${draw.top} together`,
          `How many lines do the .${extension} files under ${draw.top} have in total?`,
        ),
        gold: `find ${draw.top} -name '*.${extension}' -exec cat {} + | wc -l`,
        reason: `I join the contents of all .${extension} files and count the lines once.`,
      }
    },
  },
  {
    name: 'count-distinct',
    kind: 'count',
    draw(draw) {
      const file = draw.file('txt', 'csv')
      return {
        query: draw.say(`Count the different lines of ${file.said}`, `How many distinct lines has ${file.said}?`),
        gold: `sort -u ${file.path} | wc -l`,
        reason: `The file is ${file.path}; sorting without repetitions leaves each line once to count.`,
      }
    },
  },
  {
    name: 'count-mentions',
    kind: 'count',
    draw(draw) {
      const word = draw.word()
      return {
        query: draw.say(
          `Count the files under ${draw.top} that contain ${word}`,
          `In how many files under ${draw.top} does ${word} occur?`,
        ),
        gold: `grep -rl ${word} ${draw.top} | wc -l`,
        reason: `I list the names of files with ${word} and count the lines.`,
      }
    },
  },
  {
    name: 'sum-column',
    kind: 'count',
    draw(draw) {
      const file = draw.file('csv')
      return {
        query: draw.say(
          `Add up the third column of ${file.said} (comma-separated)`,
          `What is the sum of the numbers in column 3 of ${file.said} whose columns are separated by commas?`,
        ),
        gold: `awk -F, '{s+=$3} END {print s}' ${file.path}`,
        reason: `The file is ${file.path}; splitting its lines at commas, I add up the third field.`,
      }
    },
  },
]
