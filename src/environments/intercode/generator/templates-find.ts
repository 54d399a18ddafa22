import type { Template } from './template.ts'

/** Requests for files and folders. */
export const findTemplates: readonly Template[] = [
  {
    name: 'find-extension',
    kind: 'find',
    draw(draw) {
      const extension = draw.extension()
      return {
        query: draw.say(
          `List all .${extension} files under ${draw.top}`,
          `Which files under ${draw.top} end in .${extension}?`,
        ),
        gold: `find ${draw.top} -type f -name '*.${extension}'`,
        reason: `I search the whole tree for names that end in .${extension}.`,
      }
    },
  },
  {
    name: 'find-other-extension',
    kind: 'find',
    draw(draw) {
      const extension = draw.extension()
      return {
        query: draw.say(
          `List all files under ${draw.top} that are not .${extension} files`,
          `Show every file under ${draw.top} except those ending in .${extension}`,
        ),
        gold: `find ${draw.top} -type f ! -name '*.${extension}'`,
        reason: `I search the tree for files and leave out names that end in .${extension}.`,
      }
    },
  },
  {
    name: 'find-empty',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(`List the empty files under ${draw.top}`, `Which files under ${draw.top} have no content?`),
      gold: `find ${draw.top} -type f -empty`,
      reason: 'The search can test for emptiness by itself.',
    }),
  },
  {
    name: 'find-large',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(
        `List the files under ${draw.top} that are larger than 2 kilobytes`,
        `Which files under ${draw.top} take more than 2 kilobytes?`,
      ),
      gold: `find ${draw.top} -type f -size +2k`,
      reason: 'The search can compare sizes by itself.',
    }),
  },
  {
    name: 'find-executable',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(
        `List the files under ${draw.top} that their owner may execute`,
        `Which files under ${draw.top} are executable for their owner?`,
      ),
      gold: `find ${draw.top} -type f -perm -u+x`,
      reason: 'The search can test permissions by itself.',
    }),
  },
  {
    name: 'find-old',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(
        `List the files under ${draw.top} last changed before 2022`,
        `Which files under ${draw.top} were not changed since the start of 2022?`,
      ),
      gold: `find ${draw.top} -type f ! -newermt 2022-01-01`,
      reason: 'The search can compare times of change with a date.',
    }),
  },
  {
    name: 'find-new',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(
        `List the files under ${draw.top} changed in 2022 or later`,
        `Which files under ${draw.top} were changed since the start of 2022?`,
      ),
      gold: `find ${draw.top} -type f -newermt 2022-01-01`,
      reason: 'The search can compare times of change with a date.',
    }),
  },
  {
    name: 'find-hidden',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(`List the hidden files under ${draw.top}`, `Which files under ${draw.top} start with a dot?`),
      gold: `find ${draw.top} -type f -name '.*'`,
      reason: 'Hidden files are those whose names start with a dot.',
    }),
  },
  {
    name: 'find-containing',
    kind: 'find',
    draw(draw) {
      const word = draw.word()
      return {
        query: draw.say(
          `List the files under ${draw.top} that contain the word ${word}`,
          `Which files under ${draw.top} mention ${word} as a word?`,
        ),
        gold: `grep -rlw ${word} ${draw.top}`,
        reason: `I look into all files for the word ${word} and want names only.`,
      }
    },
  },
  {
    name: 'find-folders',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(`List all folders in ${draw.top} and below`, `Show every directory of the tree ${draw.top}`),
      gold: `find ${draw.top} -type d`,
      reason: 'The search can keep to folders.',
    }),
  },
  {
    name: 'find-shallow',
    kind: 'find',
    draw: (draw) => ({
      query: draw.say(
        `List the files that lie directly in ${draw.top}, not in its folders`,
        `Which files are in ${draw.top} itself?`,
      ),
      gold: `find ${draw.top} -maxdepth 1 -type f`,
      reason: 'The search must not go down into folders.',
    }),
  },
  {
    name: 'find-place',
    kind: 'find',
    draw(draw) {
      const { name } = draw.file()
      // The request is the search itself: nothing has to be found before it.
      draw.hidden.length = 0
      return {
        query: draw.say(`Print the full path of ${name} under ${draw.top}`, `Where under ${draw.top} is ${name}?`),
        gold: `find ${draw.top} -name ${name}`,
        reason: `I search the tree for the name ${name}.`,
      }
    },
  },
  {
    name: 'list-folder',
    kind: 'find',
    draw(draw) {
      const folder = draw.folder()
      return {
        query: draw.say(`List what is in ${folder.said}`, `Show the names of all entries of ${folder.said}`),
        gold: `ls ${folder.path}`,
        reason: `The folder is ${folder.path}, and I can list it.`,
      }
    },
  },
]
